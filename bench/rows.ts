/** Rows read and written on D1, counted by D1 itself: what Cloudflare bills. */
import type { Benchmark, Figure } from './figure.ts'
import { openWorkerd, type Rows } from './workerd.ts'

export const rows: Benchmark = {
  name: 'Rows on D1',
  async run() {
    const { call, stop } = await openWorkerd()
    const figures: Figure[] = []
    const add = (what: string, against: string, value: number, atMost: number | null, { read, written, calls }: Rows) =>
      figures.push({
        what,
        against,
        value,
        goal: atMost === null ? null : { atMost },
        note: `${read} read, ${written} written, ${calls} round trips`,
      })
    await call('POST', '/api/v1/groups', { slug: 'bench', name: 'Bench' })
    const made = await call('POST', '/api/v1/groups/bench/events', {
      title: 'Meetup',
      kind: 'meetup',
      start: '2036-02-02T14:00:00',
      timeZone: 'Europe/Brussels',
      rsvp: { capacity: { inPerson: 50 } },
    })
    const { id } = JSON.parse(made.text)
    add('An event made', 'rows written', made.rows.written, null, made.rows)

    const guest = (n: number) => ({ name: `Guest ${n}`, email: `guest${n}@example.org` })
    const answer = (n: number) => call('POST', `/api/v1/events/${id}/rsvps`, guest(n), { Authorization: '' })
    let last = 0
    for (const n of [1, 50, 51, 1000]) {
      while (++last < n) await answer(last)
      const { rows: spent } = await answer(n)
      add(`Guest ${n} of 50 places`, 'rows read and written', Math.max(spent.read, spent.written), 12, spent)
    }

    const whole = await call('GET', '/calendar.ics')
    const polled = await call('GET', '/calendar.ics', undefined, { 'If-None-Match': whole.headers.get('ETag')! })
    add('An unchanged poll', 'rows read', polled.rows.read, 1, polled.rows)
    const page = await call('GET', `/e/${id}`, undefined, { Authorization: '' })
    add('An event page', 'rows read', page.rows.read, null, page.rows)

    await call('POST', '/api/v1/conferences', { slug: 'conf', title: 'Conf', starts: '2036-02-02' })
    for (let n = 0; n < 200; n++) {
      const parts = {
        keywords: ['one', 'two'],
        speakers: [{ name: `Ada ${n}` }, { name: 'Grace' }],
        resources: [{ type: 'recording', url: `https://example.org/${n}.mp4` }],
      }
      await call('POST', '/api/v1/talks', { slug: `t${n}`, title: `Common ${n}`, conference: 'conf', ...parts })
      const text = 'WEBVTT\n\n00:01.000 --> 00:02.000\nCommon and spoken'
      if (n % 4 === 0) await call('PUT', `/api/v1/talks/t${n}/captions/en`, { text })
    }
    const read = async (what: string, query: string, atMost: number | null) => {
      const { rows, text } = await call('GET', `/api/v1/talks?${query}`, undefined, { Authorization: '' })
      add(what, 'rows read', rows.read, atMost, rows)
      return (JSON.parse(text) as { next: string }).next
    }
    const next = await read('A page of 50 talks', 'limit=50', 60)
    await read('The page after it', `limit=50&cursor=${next}`, 60)
    await read('A search, 20 of 200 hits', 'q=common+&limit=20', 60)
    await read('The same, narrowed by three filters', 'q=common+&limit=20&conference=conf&year=2036&has=recording', 60)
    await read('A search of what was said, 20 of 50 hits', 'q=spoken&limit=20', 60)
    await read('A search with facets, of which 200 talks are counted', 'q=common+&limit=20&facets=year,language', null)
    await stop()
    return figures
  },
}
