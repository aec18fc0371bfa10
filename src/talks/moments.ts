/** A second of a talk, and where its recording can be watched from there. */
import type { Resource } from './media.ts'
import { playersOf } from './player.ts'

/** `12:34`, `1:02:03`. */
export function clock(seconds: number): string {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** How the page of a platform is told a second, by the host of its player. */
const IN_QUERY: Record<string, string> = { 'www.youtube-nocookie.com': 't', 'archive.org': 'start' }
const IN_FRAGMENT = ['media.ccc.de', 'player.vimeo.com']

/** The address of the first recording that can be told a second; null where none can. */
export function recordingAt(resources: Resource[], second: number): string | null {
  const [player] = playersOf(resources, second)
  if (!player) return null
  if (player.kind === 'file') return player.medium.url
  const url = new URL(player.url)
  if (IN_FRAGMENT.includes(player.host)) url.hash = `t=${second}`
  // What is left is PeerTube, on any host.
  else url.searchParams.set(IN_QUERY[player.host] ?? 'start', `${second}s`)
  if (player.host === 'archive.org') url.searchParams.set('start', String(second))
  return url.href
}
