/** WebVTT (https://www.w3.org/TR/webvtt1/), read and written. */
import { type Cue, type ReadCues, readBlocks } from './cues.ts'

/** Reads the cues; notes, styles, regions, settings and tags are left out. */
export function readVtt(text: string): ReadCues {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
  if (!/^WEBVTT(?:[ \t]|$)/.test(lines[0] ?? ''))
    return { cues: [], faults: [{ path: 'line 1', message: 'must begin with WEBVTT' }] }
  return readBlocks(withoutNotes(lines), 1)
}

/** A note may hold anything up to an empty line, an arrow too; its lines stay, empty, so that faults name the right ones. */
function withoutNotes(lines: string[]): string[] {
  let isNote = false
  return lines.map((line, at) => {
    if (/^(NOTE|STYLE|REGION)(?:[ \t]|$)/.test(line) && (lines[at - 1] ?? '').trim() === '') isNote = true
    if (line.trim() === '') isNote = false
    return isNote ? '' : line
  })
}

const two = (n: number, length = 2) => String(n).padStart(length, '0')
const written = (ms: number): string =>
  `${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${two(ms % 1000, 3)}`
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export const writeVtt = (cues: Cue[]): string =>
  `WEBVTT\n\n${cues.map(({ start, end, text }) => `${written(start)} --> ${written(end)}\n${escaped(text)}\n`).join('\n')}`
