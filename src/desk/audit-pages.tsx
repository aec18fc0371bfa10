/** Who changed what in a group. */
import { Hono } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import { ask, deskOf } from './requests.ts'
import { showDesk } from './show.tsx'

export const auditPages = new Hono<AppEnv>()

type Entry = {
  at: string
  type: string
  subject: string
  event: string | null
  occurrence: string | null
  actor: { kind: 'account' | 'token' | 'operator'; name: string | null }
  changed: Record<string, { before: unknown; after: unknown }>
}

const LENGTH_MAX = 300

/** A value in a line: text as it is, everything else as JSON. */
function inLine(value: unknown): string {
  const text = value === null || value === '' ? '–' : typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > LENGTH_MAX ? `${text.slice(0, LENGTH_MAX)}…` : text
}

const whoIn = ({ actor: { kind, name } }: Entry): string =>
  kind === 'operator' ? 'The operator' : `${name || 'Somebody'}${kind === 'token' ? ' (token)' : ''}`

auditPages.get('/manage/groups/:slug/audit', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const cursor = c.req.query('cursor')
  const query = cursor ? `?${new URLSearchParams({ cursor })}` : ''
  const found = await ask<{ items: Entry[]; next: string | null }>(c, 'GET', `/groups/${desk.group.slug}/audit${query}`)
  const { items, next } = found.ok ? found.body : { items: [], next: null }
  return showDesk(
    c,
    desk,
    { title: 'Who changed what', room: '/audit' },
    <>
      {items.length === 0 ? <p class="muted">Nothing yet.</p> : null}
      <ul class="list">
        {items.map((entry) => (
          <li class="card">
            <p class="title">
              {whoIn(entry)}: {entry.type.replace('.', ' ').replaceAll('-', ' ')}
            </p>
            <p class="meta">
              <time datetime={entry.at}>{entry.at.replace('T', ' ').replace('Z', ' UTC')}</time>
              {entry.type.startsWith('event.') ? (
                <>
                  {' · '}
                  <a href={`/e/${entry.subject}${entry.occurrence ? `/${entry.occurrence}` : ''}`}>The event</a>
                </>
              ) : null}
            </p>
            {Object.keys(entry.changed).length > 0 ? (
              <dl class="facts">
                {Object.entries(entry.changed).map(([name, { before, after }]) => (
                  <>
                    <dt>{name}</dt>
                    <dd>
                      <del>{inLine(before)}</del> <ins>{inLine(after)}</ins>
                    </dd>
                  </>
                ))}
              </dl>
            ) : null}
          </li>
        ))}
      </ul>
      {next ? (
        <p class="pager">
          <a href={`${desk.home}/audit?${new URLSearchParams({ cursor: next })}`} rel="next">
            Older
          </a>
        </p>
      ) : null}
    </>,
  )
})
