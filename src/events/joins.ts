/** What others are told of how to join: the room, or an address of ours that leads there; afterwards the recording. */
import type { EventInput } from './schema.ts'

type Joined = Pick<EventInput, 'virtualLocations' | 'join'>

/** Whether feeds and pages carry our address instead of the room's own. */
export const hidesRoom = ({ join }: Pick<EventInput, 'join'>): boolean => join !== undefined && join.address === 'join'

/** A number to join by telephone. */
const isPhone = ({ uri, features }: EventInput['virtualLocations'][number]): boolean =>
  uri.startsWith('tel:') || (features?.includes('phone') ?? false)

/** Chat rooms are no secret, and no page leads there; nor do telephone numbers, where whoever likes may join. */
const isRoom = ({ uri, features }: EventInput['virtualLocations'][number]): boolean =>
  /^https?:/.test(uri) && !features?.includes('chat')

/** The event with the address at which one joins in place of its rooms, where its organizer wants that. */
export function withJoin<E extends Joined>(event: E, page: string): E {
  if (!hidesRoom(event)) return event
  const isHidden = (one: EventInput['virtualLocations'][number]) =>
    isRoom(one) || (event.join?.needsRsvp === true && isPhone(one))
  const rooms = event.virtualLocations.filter(isHidden)
  if (rooms.length === 0) return event
  const features = rooms.find((one) => one.features)?.features
  const ours = { name: 'Join', uri: `${page}/join`, ...(features ? { features } : {}) }
  return { ...event, virtualLocations: [ours, ...event.virtualLocations.filter((one) => !isHidden(one))] }
}

/** The event with nothing of its rooms, on any of its dates, but the address at which one joins. */
export function publicEvent<E extends Joined & Pick<EventInput, 'recurrenceOverrides'>>(event: E, page: string): E {
  if (!hidesRoom(event)) return event
  const overrides = Object.entries(event.recurrenceOverrides).map(([date, override]) => {
    const { virtualLocations } = override
    if (!virtualLocations) return [date, override]
    const shown = withJoin({ join: event.join, virtualLocations }, page)
    return [date, { ...override, virtualLocations: shown.virtualLocations }]
  })
  return { ...withJoin(event, page), recurrenceOverrides: Object.fromEntries(overrides) }
}

/** The event with the recording in place of its channel, once there is one: no link is dead after a stream. */
export function withRecording<E extends Pick<EventInput, 'channel' | 'links'>>(event: E): E {
  const recording = event.links.find(({ rel }) => rel === 'recording')
  if (!event.channel || !recording) return event
  return { ...event, channel: { ...event.channel, name: 'Recording', uri: recording.href } }
}

/** The room one joins first: a call before everything else, then whatever there is. */
export const mainRoom = (event: Pick<EventInput, 'virtualLocations'>) =>
  event.virtualLocations.find(isRoom) ?? event.virtualLocations.find(({ uri }) => !uri.startsWith('tel:'))

/** Telephone numbers to join by. */
export const dialIns = (event: Pick<EventInput, 'virtualLocations'>): string[] =>
  event.virtualLocations.flatMap(({ uri, name, features, description }) =>
    uri.startsWith('tel:') || features?.includes('phone')
      ? [[name, uri.replace(/^tel:/, ''), description].filter(Boolean).join(', ')]
      : [],
  )
