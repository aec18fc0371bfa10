/** The formats in which captions come in, one file each. */
import { readSrt } from './captions-srt.ts'
import { readVtt } from './captions-vtt.ts'
import type { ReadCues } from './cues.ts'

/** `begins`: how a text begins that is in it, where no media type says so; the first one counts. */
export type CaptionsFormat = {
  name: string
  mediaTypes: readonly string[]
  begins: RegExp
  read(text: string): ReadCues
}

export const CAPTIONS_FORMATS: readonly CaptionsFormat[] = [
  { name: 'WebVTT', mediaTypes: ['text/vtt'], begins: /^\ufeff?WEBVTT/, read: readVtt },
  { name: 'SubRip', mediaTypes: ['application/x-subrip', 'application/srt', 'text/srt'], begins: /^/, read: readSrt },
]

type Decoded = { ok: true; text: string } | { ok: false; message: string }

/**
 * Captions as text: in the encoding they are said to have, else in UTF-16 where they begin so, else in UTF-8. Bytes that are
 * no text in it are refused with their line, not guessed.
 */
export function decodeCaptions(bytes: Uint8Array, charset: string | undefined): Decoded {
  const [first, second] = bytes
  const marked =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : undefined
  const label = marked ?? charset ?? 'utf-8'
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(label, { fatal: true })
  } catch {
    return { ok: false, message: `is in an encoding that is not known here: ${label.slice(0, 40)}` }
  }
  try {
    return { ok: true, text: decoder.decode(bytes) }
  } catch {
    const good = new TextDecoder(label).decode(bytes).split('\ufffd')[0]!
    const line = good.split(/\r\n|\n|\r/).length
    return { ok: false, message: `line ${line} is not ${label}: send it as UTF-8, or say its charset` }
  }
}
