/** What every Convene must do, wherever it runs: asked over HTTP, from outside. */
import ICAL from 'ical.js'
import { expect } from 'vitest'
import { loadExample } from '../../src/example.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever the API answers
type Json = any

/** Loads the example community into a running Convene and uses it as its visitors do. */
export async function smoke(url: string, token: string): Promise<void> {
  const api = async (method: string, path: string, body?: unknown, as: string | null = token) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(as ? { Authorization: `Bearer ${as}` } : {}),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: (text ? JSON.parse(text) : null) as Json }
  }

  const { meetupId } = await loadExample(api, Math.floor(Date.now() / 1000))
  expect((await loadExample(api, Math.floor(Date.now() / 1000))).loaded).toBe(0)

  const feed = await fetch(`${url}/calendar.ics`)
  expect([feed.status, feed.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
  checkExampleFeed(await feed.text())
  const poll = await fetch(`${url}/calendar.ics`, { headers: { 'If-None-Match': feed.headers.get('etag')! } })
  expect(poll.status).toBe(304)
  const head = await fetch(`${url}/calendar.ics`, { method: 'HEAD' })
  expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', feed.headers.get('etag')])

  for (const path of [
    '/',
    '/g/hyperscale',
    `/e/${meetupId}`,
    '/talks',
    '/talks?q=systemd',
    '/conferences/scale-19x',
    '/speakers/davide-cavalca',
    '/docs',
    '/healthz',
    '/openapi.json',
  ]) {
    expect([path, (await fetch(`${url}${path}`)).status]).toEqual([path, 200])
  }
  const { body: found } = await api('GET', '/talks?q=systemd', undefined, null)
  expect(found.items.map((talk: Json) => talk.title)).toContain('Journey into the heart of systemd')

  const guest = { name: 'Ada', email: `ada-${Math.random()}@example.org`, answers: { diet: 'none' } }
  const made = await api('POST', `/events/${meetupId}/rsvps`, guest, null)
  expect([made.status, made.body.place]).toEqual([201, 'seat'])
  const picture = await fetch(`${url}/pictures/e/${meetupId}.png`)
  expect([picture.status, (await picture.text()).slice(1, 4)]).toEqual([200, 'PNG'])
  const manage = new URL(made.body.manageUrl).pathname
  expect(await (await fetch(`${url}${manage}`)).text()).toContain('You have a seat in the room.')
  const change = await fetch(`${url}${manage}`, {
    method: 'POST',
    body: new URLSearchParams({ name: 'Ada', response: 'accepted', guests: '1' }),
    redirect: 'manual',
  })
  expect(change.status).toBe(303)
  expect((await api('GET', `/rsvps/${made.body.id}`, undefined, made.body.manageToken)).body.guests).toBe(1)
  await fetch(`${url}${manage}`, { method: 'POST', body: new URLSearchParams({ cancel: 'yes' }), redirect: 'manual' })
  expect(await (await fetch(`${url}${manage}`)).text()).toContain('You are not coming.')
}

/** The example's feed as a calendar program reads it: the meeting, the hangout, the meetup, at their instants. */
export function checkExampleFeed(text: string): void {
  const calendar = new ICAL.Component(ICAL.parse(text))
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone))
  const instantsOf = (title: string, from: string, to: string) =>
    calendar
      .getAllSubcomponents('vevent')
      .filter((one) => one.getFirstPropertyValue('summary') === title)
      .flatMap((one) => {
        const found: string[] = []
        const iterator = new ICAL.Event(one).iterator()
        for (let next = iterator.next(); next; next = iterator.next()) {
          const instant = next.convertToZone(ICAL.Timezone.utcTimezone).toString()
          if (instant >= to) break
          if (instant >= from) found.push(instant)
        }
        return found
      })
  expect(instantsOf('Hyperscale SIG meeting', '2023-01-01', '2023-04-01')).toEqual(
    ['01-04', '01-18', '02-01', '02-15', '03-01', '03-15', '03-29'].map((day) => `2023-${day}T16:00:00Z`),
  )
  const hangouts = instantsOf('Hyperscale SIG monthly hangout', '2023-01-01', '2023-05-01')
  expect([hangouts[0], hangouts.at(-1)]).toEqual(['2023-01-18T22:00:00Z', '2023-04-19T21:00:00Z'])
  expect(instantsOf('Hyperscale SIG meetup in Brussels', '2023-01-01', '2023-12-31')).toEqual(['2023-02-02T09:00:00Z'])
}
