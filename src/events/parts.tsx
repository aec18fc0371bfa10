/** Pieces of the pages that show events. */
import { formatDay, formatSpan, formatTime } from '../http/format.ts'
import { toIso } from '../time/zone.ts'
import { kindOf } from './kinds/index.ts'
import type { Occurrence } from './occurrences.ts'
import type { EventInput } from './schema.ts'
import type { Dated } from './upcoming.ts'

/** Where an event's date lives: a series has a page for each. */
export const pageOf = ({ event, occurrence }: Dated): string =>
  event.recurrenceRule !== null || occurrence.original !== event.startsLocal
    ? `/e/${event.id}/${occurrence.recurrenceId}`
    : `/e/${event.id}`

/** The dates of several events, each with its day large at the left. */
export const DateList = ({ dates, showGroup = false }: { dates: Dated[]; showGroup?: boolean }) => (
  <ul class="list dates">
    {dates.map((dated) => {
      const { event, occurrence } = dated
      const zone = event.timeZone ?? 'UTC'
      const [, day, month, year] = formatDay(occurrence.startsAt, zone).split(' ')
      const isCancelled = occurrence.status === 'cancelled'
      return (
        <li class={isCancelled ? 'cancelled' : ''}>
          <div class="day" aria-hidden="true">
            <b>{day}</b>
            <span>
              {month!.slice(0, 3)} {year}
            </span>
          </div>
          <div>
            <p class="kind">
              {kindOf(event.kind).label}
              {showGroup ? ` · ${event.name}` : ''}
            </p>
            <p class="title">
              <a href={pageOf(dated)}>{occurrence.title}</a>
            </p>
            <p class="meta">
              {isCancelled ? (
                <>
                  <strong class="bad">Cancelled</strong> ·{' '}
                </>
              ) : null}
              <When occurrence={occurrence} timeZone={event.timeZone} isShort />
            </p>
          </div>
        </li>
      )
    })}
  </ul>
)

/** The time of a date in its own zone; the element carries the instant for programs. */
export const When = ({
  occurrence,
  timeZone,
  isShort = false,
}: {
  occurrence: Occurrence
  timeZone: string | null
  isShort?: boolean
}) => {
  const { startsAt, endsAt } = occurrence
  const short =
    timeZone === null
      ? 'all day'
      : `${formatTime(startsAt, timeZone)}–${formatTime(endsAt, timeZone)} ${timeZone.replaceAll('_', ' ')}`
  const day = formatDay(startsAt, timeZone ?? 'UTC')
  return (
    <time datetime={timeZone === null ? occurrence.start.slice(0, 10) : toIso(startsAt)}>
      {isShort ? `${day.split(' ')[0]}, ${short}` : formatSpan(startsAt, endsAt, timeZone)}
    </time>
  )
}

const rel = 'nofollow ugc noopener noreferrer'

/** Where it takes place and how to join. */
export const Places = ({ event }: { event: Pick<EventInput, 'locations' | 'virtualLocations' | 'channel'> }) => (
  <>
    {event.locations.length > 0 ? (
      <>
        <dt>Where</dt>
        <dd>
          <ul>
            {event.locations.map(({ name, address, geo, uri }) => (
              <li>
                {uri ? (
                  <a href={uri} rel={rel}>
                    {name}
                  </a>
                ) : (
                  name
                )}
                {address ? `, ${address}` : ''}
                {geo || address ? (
                  <>
                    {' '}
                    (
                    <a
                      href={`https://www.openstreetmap.org/search?query=${encodeURIComponent(geo ?? address!)}`}
                      rel={rel}
                    >
                      map
                    </a>
                    )
                  </>
                ) : null}
              </li>
            ))}
          </ul>
        </dd>
      </>
    ) : null}
    {event.virtualLocations.length > 0 || event.channel ? (
      <>
        <dt>{event.locations.length > 0 ? 'From elsewhere' : 'Join'}</dt>
        <dd>
          <ul>
            {event.virtualLocations.map(({ name, uri, description }) => (
              <li>
                <a href={uri} rel={rel}>
                  {name ?? uri}
                </a>
                {description ? ` – ${description}` : ''}
              </li>
            ))}
            {event.channel ? (
              <li>
                <a href={event.channel.uri} rel={rel}>
                  {event.channel.name}
                </a>
              </li>
            ) : null}
          </ul>
        </dd>
      </>
    ) : null}
  </>
)

/** How to subscribe to a calendar: the address to copy, and a link for programs that know webcal. */
export const Subscribe = ({ baseUrl, path }: { baseUrl: string; path: string }) => (
  <section aria-labelledby="subscribe">
    <h2 id="subscribe">Subscribe</h2>
    <p>
      Add this address to your calendar program (“subscribe from URL”), and changes arrive by themselves. Google may
      take a day to show them.
    </p>
    <div class="field">
      <label for="feed">Calendar address</label>
      <input id="feed" type="text" readonly value={`${baseUrl}${path}`} />
    </div>
    <p class="row">
      <a class="button quiet" href={`${baseUrl.replace(/^https?:/, 'webcal:')}${path}`}>
        Open in a calendar program
      </a>
      <a href={path}>Download once</a>
    </p>
  </section>
)
