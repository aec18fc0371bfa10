/** Logs of Matrix as JSON: the export of Element, a list of events, or of what maubot-meetings keeps. */
import { parseInstant } from '../../time/zone.ts'
import { meetingsOf } from '../chat.ts'
import { LINE_MAX, LINES_MAX, type Line, type LogFormat } from '../log.ts'

type Event = {
  sender?: unknown
  origin_server_ts?: unknown
  timestamp?: unknown
  message?: unknown
  content?: { body?: unknown } | null
}

export const matrix = {
  name: 'matrix',
  isOf: (text) => /^\s*[[{]/.test(text) && /"sender"\s*:/.test(text),
  read(text, file) {
    const whole = parsed(text)
    const events: unknown = Array.isArray(whole) ? whole : (whole?.messages ?? whole?.chunk)
    if (!Array.isArray(events)) return { ok: false, path: 'text', message: 'is JSON, but has no list of messages' }
    const lines = events
      .slice(0, LINES_MAX)
      .flatMap((one) => lineOf(one as Event))
      .sort((a, b) => a.at - b.at)
    const room = file.channel ?? (typeof whole?.room_name === 'string' ? whole.room_name : null)
    const meetings = meetingsOf(lines, room)
    return meetings.length > 0
      ? { ok: true, meetings }
      : { ok: false, path: 'text', message: 'has no message that somebody wrote' }
  },
} as const satisfies LogFormat

function parsed(text: string) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function lineOf(event: Event | null): Line[] {
  const body = event?.content?.body ?? event?.message
  const at = instantOf(event?.origin_server_ts ?? event?.timestamp)
  if (typeof event?.sender !== 'string' || typeof body !== 'string' || at === null) return []
  const said = body.slice(0, LINE_MAX).split('\n')
  return said.map((text) => ({ at, nick: (event.sender as string).slice(0, 100), text }))
}

function instantOf(value: unknown): number | null {
  if (typeof value === 'string') return parseInstant(value.replace(' ', 'T').replace(/(\.\d+)?(Z|\+00:00)?$/, 'Z'))
  // Milliseconds, as Matrix has them; seconds are three digits shorter for centuries.
  return typeof value === 'number' && Number.isFinite(value) ? Math.floor(value > 1e11 ? value / 1000 : value) : null
}
