/** A Convene on a port of its own, as calendar programs find one. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, listen } from '../../src/server.ts'
import { ADMIN } from '../support/world.ts'
import { type Ask, byStart, type Instance } from './clients/client.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever the API answers
type Json = any

export type Served = Awaited<ReturnType<typeof serve>>

export async function serve() {
  const folder = await mkdtemp(join(tmpdir(), 'convene-interop-'))
  const databaseUrl = `file:${join(folder, 'convene.db')}`
  const { deps, close } = await connect({ databaseUrl, baseUrl: 'https://convene.test', adminToken: ADMIN })
  const server = await listen(deps, 0)
  const url = `http://127.0.0.1:${server.port}`

  async function api(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${ADMIN}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: await answer.json() }
  }

  /** Brings a calendar in, and gives the ids of its events. */
  async function importCalendar(group: string, text: string): Promise<string[]> {
    const answer = await fetch(`${url}/api/v1/groups/${group}/import`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${ADMIN}`, 'Content-Type': 'text/calendar' },
      body: text,
    })
    const { created }: Json = await answer.json()
    return created.map(({ id }: { id: string }) => id)
  }

  return {
    url,
    api,
    importCalendar,
    async close() {
      await server.close()
      close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A date as it is compared: what stands around it in the description is left out. */
export type Shown = Omit<Instance, 'description'>

/** A date added to a series has a UID made of the series' own, which is left here. */
export const dateOf = ({ description: _, uid, ...one }: Instance): Shown => ({
  ...one,
  uid: uid?.replace(/-\d{8}t\d{6}z@/, '@') ?? null,
})

/** What the API says of every date of events that starts in a window, as a subscriber is to see it. */
export async function datesOfApi({ api }: Served, events: Json[], { from, to }: Omit<Ask, 'url'>): Promise<Shown[]> {
  const dates: Instance[] = []
  for (const event of events) {
    const window = `from=${from}T00:00:00Z&to=${to}T00:00:00Z`
    const { items } = (await api('GET', `/events/${event.id}/occurrences?${window}`)).body
    for (const one of items) {
      // A date called off is an EXDATE; an event called off stays, and says so.
      if (one.status === 'cancelled' && event.status !== 'cancelled') continue
      const moment = (text: string) => (event.timeZone === null ? text.slice(0, 10) : text)
      dates.push({
        uid: event.uid,
        startUtc: moment(one.startUtc),
        endUtc: moment(one.endUtc),
        summary: one.status === 'cancelled' ? `Cancelled: ${one.title}` : one.title,
        description: '',
        status: one.status,
      })
    }
  }
  const inWindow = dates.filter(({ startUtc }) => startUtc >= from && startUtc < to)
  return inWindow.sort(byStart).map(dateOf)
}
