/** The search of minutes, agendas and logs, beside that of talks. */
import { Hono } from 'hono'
import { raw } from 'hono/html'
import type { AppEnv } from '../http/app-env.ts'
import { showPage } from '../http/page.tsx'
import { snippetHtml } from '../talks/json.ts'
import { readWords } from '../talks/words.ts'
import { anonymous } from '../tokens/access.ts'
import { findMeetings } from './queries.ts'

const SHOWN = 20
const TYPED_MAX = 200

export const meetingPages = new Hono<AppEnv>()

meetingPages.get('/meetings', async (c) => {
  const typed = (c.req.query('q') ?? '').slice(0, TYPED_MAX)
  const words = typed.trim() === '' ? null : readWords(typed)
  const found = words ? await findMeetings(c.env.db, anonymous, words, { limit: SHOWN }) : []
  return showPage(
    c,
    { title: 'Minutes', description: 'Minutes, agendas and logs of meetings, to search.' },
    <>
      <h1>Minutes</h1>
      <search>
        <form action="/meetings" class="row">
          <label class="unseen" for="q">
            Words
          </label>
          <input id="q" class="grow" name="q" type="search" maxlength={TYPED_MAX} value={typed} />
          <button type="submit">Search</button>
        </form>
      </search>
      {typed.trim() === '' ? <p>Words from minutes, agendas and logs.</p> : null}
      {typed.trim() !== '' && found.length === 0 ? <p class="muted">No meeting fits.</p> : null}
      <ul class="list">
        {found.map(({ event, recurrenceId, title, group, groupName, excerpt }) => (
          <li class="card">
            <p class="title">
              <a href={`/e/${event}/${recurrenceId}`}>{title}</a>
            </p>
            <p class="meta">
              {recurrenceId.replace(/^(\d{4})(\d\d)(\d\d).*$/, '$1-$2-$3')} · <a href={`/g/${group}`}>{groupName}</a>
            </p>
            {excerpt ? <p>{raw(snippetHtml(excerpt))}</p> : null}
          </li>
        ))}
      </ul>
      <p>
        <a href={`/talks${typed ? `?${new URLSearchParams({ q: typed })}` : ''}`}>
          {typed ? 'The same in talks' : 'Talks'}
        </a>
      </p>
    </>,
  )
})
