/** A month of events: a table of weeks where there is room for one, the days that have something where there is not. */
import { formatDay, formatTime } from '../time/english.ts'
import { toInstant, toIso } from '../time/zone.ts'
import { kindOf } from './kinds/index.ts'
import { type Day, type Month, monthAfter } from './month.ts'
import { pageOf } from './parts.tsx'
import type { Dated } from './upcoming.ts'

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const dayIn = (date: string) => formatDay(toInstant(`${date}T00:00:00`, 'UTC'), 'UTC')

/** `November 2026`. */
export const monthTitle = (month: Month): string => dayIn(`${month}-01`).split(' ').slice(2).join(' ')

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
  const [before, after] = [monthAfter(month, -1), monthAfter(month, 1)]
  const current = (is: boolean) => (is ? { 'aria-current': 'page' as const } : {})
  const Step = ({ to, rel }: { to: Month | null; rel: 'prev' | 'next' }) =>
    to === null ? null : (
      <li>
        <a class={rel} href={linkTo(views, to, isAgenda)} rel={rel} target="_self">
          {monthTitle(to)}
        </a>
      </li>
    )
  return (
    <nav class="tabs" aria-label="Months and views">
      <ul>
        <Step to={before} rel="prev" />
        {month === thisMonth ? null : (
          <li>
            <a href={linkTo(views, thisMonth, isAgenda)} target="_self">
              This month
            </a>
          </li>
        )}
        <Step to={after} rel="next" />
      </ul>
      <ul>
        <li>
          <a href={linkTo(views, month, false)} target="_self" {...current(!isAgenda)}>
            Month
          </a>
        </li>
        <li>
          <a href={linkTo(views, month, true)} target="_self" {...current(isAgenda)}>
            Agenda
          </a>
        </li>
      </ul>
    </nav>
  )
}

const Entry = ({ dated, date, showGroup }: { dated: Dated; date: string; showGroup: boolean }) => {
  const { event, occurrence } = dated
  const { timeZone } = event
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
        {isCancelled ? <strong class="bad"> Cancelled</strong> : null}
      </p>
      <p class="meta">
        {begins ? '' : 'goes on · '}
        {kindOf(event.kind).label}
        {showGroup ? ` · ${event.name}` : ''}
        {timeZone === null ? ' · all day' : ` · ${timeZone.replaceAll('_', ' ')}`} ·{' '}
        <a href={`/e/${event.id}.ics`}>
          .ics<span class="unseen"> of {occurrence.title}</span>
        </a>
      </p>
    </li>
  )
}

type Shown = { days: Day[]; today: string; isAgenda: boolean; showGroup?: boolean }

/** The days of a month. One list for every screen: a sheet makes weeks of it where they fit. */
export const MonthDays = ({ days, today, isAgenda, showGroup = false }: Shown) => (
  <div class={isAgenda ? 'month' : 'month weeks'}>
    {isAgenda ? null : (
      <div class="weekdays" aria-hidden="true">
        {WEEKDAYS.map((name) => (
          <span>{name.slice(0, 3)}</span>
        ))}
      </div>
    )}
    <ol class="list">
      {days.map(({ date, isInMonth, dates }) => {
        const [weekday, day, month] = dayIn(date).split(' ')
        const classes = [
          isInMonth ? '' : 'other',
          dates.length === 0 ? 'free' : '',
          date === today ? 'today' : '',
        ].filter(Boolean)
        return (
          <li class={classes.join(' ')} aria-hidden={dates.length === 0 ? 'true' : undefined}>
            <h2 class="on">
              <time datetime={date}>
                <span class="long">{weekday} </span>
                {day}
                <span class="long"> {month}</span>
              </time>
              {date === today ? <span class="long"> · today</span> : null}
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
    {days.every(({ dates }) => dates.length === 0) ? <p class="muted">Nothing in this month.</p> : null}
  </div>
)
