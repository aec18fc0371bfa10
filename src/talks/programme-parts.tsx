/** Pieces of a conference's page. */
import { formatDate, formatDay, formatTime } from '../time/english.ts'
import { toInstant, toIso } from '../time/zone.ts'
import type { Grid } from './grid.ts'
import { hasOf, Speakers } from './parts.tsx'
import type { ProgrammeTalk } from './programme.ts'

const speakersIn = ({ speakers }: ProgrammeTalk) => JSON.parse(speakers) as { slug: string; name: string }[]
/** `Sat 4 Feb`: there is little room on a phone. */
const shortDay = (day: string) => {
  const [weekday, date, month] = formatDay(toInstant(`${day}T00:00:00`, 'UTC'), 'UTC').split(' ')
  return `${weekday!.slice(0, 3)} ${date} ${month!.slice(0, 3)}`
}

/** Which day is shown, and how. */
export const Tabs = ({
  path,
  query,
  days,
  chosen,
  canShowAll,
  isGrid,
  hasGrid,
}: {
  path: string
  query: Record<string, string | undefined>
  days: string[]
  chosen: string | undefined
  canShowAll: boolean
  isGrid: boolean
  hasGrid: boolean
}) => {
  const linkTo = (more: Record<string, string | undefined>) => {
    const given = Object.entries({ ...query, ...more }).filter((one): one is [string, string] => Boolean(one[1]))
    return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path
  }
  const view = isGrid ? 'grid' : undefined
  const current = (is: boolean) => (is ? { 'aria-current': 'page' as const } : {})
  return (
    <nav class="tabs" aria-label="Days and views">
      <ul>
        {canShowAll && !isGrid && days.length > 1 ? (
          <li>
            <a href={linkTo({})} {...current(chosen === undefined)}>
              All days
            </a>
          </li>
        ) : null}
        {days.filter(Boolean).map((day) => (
          <li>
            <a href={linkTo({ view, day })} {...current(day === chosen)}>
              {shortDay(day)}
            </a>
          </li>
        ))}
      </ul>
      {hasGrid ? (
        <ul>
          <li>
            <a href={linkTo({ day: chosen })} {...current(!isGrid)}>
              List
            </a>
          </li>
          <li>
            <a href={linkTo({ view: 'grid', day: chosen })} {...current(isGrid)}>
              Rooms
            </a>
          </li>
        </ul>
      ) : null}
    </nav>
  )
}

/** The talks of a day below each other; those nobody knows the time of have no day. */
export const DayList = ({ day, talks, timeZone }: { day: string; talks: ProgrammeTalk[]; timeZone: string }) => (
  <section>
    <h2>{day ? formatDate(day) : 'Without a time'}</h2>
    <ol class="list programme">
      {talks.map((talk) => (
        <li>
          <p class="at">{day ? <time datetime={toIso(talk.from)}>{formatTime(talk.from, timeZone)}</time> : null}</p>
          <div>
            <p class="title">
              <a href={`/talks/${talk.slug}`}>{talk.title}</a>
            </p>
            <p class="meta">
              <Speakers of={speakersIn(talk)} />
            </p>
            <p class="meta">
              {[
                talk.status === 'cancelled' ? 'called off' : null,
                talk.room,
                talk.track,
                minutesOf(talk),
                hasOf(talk.resourceTypes).join(', '),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </div>
        </li>
      ))}
    </ol>
  </section>
)

const minutesOf = ({ from, to }: ProgrammeTalk) => (to > from ? `${Math.round((to - from) / 60)} min` : '')

/** A day as a table that scrolls in its own box; times and rooms stay in sight. */
export const DayGrid = ({ grid, timeZone, title }: { grid: Grid<ProgrammeTalk>; timeZone: string; title: string }) => (
  <section class="grid" aria-label={`Rooms and times: ${title}`} tabindex={0}>
    <table>
      <caption class="unseen">{title}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">Time</span>
          </th>
          {grid.columns.map(({ room, lanes }) => (
            <th scope="col" {...(lanes > 1 ? { colspan: lanes } : {})}>
              {room || 'No room'}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {grid.rows.map(({ at, cells }) => (
          <tr>
            <th scope="row">
              <time datetime={toIso(at)}>{formatTime(at, timeZone)}</time>
            </th>
            {cells.map(({ talk, rows }) =>
              talk === null ? (
                <td {...(rows > 1 ? { rowspan: rows } : {})} />
              ) : (
                <td class="talk" {...(rows > 1 ? { rowspan: rows } : {})}>
                  <a href={`/talks/${talk.slug}`}>{talk.title}</a>
                  <span class="meta">
                    {speakersIn(talk)
                      .map(({ name }) => name)
                      .join(', ')}
                  </span>
                  <span class="meta">{minutesOf(talk)}</span>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

/** The calendar of each room and of each track, and the list of its talks. */
export const Calendars = ({ path, rooms, tracks }: { path: string; rooms: string[]; tracks: string[] }) =>
  rooms.length + tracks.length === 0 ? null : (
    <details>
      <summary>One room or one track</summary>
      {(
        [
          ['Tracks', 'track', tracks],
          ['Rooms', 'room', rooms],
        ] as const
      ).map(([heading, name, all]) =>
        all.length === 0 ? null : (
          <>
            <h2>{heading}</h2>
            <ul>
              {all.map((one) => (
                <li>
                  <a href={`${path}?${name}=${encodeURIComponent(one)}`}>{one}</a> (
                  <a href={`${path}/calendar.ics?${name}=${encodeURIComponent(one)}`}>calendar</a>)
                </li>
              ))}
            </ul>
          </>
        ),
      )}
    </details>
  )
