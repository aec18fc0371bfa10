/** Making, copying and changing events and series: the form, its preview, and saving it. */
import { Hono } from 'hono'
import { checkedEvent, patchedEvent } from '../events/checked.ts'
import { isSeries, occurrenceAt, originalStartOf, withMovedDates } from '../events/occurrences.ts'
import { type EventOfGroup, findEvent } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import type { EventInput } from '../events/schema.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'
import { startsBetween } from '../time/recurrence.ts'
import { toInstant } from '../time/zone.ts'
import { EVENT_LABELS, eventBody, eventValues, faultsInForm, withoutEmpty } from './event-form.ts'
import { EventForm } from './event-parts.tsx'
import { lostDates, previewOf } from './preview.ts'
import { type Answered, ask, type Desk, deskOf, done, type Sent, sentBy } from './requests.ts'
import { showDesk, statusAfter, whyRefused } from './show.tsx'

export const eventsPages = new Hono<AppEnv>()

/** The event of the address, where it is one of this desk's group. */
export async function eventHere(c: AppContext): Promise<{ desk: Desk; row: EventOfGroup } | Response> {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const row = await findEvent(c.env.db, c.req.param('id') ?? '', c.get('access'))
  if (!row || row.groupId !== desk.group.id) return showRefusal(c, refused('not_found'))
  return row.deletedAt === null ? { desk, row } : showRefusal(c, refused('gone'))
}

/** What the form makes: a new event, or a change of one, of all its dates or of those from one on. */
type Task = {
  title: string
  before: EventInput | null
  version: string
  save: (body: object, key: string) => Promise<Answered<unknown>>
  after: (answered: Answered<unknown> & { ok: true }) => Response
}

async function showForm(c: AppContext, desk: Desk, task: Task, sent: Sent | null, values: Sent) {
  const { before } = task
  const patch = sent ? eventBody(sent, before ?? undefined) : {}
  const body = before ? patch : withoutEmpty(patch)
  const result = sent ? checkedEvent(before ? planned(before, patch) : body) : null
  const lost = before && result?.ok ? countOf(before) - countOf(result.event) : 0
  if (sent?.do === 'save' && result?.ok) {
    const gone = Object.fromEntries(Object.keys(before?.recurrenceOverrides ?? {}).map((date) => [date, null]))
    const recurrenceOverrides = { ...gone, ...result.event.recurrenceOverrides }
    const saved = await task.save(lost > 0 ? { ...body, recurrenceOverrides } : body, sent.key ?? '')
    if (saved.ok) return task.after(saved)
    const form = { values, labels: EVENT_LABELS, faults: faultsInForm(saved.errors ?? [], sent) }
    return show(form, whyRefused(saved), statusAfter(saved))
  }
  const faults = result && !result.ok ? faultsInForm(result.errors ?? [], sent ?? {}) : []
  const preview = result?.ok ? previewOf(before, result.event, c.env.now()) : null
  return show({ values, labels: EVENT_LABELS, faults }, undefined, faults.length > 0 ? 422 : 200, preview, lost)

  function show(
    form: Parameters<typeof EventForm>[0]['form'],
    title: string | undefined,
    status: Parameters<typeof showDesk>[4],
    preview: ReturnType<typeof previewOf> | null = null,
    lost = 0,
  ) {
    const version = sent?.version ?? task.version
    return showDesk(
      c,
      desk,
      { title: task.title, room: '/events' },
      <EventForm
        form={form}
        action={`${c.req.path}`}
        title={title}
        preview={preview}
        lost={lost}
        version={version}
        submitKey={c.env.newId()}
      />,
      status,
    )
  }
}

const countOf = ({ recurrenceOverrides }: EventInput) => Object.keys(recurrenceOverrides).length

/** The event after the change; what was said of dates that it has no more is left out before it is checked. */
function planned(before: EventInput, patch: Record<string, unknown>): unknown {
  const whole = patchedEvent(before, patch) as EventInput
  const plain = checkedEvent({ ...whole, recurrenceOverrides: {} })
  if (!plain.ok) return { ...whole, recurrenceOverrides: {} }
  // A series that moves within the day takes along what was said of its dates, as the API does.
  const same = { ...plain.event, recurrenceOverrides: before.recurrenceOverrides }
  const moved = withMovedDates(before, same)
  const lost = new Set(lostDates(before, moved))
  const kept = Object.entries(moved.recurrenceOverrides).filter(([date]) => !lost.has(date))
  return { ...whole, recurrenceOverrides: Object.fromEntries(kept) }
}

const FRESH: Sent = { kind: 'meeting', status: 'confirmed', repeat: 'none', 'rsvp.waitlist': 'yes', hours: '1' }

eventsPages.on(['GET', 'POST'], '/manage/groups/:slug/events/new', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const sent = c.req.method === 'POST' ? await sentBy(c) : null
  const copied = c.req.query('copy') ? await findEvent(c.env.db, c.req.query('copy')!, c.get('access')) : undefined
  const isOurs = copied?.groupId === desk.group.id && copied.deletedAt === null
  const values =
    sent ?? (isOurs ? { ...eventValues(eventOf(copied)), status: 'confirmed' } : { ...FRESH, ...(await zoneOf()) })
  const task: Task = {
    title: isOurs ? 'Copy of an event' : 'New event',
    before: null,
    version: '',
    save: (body, key) => ask(c, 'POST', `/groups/${desk.group.slug}/events`, { body, key: key || undefined }),
    after: ({ body }) => done(c, `${desk.home}/events/${(body as { id: string }).id}`, 'made'),
  }
  return showForm(c, desk, task, sent, values)

  async function zoneOf(): Promise<Sent> {
    const group = await ask<{ timeZone: string }>(c, 'GET', `/groups/${(desk as Desk).group.slug}`)
    return group.ok ? { timeZone: group.body.timeZone } : {}
  }
})

eventsPages.on(['GET', 'POST'], '/manage/groups/:slug/events/:id/edit', async (c) => {
  const here = await eventHere(c)
  if (here instanceof Response) return here
  const { desk, row } = here
  const before = eventOf(row)
  const sent = c.req.method === 'POST' ? await sentBy(c) : null
  const task: Task = {
    title: isSeries(before) ? `Change all dates of ${row.title}` : `Change ${row.title}`,
    before,
    version: `"${row.changeId}"`,
    save: (body) => ask(c, 'PATCH', `/events/${row.id}`, { body, version: sent?.version }),
    after: () => done(c, `${desk.home}/events/${row.id}`, 'saved'),
  }
  return showForm(c, desk, task, sent, sent ?? eventValues(before))
})

eventsPages.on(['GET', 'POST'], '/manage/groups/:slug/events/:id/dates/:date/later', async (c) => {
  const here = await eventHere(c)
  if (here instanceof Response) return here
  const { desk, row } = here
  const event = eventOf(row)
  const original = originalStartOf(event, c.req.param('date'))
  if (original === null || !event.recurrenceRule) return showRefusal(c, refused('not_found'))
  const { start } = occurrenceAt({ ...event, recurrenceOverrides: {} }, original)
  // Of a series of so many dates, the later part has what is left of them.
  const series = { start: event.start, timeZone: event.timeZone, rule: event.recurrenceRule }
  const gone = startsBetween(series, 0, toInstant(original, event.timeZone ?? 'UTC'), 100_000).length
  const recurrenceRule = event.recurrenceRule.replace(/COUNT=(\d+)/, (_, count) => `COUNT=${Number(count) - gone}`)
  const later = { ...event, start, recurrenceRule, recurrenceOverrides: {} }
  const sent = c.req.method === 'POST' ? await sentBy(c) : null
  const values = eventValues(later)
  const task: Task = {
    title: `Change ${row.title} from ${start.slice(0, 10)} on`,
    before: later,
    version: `"${row.changeId}"`,
    save: (body) => {
      const changed = Object.fromEntries(
        Object.entries(body).filter(
          ([name, value]) =>
            JSON.stringify(value) !== JSON.stringify((eventBody(values, later) as Record<string, unknown>)[name]),
        ),
      )
      return ask(c, 'POST', `/events/${row.id}/occurrences/${c.req.param('date')}/split`, {
        body: changed,
        version: sent?.version,
      })
    },
    after: ({ body }) => done(c, `${desk.home}/events/${(body as { later: { id: string } }).later.id}`, 'split'),
  }
  return showForm(c, desk, task, sent, sent ?? values)
})
