/** Deliveries: what each costs on D1, and how many leave in a second, against the same sender with nothing to remember. */
import type { lookup } from 'node:dns'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { deliverAll } from '../src/deliver.ts'
import type { Deps } from '../src/deps.ts'
import { UNDER_WAY } from '../src/outbox/rules.ts'
import type { RemotePost } from '../src/remote/fetch.ts'
import { remotePostOnNode } from '../src/remote-node.ts'
import { smtpMailer } from '../src/transports/smtp.ts'
import { openCommunity } from './community.ts'
import { type Benchmark, type Figure, ratioOf, timeOf } from './figure.ts'
import { openWorkerd } from './workerd.ts'

const COUNT = 100
const MEETUP = { title: 'Meetup', kind: 'meetup', start: '2036-02-02T14:00:00', timeZone: 'UTC', rsvp: {} }
const guest = (n: number) => ({ name: `Guest ${n}`, email: `guest${n}@example.org` })

export const outbox: Benchmark = {
  name: 'Deliveries',
  async run() {
    return [...(await rowsOnD1()), ...(await perSecond())]
  },
}

async function rowsOnD1(): Promise<Figure[]> {
  const { call, stop } = await openWorkerd()
  await call('POST', '/api/v1/groups', { slug: 'bench', name: 'Bench' })
  const { id } = JSON.parse((await call('POST', '/api/v1/groups/bench/events', MEETUP)).text)
  const answer = async (from: number) => {
    for (let n = from; n < from + COUNT; n++)
      await call('POST', `/api/v1/events/${id}/rsvps`, guest(n), { Authorization: '' })
  }
  const figures: Figure[] = []
  const add = async (what: string, headers: Record<string, string>) => {
    const { rows, text } = await call('POST', '/deliver', undefined, headers)
    const count = Number(text)
    if (count !== COUNT) throw new Error(`${count} deliveries instead of ${COUNT}`)
    const note = `on D1; ${(rows.calls / count).toFixed(1)} round trips each`
    figures.push({ what, against: 'rows read', value: rows.read / count, goal: { atMost: 60 }, note })
    figures.push({ what, against: 'rows written', value: rows.written / count, goal: { atMost: 12 }, note })
  }
  await answer(0)
  await add('A mail to a guest', { 'X-Mail': '1' })
  await call('POST', '/api/v1/webhooks', { url: 'https://hook.example/', types: ['rsvp.answered'] })
  await answer(COUNT)
  await add('A message to a webhook', {})
  await stop()
  return figures
}

/** Runs a call so often, as many at once as the outbox has under way. */
async function atOnce(count: number, call: (n: number) => Promise<unknown>): Promise<void> {
  let n = 0
  await Promise.all(
    Array.from({ length: UNDER_WAY }, async () => {
      while (n < count) await call(n++)
    }),
  )
}

async function perSecond(): Promise<Figure[]> {
  const smtp = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _, done) => void stream.resume().on('end', () => done()),
  })
  const http = createServer((request, response) => void request.resume().on('end', () => response.writeHead(204).end()))
  await new Promise<void>((done) => smtp.listen(0, '127.0.0.1', done))
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
  const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port
  const here = ((_: string, __: unknown, done: (error: null, found: unknown) => void) =>
    done(null, [{ address: '127.0.0.1', family: 4 }])) as unknown as typeof lookup
  const post = remotePostOnNode(() => true, here)
  const remotePost: RemotePost = (_, ...rest) => post(`http://hook.example:${portOf(http)}/`, ...rest)
  const mailer = smtpMailer(`smtp://127.0.0.1:${portOf(smtp.server)}`, 'events@example.org')

  const community = await openCommunity()
  // The server must not deliver what is measured.
  const deps: Deps = { ...community.deps, remotePost }
  const mail = {
    messageId: '<1@example.org>',
    to: 'guest@example.org',
    subject: 'Hello',
    text: 'Hello\n'.repeat(20),
    html: '<p>Hello</p>',
  }
  const answers = await answersOf(community, deps)
  const figures: Figure[] = []
  const add = async (what: string, own: Deps, bare: (n: number) => Promise<unknown>) => {
    let from = 0
    const { ratio, ours, theirs } = await ratioOf(
      async () => {
        await answers(from++)
        return timeOf(() => deliverAll(own))
      },
      () => timeOf(() => atOnce(COUNT, bare)),
      5,
    )
    const each = `${Math.round((COUNT / ours) * 1000)} a second; bare ${Math.round((COUNT / theirs) * 1000)}`
    figures.push({
      what,
      against: 'the same sent with nothing to remember',
      value: 1 / ratio,
      goal: { atLeast: 0.2 },
      note: each,
    })
  }
  await add('Mails, to an SMTP server here', { ...deps, mailer }, () => mailer.send(mail))
  await answers.withWebhook()
  await add('Messages to a webhook here', deps, async () =>
    (
      await remotePost('', { 'Content-Type': 'application/json' }, JSON.stringify(mail), AbortSignal.timeout(5000))
    ).body?.cancel(),
  )
  await community.stop()
  await new Promise<void>((done) => smtp.close(() => done()))
  http.closeAllConnections()
  return figures
}

/** Answers that nobody has been told of yet: so many more with each call. */
async function answersOf(community: Awaited<ReturnType<typeof openCommunity>>, deps: Deps) {
  const { id } = await community.api('POST', '/groups/bench/events', MEETUP)
  let n = 0
  const more = async (_round: number) => {
    for (let made = 0; made < COUNT; made++) await community.api('POST', `/events/${id}/rsvps`, guest(n++))
  }
  return Object.assign(more, {
    async withWebhook() {
      await community.api('POST', '/webhooks', { url: 'https://hook.example/', types: ['rsvp.answered'] })
      await deliverAll(deps)
    },
  })
}
