/** What is limited, and for whom. Pure. */

export type Limit = {
  name: string
  /** How many at once, and how many in a minute after that. */
  burst: number
  perMinute: number
  /** Whether it is counted exactly, in the database: for what costs mail, money or much computing. */
  isExact: boolean
}

const limit = (name: string, burst: number, perMinute: number, isExact = true): Limit => ({
  name,
  burst,
  perMinute,
  isExact,
})

/**
 * What a client network without a token may do, by the route. A conference’s guests share one address, so answers come in
 * bursts; nobody signs in thirty times an hour.
 */
const LIMITED: [method: string, path: RegExp, Limit][] = [
  ['POST', /^\/sign-in(\/code)?$/, limit('sign-in', 10, 10 / 60)],
  ['POST', /^\/sign-in\/passkey(\/begin)?$/, limit('passkey', 30, 1)],
  ['POST', /^\/g\/[^/]+\/digest$/, limit('digest', 10, 10 / 60)],
  ['POST', /^\/api\/v1\/events\/[^/]+\/rsvps$/, limit('rsvp', 60, 20)],
  ['POST', /^(\/embed)?\/e\/[^/]+(\/[^/]+)?$/, limit('rsvp', 60, 20)],
  ['POST', /^\/(api\/v1\/subscriptions|subscribe)$/, limit('feed', 30, 1)],
  ['POST', /^\/hand-in\//, limit('hand-in', 30, 1)],
  ['GET', /^\/(api\/v1\/)?(talks|meetings)$/, limit('search', 60, 60, false)],
]

/** What a client network may send of a form for which no browser worked, and of one that was filled in within a moment. */
export const OF_FORMS: Record<'plain' | 'quick', Limit> = {
  plain: limit('rsvp-plain', 30, 4),
  quick: limit('rsvp-quick', 10, 1),
}

/** A stamp that was worked for, for as long as it holds: a day. */
export const ONE_FORM = limit('proof', 1, 1 / (24 * 60))

/** The limit of a request, if it has one; a list without words in it is no search. */
export const limitOf = (method: string, path: string, query: string): Limit | null => {
  const found = LIMITED.find(([of, pattern]) => of === method && pattern.test(path))?.[2] ?? null
  return found?.name === 'search' && !/[?&]q=[^&]/.test(query) ? null : found
}

const V4 = /^\d{1,3}(\.\d{1,3}){3}$/

/** Networks of our own (RFC 1918, 3927, 4193, 4291): who comes from there is ours, or a proxy that nobody told of. */
const OURS_V4 = /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./
const OURS_V6 = /^(f[cd]|fe[89ab])/

/**
 * The network of a client: an IPv4 address, or the /64 of an IPv6 address, which is one household. Null for private networks and
 * what is no address.
 */
export function networkOf(address: string | undefined): string | null {
  const plain = (address ?? '')
    .trim()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/i, '')
  if (V4.test(plain)) return OURS_V4.test(plain) ? null : plain
  if (!/^[0-9a-f:]{2,39}$/i.test(plain) || plain === '::1' || OURS_V6.test(plain.toLowerCase())) return null
  const [head = '', tail = ''] = plain.toLowerCase().split('::')
  const groups = (text: string) => text.split(':').filter(Boolean)
  const missing = plain.includes('::') ? 8 - groups(head).length - groups(tail).length : 0
  const all = [...groups(head), ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...groups(tail)]
  return all.length === 8
    ? all
        .slice(0, 4)
        .map((group) => group.replace(/^0+(?=.)/, ''))
        .join(':')
    : null
}

/** The client that so many proxies of ours saw: the last but those in X-Forwarded-For. */
export function forwardedFor(header: string | null, proxies: number): string | undefined {
  const hops = (header ?? '').split(',').map((hop) => hop.trim())
  return hops.at(-proxies) || undefined
}
