/** Calendars of other programs: imported once, after a look at what would change, or subscribed to. */

import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'
import { type CalendarDiff, CalendarDifference } from './difference.tsx'
import { Area, Badge, Button, Faults, type Form, Input, Select } from './parts.tsx'
import { type Answered, ask, type Desk, deskOf, done, type Sent, sentBy } from './requests.ts'
import { refilled, showDesk, statusAfter, whyRefused } from './show.tsx'

export const importsPages = new Hono<AppEnv>()

const LABELS = { file: 'A file', text: 'Or its text', url: 'Address', every: 'How often it is read' }
const NOTES = {
  imported: 'Imported.',
  subscribed: 'Its events are in this group now, and are kept as they are there.',
  read: 'Read again.',
  left: 'Left. Its events stay, and are changed here from now on.',
}
const EVERY = [
  ['PT1H', 'Every hour'],
  ['PT15M', 'Every quarter of an hour'],
  ['PT6H', 'Every six hours'],
  ['P1D', 'Every day'],
] as const

type Calendar = { id: string; url: string; checked: string | null; next: string; error: string | null }
type Named = { id: string; title: string }
type Report = { created: Named[]; updated: Named[]; unchanged: number; cancelled: number; notes: string[] }

/** What the text looks like: iCalendar says so at its start, and all else is read as the meetings of yaml2ical. */
const typeOf = (text: string) => (/^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text) ? 'text/calendar' : 'application/yaml')

/** The text that a form brings: of a file where one was chosen. */
const textOf = ({ file, text = '' }: Sent): string => file || text

const importInto = (c: AppContext, { group }: Desk, text: string, query: string) =>
  ask<CalendarDiff>(c, 'POST', `/groups/${group.slug}/import?${query}`, { body: text, type: typeOf(text) })

const empty: Form = { labels: LABELS, faults: [], values: { every: 'PT1H' } }

importsPages.get('/manage/groups/:slug/imports', async (c) => {
  const desk = await deskOf(c)
  return desk instanceof Response ? desk : showImports(c, desk)
})

importsPages.post('/manage/groups/:slug/imports', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const sent = await sentBy(c)
  const path = `/groups/${desk.group.slug}/calendars`
  const id = encodeURIComponent(sent.calendar ?? '')
  if (sent.do === 'look') {
    const outcome = await ask<{ report: Report }>(c, 'POST', `${path}?dryRun=true`, { body: { url: sent.url ?? '' } })
    return outcome.ok ? showCalendar(c, desk, sent, outcome.body.report) : again(outcome)
  }
  const { url = '', every = '' } = sent
  const acts: Record<string, [note: string, act: () => Promise<Answered<unknown>>]> = {
    subscribe: ['subscribed', () => ask(c, 'POST', path, { body: { url, every } })],
    read: ['read', () => ask(c, 'POST', `${path}/${id}/refresh`)],
    leave: ['left', () => ask(c, 'DELETE', `${path}/${id}`)],
  }
  if (!Object.hasOwn(acts, sent.do ?? '')) return showRefusal(c, refused('not_found'))
  const [note, act] = acts[sent.do!]!
  const outcome = await act()
  return outcome.ok ? done(c, `${desk.home}/imports`, note) : again(outcome)

  function again(outcome: Extract<Answered<unknown>, { ok: false }>) {
    const form = refilled(LABELS, sent, outcome)
    const here = desk as Desk
    return showImports(c, here, { subscribe: form, title: whyRefused(outcome), status: statusAfter(outcome) })
  }
})

importsPages.post('/manage/groups/:slug/imports/import', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const sent = await sentBy(c)
  const text = textOf(sent)
  const isSure = sent.do === 'import'
  const query = `dryRun=${!isSure}${sent.partial === 'yes' ? '&partial=true' : ''}`
  const outcome = await importInto(c, desk, text, query)
  if (outcome.ok && isSure) return done(c, `${desk.home}/imports`, 'imported')
  if (outcome.ok) return showPreview(c, desk, text, outcome.body, sent.partial === 'yes')
  // What can't be read as a whole may be read in part: then one sees what, before anything is written.
  const rest = outcome.errors && !isSure ? await importInto(c, desk, text, 'dryRun=true&partial=true') : null
  const named = { ...outcome, ...(outcome.errors ? { errors: outcome.errors.slice(0, 50) } : {}) }
  const form = refilled({ ...LABELS, '': 'The calendar' }, { text }, named)
  const isSome = rest?.ok && rest.body.created.length + rest.body.updated.length > 0
  return showImports(c, desk, {
    form,
    title: whyRefused(outcome),
    status: statusAfter(outcome),
    isSome: Boolean(isSome),
  })
})

type Shown = {
  form?: Form
  subscribe?: Form
  title?: string | undefined
  status?: Parameters<typeof showDesk>[4]
  /** Whether a part of what was sent can be read. */
  isSome?: boolean
}

async function showImports(
  c: AppContext,
  desk: Desk,
  { form = empty, subscribe = empty, title, status = 200, isSome = false }: Shown = {},
) {
  const all = await ask<{ items: Calendar[] }>(c, 'GET', `/groups/${desk.group.slug}/calendars`)
  const home = `${desk.home}/imports`
  return showDesk(
    c,
    desk,
    { title: 'Imports', room: '/imports', notes: NOTES },
    <>
      <h2>Import a calendar once</h2>
      <p>
        iCalendar, as every calendar program exports it, or meetings for yaml2ical. You see what would change first.
      </p>
      <form method="post" action={`${home}/import`} enctype="multipart/form-data" novalidate>
        <Faults form={form} title={subscribe === empty ? title : undefined} />
        <Input form={form} name="file" type="file" />
        <Area form={form} name="text" hint="BEGIN:VCALENDAR …" rows={form.values.text ? 12 : 4} />
        {isSome ? (
          <p>
            <button type="submit" class="quiet" name="partial" value="yes">
              See what of it can be read
            </button>
          </p>
        ) : null}
        <button type="submit">See what would change</button>
      </form>
      <h2>Subscribe to a calendar</h2>
      <p>Its events are shown here and changed there: it is read again by itself.</p>
      <ul class="list">
        {(all.ok ? all.body.items : []).map(({ id, url, checked, next, error }) => (
          <li class="card">
            <p class="title">
              {url} {error ? <Badge tone="bad">fails</Badge> : null}
            </p>
            <p class="meta">
              {checked ? `Read ${minute(checked)}` : 'Not read yet'}, next {minute(next)}. {error}
            </p>
            <div class="row">
              <Button action={home} fields={{ do: 'read', calendar: id }}>
                Read it now
              </Button>
              <Button action={home} fields={{ do: 'leave', calendar: id }} tone="bad">
                Leave it
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <form method="post" action={home} novalidate>
        <Faults form={subscribe} title={subscribe === empty ? undefined : title} />
        <Input form={subscribe} name="url" type="url" hint="https:// or webcal://" required />
        <Select form={subscribe} name="every" choices={EVERY} />
        <button type="submit" name="do" value="look">
          See what is in it
        </button>
      </form>
    </>,
    status,
  )
}

const minute = (iso: string) => `${iso.slice(0, 16).replace('T', ' ')} UTC`

const Back = ({ to, children }: { to: string; children: Child }) => (
  <p>
    <a href={to}>{children}</a>
  </p>
)

/** What an import would change, and the button that does it: with the same text, so with the same outcome. */
const showPreview = (c: AppContext, desk: Desk, text: string, diff: CalendarDiff, isPartial: boolean) =>
  showDesk(
    c,
    desk,
    { title: 'What would change', room: '/imports' },
    <>
      <CalendarDifference diff={diff} home={`${desk.home}/events`} />
      {diff.created.length + diff.updated.length > 0 ? (
        <form method="post" action={`${desk.home}/imports/import`}>
          <textarea name="text" hidden>{`\n${text}`}</textarea>
          {isPartial ? <input type="hidden" name="partial" value="yes" /> : null}
          <button class="big" type="submit" name="do" value="import">
            Import this
          </button>
        </form>
      ) : null}
      <Back to={`${desk.home}/imports`}>Change nothing</Back>
    </>,
  )

const showCalendar = (c: AppContext, desk: Desk, { url = '', every = '' }: Sent, report: Report) =>
  showDesk(
    c,
    desk,
    { title: 'What is in it', room: '/imports' },
    <>
      <p>{url}</p>
      <CalendarDifference
        diff={{ ...report, updated: report.updated.map((one) => ({ ...one, changes: [] })), twins: [], faults: [] }}
        home={`${desk.home}/events`}
      />
      <Button action={`${desk.home}/imports`} fields={{ do: 'subscribe', url, every }} tone="big">
        Subscribe
      </Button>
      <Back to={`${desk.home}/imports`}>Change nothing</Back>
    </>,
  )
