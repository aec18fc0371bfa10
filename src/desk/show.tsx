/** The frame of each page of the desk: where one is, where one can go, and what was just done. */
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { AppContext } from '../http/app-env.ts'
import { showPage } from '../http/page.tsx'
import { titleOf } from '../http/problem.ts'
import type { Refused } from '../outcome.ts'
import type { Ability } from '../tokens/access.ts'
import type { Form } from './parts.tsx'
import type { Desk } from './requests.ts'

/** The rooms of a group's desk, in their order, and what one must be able to do there. */
const ROOMS: readonly [path: string, label: string, ability: Ability][] = [
  ['', 'Desk', 'see'],
  ['/events', 'Events', 'events'],
  ['/talks', 'Talks', 'talks'],
  ['/imports', 'Imports', 'events'],
  ['/members', 'Members', 'group'],
  ['/reports', 'Reports', 'events'],
  ['/mails', 'Mails', 'guests'],
  ['/webhooks', 'Webhooks', 'group'],
  ['/tokens', 'Tokens', 'team'],
  ['/team', 'Team', 'team'],
  ['/audit', 'Log', 'guests'],
  ['/edit', 'Settings', 'group'],
]

type Room = {
  title: string
  /** The room that it is in, as `ROOMS` has it. */
  room: string
  /** What the codes in `?done=` mean here. */
  notes?: Record<string, string>
  isWide?: boolean
}

export function showDesk(
  c: AppContext,
  desk: Desk,
  { title, room, notes = {}, isWide = false }: Room,
  body: Child,
  status: ContentfulStatusCode = 200,
) {
  const note = notes[c.req.query('done') ?? '']
  return showPage(
    c,
    { title: `${title} · ${desk.group.name}`, isPrivate: true, isWide },
    <>
      <nav class="rooms" aria-label="Desk">
        <p class="meta">
          <a href="/manage">Your groups</a> › <a href={desk.home}>{desk.group.name}</a>
        </p>
        <ul>
          {ROOMS.filter(([, , ability]) => desk.can(ability)).map(([path, label]) => (
            <li>
              <a href={`${desk.home}${path}`} aria-current={path === room ? 'page' : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <h1>{title}</h1>
      {note ? (
        <div class="notice" role="status">
          <p>{note}</p>
        </div>
      ) : null}
      {body}
    </>,
    status,
  )
}

/** What a refusal that names no field says at the head of a form. */
export const whyRefused = (outcome: Refused): string | undefined =>
  outcome.errors?.length
    ? undefined
    : outcome.reason === 'stale'
      ? 'Somebody changed it since you opened this page. Open it again and make your change there.'
      : `${titleOf(outcome.reason)}.${outcome.detail ? ` ${outcome.detail}` : ''}`

/** The status of a page that shows a form again. */
export const statusAfter = ({ reason }: Refused): ContentfulStatusCode =>
  reason === 'stale' ? 412 : reason === 'invalid' ? 422 : 409

/** A form with what was typed and what the API found in it. */
export const refilled = (labels: Form['labels'], values: Form['values'], outcome: Refused): Form => ({
  labels,
  values,
  faults: outcome.errors ?? [],
})
