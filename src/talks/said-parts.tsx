/** What was said in a talk, to read and to go to. */
import { Said } from '../http/speaking.tsx'
import type { Cue } from './cues.ts'
import { clock } from './moments.ts'

const PARAGRAPH_CHARACTERS = 400

/** Cues as paragraphs, each with the second at which it begins. */
function paragraphsOf(cues: Cue[]): { second: number; text: string }[] {
  const paragraphs: { second: number; text: string }[] = []
  for (const { start, text } of cues) {
    const last = paragraphs.at(-1)
    if (last && last.text.length < PARAGRAPH_CHARACTERS) last.text += ` ${text}`
    else paragraphs.push({ second: Math.floor(start / 1000), text })
  }
  return paragraphs
}

type Props = { slug: string; cues: Cue[]; language: string; languages: string[] }

export const Transcript = ({ slug, cues, language, languages }: Props) => (
  <details>
    <summary>
      <Said p="What was said" />
    </summary>
    <div lang={language}>
      {paragraphsOf(cues).map(({ second, text }) => (
        <p>
          <a href={`/talks/${slug}?t=${second}`}>{clock(second)}</a> {text}
        </p>
      ))}
    </div>
    <p>
      <Said p="All of it, as WebVTT:" />{' '}
      {languages.map((one, at) => (
        <>
          {at > 0 ? ', ' : ''}
          <a href={`/api/v1/talks/${slug}/captions/${one}`} hreflang={one}>
            {one}
          </a>
        </>
      ))}
    </p>
  </details>
)
