/** What all logs of a date say together: the same whatever order they came in. Pure. */
import { nickKey, type Present } from '../minutes/rules.ts'
import type { Meeting } from './log.ts'

/** Two starts nearer than this are of one meeting that was written down twice. */
const SAME_SECONDS = 15 * 60

export type Whole = Pick<Meeting, 'topics' | 'decisions' | 'actions' | 'attendance'>

/** One meeting after the other; of each the log before its minutes, and of two logs the longer one. */
export function mergeMeetings(meetings: Meeting[]): Whole {
  const best: Meeting[] = []
  for (const meeting of [...meetings].sort(byRichness)) {
    const isKnown = best.some((one) => overlap(one, meeting))
    if (!isKnown) best.push(meeting)
  }
  best.sort((a, b) => a.startedAt - b.startedAt)
  const people = new Map<string, Present>()
  for (const { name, lines, nick } of best.flatMap(({ attendance }) => attendance)) {
    const known = people.get(nickKey(name))
    const one = { name: known?.name ?? name, lines: (known?.lines ?? 0) + (lines ?? 0) }
    people.set(nickKey(name), { ...one, ...(nick ? { nick } : {}) })
  }
  return {
    topics: best.flatMap(({ topics }) => topics).slice(0, 200),
    decisions: [...new Set(best.flatMap(({ decisions }) => decisions))].slice(0, 500),
    actions: [...new Map(best.flatMap(({ actions }) => actions).map((one) => [one.text, one])).values()].slice(0, 200),
    attendance: [...people.values()].sort((a, b) => (b.lines ?? 0) - (a.lines ?? 0)).slice(0, 1000),
  }
}

const overlap = (a: Meeting, b: Meeting): boolean =>
  Math.abs(a.startedAt - b.startedAt) < SAME_SECONDS ||
  (a.endedAt !== null && b.startedAt >= a.startedAt && b.startedAt < a.endedAt) ||
  (b.endedAt !== null && a.startedAt >= b.startedAt && a.startedAt < b.endedAt)

const byRichness = (a: Meeting, b: Meeting): number =>
  Number(a.from === 'minutes') - Number(b.from === 'minutes') ||
  b.lines - a.lines ||
  a.startedAt - b.startedAt ||
  (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>#|&!~]/g, '\\$&')

/** The minutes as Markdown; of who was there only in the record, where one can ask not to be counted. */
export function minutesText({ topics, decisions, actions }: Whole): string {
  const lines = topics.flatMap(({ title, notes }) => [
    `- ${plain(title)}`,
    ...notes.map((note) => `  - ${plain(note)}`),
  ])
  if (decisions.length > 0) lines.push('', '**Agreed**', '', ...decisions.map((text) => `- ${plain(text)}`))
  if (actions.length > 0) lines.push('', '**Actions**', '', ...actions.map(({ text }) => `- ${plain(text)}`))
  return lines.join('\n').trim().slice(0, 100_000)
}
