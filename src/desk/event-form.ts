/** What the form of an event sends, as the body that the API takes, and the form of an event that is there. */
import type { EventInput } from '../events/schema.ts'
import type { Fault } from '../outcome.ts'
import { isWholeDays, secondsOf } from '../time/duration.ts'
import { repeatOf, ruleFor } from './repeat.ts'

type Sent = Record<string, string>
export type EventBody = Record<string, unknown>

/** What the fields are called. */
export const EVENT_LABELS: Record<string, string> = {
  title: 'Title',
  kind: 'Kind',
  status: 'Status',
  start: 'Begins',
  timeZone: 'Time zone',
  showWithoutTime: 'All day',
  hours: 'Hours',
  minutes: 'Minutes',
  days: 'Days',
  repeat: 'Repeats',
  until: 'Until',
  count: 'Or so many times',
  recurrenceRule: 'Rule (RRULE)',
  description: 'What it is about',
  keywords: 'Tags',
  'locations.0.name': 'Place',
  'locations.0.address': 'Address',
  'virtualLocations.0.uri': 'Link to join',
  'virtualLocations.0.name': 'What it is',
  'rsvp.enabled': 'Take answers',
  'rsvp.capacity.inPerson': 'Seats in the room',
  'rsvp.capacity.remote': 'Places from elsewhere',
  'rsvp.guestsMax': 'People each guest may bring',
  'rsvp.waitlist': 'Keep a waiting list',
  'rsvp.approval': 'An organizer looks at each answer first',
  'rsvp.confirmation': 'An answer counts once its address is confirmed by mail',
  'rsvp.access': 'Who may answer',
  'rsvp.guestList': 'Who sees who is coming',
  questions: 'Questions to guests',
}

const number = (text = '') => (text.trim() === '' ? null : Number.isNaN(Number(text)) ? text : Number(text))
const withSeconds = (text = '') => (/T\d\d:\d\d$/.test(text) ? `${text}:00` : text)

/** `label | type | required`, one a line; the id of a question that was there stays. */
function questionsOf(text: string, before: { id: string; label: string; type: string }[]) {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line, at) => {
      const [label = '', ...marks] = line.split('|').map((part) => part.trim())
      const known = before.find((one) => one.label === label)
      const isRequired = marks.includes('required')
      const type = marks.find((mark) => mark !== 'required' && mark !== '')
      const taken = new Set(before.map(({ id }) => id))
      const id = known?.id ?? [`q${at + 1}`, `q${at + 1}-${before.length}`].find((one) => !taken.has(one))
      return { ...known, id, label, type: type ?? 'text', required: isRequired }
    })
}

/** A rule of the form: by a simple choice and its end, or as it was written by hand. */
function ruleOf(sent: Sent): string | null {
  if (sent.repeat === 'rule') return sent.recurrenceRule?.trim() ?? ''
  const rule = ruleFor(sent.repeat ?? 'none', sent.start ?? '')
  if (rule === null) return null
  const until = sent.until ? `;UNTIL=${sent.until.replaceAll('-', '')}` : ''
  return `${rule}${until}${sent.count ? `;COUNT=${sent.count}` : ''}`
}

function lengthOf(sent: Sent): string | null {
  const whole = (text = '') => text.trim().replace(/^0+(?=\d)/, '')
  if (sent.showWithoutTime === 'yes') return sent.days ? `P${whole(sent.days)}D` : null
  if (!sent.hours && !sent.minutes) return null
  return `PT${sent.hours ? `${whole(sent.hours)}H` : ''}${sent.minutes ? `${whole(sent.minutes)}M` : ''}`
}

/** The body that a form means. Of lists that it shows the first of, the others stay as they are. */
export function eventBody(sent: Sent, before?: EventInput): EventBody {
  const isAllDay = sent.showWithoutTime === 'yes'
  const [, ...places] = before?.locations ?? []
  const [way, ...ways] = before?.virtualLocations ?? []
  const text = (name: string) => sent[name]?.trim() ?? ''
  const place = text('locations.0.name') || text('locations.0.address')
  const uri = text('virtualLocations.0.uri')
  const wayName = text('virtualLocations.0.name')
  const { name: _, ...sameWay } = way ?? { uri: '' }
  return {
    title: sent.title ?? '',
    kind: sent.kind ?? '',
    status: sent.status || 'confirmed',
    start: isAllDay ? `${(sent.start ?? '').slice(0, 10)}T00:00:00` : withSeconds(sent.start),
    timeZone: isAllDay ? null : text('timeZone'),
    showWithoutTime: isAllDay,
    duration: lengthOf(sent),
    recurrenceRule: ruleOf(sent),
    description: sent.description ?? '',
    keywords: text('keywords')
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean),
    locations: place
      ? [
          {
            ...before?.locations[0],
            name: text('locations.0.name'),
            address: text('locations.0.address') || undefined,
          },
          ...places,
        ]
      : places,
    virtualLocations: uri || wayName ? [{ ...sameWay, uri, ...(wayName ? { name: wayName } : {}) }, ...ways] : ways,
    rsvp:
      sent['rsvp.enabled'] === 'yes'
        ? {
            enabled: true,
            capacity: {
              inPerson: number(sent['rsvp.capacity.inPerson']),
              remote: number(sent['rsvp.capacity.remote']),
            },
            guestsMax: number(sent['rsvp.guestsMax']) ?? 0,
            waitlist: sent['rsvp.waitlist'] === 'yes',
            approval: sent['rsvp.approval'] === 'yes' || (before ? null : undefined),
            confirmation: sent['rsvp.confirmation'] === 'yes' ? 'email' : 'none',
            access: sent['rsvp.access'] || (before ? null : undefined),
            guestList: sent['rsvp.guestList'] || (before ? null : undefined),
            questions: questionsOf(sent.questions ?? '', before?.rsvp?.questions ?? []),
          }
        : before?.rsvp
          ? { enabled: false }
          : undefined,
  }
}

/** Members that a new event leaves out where a change of an event takes them away. */
export const withoutEmpty = (body: EventBody): EventBody =>
  Object.fromEntries(Object.entries(body).filter(([name, value]) => value !== null || name === 'timeZone'))

const yes = (is: unknown) => (is ? 'yes' : '')

/** The form of an event, as it stands. */
export function eventValues(event: EventInput): Sent {
  const seconds = secondsOf(event.duration)
  const { rsvp } = event
  const questions = rsvp?.questions ?? []
  return {
    title: event.title,
    kind: event.kind,
    status: event.status,
    start: event.start.slice(0, 16),
    timeZone: event.timeZone ?? '',
    showWithoutTime: yes(event.showWithoutTime),
    ...(event.showWithoutTime && isWholeDays(event.duration)
      ? { days: String(seconds / 86_400) }
      : { hours: String(Math.floor(seconds / 3600)), minutes: String(Math.floor(seconds / 60) % 60) }),
    ...repeatOf(event.recurrenceRule, event.start),
    description: event.description,
    keywords: event.keywords.join(', '),
    'locations.0.name': event.locations[0]?.name ?? '',
    'locations.0.address': event.locations[0]?.address ?? '',
    'virtualLocations.0.uri': event.virtualLocations[0]?.uri ?? '',
    'virtualLocations.0.name': event.virtualLocations[0]?.name ?? '',
    'rsvp.enabled': yes(rsvp?.enabled),
    'rsvp.capacity.inPerson': String(rsvp?.capacity.inPerson ?? ''),
    'rsvp.capacity.remote': String(rsvp?.capacity.remote ?? ''),
    'rsvp.guestsMax': String(rsvp?.guestsMax ?? 0),
    'rsvp.waitlist': yes(rsvp?.waitlist ?? true),
    'rsvp.approval': yes(rsvp?.approval),
    'rsvp.confirmation': yes(rsvp?.confirmation === 'email'),
    'rsvp.access': rsvp?.access ?? '',
    'rsvp.guestList': rsvp?.guestList ?? '',
    questions: questions
      .map(({ label, type, required }) => [label, type, ...(required ? ['required'] : [])].join(' | '))
      .join('\n'),
  }
}

/** Faults of members that the form has other fields for. */
export const faultsInForm = (faults: Fault[], sent: Sent): Fault[] =>
  faults.map(({ path, message }) => {
    if (path === 'duration') return { path: sent.showWithoutTime === 'yes' ? 'days' : 'hours', message }
    if (path === 'recurrenceRule') return { path: sent.repeat === 'rule' ? path : 'repeat', message }
    if (path.startsWith('rsvp.questions')) {
      const line = /^rsvp\.questions\.(\d+)/.exec(path)?.[1]
      return { path: 'questions', message: line ? `(line ${Number(line) + 1}) ${message}` : message }
    }
    return { path, message }
  })
