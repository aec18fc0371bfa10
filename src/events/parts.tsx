/** Pieces of the pages that show events. */
import { Said, useLanguage, useSay } from '../http/speaking.tsx'
import { formatDate, formatSpan, formatTime, formatWeekday, shortDay } from '../time/english.ts'
import { toIso } from '../time/zone.ts'
import { kindOf } from './kinds/index.ts'
import type { Occurrence } from './occurrences.ts'
import type { EventInput } from './schema.ts'
import type { Shift } from './shifts.ts'
import { type Dated, isOn } from './upcoming.ts'
import { sentenceOf } from './warnings.ts'

/** Where an event's date lives: a series has a page for each. */
export const pageOf = ({ event, occurrence }: Dated): string =>
  event.recurrenceRule !== null || occurrence.original !== event.startsLocal
    ? `/e/${event.id}/${occurrence.recurrenceId}`
    : `/e/${event.id}`

/** What is on at the moment: one click from there to joining it. */
export const OnNow = () => (
  <>
    {' '}
    <strong class="badge good">
      <Said p="Live now" />
    </strong>
  </>
)

/** The day, large; who has it read to them hears it with the time. */
const Leaf = ({ at, zone }: { at: number; zone: string }) => {
  const { day, month, year } = shortDay(at, zone, useLanguage())
  return (
    <div class="day" aria-hidden="true">
      <b>{day}</b>
      <span>
        {month} {year}
      </span>
    </div>
  )
}

/** The dates of several events, each with its day large at the left. */
export const DateList = ({ dates, now, showGroup = false }: { dates: Dated[]; now: number; showGroup?: boolean }) => (
  <ul class="list dates">
    {dates.map((dated) => {
      const { event, occurrence } = dated
      const zone = event.timeZone ?? 'UTC'
      const isCancelled = occurrence.status === 'cancelled'
      return (
        <li class={isCancelled ? 'cancelled' : ''}>
          <Leaf at={occurrence.startsAt} zone={zone} />
          <div>
            <p class="kind">
              <Said p={kindOf(event.kind).label} />
              {showGroup ? ` · ${event.name}` : ''}
            </p>
            <p class="title">
              <a href={pageOf(dated)}>{occurrence.title}</a>
              {isOn(occurrence, now) ? <OnNow /> : null}
            </p>
            <p class="meta">
              {isCancelled ? (
                <>
                  <strong class="bad">
                    <Said p="Cancelled" />
                  </strong>{' '}
                  ·{' '}
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
  const [say, language] = [useSay(), useLanguage()]
  const short =
    timeZone === null
      ? say('all day')
      : `${formatTime(startsAt, timeZone)}–${formatTime(endsAt, timeZone)} ${timeZone.replaceAll('_', ' ')}`
  const weekday = formatWeekday(startsAt, timeZone ?? 'UTC', language)
  return (
    <time
      datetime={timeZone === null ? occurrence.start.slice(0, 10) : toIso(startsAt)}
      {...(timeZone === null || isShort ? {} : { 'data-ends': toIso(endsAt), 'data-zone': timeZone })}
    >
      {isShort ? `${weekday}, ${short}` : formatSpan(startsAt, endsAt, timeZone, language)}
    </time>
  )
}

const CLOCKS_MAX = 6

/** What there is to mind about the dates: first of all of their own clocks, then of those elsewhere. */
export const Clocks = ({ shifts }: { shifts: Shift[] }) => {
  const isElsewhere = ({ type }: Shift) => type === 'elsewhere' || type === 'utc'
  const chosen = [...shifts.filter((one) => !isElsewhere(one)), ...shifts.filter(isElsewhere)].slice(0, CLOCKS_MAX)
  if (chosen.length === 0) return null
  return (
    <section aria-labelledby="clocks">
      <h2 id="clocks">Mind the clocks</h2>
      <ul>
        {chosen.map((shift) => (
          <li>
            {sentenceOf(shift).map((part) =>
              typeof part === 'string' ? part : <time datetime={part.date}>{formatDate(part.date)}</time>,
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const rel = 'nofollow ugc noopener noreferrer'

/** Where it takes place and how to join. */
export const Places = ({ event }: { event: Pick<EventInput, 'locations' | 'virtualLocations' | 'channel'> }) => (
  <>
    {event.locations.length > 0 ? (
      <>
        <dt>
          <Said p="Where" />
        </dt>
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
                      <Said p="map" />
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
        <dt>
          <Said p={event.locations.length > 0 ? 'From elsewhere' : 'Join'} />
        </dt>
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

/** How soon a change is seen, by what asks (CHECKLIST 4.3). */
const POLLING = [
  ['Google Calendar', 'within a day; it cannot be hurried'],
  ['Outlook', 'in three hours or more'],
  ['Apple Calendar', 'as its settings say, from five minutes to a week'],
  ['Thunderbird', 'every half hour'],
  ['Nextcloud', 'every hour, as this calendar asks for'],
] as const

/** How to subscribe to a calendar: for the programs people have, the address to copy, and a code for the phone. */
export const Subscribe = ({ baseUrl, path }: { baseUrl: string; path: string }) => {
  const address = `${baseUrl}${path}`
  const webcal = address.replace(/^https?:/, 'webcal:')
  return (
    <section aria-labelledby="subscribe">
      <h2 id="subscribe">
        <Said p="Subscribe" />
      </h2>
      <p>
        <Said p="Add this address to your calendar program (“subscribe from URL”), and changes arrive by themselves." />
      </p>
      <div class="field">
        <label for="feed">
          <Said p="Calendar address" />
        </label>
        <input id="feed" type="text" readonly value={address} />
      </div>
      <p class="row">
        <a class="button quiet" href={webcal}>
          <Said p="Open in a calendar program" />
        </a>
        <a href={`https://calendar.google.com/calendar/r?cid=${encodeURIComponent(webcal)}`} rel="noreferrer">
          Google
        </a>
        <a href={`https://outlook.live.com/calendar/0/addfromweb?url=${encodeURIComponent(address)}`} rel="noreferrer">
          Outlook
        </a>
        <a href={path}>
          <Said p="Download once" />
        </a>
      </p>
      <details lang="en" dir="ltr">
        <summary>On a phone, with a reminder, or when changes show</summary>
        <img
          class="qr"
          src={`/qr.svg?path=${encodeURIComponent(path)}`}
          alt="The calendar address as a QR code"
          width="180"
          height="180"
        />
        <p>
          With <code>?alarm=15m</code> after the address each event reminds you before it begins; with{' '}
          <code>?cancelled=hide</code> what was called off vanishes, with <code>?cancelled=mark</code> it stays, marked.
        </p>
        <dl class="facts">
          {POLLING.map(([program, when]) => (
            <>
              <dt>{program}</dt>
              <dd>{when}</dd>
            </>
          ))}
        </dl>
      </details>
    </section>
  )
}
