/** Fetches logs from where a bot puts them: folders of teams, rooms and days, as MeetBot and Mote list them. */
import { sql } from 'drizzle-orm'
import { columns } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import { faultOfUrl } from '../remote/address.ts'
import { fetchText } from '../remote/fetch.ts'
import { toIso } from '../time/zone.ts'
import { takeLog } from './apply-log.ts'
import { onceFor } from './call.ts'
import { factsOf } from './log.ts'
import { keyOf } from './match.ts'
import type { BotRow } from './queries.ts'
import { bots } from './tables.ts'

/** At once at most: the next time goes on where this one ended. */
const PAGES_MAX = 40
const FILES_MAX = 30
const DEPTH_MAX = 4
const BACK_SECONDS = 35 * 86_400
const EVERY_SECONDS = 3600
const LEASE_SECONDS = 600
const FILE = /\.(log\.txt|txt|log\.html|html)$/
/** Which of the files of one meeting says the most. */
const ORDER = ['.log.txt', '.log.html', '.txt', '.html']

export type Pulled = { url: string; status: 'taken' | 'known' | 'refused'; message: string | null }
export type PullOutcome = { ok: true; logs: Pulled[] } | Refused

/**
 * Fetches what is new where the bot puts its logs, from a day on. Each address is asked for once; what is refused is told
 * and not asked for again. Refuses (`busy`) while another process does it, and where the list cannot be read.
 */
export async function pullLogs(deps: Deps, bot: BotRow, since?: string): Promise<PullOutcome> {
  if (bot.url === null) return invalid({ path: 'url', message: 'is not known: the bot hands its logs in' })
  const now = deps.now()
  const leased = await deps.db.all(
    sql`UPDATE ${bots} SET leased_until = ${now + LEASE_SECONDS}
      WHERE id = ${bot.id} AND deleted_at IS NULL AND coalesce(leased_until, 0) <= ${now} RETURNING id`,
  )
  if (leased.length === 0) return refused('busy')
  const outcome = await pull(deps, bot, bot.url, since ?? toIso(now - BACK_SECONDS).slice(0, 10)).catch(
    (error): Refused => {
      deps.log({ level: 'error', what: 'bot', bot: bot.id, error: String(error) })
      return invalid({ path: 'url', message: 'could not be read' })
    },
  )
  const failures = outcome.ok ? 0 : bot.failures + 1
  const error = outcome.ok ? null : (outcome.errors?.map(({ message }) => message).join('; ') ?? outcome.reason)
  const nextAt = now + EVERY_SECONDS * Math.min(24, 2 ** Math.min(failures, 5))
  await deps.db.all(
    sql`UPDATE ${bots} SET leased_until = NULL, checked_at = ${now}, next_at = ${nextAt}, failures = ${failures}, error = ${error} WHERE id = ${bot.id}`,
  )
  return outcome
}

async function pull(deps: Deps, bot: BotRow, root: string, since: string): Promise<PullOutcome> {
  const found = await listed(deps, bot, root, since)
  if ('reason' in found) return found
  const logs: Pulled[] = []
  for (const { url, linkTo } of found.files) {
    if (logs.length >= FILES_MAX) break
    const answer = await onceFor(deps, bot, url, async () => {
      const fetched = await fetchText(deps.remoteGet, url)
      if (!fetched.ok) return { status: 503, body: { message: fetched.errors?.[0]?.message ?? '' } }
      const text = fetched.changed ? fetched.text : ''
      const path = decodeURIComponent(new URL(url).pathname)
      const file = { path, text, url: linkTo, channel: null, started: null, timeZone: 'UTC' }
      const taken = await takeLog(deps, { id: bot.groupId }, JSON.parse(bot.teams), file)
      if (taken.ok) return { status: 200, body: { status: taken.status } }
      const message =
        taken.errors?.map(({ path, message }) => `${path} ${message}`).join('; ') ?? taken.detail ?? taken.reason
      return { status: taken.reason === 'busy' ? 503 : 422, body: { message } }
    })
    if (!answer || answer.isRepeated) continue
    const { status = 'refused', message = null } = answer.body as { status?: Pulled['status']; message?: string }
    logs.push({ url, status, message })
  }
  return { ok: true, logs }
}

type File = { url: string; linkTo: string }

/** The files below an address, one for each meeting. */
async function listed(deps: Deps, bot: BotRow, root: string, since: string): Promise<{ files: File[] } | Refused> {
  const teams = (JSON.parse(bot.teams) as string[]).map(keyOf)
  const queue = [{ url: root, depth: 0 }]
  const seen = new Set<string>([root])
  const files = new Map<string, string[]>()
  for (let pages = 0; queue.length > 0 && pages < PAGES_MAX; pages++) {
    const { url, depth } = queue.shift()!
    const fetched = await fetchText(deps.remoteGet, url, undefined, faultOfUrl)
    if (!fetched.ok) {
      if (depth === 0) return fetched
      continue
    }
    for (const link of linksIn(fetched.changed ? fetched.text : '', url, root)) {
      if (seen.has(link)) continue
      seen.add(link)
      const path = decodeURIComponent(new URL(link).pathname)
      const day = /(\d{4}-\d\d-\d\d)/.exec(path.slice(new URL(root).pathname.length))?.[1]
      if (day !== undefined && day < since) continue
      if (FILE.test(path)) {
        if (factsOf(path).started === null) continue
        const stem = link.replace(FILE, '')
        files.set(stem, [...(files.get(stem) ?? []), link])
      } else if (path.endsWith('/') && depth < DEPTH_MAX && isWanted(path, depth, teams))
        queue.push({ url: link, depth: depth + 1 })
    }
  }
  const chosen = [...files.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([stem, all]) => {
      const url = ORDER.map((end) => `${stem}${end}`).find((one) => all.includes(one))!
      const page = all.find((one) => one === `${stem}.log.html`)
      return { url, linkTo: page ?? url }
    })
  return { files: chosen }
}

/** Where the bot serves many teams, only the folders of its group are looked into. */
const isWanted = (path: string, depth: number, teams: string[]): boolean =>
  depth > 0 || teams.length === 0 || teams.includes(keyOf(path.split('/').filter(Boolean).at(-1)!))

/** What a page links to below the address that was given. */
function linksIn(page: string, url: string, root: string): string[] {
  const hrefs = [...page.matchAll(/<a\b[^>]{0,500}?\bhref\s*=\s*["']?([^"'\s>]{1,1000})/gi)].map(([, href]) => href!)
  return hrefs.slice(0, 2000).flatMap((href) => {
    try {
      const link = new URL(href.replaceAll('&amp;', '&'), url)
      link.hash = ''
      link.search = ''
      return link.href.startsWith(root) && link.href.length > root.length ? [link.href] : []
    } catch {
      return []
    }
  })
}

const AT_ONCE = 5

/** Fetches for the bots that are due. */
export async function pullDueLogs(deps: Deps): Promise<void> {
  const now = deps.now()
  const due = await deps.db.all(
    sql<BotRow>`SELECT ${columns(bots)} FROM ${bots}
      WHERE next_at <= ${now} AND deleted_at IS NULL AND coalesce(leased_until, 0) <= ${now} ORDER BY next_at LIMIT ${AT_ONCE}`,
  )
  for (const bot of due) await pullLogs(deps, bot)
}
