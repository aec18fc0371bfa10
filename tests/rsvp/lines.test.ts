/** Who is next: what a free place, a full date and a second click come to. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../src/digest.ts'
import { ADMIN, HANGOUT, openWorld, type World } from '../support/world.ts'

const JANUARY = '20230118T220000Z'
const FEBRUARY = '20230215T220000Z'
const HOUR = 3600

describe('a place', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
  })
  afterEach(() => world.close())

  const event = (rsvp: object, more: object = {}) => world.event('hyperscale', { ...more, rsvp })
  const series = (rsvp: object) => event(rsvp, HANGOUT)
  const answer = async (id: string, name: string, more: object = {}, token: string | null = null) =>
    world.api('POST', `/events/${id}/rsvps`, { name, email: `${name}@example.org`, ...more }, { token })
  /** Place and rank of everybody, by name and date. */
  const places = async (id: string) => {
    const { items } = (await world.api('GET', `/events/${id}/rsvps`)).body
    return Object.fromEntries(
      items.map((one: Record<string, unknown>) => [
        `${one.name}${one.occurrence ? ` ${String(one.occurrence).slice(4, 6)}` : ''}`,
        one.position === null ? one.place : `${one.place} ${one.position}`,
      ]),
    )
  }
  const tokenOf = async (id: string, name: string, date = '') => {
    const [row] = await world.db.all<{ id: string }>({
      sql: 'SELECT id FROM rsvps WHERE event_id = ? AND name = ? AND occurrence = ?',
      params: [id, name, date],
    })
    const token = `rsvp_${row!.id}_${'x'.repeat(43)}`
    await world.db.all({
      sql: 'INSERT INTO rsvp_links VALUES (?, ?, 0) ON CONFLICT DO NOTHING',
      params: [row!.id, await sha256(token)],
    })
    return { path: `/rsvps/${row!.id}`, token }
  }
  const change = async (id: string, name: string, patch: object, date = '') => {
    const { path, token } = await tokenOf(id, name, date)
    return world.api('PATCH', path, patch, { token })
  }
  const confirm = async (id: string, name: string) => {
    const { path, token } = await tokenOf(id, name)
    return world.api('POST', `${path}/confirm`, undefined, { token })
  }
  const admin = (id: string, name: string, more: object = {}) => answer(id, name, more, ADMIN)

  it('is no secret kept from who answers twice: a cancelled event says so', async () => {
    const { id } = await event({})
    await answer(id, 'Ada')
    await world.api('POST', `/events/${id}/cancel`, {})
    expect((await answer(id, 'Ada')).body.reason).toBe('event_cancelled')
    await world.api('PATCH', '/groups/hyperscale', { visibility: 'private' })
    expect((await answer(id, 'Ada')).status).toBe(404)
  })
})
