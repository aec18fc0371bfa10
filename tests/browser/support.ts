/** A real browser before a real server that shows the example community. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromium from '@sparticuz/chromium'
import axe from 'axe-core'
import { type Browser, type Page, chromium as playwright, type Response } from 'playwright-core'
import { app } from '../../src/app.ts'
import type { Deps } from '../../src/deps.ts'
import { loadExample } from '../../src/example.ts'
import { connect, listen } from '../../src/server.ts'
import { fromSeconds, toIso } from '../../src/time/zone.ts'
import { freePort } from '../support/sqld.ts'
import { ADMIN } from '../support/world.ts'

export type Site = Awaited<ReturnType<typeof openSite>>

export async function openBrowser(): Promise<Browser> {
  // One process for everything crashes with several pages; and people's browsers keep websites apart.
  const unlike = ['--single-process', '--disable-web-security', '--disable-site-isolation-trials']
  const args = chromium.args.filter((arg) => !unlike.includes(arg))
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    // A camera that shows a test picture, and is allowed where the page's policy allows one.
    args: [
      ...args,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    headless: true,
  })
}

/** What axe finds on a page, with every rule that it has: those for AAA and those on trial too. */
export async function faultsOf(page: Pick<Page, 'evaluate'>): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe: here } = globalThis as never as { axe: typeof axe }
    const rules = Object.fromEntries(here.getRules().map(({ ruleId }) => [ruleId, { enabled: true }]))
    const { violations } = await here.run({ rules })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`)
  })
}

/** Opens a page of the site by its name, and returns its status; `faulty` is an event's page with its form sent back. */
export async function openPage(page: Page, { url, pages }: Site, name: string): Promise<number> {
  const answer = (await page.goto(url + pages[name]))!
  if (name !== 'faulty') return answer.status()
  await page.getByLabel('Your e-mail address').fill('ada@nowhere')
  await page.getByLabel('How many people do you bring?').fill('7')
  return (await sendUnchecked(page)).status()
}

/** Sends the form of a page as it is: a browser would hold one with faults back, and the server would never see it. */
export async function sendUnchecked(page: Page): Promise<Response> {
  await page.$eval('main form', (form) => form.setAttribute('novalidate', ''))
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page.getByRole('button', { name: 'Send my answer' }).click(),
  ])
  await page.waitForLoadState()
  return answer
}

export async function openSite(mailer?: Deps['mailer']) {
  const folder = await mkdtemp(join(tmpdir(), 'convene-browser-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const settings = { databaseUrl: `file:${join(folder, 'site.db')}`, baseUrl: url, adminToken: ADMIN }
  const { deps, close } = await connect(settings)
  const api = async (method: string, path: string, body?: unknown) => {
    const answer = await app.request(
      `${url}/api/v1${path}`,
      {
        method,
        headers: { Authorization: `Bearer ${ADMIN}`, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      deps,
    )
    return { status: answer.status, body: await answer.json() }
  }
  const { meetupId } = await loadExample(api, deps.now())
  if (mailer) deps.mailer = mailer
  const server = await listen(deps, port)
  // biome-ignore lint/suspicious/noExplicitAny: what the API answers is looked at by its own tests
  const made = async (path: string, body: unknown) => (await api('POST', path, body)).body as any
  const meetup = {
    kind: 'meetup',
    start: `${fromSeconds(deps.now() + 30 * 86_400).slice(0, 10)}T18:00:00`,
    timeZone: 'Europe/Brussels',
    locations: [{ name: 'Library' }],
  }
  const small = await made('/groups/hyperscale/events', {
    ...meetup,
    title: 'A small meetup',
    rsvp: {
      capacity: { inPerson: 2 },
      guestsMax: 1,
      questions: [{ id: 'diet', label: 'Dietary needs', type: 'text' }],
    },
  })
  const asking = await made('/groups/hyperscale/events', {
    ...meetup,
    title: 'A weekend',
    rsvp: {
      questions: [
        { id: 'night', label: 'Do you stay overnight?', type: 'boolean' },
        { id: 'bed', label: 'Which bed?', showIf: { question: 'night', is: true } },
      ],
    },
  })
  const off = await made('/groups/hyperscale/events', { ...meetup, title: 'Called off', rsvp: {} })
  await api('POST', `/events/${off.id}/cancel`, { reason: 'The trains are on strike' })
  const full = await made('/groups/hyperscale/events', {
    ...meetup,
    title: 'A full house',
    rsvp: { capacity: { inPerson: 1 } },
  })
  const ada = { name: 'Ada Lovelace', email: 'ada@example.org' }
  const grace = { name: 'Grace Hopper', email: 'grace@example.org' }
  const seated = await made(`/events/${meetupId}/rsvps`, ada)
  const fullSeat = await made(`/events/${full.id}/rsvps`, ada)
  const waiting = await made(`/events/${full.id}/rsvps`, grace)
  const declined = await made(`/events/${meetupId}/rsvps`, { ...grace, response: 'declined' })
  const { items } = (await api('GET', '/groups/hyperscale/events?limit=200')).body as {
    items: { id: string; title: string; start: string; kind: string }[]
  }
  const past = items.find(({ title, start }) => title === 'Hyperscale SIG meetup in Brussels' && start < '2024')!
  const series = items.find(({ kind }) => kind === 'hangout')!
  const weekly = await made('/groups/hyperscale/events', {
    ...meetup,
    title: 'A weekly breakfast',
    recurrenceRule: 'FREQ=WEEKLY',
    virtualLocations: [{ name: 'Video call', uri: 'https://meet.example/breakfast' }],
    rsvp: { capacity: { inPerson: 5 }, guestsMax: 1, guestList: 'everyone' },
  })
  const standing = await made(`/events/${weekly.id}/rsvps`, { ...ada, showName: true })
  await made(`/events/${weekly.id}/rsvps`, { ...grace, attendance: 'remote', showName: true })
  const door = new URL((await made(`/events/${full.id}/door`, { name: 'Front door' })).url).pathname
  const weeklyDoor = new URL((await made(`/events/${weekly.id}/door`, {})).url).pathname
  const soon = `from=${toIso(deps.now())}&to=${toIso(deps.now() + 60 * 86_400)}`
  const dates = (await api('GET', `/events/${weekly.id}/occurrences?${soon}`)).body as {
    items: { recurrenceId: string }[]
  }
  await made('/conferences', {
    slug: 'community-day',
    title: 'Community day',
    starts: '2026-05-09',
    ends: '2026-05-10',
    timeZone: 'Europe/Brussels',
    venue: 'Library',
    group: 'hyperscale',
  })
  const talk = (title: string, start: string, more: object = {}) =>
    made('/talks', {
      title,
      conference: 'community-day',
      start: `2026-05-${start}:00`,
      duration: 'PT45M',
      room: 'Main hall',
      track: 'Packaging',
      speakers: [{ name: 'Ada Lovelace' }, { name: 'Grace Hopper' }],
      ...more,
    })
  const recorded = await talk('How a package is built', '09T10:00', {
    abstract: 'From *source* to repository </script><b>.',
    resources: [
      { type: 'recording', url: 'https://video.example/a.webm' },
      { type: 'recording', url: 'https://www.youtube.com/watch?v=PdbyYqrvlnY', title: 'The same on YouTube' },
      { type: 'slides', url: 'https://slides.example/a.pdf' },
    ],
  })
  await talk('At the same time elsewhere', '09T10:15', { room: 'Workshop', track: null })
  await talk('Two at once in one room', '09T10:30')
  await talk('On the second day', '10T10:00')
  const handIn = new URL((await made(`/talks/${recorded.slug}/hand-ins`, { name: 'Ada Lovelace' })).url).pathname
  const pages: Record<string, string> = {
    home: '/',
    group: '/g/hyperscale',
    month: '/calendar?month=2023-02',
    monthOfGroup: '/g/hyperscale/calendar',
    agenda: '/calendar?month=2023-02&view=agenda',
    emptyMonth: '/g/hyperscale/calendar?month=1999-12',
    wrongMonth: '/calendar?month=2026-13',
    embedRsvp: `/embed/e/${small.id}?scheme=light&accent=%239a3412&paper=%23fffbeb&ink=%231c1917`,
    embedCancelled: `/embed/e/${off.id}`,
    embedGroup: '/embed/g/hyperscale',
    embedMonth: '/embed/g/hyperscale?view=month',
    embedTalks: '/embed/conferences/community-day',
    snippets: `/embed?event=${small.id}`,
    meetup: `/e/${meetupId}`,
    past: `/e/${past.id}`,
    full: `/e/${full.id}`,
    series: `/e/${series.id}`,
    occurrence: `/e/${series.id}/20230118T220000Z`,
    cancelled: `/e/${off.id}`,
    asking: `/e/${asking.id}`,
    manage: new URL(seated.manageUrl).pathname,
    waiting: new URL(waiting.manageUrl).pathname,
    declined: new URL(declined.manageUrl).pathname,
    faulty: `/e/${small.id}`,
    fullManage: new URL(fullSeat.manageUrl).pathname,
    weekly: `/e/${weekly.id}`,
    standing: new URL(standing.manageUrl).pathname,
    oneDate: `${new URL(standing.manageUrl).pathname}/${dates.items[0]!.recurrenceId}`,
    door,
    doorDone: `${door}?done=${fullSeat.id}`,
    doorOfSeries: weeklyDoor,
    checkIn: `/check-in/${fullSeat.id}`,
    subscribe: '/subscribe',
    talks: '/talks',
    search: '/talks?q=systemd',
    talk: '/talks/scale-19x-journey-into-the-heart-of-systemd',
    conference: '/conferences/scale-19x',
    speaker: '/speakers/davide-cavalca',
    narrowed: '/talks?has=recording&tag=systemd',
    recorded: `/talks/${recorded.slug}`,
    player: `/embed/talks/${recorded.slug}?t=754`,
    programme: '/conferences/community-day',
    grid: '/conferences/community-day?view=grid',
    gaps: '/archive/gaps',
    handIn,
    docs: '/docs',
    missing: '/e/nothing',
  }
  return {
    url,
    made,
    pages,
    small: small.id as string,
    async stop() {
      await server.close()
      close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
