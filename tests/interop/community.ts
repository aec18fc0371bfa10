/** The example community, with everything added that a calendar program can stumble over. */
import { loadExample } from '../../src/example.ts'
import type { Served } from './served.ts'

/** Commas, semicolons, backslashes, an escape that is none, quotes, emoji of several code points, two ways to write. */
const ODD = 'a, b; c\\d "e" f:g 👩‍👩‍👧‍👦 שלום, עולם مرحبا Ünïcödé 日本語 '

/** Titles of 300 characters, the most there can be; one octet more each, so that a fold meets every part of a character. */
export const ODD_TITLES = [0, 1, 2, 3].map((more) => `${'x'.repeat(more)}${ODD.repeat(9)}`.slice(0, 299 - more).trim())
/** 1,000 characters of four octets, then lines. */
export const ODD_DESCRIPTION = `${'😀'.repeat(1000)}\n${ODD}\n\n  indented, and\n- *listed*; ${ODD.trim()}`

/** Loads it and gives the addresses of the feeds to read. */
export async function settle({ url, api }: Served): Promise<string[]> {
  await loadExample(api, Date.UTC(2023, 0, 2) / 1000)
  const made = async (path: string, body: object, method = 'POST') => {
    const answer = await api(method, path, body)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const add = (event: object) => made('/groups/hyperscale/events', { kind: 'meeting', timeZone: 'UTC', ...event })

  const { id } = await add({
    title: 'In Los Angeles over both changes of the clocks',
    start: '2022-10-05T17:30:00',
    timeZone: 'America/Los_Angeles',
    duration: 'PT1H30M',
    recurrenceRule: 'FREQ=WEEKLY;BYDAY=WE;UNTIL=20231129T235959Z',
    recurrenceOverrides: {
      '2023-01-11T17:30:00': { excluded: true },
      '2023-01-14T10:00:00': { title: 'One more, on a Saturday' },
    },
  })
  const override = (date: string) => `/events/${id}/occurrences/${date}`
  // In Los Angeles at 17:30: 01:30Z in winter, 00:30Z in summer.
  await made(override('20230209T013000Z'), { start: '2023-02-09T18:00:00', title: 'Moved to Thursday' }, 'PUT')
  await made(override('20230316T003000Z'), { duration: 'PT3H', description: 'Longer' }, 'PUT')
  await made(`${override('20230406T003000Z')}/cancel`, { reason: 'Nobody is there' })

  await add({ title: 'Over midnight', start: '2023-03-25T22:00:00', timeZone: 'Europe/Berlin', duration: 'PT6H' })
  await add({
    title: 'Over midnight, every second Saturday',
    start: '2022-10-08T23:15:00',
    timeZone: 'Europe/Berlin',
    duration: 'PT4H',
    recurrenceRule: 'FREQ=MONTHLY;BYDAY=2SA;COUNT=12',
  })
  const allDay = { timeZone: null, showWithoutTime: true, start: '2023-05-19T00:00:00' }
  await add({ ...allDay, title: 'All day, every month', duration: 'P2D', recurrenceRule: 'FREQ=MONTHLY;COUNT=4' })
  await add({ title: 'Perhaps', start: '2023-06-01T10:00:00', status: 'tentative', keywords: ['a, b', 'c;d'] })
  const off = await add({ title: 'Called off in the end', start: '2023-06-02T10:00:00' })
  await made(`/events/${off.id}/cancel`, { reason: 'Rain; snow, and \\hail' })
  for (const [day, title] of ODD_TITLES.entries())
    await add({ title, start: `2023-07-0${day + 1}T12:00:00`, description: ODD_DESCRIPTION })
  return [`${url}/calendar.ics`, `${url}/g/hyperscale/calendar.ics`]
}
