/** Where things are announced: a new place is a file and a line here. */
import { chat } from './chat.ts'
import { forum } from './forum.ts'
import { mailingList } from './mailing-list.ts'
import { mastodon } from './mastodon.ts'
import type { Place } from './place.ts'

export const places = { 'mailing-list': mailingList, chat, mastodon, forum } satisfies Record<string, Place>
export const placeNames = Object.keys(places) as [keyof typeof places, ...(keyof typeof places)[]]
