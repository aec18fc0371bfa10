/** What captions hold: lines of text and when they are said. */
import { spread } from './words.ts'

/** Times in milliseconds. */
export type Cue = { start: number; end: number; text: string }
export type Fault = { path: string; message: string }
export type ReadCues = { cues: Cue[]; faults: Fault[] }
/** Some cues that are found together: a line of `text` and a pair of `times` for each. */
export type Passage = { text: string; times: [number, number][] }

const CUES_MAX = 200_000
const TEXT_MAX = 2000
const FAULTS_MAX = 1000
const PASSAGE_CHARACTERS = 300
const GAP_MS = 10_000
/** D1 takes no value of more than 2 MB. */
const EARLY_BYTES = 900_000
const LATE_BYTES = 800_000

/** The milliseconds of a time as WebVTT and SRT write it; null where it is none. */
export function timeOf(text: string): number | null {
  const [, hours = '0', minutes, seconds, part] = /^(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})$/.exec(text) ?? []
  if (minutes === undefined || Number(minutes) > 59 || Number(seconds) > 59) return null
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 + Number(part!.padEnd(3, '0'))
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  lrm: '',
  rlm: '',
  quot: '"',
  apos: "'",
}

/** What is read aloud of a cue: without tags, on one line. */
export const plainText = (payload: string): string =>
  payload
    .replace(/<[^<>]*>/g, '')
    .replace(/\{\\[^{}]*\}/g, '')
    .replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/[\p{Cc}\p{Cs}\u200b\u2028\u2029\ufeff\s]+/gu, ' ')
    .normalize('NFC')
    .trim()

const isArrow = (line: string) => line.includes('-->')

/**
 * Reads the blocks that both formats are made of: a line with `-->`, and text up to an empty line. A cue that can't be read
 * is a fault that says which and where; all others are read.
 */
export function readBlocks(lines: string[], from: number): ReadCues {
  const read: ReadCues = { cues: [], faults: [] }
  let number = 0
  let silent = 0
  for (let at = from; at < lines.length; at++) {
    if (!isArrow(lines[at]!)) continue
    number += 1
    const path = `cue ${number}, line ${at + 1}`
    const fault = (message: string) => read.faults.length < FAULTS_MAX && read.faults.push({ path, message })
    const [from = '', to = ''] = lines[at]!.split('-->').map((part) => part.trim().split(/\s+/)[0]!)
    const payload: string[] = []
    while (at + 1 < lines.length && lines[at + 1]!.trim() !== '' && !isArrow(lines[at + 1]!)) payload.push(lines[++at]!)
    const [start, end] = [timeOf(from), timeOf(to)]
    // The next cue began without an empty line: what stands before its times is its number.
    if (isArrow(lines[at + 1] ?? '') && /^\d+$/.test(payload.at(-1)?.trim() ?? '')) payload.pop()
    if (start === null) fault(`begins at no time: ${from.slice(0, 40)}`)
    else if (end === null) fault(`ends at no time: ${to.slice(0, 40)}`)
    else if (end < start) fault('ends before it begins')
    else {
      const text = plainText(payload.join(' '))
      if (text.length > TEXT_MAX) fault(`has more than ${TEXT_MAX} characters`)
      else if (text === '') silent += 1
      else read.cues.push({ start, end, text })
    }
    if (number >= CUES_MAX) {
      fault(`is one of more than ${CUES_MAX}`)
      break
    }
  }
  if (number === 0) read.faults.push({ path: '', message: 'has no cues' })
  else if (read.cues.length === 0 && silent > 0) read.faults.push({ path: '', message: 'has no text in its cues' })
  // Captions out of order are put in order.
  read.cues.sort((a, b) => a.start - b.start || a.end - b.end)
  return read
}

/** Cues in passages of some sentences, each with the first cue of the next one, so that a phrase across both is found. */
export function passagesOf(cues: Cue[]): Passage[] {
  const passages: Passage[] = []
  let from = 0
  let length = 0
  for (const [at, cue] of cues.entries()) {
    length += cue.text.length
    const next = cues[at + 1]
    if (next && length < PASSAGE_CHARACTERS && next.start - cue.end < GAP_MS) continue
    const some = cues.slice(from, at + 2)
    passages.push({
      text: some.map(({ text }) => spread(text, '\u200b')).join('\n'),
      times: some.map(({ start, end }) => [start, end]),
    })
    from = at + 1
    length = 0
  }
  return passages
}

/** The cues that passages were made of. */
export function cuesOf(passages: Passage[]): Cue[] {
  return passages.flatMap(({ text, times }, number) => {
    const lines = text.replaceAll('\u200b', '').split('\n')
    const own = number === passages.length - 1 ? lines : lines.slice(0, -1)
    return own.map((line, at) => ({ start: times[at]![0], end: times[at]![1], text: line }))
  })
}

/** All words for the index of whole talks; of days and days, of what comes late, each other word once. */
export function wordsOf(cues: Cue[]): string {
  const text = spread(cues.map((cue) => cue.text).join(' '))
  const early = firstBytes(text, EARLY_BYTES)
  if (early.length === text.length) return early
  const late = new Set(text.slice(early.length).split(/\s+/))
  return `${early} ${firstBytes([...late].join(' '), LATE_BYTES)}`
}

const firstBytes = (text: string, bytes: number): string =>
  text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(bytes)).read)
