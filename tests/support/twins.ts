/** Two groups that have the same of everything, and everybody who may want to know of it: for the matrix of routes. */

import { sha256 } from '../../src/digest.ts'
import type { Need } from '../../src/http/needs.ts'
import { type Ability, ROLES, type Role, TOKEN_ABILITIES } from '../../src/tokens/access.ts'
import { ADMIN, BASE_URL, HANGOUT, MEETUP, openWorld, type World } from './world.ts'

export type Ids = Record<string, string>

const ICS = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a@x\r\nDTSTAMP:20230101T000000Z\r\nDTSTART:20230301T100000Z\r\nSUMMARY:Read elsewhere\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`
export const DATE = '20230118T220000Z'
const SECRET = 'x'.repeat(42)

/** A group with one of each thing that has an id or a secret. */
async function fill(world: World, slug: string, visibility: 'public' | 'private'): Promise<Ids> {
  const made = async (method: string, path: string, body?: unknown, headers = {}) => {
    const answer = await world.api(method, path, body, { headers })
    if (answer.status > 201) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
    return answer.body
  }
  const name = `Canary of ${slug}`
  const group = await made('POST', '/groups', { slug, name, visibility })
  const member = await made('POST', `/groups/${slug}/members`, { name })
  const rsvp = { capacity: { inPerson: 50 }, guestList: 'everyone' }
  const event = await made('POST', `/groups/${slug}/events`, { ...MEETUP, title: name, rsvp })
  const series = await made('POST', `/groups/${slug}/events`, { ...HANGOUT, title: name, rsvp: {} })
  await made('PUT', `/events/${series.id}/occurrences/${DATE}/minutes`, { text: name })
  await made('PUT', `/events/${series.id}/occurrences/20230215T220000Z`, { title: name })
  const { actions } = await made('PATCH', `/events/${series.id}/occurrences/${DATE}/record`, {
    actions: [{ text: name }],
  })
  const bot = await made('POST', `/groups/${slug}/bots`, { name })
  const answer = (id: string, n: number) =>
    made('POST', `/events/${id}/rsvps`, { name, email: `${n}@${slug}.example`, response: 'accepted', showName: true })
  const [own, other, standing] = [await answer(event.id, 1), await answer(event.id, 2), await answer(series.id, 3)]
  const door = await made('POST', `/events/${event.id}/door`, {})
  const invitation = await made('POST', `/events/${event.id}/invitations`, { name })
  const calendar = await made('POST', `/groups/${slug}/calendars`, { url: `https://${slug}.example/a.ics` })
  await made('POST', '/conferences', { slug: `${slug}-conf`, title: name, group: slug })
  await made(
    'PUT',
    `/conferences/${slug}-conf/schedule.csv`,
    `title,speakers,start\n${name},Speaker of ${slug},2023-02-04T10:00:00\n`,
    {
      'Content-Type': 'text/csv',
    },
  )
  const talk = await made('POST', '/talks', {
    title: name,
    conference: `${slug}-conf`,
    group: slug,
    speakers: [{ name: `Sp ${slug}` }],
  })
  await made('PUT', `/talks/${talk.slug}/captions/en`, `WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n${name}\n`, {
    'Content-Type': 'text/vtt',
  })
  const handin = await made('POST', `/talks/${talk.slug}/hand-ins`, {})
  const token = await made('POST', '/tokens', { name, group: slug })
  const team = await made('POST', `/groups/${slug}/team-invitations`, { email: `new@${slug}.example`, role: 'helper' })
  const webhook = await made('POST', '/webhooks', { url: `https://${slug}.example/hook`, group: slug })
  const feed = await made('POST', '/subscriptions', { kinds: ['meetup'] })
  return {
    group: slug,
    groupId: group.id,
    member: member.id,
    event: event.id,
    series: series.id,
    rsvp: own.id,
    rsvpToken: own.manageToken,
    otherRsvp: other.id,
    otherToken: other.manageToken,
    standing: standing.id,
    standingToken: standing.manageToken,
    action: actions[0].id,
    bot: bot.id,
    door: door.id,
    doorToken: door.token,
    invitation: invitation.id,
    calendar: calendar.id,
    conference: `${slug}-conf`,
    talk: talk.slug,
    speaker: talk.speakers[0].slug,
    handin: handin.id,
    handinToken: handin.token,
    token: token.id,
    tokenText: token.token,
    teamInvitation: team.id,
    joinToken: new URL(team.url).pathname.slice('/join/'.length),
    webhook: webhook.id,
    feed: feed.id,
    feedToken: feed.secret,
  }
}

export type Actor = {
  name: string
  headers: Record<string, string>
  /** What it may do in the first group, beside what is public. */
  abilities: readonly Ability[]
  link?: Need
  isSession?: boolean
  isOperator?: boolean
  /** A token that is none any more: refused by the API wherever it is sent. */
  isDead?: boolean
}

/** The two groups and their people. The first is public, so that strangers may know of it; the second is not. */
export async function openTwins() {
  const world = await openWorld()
  world.deps.remoteGet = async () => ({ status: 200, headers: new Headers(), body: new Response(ICS).body })
  const mine = await fill(world, 'mine', 'public')
  const twin = await fill(world, 'twin', 'private')
  const { now } = world.clock
  const run = (sql: string, ...params: unknown[]) => world.db.all({ sql, params })

  async function session(name: string, groupId: string | null, role: Role | null, revokedAt: number | null = null) {
    const id = world.deps.newId()
    const secret = `${SECRET}${name.replace(/\W/g, '')}`.slice(-43)
    await run(
      'INSERT INTO accounts (id, email, name, created_at) VALUES (?, ?, ?, ?)',
      id,
      `${id}@accounts.example`,
      name,
      now,
    )
    if (groupId)
      await run(
        "INSERT INTO grants (group_id, account_id, role, created_at, change_id) VALUES (?, ?, ?, ?, 'x')",
        groupId,
        id,
        role,
        now,
      )
    await run(
      'INSERT INTO sessions (id, account_id, hash, agent, created_at, seen_at, expires_at, revoked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      world.deps.newId(),
      id,
      await sha256(secret),
      'x',
      now,
      now,
      now + 86_400,
      revokedAt,
    )
    const headers = { Cookie: `__Host-session=${secret}`, Origin: BASE_URL, 'Sec-Fetch-Site': 'same-origin' }
    return { id, actor: { name, headers, isSession: revokedAt === null, abilities: [] as readonly Ability[] } }
  }

  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })
  const actors: Actor[] = [
    { name: 'anonymous', headers: {}, abilities: [] },
    { name: 'its guest', headers: bearer(mine.rsvpToken!), abilities: [], link: 'link:rsvp' },
    { name: 'another guest', headers: bearer(mine.otherToken!), abilities: [] },
    { name: 'a guest of the twin', headers: bearer(twin.rsvpToken!), abilities: [] },
    { name: 'its feed token', headers: bearer(mine.feedToken!), abilities: [], link: 'link:feed' },
    { name: 'another feed token', headers: bearer(twin.feedToken!), abilities: [] },
  ]
  for (const role of ['member', 'helper', 'organizer', 'owner'] as const) {
    const { id, actor } = await session(role, mine.groupId!, role)
    actors.push({ ...actor, abilities: ROLES[role] })
    if (role === 'member') mine.account = id
    const foreign = await session(`${role} of the twin`, twin.groupId!, role)
    actors.push(foreign.actor)
    if (role === 'member') twin.account = foreign.id
  }
  actors.push((await session('signed in, nothing else', null, null)).actor)
  actors.push((await session('revoked session', mine.groupId!, 'owner', now)).actor)
  await run(
    'UPDATE sessions SET expires_at = ? WHERE account_id = ?',
    now,
    (await session('expired', mine.groupId!, 'owner')).id,
  )
  const stale = `${SECRET}expired`.slice(-43)
  actors.push({
    name: 'expired session',
    headers: { Cookie: `__Host-session=${stale}`, Origin: BASE_URL },
    abilities: [],
  })
  const token = async (more: object) => (await world.api('POST', '/tokens', { name: 'x', group: 'mine', ...more })).body
  const revoked = await token({})
  await world.api('DELETE', `/tokens/${revoked.id}`)
  const expired = await token({ expires: '2023-01-02T12:00:00Z' })
  const reader = await token({ verbs: ['see'] })
  actors.push(
    { name: 'token', headers: bearer(mine.tokenText!), abilities: TOKEN_ABILITIES },
    { name: 'token that only sees', headers: bearer(reader.token), abilities: ['see'] },
    { name: 'token of the twin', headers: bearer(twin.tokenText!), abilities: [] },
    { name: 'revoked token', headers: bearer(revoked.token), abilities: [], isDead: true },
    { name: 'expired token', headers: bearer(expired.token), abilities: [], isDead: true },
    { name: 'operator', headers: bearer(ADMIN), abilities: ROLES.owner, isOperator: true },
  )
  return { world, mine, twin, actors }
}

/** Whether an actor may do what a route needs, to the first group's things. */
export function isAllowed(actor: Actor, needs: readonly Need[], isApi: boolean): boolean {
  if (actor.isDead && isApi) return false
  return needs.some(
    (need) =>
      need === 'public' ||
      (need === 'operator' && actor.isOperator === true) ||
      (need === 'session' && actor.isSession === true) ||
      need === actor.link ||
      (actor.abilities as readonly string[]).includes(need),
  )
}

/** What is stored, but for when something was last in use. */
export async function fingerprint(world: World): Promise<string> {
  const tables = await world.db.all<{ name: string }>({
    sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%_fts%' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
    params: [],
  })
  const rows = await world.db.batch(tables.map(({ name }) => ({ sql: `SELECT * FROM "${name}"`, params: [] })))
  return sha256(JSON.stringify(rows, (key, value) => (key === 'last_used_at' || key === 'seen_at' ? 0 : value)))
}
