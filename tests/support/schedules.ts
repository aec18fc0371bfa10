/** Small schedules of our own, in the formats of others, and how they are sent. */
import type { World } from './world.ts'

export type Event = Record<string, unknown>

/** A c3voc schedule of one room and day, its events at 10:00, 11:00 … where they say no time. */
export const schedule = (events: Event[], conference: Record<string, unknown> = {}) => ({
  schedule: {
    version: 'v1',
    conference: {
      title: 'Conf',
      time_zone_name: 'Europe/Brussels',
      start: '2023-02-04',
      end: '2023-02-05',
      ...conference,
      days: [
        {
          index: 1,
          date: '2023-02-04',
          rooms: {
            Janson: events.map((event, at) => ({
              id: at + 1,
              title: `Talk ${at + 1}`,
              start: `${at + 10}:00`,
              duration: '00:30',
              persons: [{ id: at + 1, name: `Speaker ${at + 1}` }],
              ...event,
            })),
          },
        },
      ],
    },
  },
})

const TYPES: Record<string, string> = { xml: 'application/xml', json: 'application/json', csv: 'text/csv' }

/** Sends a schedule; `.json` unless the body is text of another kind. */
export const putSchedule = (world: World, slug: string, body: unknown, query = '', extension = 'json') =>
  world.api('PUT', `/conferences/${slug}/schedule.${extension}${query}`, body, {
    headers: { 'Content-Type': TYPES[extension]! },
  })

export const talksOf = async (world: World, slug: string): Promise<Event[]> =>
  (await world.api('GET', `/talks?conference=${slug}&limit=200`)).body.items.reverse()
