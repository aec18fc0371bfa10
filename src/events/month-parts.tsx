/** A month of events: a table of weeks where there is room for one, the days that have something where there is not. */
import { useLanguage, useSay } from '../http/speaking.tsx'
import { formatMonth, formatTime, formatWeekday, formatYearday } from '../time/english.ts'
import { toInstant, toIso } from '../time/zone.ts'
import { kindOf } from './kinds/index.ts'
import { type Day, type Month, monthAfter } from './month.ts'
import { pageOf } from './parts.tsx'
import type { Dated } from './upcoming.ts'

/** Days of a week, whichever: the first of January 2024 is a Monday. */
const WEEK = Array.from({ length: 7 }, (_, at) => toInstant(`2024-01-0${at + 1}T00:00:00`, 'UTC'))

export type Views = {
  path: string
  month: Month
  thisMonth: Month
  isAgenda: boolean
  /** What goes along from page to page, and how the address calls the view of weeks. */
  query?: string
  plain?: string
}

const linkTo = ({ path, thisMonth, query, plain }: Views, month: Month, isAgenda: boolean) => {
  const asked = new URLSearchParams(query)
  if (month !== thisMonth) asked.set('month', month)
  if (isAgenda || plain) asked.set('view', isAgenda ? 'agenda' : plain!)
  return asked.size > 0 ? `${path}?${asked}` : path
}

/** To the months around, and to the other view. The links say where they lead. */
export const MonthNav = (views: Views) => {
  const { month, thisMonth, isAgenda } = views
  const [say, language] = [useSay(), useLanguage()]
  const [before, after] = [monthAfter(month, -1), monthAfter(month, 1)]
  const current = (is: boolean) => (is ? { 'aria-current': 'page' as const } : {})
  const Step = ({ to, rel }: { to: Month | null; rel: 'prev' | 'next' }) =>
    to === null ? null : (
      <li>
        <a class={rel} href={linkTo(views, to, isAgenda)} rel={rel} target="_self">
          {formatMonth(to, language)}
        </a>
      </li>
    )
  return (
    <nav class="tabs" aria-label={say('Months and views')}>
      <ul>
        <Step to={before} rel="prev" />
        {month === thisMonth ? null : (
          <li>
            <a href={linkTo(views, thisMonth, isAgenda)} target="_self">
              {say('This month')}
            </a>
          </li>
        )}
        <Step to={after} rel="next" />
      </ul>
      <ul>
        <li>
          <a href={linkTo(views, month, false)} target="_self" {...current(!isAgenda)}>
            {say('Month')}
          </a>
        </li>
        <li>
          <a href={linkTo(views, month, true)} target="_self" {...current(isAgenda)}>
            {say('Agenda')}
          </a>
        </li>
      </ul>
    </nav>
  )
}

const Entry = ({ dated, date, showGroup }: { dated: Dated; date: string; showGroup: boolean }) => {
  const { event, occurrence } = dated
  const { timeZone } = event
  const say = useSay()
  const isCancelled = occurrence.status === 'cancelled'
  const begins = occurrence.start.slice(0, 10) === date
  return (
    <li class={isCancelled ? 'cancelled' : ''}>
      <p class="title">
        {timeZone !== null && begins ? (
          <time class="at" datetime={toIso(occurrence.startsAt)}>
            {formatTime(occurrence.startsAt, timeZone)}
          </time>
        ) : null}{' '}
        <a href={pageOf(dated)}>{occurrence.title}</a>
        {isCancelled ? <strong class="bad"> {say('Cancelled')}</strong> : null}
      </p>
      <p class="meta">
        {begins ? '' : `${say('goes on')} · `}
        {say(kindOf(event.kind).label)}
        {/* Names in another script keep to themselves where the page is read from the right. */}
        {showGroup ? (
          <>
            {' · '}
            <bdi>{event.name}</bdi>
          </>
        ) : null}
        {' · '}
        <bdi>{timeZone === null ? say('all day') : timeZone.replaceAll('_', ' ')}</bdi>
        {' · '}
        <a href={`/e/${event.id}.ics`} aria-label={say('.ics of {title}', { title: occurrence.title })}>
          <bdi>.ics</bdi>
        </a>
      </p>
    </li>
  )
}

type Shown = { days: Day[]; today: string; isAgenda: boolean; showGroup?: boolean }

/** The days of a month. One list for every screen: a sheet makes weeks of it where they fit. */
export const MonthDays = ({ days, today, isAgenda, showGroup = false }: Shown) => {
  const [say, language] = [useSay(), useLanguage()]
  return (
    <div class={isAgenda ? 'month' : 'month weeks'}>
      {isAgenda ? null : (
        <div class="weekdays" aria-hidden="true">
          {WEEK.map((day) => (
            <span>{formatWeekday(day, 'UTC', language, true)}</span>
          ))}
        </div>
      )}
      <ol class="list">
        {days.map(({ date, isInMonth, dates }) => {
          const classes = [
            isInMonth ? '' : 'other',
            dates.length === 0 ? 'free' : '',
            date === today ? 'today' : '',
          ].filter(Boolean)
          return (
            <li class={classes.join(' ')} aria-hidden={dates.length === 0 ? 'true' : undefined}>
              <h2 class="on">
                <time datetime={date}>
                  <span class="long">{formatYearday(date, language)}</span>
                  <span class="short" aria-hidden="true">
                    {Number(date.slice(8))}
                  </span>
                </time>
                {date === today ? <span class="long"> · {say('today')}</span> : null}
              </h2>
              {dates.length > 0 ? (
                <ul class="list">
                  {dates.map((dated) => (
                    <Entry dated={dated} date={date} showGroup={showGroup} />
                  ))}
                </ul>
              ) : null}
            </li>
          )
        })}
      </ol>
      {days.every(({ dates }) => dates.length === 0) ? <p class="muted">{say('Nothing in this month.')}</p> : null}
    </div>
  )
}
