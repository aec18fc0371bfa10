/** The webhooks of a group, and what became of each message to them. */
import { Hono } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import { showRefusal } from '../http/page.tsx'
import { Badge, Button, Faults, type Form, Input, Once } from './parts.tsx'
import { ask, deskOf, done, sentBy } from './requests.ts'
import { refilled, showDesk, statusAfter, whyRefused } from './show.tsx'

export const webhooksPages = new Hono<AppEnv>()

type Webhook = {
  id: string
  url: string
  group: string | null
  types: string[]
  enabled: boolean
  reason: string | null
  secret?: string
}
type Delivery = { id: string; type: string; timestamp: string; state: string; tries: number; error: string | null }

const LABELS = { url: 'Address', types: 'Kinds of changes', contact: 'Who is told when it fails' }
const NOTES = {
  off: 'Paused.',
  on: 'It is told again.',
  gone: 'Taken away.',
  retried: 'Tried once more.',
  tested: 'A test message is on its way.',
}

webhooksPages.on(['GET', 'POST'], '/manage/groups/:slug/webhooks', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const home = `${desk.home}/webhooks`
  const empty: Form = { labels: LABELS, faults: [], values: {} }
  if (c.req.method === 'GET') return show(empty)
  const sent = await sentBy(c)
  const types = (sent.types ?? '').split(/[\s,]+/).filter(Boolean)
  const contact = sent.contact?.trim() ? { contact: sent.contact } : {}
  const body = { url: sent.url ?? '', group: desk.group.slug, types, ...contact }
  const outcome = await ask<Webhook>(c, 'POST', '/webhooks', { body, key: sent.key || undefined })
  return outcome.ok
    ? show(empty, undefined, 200, outcome.body.secret)
    : show(refilled(LABELS, sent, outcome), whyRefused(outcome), statusAfter(outcome))

  async function show(form: Form, title?: string, status: Parameters<typeof showDesk>[4] = 200, secret?: string) {
    const { group } = desk as Exclude<typeof desk, Response>
    const all = await ask<{ items: Webhook[] }>(c, 'GET', '/webhooks?limit=200')
    const items = all.ok ? all.body.items.filter((one) => one.group === group.slug) : []
    return showDesk(
      c,
      desk as Exclude<typeof desk, Response>,
      { title: 'Webhooks', room: '/webhooks', notes: NOTES },
      <>
        <Secret secret={secret} />
        <ul class="list">
          {items.map(({ id, url, types, enabled }) => (
            <li class="card">
              <p class="title">
                <a href={`${home}/${id}`}>{url}</a> {enabled ? null : <Badge tone="bad">paused</Badge>}
              </p>
              <p class="meta">{types.length > 0 ? types.join(', ') : 'all changes'}</p>
            </li>
          ))}
        </ul>
        <h2>Add one</h2>
        <form method="post" action={home} novalidate>
          <Faults form={form} title={title} />
          <input type="hidden" name="key" value={c.env.newId()} />
          <Input form={form} name="url" type="url" required />
          <Input form={form} name="types" hint="Such as event.* rsvp.answered; empty for all" />
          <Input form={form} name="contact" type="email" hint="An e-mail address; may be empty" />
          <button type="submit">Add</button>
        </form>
      </>,
      status,
    )
  }
})

const Secret = ({ secret }: { secret: string | undefined }) =>
  secret ? <Once text={secret}>This secret signs the messages. Keep it now; it is not shown again:</Once> : null

webhooksPages.on(['GET', 'POST'], '/manage/groups/:slug/webhooks/:id', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const path = `/webhooks/${encodeURIComponent(c.req.param('id'))}`
  const home = `${desk.home}${path}`
  const webhook = await ask<Webhook>(c, 'GET', path)
  if (!webhook.ok) return showRefusal(c, webhook)
  if (webhook.body.group !== desk.group.slug) return showRefusal(c, { ok: false, reason: 'not_found' })
  if (c.req.method === 'GET') return show()
  const sent = await sentBy(c)
  const acts: Record<string, () => ReturnType<typeof ask<Webhook>>> = {
    off: () => ask(c, 'PATCH', path, { body: { enabled: false } }),
    on: () => ask(c, 'PATCH', path, { body: { enabled: true } }),
    gone: () => ask(c, 'DELETE', path),
    tested: () => ask(c, 'POST', `${path}/test`),
    rotate: () => ask(c, 'POST', `${path}/rotate`),
    retried: () => ask(c, 'POST', `${path}/deliveries/retry`, { body: sent.delivery ? { id: sent.delivery } : {} }),
  }
  const act = Object.hasOwn(acts, sent.do ?? '') ? acts[sent.do!] : undefined
  if (!act) return showRefusal(c, { ok: false, reason: 'not_found' })
  const outcome = await act()
  if (!outcome.ok) return show(whyRefused(outcome) ?? 'That is not right', statusAfter(outcome))
  if (sent.do === 'rotate') return show(undefined, 200, outcome.body.secret)
  return done(c, sent.do === 'gone' ? `${desk.home}/webhooks` : home, sent.do!)

  async function show(title?: string, status: Parameters<typeof showDesk>[4] = 200, secret?: string) {
    const { url, enabled, reason } = (webhook as { body: Webhook }).body
    const log = await ask<{ items: Delivery[] }>(c, 'GET', `${path}/deliveries?limit=50`)
    const items = log.ok ? log.body.items : []
    const button = (verb: string, label: string, tone = 'quiet') => (
      <Button action={home} fields={{ do: verb }} tone={tone}>
        {label}
      </Button>
    )
    return showDesk(
      c,
      desk as Exclude<typeof desk, Response>,
      { title: 'A webhook', room: '/webhooks', notes: NOTES },
      <>
        <Faults form={{ labels: {}, values: {}, faults: [] }} title={title} />
        <Secret secret={secret} />
        <p>
          {url} {enabled ? null : <Badge tone="bad">paused</Badge>} {reason}
        </p>
        <div class="row">
          {enabled ? button('off', 'Pause') : button('on', 'Go on')}
          {button('tested', 'Send a test')}
          {button('rotate', 'Another secret')}
          {button('gone', 'Take away', 'bad')}
        </div>
        <h2>Messages</h2>
        {items.length === 0 ? <p class="muted">None yet.</p> : null}
        <ul class="list">
          {items.map(({ id, type, timestamp, state, tries, error }) => (
            <li class="card">
              <p class="title">
                {type} <Badge tone={state === 'failed' ? 'bad' : ''}>{state}</Badge>
              </p>
              <p class="meta">
                {timestamp}, {tries} tries {error}
              </p>
              {state === 'failed' ? (
                <Button action={home} fields={{ do: 'retried', delivery: id }}>
                  Send again
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      </>,
      status,
    )
  }
})
