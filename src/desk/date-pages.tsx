/** One date of a series: moved, renamed, restored; and calling off one date, this and later ones, or all. */
import { Hono } from 'hono'
import { isSeries, occurrenceAt, originalStartOf } from '../events/occurrences.ts'
import { When } from '../events/parts.tsx'
import { eventOf } from '../events/row.ts'
import type { AppEnv } from '../http/app-env.ts'
import { showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'
import { durationBetween, endLocal } from '../time/duration.ts'
import { eventHere } from './events-pages.tsx'
import { Area, type Choice, Faults, Input, Radios } from './parts.tsx'
import { ask, done, sentBy } from './requests.ts'
import { refilled, showDesk, statusAfter, whyRefused } from './show.tsx'

export const datePages = new Hono<AppEnv>()

const LABELS = {
  title: 'Title',
  start: 'Begins',
  duration: 'Ends',
  description: 'What differs this time',
  reason: 'Why',
}

/** A local time as the API has it: browsers leave seconds out. */
const withSeconds = (text = '') => (/T\d\d:\d\d$/.test(text) ? `${text}:00` : text)

datePages.on(['GET', 'POST'], '/manage/groups/:slug/events/:id/dates/:date', async (c) => {
  const here = await eventHere(c)
  if (here instanceof Response) return here
  const { desk, row } = here
  const event = eventOf(row)
  const date = c.req.param('date')
  const original = originalStartOf(event, date)
  if (original === null || !isSeries(event) || event.recurrenceOverrides[original]?.excluded)
    return showRefusal(c, refused('not_found'))
  const occurrence = occurrenceAt(event, original)
  const { override } = occurrence
  const zone = event.timeZone ?? 'UTC'
  const end = endLocal(occurrence.start, zone, override.duration ?? event.duration)
  const home = `${desk.home}/events/${row.id}`
  const now = {
    title: occurrence.title,
    start: occurrence.start.slice(0, 16),
    duration: end.slice(0, 16),
    description: override.description ?? '',
    version: `"${row.changeId}"`,
  }
  if (c.req.method === 'GET') return show({ labels: LABELS, values: now, faults: [] })
  const sent = await sentBy(c)
  const path = `/events/${row.id}/occurrences/${date}`
  if (sent.do === 'restore') {
    const outcome = await ask(c, 'DELETE', path, { version: sent.version })
    return outcome.ok
      ? done(c, home, 'restored')
      : show(refilled(LABELS, sent, outcome), whyRefused(outcome), statusAfter(outcome))
  }
  const outcome = await ask(c, 'PUT', path, { body: bodyOf(sent), version: sent.version })
  return outcome.ok
    ? done(c, home, 'moved')
    : show(refilled(LABELS, sent, outcome), whyRefused(outcome), statusAfter(outcome))

  /** Only what differs from the series; places and a cancellation of this date stay. */
  function bodyOf(sent: Record<string, string>) {
    const { title: _t, start: _s, duration: _d, description: _x, ...rest } = override
    const start = withSeconds(sent.start)
    // What cannot be read as times is left to the API to say.
    const isTime = [start, withSeconds(sent.duration)].every((text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text))
    const length = isTime ? (durationBetween(start, withSeconds(sent.duration), zone) ?? '') : ''
    const isAsLong = isTime && endLocal(start, zone, event.duration) === withSeconds(sent.duration)
    return {
      ...rest,
      ...(sent.title === event.title ? {} : { title: sent.title ?? '' }),
      ...(start === original ? {} : { start }),
      ...(isAsLong ? {} : { duration: length }),
      ...(sent.description ? { description: sent.description } : {}),
    }
  }

  function show(
    form: Parameters<typeof Faults>[0]['form'],
    title?: string,
    status: Parameters<typeof showDesk>[4] = 200,
  ) {
    return showDesk(
      c,
      desk,
      { title: `One date of ${row.title}`, room: '/events' },
      <>
        <p>
          <When occurrence={occurrence} timeZone={event.timeZone} />
        </p>
        <p>
          Only this date changes. Others: <a href={`${home}/dates/${date}/later`}>this and later</a> or{' '}
          <a href={`${home}/edit`}>all</a>.
        </p>
        <form method="post" action={`${home}/dates/${date}`} novalidate>
          <Faults form={form} title={title} />
          <input type="hidden" name="version" value={form.values.version} />
          <Input form={form} name="title" />
          <div class="filters">
            <Input form={form} name="start" type="datetime-local" hint={`In ${zone}`} />
            <Input form={form} name="duration" type="datetime-local" hint={`In ${zone}`} />
          </div>
          <Area form={form} name="description" hint="Instead of the text of the series; empty to keep that" />
          <p class="row">
            <button type="submit" name="do" value="save">
              Save this date
            </button>
            {Object.keys(override).length > 0 ? (
              <button class="quiet" type="submit" name="do" value="restore">
                As the series has it
              </button>
            ) : null}
          </p>
        </form>
      </>,
      status,
    )
  }
})

datePages.on(['GET', 'POST'], '/manage/groups/:slug/events/:id/cancel', async (c) => {
  const here = await eventHere(c)
  if (here instanceof Response) return here
  const { desk, row } = here
  const event = eventOf(row)
  const sent = c.req.method === 'POST' ? await sentBy(c) : null
  const date = sent?.date ?? c.req.query('date') ?? ''
  const original = date ? originalStartOf(event, date) : null
  if (date && original === null) return showRefusal(c, refused('not_found'))
  const home = `${desk.home}/events/${row.id}`
  const choices: Choice[] = [
    ...(original ? [['one', 'This date'] as const] : []),
    ...(original && event.recurrenceRule ? [['later', 'This date and all later ones'] as const] : []),
    ['all', isSeries(event) ? 'All dates' : 'The event'],
  ]
  const labels = { scope: 'What is called off', reason: 'Why (guests are told)' }
  if (!sent) return show({ labels, faults: [], values: { version: `"${row.changeId}"` } })
  const reason = sent.reason?.trim() ? { reason: sent.reason } : {}
  const scope = choices.some(([name]) => name === sent.scope) ? sent.scope : ''
  if (!scope)
    return show({ labels, values: sent, faults: [{ path: 'scope', message: 'must be chosen' }] }, undefined, 422)
  const outcome = await ask(
    c,
    'POST',
    `/events/${row.id}${scope === 'all' ? '/cancel' : `/occurrences/${date}/${scope === 'one' ? 'cancel' : 'split'}`}`,
    {
      body: scope === 'later' ? { status: 'cancelled', ...reason } : reason,
      version: sent.version,
    },
  )
  return outcome.ok
    ? done(c, home, 'cancelled')
    : show(refilled(labels, sent, outcome), whyRefused(outcome), statusAfter(outcome))

  function show(
    form: Parameters<typeof Faults>[0]['form'],
    title?: string,
    status: Parameters<typeof showDesk>[4] = 200,
  ) {
    return showDesk(
      c,
      desk,
      { title: `Call off ${row.title}`, room: '/events' },
      <form method="post" action={`${home}/cancel`} novalidate>
        <Faults form={form} title={title} />
        {original ? (
          <p>
            <When occurrence={occurrenceAt(event, original)} timeZone={event.timeZone} />
          </p>
        ) : null}
        <input type="hidden" name="version" value={form.values.version} />
        <input type="hidden" name="date" value={date} />
        <Radios form={form} name="scope" choices={choices} />
        <Input form={form} name="reason" hint="In a sentence; it stands on the page too." />
        <p>What is called off stays in calendars, marked as cancelled.</p>
        <p class="row">
          <button class="bad" type="submit">
            Call off
          </button>
          <a href={home}>Leave it as it is</a>
        </p>
      </form>,
      status,
    )
  }
})
