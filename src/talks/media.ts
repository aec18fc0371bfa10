/** Which resources are files that a program plays by itself, and which of several it should take. */

export type Resource = {
  type: string
  url: string
  title?: string | null | undefined
  mimeType?: string | null | undefined
  language?: string | null | undefined
  size?: number | null | undefined
  status?: string | null | undefined
}

export type Medium = { kind: 'audio' | 'video'; url: string; mimeType: string; size: number | null }

/** By the ending of the path; where a server calls it otherwise, the resource says so. */
const BY_ENDING: Record<string, string> = {
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  webm: 'video/webm',
  ogv: 'video/ogg',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  opus: 'audio/ogg',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  flac: 'audio/flac',
  wav: 'audio/wav',
}

/** What most programs play comes first. */
const ORDER = ['video/mp4', 'video/webm', 'audio/mpeg', 'audio/mp4', 'audio/ogg']
const rank = ({ mimeType }: Medium) => (ORDER.indexOf(mimeType) + ORDER.length + 1) % (ORDER.length + 1)

/** A recording as a file; null where it is a page, such as a video platform's, or no recording. */
export function mediumOf({ type, url, mimeType, size }: Resource): Medium | null {
  if (type !== 'recording') return null
  const ending = /\.([a-z0-9]+)$/i.exec(URL.canParse(url) ? new URL(url).pathname : '')?.[1]?.toLowerCase() ?? ''
  const known = mimeType ?? BY_ENDING[ending] ?? ''
  const kind = /^(audio|video)\//.exec(known)?.[1] as Medium['kind'] | undefined
  return kind ? { kind, url, mimeType: known, size: size ?? null } : null
}

/** The recordings that are files, the one that most programs play first; dead ones last. */
export const mediaOf = (resources: Resource[]): Medium[] =>
  [...resources.filter(({ status }) => status !== 'dead'), ...resources.filter(({ status }) => status === 'dead')]
    .flatMap((resource) => mediumOf(resource) ?? [])
    .sort((a, b) => rank(a) - rank(b))

export type Captions = { url: string; mimeType: string; language: string | null }

/** The captions that are files. */
export const captionsOf = (resources: Resource[]): Captions[] =>
  resources.flatMap(({ type, url, mimeType, language }) => {
    if (type !== 'captions') return []
    const guessed = /\.srt$/i.test(url) ? 'application/x-subrip' : 'text/vtt'
    return [{ url, mimeType: mimeType ?? guessed, language: language ?? null }]
  })
