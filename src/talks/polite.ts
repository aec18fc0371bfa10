/** Asks other servers as a guest should: as their robots.txt lets us, one request at a time for each, with a pause between. */
import { faultOfUrl } from '../remote/address.ts'
import { follow, type RemoteGet, textOf } from '../remote/fetch.ts'
import { ALLOWS_ALL, FORBIDS_ALL, mayAsk, type Robots, readRobots } from '../remote/robots.ts'
import { type Finding, findingOf } from './links.ts'

const AGENT = 'Convene'
export const HEADERS = { 'User-Agent': `${AGENT} (link check)`, Accept: '*/*' }
/** RFC 9309, 2.5: at least 500 KiB are read. */
const ROBOTS_BYTES = 512 * 1024
const DAY = 86_400
const HOUR = 3600
/** Who wants to be asked less often than this is asked once in a run. */
const PAUSE_MAX_SECONDS = 10

export type Host = {
  origin: string
  robots: Robots | null
  robotsAt: number | null
  /** When it may be asked again, in another run. */
  nextAt: number
  /** Whether it has said that it has enough for now. */
  isDone: boolean
}

export type Limits = {
  now: number
  /** Between two requests to one host, unless it wants more. */
  pauseMs: number
  /** Requests in this run, redirects and robots.txt among them: a platform lets a run make only so many. */
  requests: number
}

/** A check of a link: what was found, or that this run has no time for it. */
export type Checked = Finding | { kind: 'later' }

class Later extends Error {}

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/** What asks in one run, over the hosts that it may ask. */
export function politeVisitor(get: RemoteGet, hosts: Map<string, Host>, limits: Limits) {
  let left = limits.requests
  const turns = new Map<string, Promise<unknown>>()

  const pauseOf = ({ robots }: Host) => Math.max(limits.pauseMs, (robots?.delaySeconds ?? 0) * 1000)

  /** Waits until the host has had its pause; what follows is asked at once. */
  async function turn(host: Host): Promise<void> {
    const before = turns.get(host.origin)
    if (left <= 0 || host.isDone) throw new Later()
    if (before && pauseOf(host) > PAUSE_MAX_SECONDS * 1000) throw new Later()
    left -= 1
    const mine = (before ?? Promise.resolve()).then(() => (before ? sleep(pauseOf(host)) : undefined))
    turns.set(host.origin, mine)
    await mine
  }

  async function robotsOf(host: Host): Promise<Robots> {
    if (host.robots && host.robotsAt !== null && host.robotsAt > limits.now - DAY) return host.robots
    const found = await follow(get, `${host.origin}/robots.txt`, HEADERS, async (url) => {
      const wrong = faultOfUrl(url)
      if (wrong === null) await turn(hostOf(url))
      return wrong
    })
    // RFC 9309, 2.3.1: what is not there forbids nothing, who is in trouble is left in peace. Of a server that is not there
    // the link tells.
    if (!found.ok) return ALLOWS_ALL
    const { status, body } = found.answer
    const text = status === 200 ? await textOf(body, ROBOTS_BYTES).catch(() => null) : null
    if (status !== 200) await body?.cancel()
    if (status >= 500) {
      host.isDone = true
      host.nextAt = limits.now + HOUR
      return FORBIDS_ALL
    }
    host.robots = text ? readRobots(text, AGENT) : ALLOWS_ALL
    host.robotsAt = limits.now
    return host.robots
  }

  /** The host of an address; one that a redirect leads to has not been claimed, and is asked for this one thing. */
  function hostOf(url: string): Host {
    const { origin } = new URL(url)
    const known = hosts.get(origin)
    if (known) return known
    const host: Host = { origin, robots: null, robotsAt: null, nextAt: limits.now, isDone: false }
    hosts.set(origin, host)
    return host
  }

  /** Looks whether something is behind an address: one byte of it is asked for, and nothing is kept. */
  return async function check(url: string): Promise<Checked> {
    try {
      const found = await follow(get, url, { ...HEADERS, Range: 'bytes=0-0' }, async (hop) => {
        const wrong = faultOfUrl(hop)
        if (wrong) return wrong
        const host = hostOf(hop)
        if (!mayAsk(await robotsOf(host), new URL(hop))) {
          if (host.isDone) throw new Later()
          return 'must not be asked by programs (robots.txt)'
        }
        await turn(host)
        return null
      })
      if (!found.ok) {
        const { why, message: detail } = found
        return why === 'refused' ? { kind: 'unclear', detail } : { kind: 'gone', detail, isSilent: why === 'silent' }
      }
      const { answer } = found
      await answer.body?.cancel()
      const retryAfter = answer.headers.get('Retry-After')
      if (answer.status !== 429 && !(answer.status === 503 && retryAfter)) return findingOf(answer.status)
      const host = hostOf(found.url)
      host.isDone = true
      host.nextAt = limits.now + secondsIn(retryAfter)
      return { kind: 'later' }
    } catch (error) {
      if (error instanceof Later) return { kind: 'later' }
      throw error
    }
  }
}

/** How long a server wants to be left alone: between a minute and a day, an hour where it does not say. */
function secondsIn(retryAfter: string | null): number {
  const seconds = Number(retryAfter)
  return retryAfter && Number.isFinite(seconds) ? Math.min(DAY, Math.max(60, seconds)) : HOUR
}
