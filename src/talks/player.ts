/** How a recording is shown in a page: a file by the browser itself, a platform's video in the frame that it gives for that. */
import { type Medium, mediaOf, type Resource } from './media.ts'

export type Player =
  | { kind: 'file'; medium: Medium; url: string; host: string; label: string }
  | { kind: 'frame'; src: string; url: string; host: string; label: string; wantsReferrer: boolean }

type Platform = (url: URL, second: number) => string | null

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const SHORT_UUID = /^[1-9A-HJ-NP-Za-km-z]{22}$/

const hostIs = (url: URL, ...hosts: string[]) => hosts.includes(url.hostname.replace(/^(www|m)\./, ''))
const partsOf = (url: URL) => url.pathname.split('/').filter(Boolean)
const from = (second: number, text: string) => (second > 0 ? text : '')

/** Each platform by what its addresses look like; the frame begins at the second, and plays since somebody has asked. */
const PLATFORMS: Platform[] = [
  function youTube(url, second) {
    if (!hostIs(url, 'youtube.com', 'youtu.be', 'youtube-nocookie.com')) return null
    const parts = partsOf(url)
    const isShort = hostIs(url, 'youtu.be')
    const id = isShort
      ? parts[0]
      : (url.searchParams.get('v') ?? (/^(embed|live|shorts|v)$/.test(parts[0] ?? '') ? parts[1] : ''))
    if (!/^[\w-]{11}$/.test(id ?? '')) return null
    return `https://www.youtube-nocookie.com/embed/${id}?autoplay=1${from(second, `&start=${second}`)}`
  },
  function vimeo(url, second) {
    const [id] = partsOf(url)
    if (!hostIs(url, 'vimeo.com') || !/^\d+$/.test(id ?? '')) return null
    return `https://player.vimeo.com/video/${id}?autoplay=1&dnt=1${from(second, `#t=${second}s`)}`
  },
  function mediaCcc(url, second) {
    const [v, slug] = partsOf(url)
    if (!hostIs(url, 'media.ccc.de') || v !== 'v' || !/^[\w.-]+$/.test(slug ?? '')) return null
    return `https://media.ccc.de/v/${slug}/oembed${from(second, `#t=${second}`)}`
  },
  function internetArchive(url, second) {
    const [details, id] = partsOf(url)
    if (!hostIs(url, 'archive.org') || details !== 'details' || !/^[\w.-]+$/.test(id ?? '')) return null
    return `https://archive.org/embed/${id}?autoplay=1${from(second, `&start=${second}`)}`
  },
  function peerTube(url, second) {
    const [first, next, last] = partsOf(url)
    const id = first === 'w' ? next : first === 'videos' && (next === 'watch' || next === 'embed') ? last : undefined
    if (url.protocol !== 'https:' || !(UUID.test(id ?? '') || SHORT_UUID.test(id ?? ''))) return null
    return `${url.origin}/videos/embed/${id}?autoplay=1&p2p=0${from(second, `&start=${second}s`)}`
  },
]

/** The ways in which a page can show the recordings of a talk, from a second on: files first, then platforms. */
export function playersOf(resources: Resource[], second = 0): Player[] {
  const titleOf = (address: string) => resources.find(({ url }) => url === address)?.title || null
  const files = mediaOf(resources).map(
    (medium): Player => ({
      kind: 'file',
      medium: { ...medium, url: second > 0 ? `${medium.url.replace(/#.*$/s, '')}#t=${second}` : medium.url },
      url: medium.url,
      host: new URL(medium.url).host,
      label: titleOf(medium.url) ?? medium.mimeType.split('/')[1]!,
    }),
  )
  const isFile = new Set(files.map(({ url }) => url))
  const frames = resources.flatMap((resource): Player[] => {
    if (resource.type !== 'recording' || isFile.has(resource.url) || !URL.canParse(resource.url)) return []
    const url = new URL(resource.url)
    const src = PLATFORMS.map((one) => one(url, second)).find((found) => found !== null)
    if (!src) return []
    const { host } = new URL(src)
    // YouTube shows nothing to pages that do not say who they are.
    return [
      {
        kind: 'frame',
        src,
        url: resource.url,
        host,
        label: resource.title || url.host,
        wantsReferrer: host.endsWith('youtube-nocookie.com'),
      },
    ]
  })
  return [...files, ...frames]
}

/** A second of a recording as people write it (`754`, `12:34`, `1:02:03`, `12m34s`); 0 where it is none. */
export function secondOf(text: string | undefined): number {
  const [, hours, minutes, seconds] = /^(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?$/.exec(text ?? '') ?? []
  const clock = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})$/.exec(text ?? '')
  if (clock) return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3])
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)
}
