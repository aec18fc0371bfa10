/** Which addresses of the network are anybody's to ask (SECURITY, "App → webhook/import URL"). */

/** An IPv4 address as a number; null where the text is none in its usual form. */
function ipv4(text: string): number | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (!parts) return null
  const bytes = parts.slice(1).map(Number)
  return bytes.some((byte) => byte > 255) ? null : bytes.reduce((sum, byte) => sum * 256 + byte, 0)
}

/** Blocks that are nobody's on the public network (RFC 6890 and its registry): first address and prefix. */
const PRIVATE_V4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]

const isPublicV4 = (address: number): boolean =>
  !PRIVATE_V4.some(
    ([first, bits]) => Math.floor(address / 2 ** (32 - bits)) === Math.floor(ipv4(first)! / 2 ** (32 - bits)),
  )

/** The eight groups of an IPv6 address; null where the text is none. */
function ipv6(text: string): number[] | null {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  const v4 = tail ? ipv4(tail[2]!) : null
  if (tail && v4 === null) return null
  const plain = tail ? `${tail[1]}${Math.floor(v4! / 65536).toString(16)}:${(v4! % 65536).toString(16)}` : text
  const halves = plain.split('::')
  if (halves.length > 2) return null
  const groups = (half: string) => (half === '' ? [] : half.split(':'))
  const [before, after] = [groups(halves[0]!), groups(halves[1] ?? '')]
  const missing = 8 - before.length - after.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null
  const all = [...before, ...Array(halves.length === 1 ? 0 : missing).fill('0'), ...after]
  return all.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) ? all.map((group) => Number.parseInt(group, 16)) : null
}

/** Global unicast is 2000::/3; in it lie documentation, tunnels into IPv4, and what belongs to protocols. */
function isPublicV6(groups: number[]): boolean {
  const [first, second] = groups as [number, number]
  if (first < 0x2000 || first > 0x3fff) return false
  if (first === 0x2001 && (second < 0x0200 || second === 0x0db8)) return false
  return first !== 0x2002 && !(first === 0x3fff && second < 0x1000)
}

/** Whether an IP address is on the public network. Forms of IPv4 inside IPv6 are not: nobody needs them to be found. */
export function isPublicAddress(address: string): boolean {
  const v4 = ipv4(address)
  if (v4 !== null) return isPublicV4(v4)
  const v6 = ipv6(address.replace(/%.*$/, ''))
  return v6 !== null && isPublicV6(v6)
}

const PORTS = new Set(['', '80', '443', '8080', '8443'])
const NAMES = /(^|\.)(localhost|local|internal|home\.arpa|onion|test|invalid)$/

/**
 * What is wrong with an address on the network that somebody gave; null where it may be asked. Names are looked up when
 * they are asked, and their addresses checked then.
 */
export function faultOfUrl(text: string): string | null {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return 'must be an address such as https://example.org/calendar.ics'
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must start with https://, http:// or webcal://'
  if (url.username || url.password) return 'must have no name and password in it'
  if (!PORTS.has(url.port)) return 'must be on a port of the web: 80, 443, 8080 or 8443'
  const host = url.hostname.toLowerCase().replace(/\.$/, '')
  const literal = host.startsWith('[') ? host.slice(1, -1) : host
  if (host.startsWith('[') || ipv4(literal) !== null)
    return isPublicAddress(literal) ? null : 'must not lead into a private network'
  return NAMES.test(host) || !host.includes('.') ? 'must not lead into a private network' : null
}

/** webcal:// is https:// by another name. */
export const asWeb = (text: string): string => text.replace(/^webcals?:\/\//i, 'https://')
