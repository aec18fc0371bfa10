/** What the links of a talk are: slides, a recording, captions. */
import { RESOURCE_TYPES, type TalkInput } from '../talks/schema.ts'
import { cleanLine } from './html.ts'
import { languageOf } from './language.ts'

export type SourceLink = {
  url: string
  title: string
  type: string
  mimeType?: string
  language?: string
  size?: number
  quality?: string
}
type Resource = TalkInput['resources'][number]

export const addressOf = (text: string): string | null =>
  /^https?:\/\/[^\s"<>\\^`{}|]+$/.test(text) && text.length <= 2000 && URL.canParse(text) ? text : null

/** The resources that links are, each address once; what is no address is noted. */
export function resourcesOf(links: SourceLink[], notes: string[]): Resource[] {
  const seen = new Set<string>()
  return links.flatMap((one) => {
    const url = addressOf(one.url)
    if (url === null) {
      notes.push(`a link that is no address was left out: "${one.url.slice(0, 200)}"`)
      return []
    }
    if (seen.has(url)) return []
    seen.add(url)
    const title = cleanLine(one.title).slice(0, 300)
    const mimeType = mimeOf(one.mimeType ?? '', url)
    const language = languageOf(one.language ?? '')
    return [
      {
        type: typeOf(one.type, mimeType ?? '', title, url),
        url,
        ...(title ? { title } : {}),
        ...(mimeType ? { mimeType } : {}),
        ...(language ? { language } : {}),
        ...(one.size ? { size: one.size } : {}),
        ...(one.quality ? { quality: one.quality } : {}),
      },
    ]
  })
}

const MIMES: [RegExp, string][] = [
  [/\.webm$/i, 'video/webm'],
  [/\.(mp4|m4v)$/i, 'video/mp4'],
  [/\.pdf$/i, 'application/pdf'],
  [/\.vtt$/i, 'text/vtt'],
  [/\.srt$/i, 'application/x-subrip'],
  [/\.(ogg|opus)$/i, 'audio/ogg'],
  [/\.mp3$/i, 'audio/mpeg'],
]

const mimeOf = (declared: string, url: string): string | undefined =>
  /^[\w.+-]+\/[\w.+-]{1,60}$/.test(declared)
    ? declared.toLowerCase()
    : MIMES.find(([ending]) => ending.test(new URL(url).pathname))?.[1]

/** What a link is, by what the source says, then by its media type, its title and its ending. */
function typeOf(declared: string, mimeType: string, title: string, url: string): Resource['type'] {
  const { hostname, pathname } = new URL(url)
  // Our own schedules say it in our words.
  const own = RESOURCE_TYPES.find((type) => type === declared && type !== 'other')
  if (own) return own
  if (/slides/i.test(declared)) return 'slides'
  if (/paper/i.test(declared)) return 'paper'
  if (/^(text\/vtt|application\/x-subrip)$/.test(mimeType) || /\.(vtt|srt)$/i.test(pathname)) return 'captions'
  if (/subtitle|caption/i.test(title)) return 'captions'
  if (/video|audio/i.test(declared) || /^(video|audio)\//.test(mimeType)) return 'recording'
  if (/\b(video|recording)\b/i.test(title) || /\.(webm|mp4|ogv|avi)$/i.test(pathname)) return 'recording'
  if (/\b(slides|slide deck|presentation)\b/i.test(title)) return 'slides'
  if (/\bpaper\b/i.test(title)) return 'paper'
  if (
    /^(www\.)?(github\.com|gitlab\.com|codeberg\.org|pagure\.io)$/.test(hostname) ||
    /\b(source code|repository|github)\b/i.test(title)
  )
    return 'code'
  return 'other'
}
