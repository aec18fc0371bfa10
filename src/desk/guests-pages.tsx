/** Who answered an event: found by how they stand, decided on, written to; and the mails that did not get through. */
import { Hono } from 'hono'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { refused } from '../outcome.ts'
import { eventHere } from './events-pages.tsx'
import { Area, Badge, Button, Faults, type Form, Input, Select } from './parts.tsx'
import { ask, done, sentBy } from './requests.ts'
import { refilled, showDesk, statusAfter, whyRefused } from './show.tsx'

export const guestsPages = new Hono<AppEnv>()

type Guest = {
  id: string
  name: string
  email: string
  response: string
  place: string | null
  attendance: string
  guests: number
  note: string
  occurrence: string | null
  checkedIn: string | null
}

/** How guests stand, each as the query that the API takes. */
const FILTERS: Record<string, [label: string, query: Record<string, string>]> = {
  all: ['All', {}],
  coming: ['Coming', { place: 'seat' }],
  waiting: ['Waiting', { place: 'waitlist' }],
  pending: ['To be looked at', { place: 'pending' }],
  maybe: ['Maybe', { response: 'tentative' }],
  declined: ['Not coming or cancelled', { response: 'declined' }],
}
const ATTENDANCES = [
  ['', 'In the room and from elsewhere'],
  ['inPerson', 'In the room'],
  ['remote', 'From elsewhere'],
] as const
const LABELS = {
  show: 'Show',
  q: 'Name or address',
  attendance: 'Way',
  subject: 'Subject',
  text: 'Message',
  to: 'To whom',
}
const NOTES = {
  approved: 'Approved.',
  cancelled: 'Cancelled; the guest is told.',
  moved: 'Moved.',
  sent: 'The message is on its way.',
  off: 'The message is written down, but no mail goes out from here.',
  retried: 'They are tried once more.',
}

guestsPages.on(['GET', 'POST'], '/manage/groups/:slug/events/:id/guests', async (c) => {
  const here = await eventHere(c)
  if (here instanceof Response) return here
  const { desk, row } = here
  const home = `${desk.home}/events/${row.id}/guests`
  if (c.req.method === 'GET') return show()
  const sent = await sentBy(c)
  const refusal = await act()
  if (refusal instanceof Response) return refusal
  const form = refilled(LABELS, sent, refusal)
  return show(form, whyRefused(refusal), statusAfter(refusal))

  async function act() {
    if (sent.do === 'message') {
      const to = FILTERS[sent.to ?? '']?.[1] ?? {}
      const body = { subject: sent.subject ?? '', text: sent.text ?? '', to }
      const outcome = await ask<{ mail: string }>(c, 'POST', `/events/${row.id}/messages`, {
        body,
        key: sent.key || undefined,
      })
      return outcome.ok ? done(c, home, outcome.body.mail) : outcome
    }
    if (sent.do === 'retry') {
      const outcome = await ask(c, 'POST', `/events/${row.id}/mails/retry`, {
        body: sent.mail ? { id: sent.mail } : {},
      })
      return outcome.ok ? done(c, home, 'retried') : outcome
    }
    if (sent.do === 'door') {
      const outcome = await ask<{ url: string }>(c, 'POST', `/events/${row.id}/door`, { body: {} })
      return outcome.ok ? c.redirect(outcome.body.url, 303) : outcome
    }
    const verb = ['approve', 'cancel', 'move'].find((one) => one === sent.do)
    if (!verb) return refused('not_found')
    const rsvp = await ask<{ event: string }>(c, 'GET', `/rsvps/${encodeURIComponent(sent.guest ?? '')}`)
    if (!rsvp.ok) return rsvp
    if (rsvp.body.event !== row.id) return refused('not_found')
    const outcome = await ask(c, 'POST', `/rsvps/${encodeURIComponent(sent.guest ?? '')}/${verb}`, {
      body: verb === 'move' ? { place: 'seat' } : {},
    })
    return outcome.ok
      ? done(c, home, verb === 'move' ? 'moved' : verb === 'cancel' ? 'cancelled' : 'approved')
      : outcome
  }

  async function show(form: Form = { labels: LABELS, values: {}, faults: [] }, title?: string, status = 200) {
    const query = queryOf(c)
    const wanted = new URLSearchParams({ ...query.filter, ...(query.q ? { q: query.q } : {}), limit: '200' })
    const [guests, feedback, mails] = [
      await ask<{ items: Guest[]; next: string | null }>(c, 'GET', `/events/${row.id}/rsvps?${wanted}`),
      await ask<{ items: { name: string; text: string; at: string }[] }>(
        c,
        'GET',
        `/events/${row.id}/feedback?limit=200`,
      ),
      await ask<{ items: { id: string; name: string; kind: string; error: string | null }[] }>(
        c,
        'GET',
        `/events/${row.id}/mails?state=failed`,
      ),
    ]
    const items = guests.ok ? guests.body.items : []
    const shown = items.filter(({ attendance }) => !query.attendance || attendance === query.attendance)
    const filter = { labels: LABELS, values: query.values, faults: guests.ok ? [] : (guests.errors ?? []) }
    const parked = mails.ok ? mails.body.items : []
    return showDesk(
      c,
      desk,
      { title: `Guests of ${row.title}`, room: '/events', notes: NOTES },
      <>
        <Faults form={form} title={title} />
        <p class="row">
          <a href={`${desk.home}/events/${row.id}`}>The event</a>
          <a href={`/api/v1/events/${row.id}/rsvps.csv?${new URLSearchParams(query.filter)}`}>As CSV</a>
        </p>
        <Button action={home} fields={{ do: 'door' }}>
          Open a check-in page
        </Button>
        <form method="get" action={home}>
          <div class="filters">
            <Select
              form={filter}
              name="show"
              choices={Object.entries(FILTERS).map(([name, [label]]) => [name, label] as const)}
            />
            <Select form={filter} name="attendance" choices={ATTENDANCES} />
            <Input form={filter} name="q" type="search" />
            <button type="submit">Show</button>
          </div>
        </form>
        <p class="meta">
          {shown.length} answers{guests.ok && guests.body.next ? ' of the first 200; search for others' : ''}
        </p>
        <ul class="list">
          {shown.map((guest) => (
            <Line guest={guest} action={home} />
          ))}
        </ul>
        <h2>Write to guests</h2>
        <form method="post" action={home} novalidate>
          <input type="hidden" name="key" value={c.env.newId()} />
          <Select
            form={form}
            name="to"
            choices={Object.entries(FILTERS).map(
              ([name, [label]]) => [name, name === 'all' ? 'All who have not declined' : label] as const,
            )}
          />
          <Input form={form} name="subject" required />
          <Area form={form} name="text" required />
          <button type="submit" name="do" value="message">
            Send
          </button>
        </form>
        <h2>What guests said afterwards</h2>
        {feedback.ok && feedback.body.items.length > 0 ? null : <p class="muted">Nothing yet.</p>}
        <ul class="list">
          {(feedback.ok ? feedback.body.items : []).map(({ name, text, at }) => (
            <li class="card">
              <p class="title">{name}</p>
              <p>{text}</p>
              <p class="meta">{at.slice(0, 10)}</p>
            </li>
          ))}
        </ul>
        <h2>Mails that did not get through</h2>
        {parked.length === 0 ? <p class="muted">None.</p> : null}
        <ul class="list">
          {parked.map(({ id, name, kind, error }) => (
            <li class="card">
              <p class="title">
                {name} <Badge>{kind}</Badge>
              </p>
              <p class="meta">{error}</p>
              <Button action={home} fields={{ do: 'retry', mail: id }}>
                Try once more
              </Button>
            </li>
          ))}
        </ul>
      </>,
      status as Parameters<typeof showDesk>[4],
    )
  }
})

function queryOf(c: AppContext) {
  const show = c.req.query('show') ?? 'all'
  const attendance = c.req.query('attendance') ?? ''
  const q = c.req.query('q')?.trim() ?? ''
  return { filter: FILTERS[show]?.[1] ?? {}, attendance, q, values: { show, attendance, q } }
}

const standing = ({ place, response }: Guest): [string, string] =>
  response === 'declined'
    ? ['not coming', '']
    : place === 'seat'
      ? ['coming', 'good']
      : place === 'waitlist'
        ? ['waiting', '']
        : place === 'pending'
          ? ['to be looked at', 'bad']
          : ['maybe', '']

const Line = ({ guest, action }: { guest: Guest; action: string }) => {
  const [words, tone] = standing(guest)
  return (
    <li class="card">
      <p class="title">
        {guest.name} <Badge tone={tone}>{words}</Badge> {guest.checkedIn ? <Badge>there</Badge> : null}
      </p>
      <p class="meta">
        {guest.email}, {guest.attendance === 'remote' ? 'from elsewhere' : 'in the room'}
        {guest.guests > 0 ? `, with ${guest.guests} more` : ''}
        {guest.note ? ` – ${guest.note}` : ''}
      </p>
      <div class="row">
        {guest.place === 'pending' ? (
          <Button action={action} fields={{ do: 'approve', guest: guest.id }} tone="">
            Approve
          </Button>
        ) : null}
        {guest.place === 'waitlist' ? (
          <Button action={action} fields={{ do: 'move', guest: guest.id }}>
            Give a seat
          </Button>
        ) : null}
        {guest.response === 'declined' ? null : (
          <Button action={action} fields={{ do: 'cancel', guest: guest.id }} tone="bad">
            Cancel this answer
          </Button>
        )}
      </div>
    </li>
  )
}
