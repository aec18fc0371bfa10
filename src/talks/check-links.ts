/**
 * Looks whether the addresses of the archive's resources still lead somewhere: some in each run of the scheduled task, each
 * about once a month.
 *
 * A link and a host are claimed by moving when they are due, so that two processes ask for nothing twice and no host is asked
 * by two; who dies in between loses nothing but time.
 */
import { sql } from 'drizzle-orm'
import { columns } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { grouped } from '../grouped.ts'
import { faultOfUrl } from '../remote/address.ts'
import { afterCheck, type LinkState } from './links.ts'
import { type Checked, type Host, politeVisitor } from './polite.ts'
import { linkHosts, links, resources, talks } from './tables.ts'

type Link = typeof links.$inferSelect

const LEASE_SECONDS = 600
/** Read to find some that are on hosts which may be asked now. */
const LOOKED_AT = 200
const LINKS_AT_ONCE = 20
/** A free Worker makes fifty in one run, and the rest of the scheduled task needs some. */
const REQUESTS_AT_ONCE = 30
const PAUSE_MS = 1000
const HOSTS_TO_BE_OFFLINE = 3

export type LinkReport = { checked: number; dead: number; later: number }

/** Checks links that are due. Refuses nothing: what cannot be checked now is due again later. */
export async function checkLinks(
  deps: Deps,
  { pauseMs = PAUSE_MS, atOnce = LINKS_AT_ONCE, requests = REQUESTS_AT_ONCE } = {},
): Promise<LinkReport> {
  const now = deps.now()
  const due = await deps.db.all(
    sql<Link & { isUsed: number }>`SELECT ${columns(links)},
        EXISTS (SELECT 1 FROM ${resources} WHERE ${resources.url} = ${links.url}) AS "isUsed"
      FROM ${links} WHERE next_at <= ${now} ORDER BY next_at, url LIMIT ${LOOKED_AT}`,
  )
  if (due.length === 0) return { checked: 0, dead: 0, later: 0 }
  const { claimed, hosts } = await claim(deps, due, now, atOnce)
  const check = politeVisitor(deps.remoteGet, hosts, { now, pauseMs, requests })
  const results: [Link, Checked][] = []
  await Promise.all(
    [...grouped(claimed, ({ url }) => originOf(url)).values()].map(async (ofHost) => {
      // One after the other.
      for (const link of ofHost) {
        const wrong = faultOfUrl(link.url)
        results.push([link, wrong ? { kind: 'unclear', detail: wrong } : await check(link.url).catch(tell(deps, link))])
      }
    }),
  )
  if (isOffline(results)) deps.log({ level: 'warn', what: 'links', message: 'no server answered: is there a network?' })
  return finish(deps, isOffline(results) ? results.map(([link]) => [link, { kind: 'later' }]) : results, hosts, now)
}

/** Whether nobody answered at all, of so many that it is our own network that is down. */
const isOffline = (results: [Link, Checked][]): boolean =>
  results.every(([, found]) => found.kind === 'later' || (found.kind === 'gone' && found.isSilent)) &&
  new Set(results.flatMap(([{ url }, { kind }]) => (kind === 'gone' ? originOf(url) : []))).size >= HOSTS_TO_BE_OFFLINE

/** A bug in one check is told and stops no other. */
const tell =
  (deps: Deps, { url }: Link) =>
  (error: unknown): Checked => {
    deps.log({ level: 'error', what: 'link', url, error: String(error) })
    return { kind: 'later' }
  }

/** Empty where an older import let something else through, which is then found to be no address. */
const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '')

/** Takes what no resource has any more out of the list, and claims some of the rest with their hosts. */
async function claim(deps: Deps, due: (Link & { isUsed: number })[], now: number, atOnce: number) {
  const [unused, used] = [due.filter(({ isUsed }) => !isUsed), due.filter(({ isUsed }) => isUsed)]
  const [, , hostRows] = await deps.db.batch([
    sql`DELETE FROM ${links} WHERE url IN (SELECT value FROM json_each(${JSON.stringify(unused.map(({ url }) => url))}))
      AND NOT EXISTS (SELECT 1 FROM ${resources} WHERE ${resources.url} = ${links.url})`,
    sql`INSERT OR IGNORE INTO ${linkHosts} (origin, next_at)
      SELECT value, 0 FROM json_each(${JSON.stringify([...new Set(used.map(({ url }) => originOf(url)))].slice(0, atOnce))})`,
    sql<typeof linkHosts.$inferSelect>`UPDATE ${linkHosts} SET next_at = ${now + LEASE_SECONDS}
      WHERE next_at <= ${now} AND origin IN (SELECT value FROM json_each(${JSON.stringify(used.map(({ url }) => originOf(url)))}))
      RETURNING ${columns(linkHosts)}`,
  ])
  const hosts = new Map<string, Host>(
    hostRows.map(({ origin, robots, robotsAt }) => [
      origin,
      { origin, robots: robots === null ? null : JSON.parse(robots), robotsAt, nextAt: now, isDone: false },
    ]),
  )
  const wanted = evenly(
    used.filter(({ url }) => hosts.has(originOf(url))),
    atOnce,
  )
  const claimed = await deps.db.all(
    sql<Link>`UPDATE ${links} SET next_at = ${now + LEASE_SECONDS}
      WHERE next_at <= ${now} AND url IN (SELECT value FROM json_each(${JSON.stringify(wanted.map(({ url }) => url))}))
      RETURNING ${columns(links)}`,
  )
  return { claimed, hosts }
}

/** So many links, the first of each host before the second of any. */
function evenly(all: Link[], max: number): Link[] {
  const lists = [...grouped(all, ({ url }) => originOf(url)).values()]
  const longest = Math.max(0, ...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? []))
    .flat()
    .slice(0, max)
}

/** Writes what was found. A talk whose link died or came back has another version: who keeps a copy
 * of it by its version reads it again. */
async function finish(deps: Deps, results: [Link, Checked][], hosts: Map<string, Host>, now: number) {
  const checked = results.flatMap(([link, found]) =>
    found.kind === 'later' ? [] : [{ url: link.url, was: link.status, ...afterCheck(stateOf(link), found, now) }],
  )
  const postponed = results.flatMap(([link, { kind }]) => {
    const nextAt = Math.max(now + 60, hosts.get(originOf(link.url))?.nextAt ?? 0)
    return kind === 'later' ? [{ ...stateOf(link), url: link.url, was: link.status, nextAt }] : []
  })
  const turned = checked.filter(({ was, status }) => (was === 'dead') !== (status === 'dead'))
  const new_ = (name: string) => sql.raw(`json_extract(new.value, '$.${name}')`)
  await deps.db.batch([
    sql`UPDATE ${links} SET status = ${new_('status')}, detail = ${new_('detail')}, failures = ${new_('failures')},
        checked_at = ${new_('checkedAt')}, ok_at = ${new_('okAt')}, next_at = ${new_('nextAt')}
      FROM json_each(${JSON.stringify([...checked, ...postponed])}) AS new WHERE links.url = ${new_('url')}`,
    sql`INSERT INTO ${linkHosts} (origin, next_at, robots, robots_at)
      SELECT ${new_('origin')}, ${new_('nextAt')}, ${new_('robots')}, ${new_('robotsAt')}
      FROM json_each(${JSON.stringify([...hosts.values()].map((host) => hostRow(host, now)))}) AS new WHERE true
      ON CONFLICT DO UPDATE SET next_at = max(excluded.next_at, ${now}), robots = excluded.robots, robots_at = excluded.robots_at`,
    sql`UPDATE ${talks} SET change_id = ${deps.newId()} WHERE deleted_at IS NULL AND id IN (SELECT talk_id FROM ${resources}
      WHERE url IN (SELECT value FROM json_each(${JSON.stringify(turned.map(({ url }) => url))})))`,
  ])
  return {
    checked: checked.length,
    dead: turned.filter(({ status }) => status === 'dead').length,
    later: postponed.length,
  }
}

const stateOf = ({ status, detail, failures, checkedAt, okAt, nextAt }: Link): LinkState => ({
  status,
  detail,
  failures,
  checkedAt,
  okAt,
  nextAt,
})

function hostRow({ origin, robots, robotsAt, nextAt }: Host, now: number) {
  const delay = robots?.delaySeconds ?? 0
  return {
    origin,
    nextAt: Math.max(nextAt, now + Math.min(delay, 86_400)),
    robots: robots && JSON.stringify(robots),
    robotsAt,
  }
}
