/** jCal (RFC 7265): the same calendar as JSON, made of its content lines. */
import type { Deps } from '../deps.ts'
import { type Component, type Property, parseICalendar, textList, unescapeText } from '../formats/icalendar.ts'
import type { FeedFormat, FeedScope } from './feed.ts'
import { ics } from './ics.ts'

export const jcal = {
  extension: 'jcal',
  mediaType: 'application/calendar+json; charset=utf-8',
  async write(deps: Deps, scope: FeedScope): Promise<string> {
    return JSON.stringify(toJCal(await ics.write(deps, scope)))
  },
} as const satisfies FeedFormat

type JCal = [string, unknown[], JCal[]]

/** A calendar as `ICAL.parse` of ical.js gives it. */
export function toJCal(text: string): JCal {
  const [calendar] = parseICalendar(text).components
  return componentOf(calendar!)
}

const componentOf = ({ name, properties, components }: Component): JCal => [
  name.toLowerCase(),
  properties.map(propertyOf),
  components.map(componentOf),
]

/** RFC 7265, 3.4: the type of a value where the property does not say it; text elsewhere, unknown for X- properties. */
const TYPES: Record<string, string> = {
  DTSTART: 'date-time',
  DTEND: 'date-time',
  DTSTAMP: 'date-time',
  CREATED: 'date-time',
  'LAST-MODIFIED': 'date-time',
  'RECURRENCE-ID': 'date-time',
  EXDATE: 'date-time',
  RRULE: 'recur',
  SEQUENCE: 'integer',
  GEO: 'float',
  URL: 'uri',
  ATTACH: 'uri',
  TZOFFSETFROM: 'utc-offset',
  TZOFFSETTO: 'utc-offset',
}

function propertyOf({ name, params, value }: Property): unknown[] {
  const { VALUE, ...others } = Object.fromEntries(params)
  const type = VALUE?.toLowerCase() ?? TYPES[name] ?? (name.startsWith('X-') ? 'unknown' : 'text')
  const said = Object.fromEntries(Object.entries(others).map(([key, text]) => [key.toLowerCase(), text]))
  return [name.toLowerCase(), said, type, ...valuesOf(name, type, value)]
}

function valuesOf(name: string, type: string, value: string): unknown[] {
  if (name === 'CATEGORIES') return textList(value)
  if (name === 'GEO') return [value.split(';').map(Number)]
  switch (type) {
    case 'date':
      return [`${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6, 8)}`]
    case 'date-time':
      return [dateTime(value)]
    case 'recur':
      return [recur(value)]
    case 'integer':
      return [Number(value)]
    case 'utc-offset':
      return [`${value.slice(0, 3)}:${value.slice(3, 5)}${value.length > 5 ? `:${value.slice(5)}` : ''}`]
    case 'text':
      return [unescapeText(value)]
    default:
      return [value]
  }
}

const dateTime = (value: string): string =>
  value.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)$/, '$1-$2-$3T$4:$5:$6$7')

/** RFC 7265, 3.6.10. */
function recur(rule: string): Record<string, unknown> {
  const parts = rule.split(';').map((part) => part.split('=') as [string, string])
  return Object.fromEntries(
    parts.map(([name, value]) => {
      const key = name.toLowerCase()
      if (key === 'until') return [key, value.length === 8 ? valuesOf('', 'date', value)[0] : dateTime(value)]
      const list = value.split(',').map((one) => (/^[+-]?\d+$/.test(one) ? Number(one) : one))
      return [key, list.length === 1 ? list[0] : list]
    }),
  )
}
