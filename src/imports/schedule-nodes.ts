/** The `<nodes>` of a Drupal view, as SCALE publishes its sessions: times stand in spans of HTML. */
import type { ScheduleFormat, ScheduleRead } from './schedule.ts'
import { eventWith, lasting } from './schedule-event.ts'
import { readSource } from './schedule-source.ts'
import { elements, textOf, type XmlElement } from './xml.ts'

export const scheduleNodes = {
  name: 'nodes.xml',
  extension: 'xml',
  isWhole: true,
  recognizes: (root: XmlElement) => elements(root, 'nodes').length > 0,
  read(root: XmlElement, timeZone: string): ScheduleRead {
    const nodes = elements(elements(root, 'nodes')[0], 'node')
    const events = nodes.map(eventOf)
    const rooms = [...new Set(nodes.map((node) => textOf(node, 'Room')))].filter(Boolean)
    return readSource({ title: '', days: [{ index: '', date: '', rooms, events }] }, timeZone)
  },
} as const satisfies ScheduleFormat

function eventOf(node: XmlElement, at: number) {
  const of = (name: string) => textOf(node, name)
  const [start = '', end = ''] = [...of('Time').matchAll(/content="([^"]{10,40})"/g)].map(([, instant]) => instant!)
  const minutes = (Date.parse(end) - Date.parse(start)) / 60_000
  return eventWith({
    place: `node ${at + 1}${of('Title') ? ` (${of('Title').slice(0, 80)})` : ''}`,
    id: of('Path').split('/').at(-1) || of('Title'),
    title: of('Title'),
    date: start || of('Day').match(/content="([^"]{10,40})"/)?.[1] || '',
    duration: lasting(minutes),
    room: of('Room'),
    track: of('Topic'),
    abstract: of('Short-abstract'),
    persons: of('Speakers')
      .split(',')
      .map((name) => ({ id: '', name })),
  })
}
