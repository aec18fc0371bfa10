/** Pieces of pages that show what was talked about on a date. */

import type { Occurrence } from '../events/occurrences.ts'
import { When } from '../events/parts.tsx'
import { renderMarkdown } from '../http/markdown.ts'
import type { Action, DateRecord, RecordRel, Topic } from './rules.ts'

const rel = 'nofollow ugc noopener noreferrer'
export const WORDS: Record<RecordRel, string> = {
  agenda: 'Agenda',
  minutes: 'Minutes',
  log: 'Log',
  recording: 'Recording',
  slides: 'Slides',
  captions: 'Captions',
}
const wordOf = (name: string | undefined): string => WORDS[name as RecordRel] ?? name ?? 'Link'

const ActionList = ({ actions }: { actions: Action[] }) => (
  <ul>
    {actions.map(({ text, owner, done }) => (
      <li>
        {done ? <s>{text}</s> : text}
        {owner ? <span class="meta"> – {owner}</span> : null}
        {done ? <span class="meta"> (done)</span> : null}
      </li>
    ))}
  </ul>
)

const Topics = ({ topics }: { topics: Topic[] }) => (
  <ul>
    {topics.map(({ title, notes }) => (
      <li>
        {title}
        {notes.length > 0 ? (
          <ul>
            {notes.map((note) => (
              <li>{note}</li>
            ))}
          </ul>
        ) : null}
      </li>
    ))}
  </ul>
)

/** What there is to read, hear and see of a date. */
export const Handouts = ({ record, logPage }: { record: DateRecord; logPage: string | null }) => {
  const { links, minutes } = record
  const hasLog = links.some((one) => one.rel === 'log')
  const all = [
    ...links.map(({ href, title, rel: name }) => ({ href, text: title ?? wordOf(name) })),
    ...(minutes?.url && !links.some(({ href }) => href === minutes.url)
      ? [{ href: minutes.url, text: 'The minutes of this date' }]
      : []),
    ...(logPage && !hasLog ? [{ href: logPage, text: 'Log' }] : []),
  ]
  return all.length > 0 ? (
    <ul>
      {all.map(({ href, text }) => (
        <li>
          <a href={href} rel={rel}>
            {text}
          </a>
        </li>
      ))}
    </ul>
  ) : null
}

/** The record of a date: before it what is to come up, afterwards what was. */
export const RecordOf = ({
  record,
  logPage,
  isOver,
}: {
  record: DateRecord
  logPage: string | null
  isOver: boolean
}) => {
  const { agenda, carriedOver, topics, decisions, actions, attendance, minutes } = record
  const hasAgenda = agenda.length > 0 || (carriedOver.length > 0 && !isOver)
  const hasRecord = minutes || logPage || topics.length + decisions.length + actions.length + attendance.length > 0
  return (
    <>
      {hasAgenda ? (
        <section aria-labelledby="agenda">
          <h2 id="agenda">Agenda</h2>
          <ul>
            {agenda.map(({ text, by }) => (
              <li>
                {text}
                {by ? <span class="meta"> – {by}</span> : null}
              </li>
            ))}
          </ul>
          {carriedOver.length > 0 && !isOver ? (
            <>
              <h3>Still open</h3>
              <ActionList actions={carriedOver} />
            </>
          ) : null}
        </section>
      ) : null}
      {hasRecord || record.links.length > 0 ? (
        <section aria-labelledby="minutes">
          <h2 id="minutes">{minutes || topics.length > 0 ? 'Minutes' : 'Afterwards'}</h2>
          {minutes && !(minutes.isFromLog && topics.length > 0) ? renderMarkdown(minutes.text) : null}
          {topics.length > 0 ? <Topics topics={topics} /> : null}
          {decisions.length > 0 ? (
            <>
              <h3>Agreed</h3>
              <ul>
                {decisions.map((text) => (
                  <li>{text}</li>
                ))}
              </ul>
            </>
          ) : null}
          {actions.length > 0 ? (
            <>
              <h3>Actions</h3>
              <ActionList actions={actions} />
            </>
          ) : null}
          {attendance.length > 0 ? (
            <p>
              <strong>{attendance.length} were there:</strong> {attendance.map(({ name }) => name).join(', ')}
            </p>
          ) : null}
          <Handouts record={record} logPage={logPage} />
        </section>
      ) : null}
    </>
  )
}

export type ListedDate = { date: Occurrence; has: string[]; missing: string[]; attended: number }

/** Dates with what there is of each, and what is missing. */
export const RecordList = ({
  path,
  timeZone,
  dates,
}: {
  path: string
  timeZone: string | null
  dates: ListedDate[]
}) => (
  <ul class="list">
    {dates.map(({ date, has, missing, attended }) => (
      <li>
        <a href={`${path}/${date.recurrenceId}`}>
          <When occurrence={date} timeZone={timeZone} />
        </a>
        {date.status === 'cancelled' ? <strong class="bad"> cancelled</strong> : null}
        <p class="meta">
          {[...has.map(wordOf), ...(attended > 0 ? [`${attended} were there`] : [])].join(', ')}
          {missing.length > 0 ? (
            <>
              {has.length > 0 ? ' · ' : ''}
              <span class="bad">missing: {missing.join(', ')}</span>
            </>
          ) : null}
        </p>
      </li>
    ))}
  </ul>
)
