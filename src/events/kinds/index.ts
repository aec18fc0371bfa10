import { conference } from './conference.ts'
import { hangout } from './hangout.ts'
import { meeting } from './meeting.ts'
import { meetup } from './meetup.ts'
import { stream } from './stream.ts'
import { talk } from './talk.ts'

/** Every kind of event: a new one is a file and a line here. */
export const eventKinds = [meeting, hangout, meetup, talk, stream, conference] as const

export type KindName = (typeof eventKinds)[number]['kind']
export const kindNames = eventKinds.map(({ kind }) => kind) as [KindName, ...KindName[]]
export const kindOf = (name: string) => eventKinds.find(({ kind }) => kind === name)!
