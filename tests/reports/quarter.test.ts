/** A quarter of a group as it happens, from an empty database to the published report: through hooks, answers, check-ins and imports. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runScheduled } from '../../src/scheduled.ts'
import { botOf } from '../support/bots.ts'
import { meetbotLog } from '../support/logs.ts'
import { mailbox } from '../support/visitor.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

const at = (text: string) => Date.parse(text) / 1000
const GROUP = '/groups/hyperscale'

describe('a quarter', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    world.clock.now = at('2022-09-25T12:00:00Z')
  })
  afterEach(() => world.close())

  it('closes each of its meetings by itself, and writes itself up', async () => {
    const { api, clock } = world
    const made = async (method: string, path: string, body?: unknown, headers = {}) => {
      const answer = await api(method, path, body, { headers })
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`)
      return answer.body
    }
    const box = mailbox(world)
    // What is planned.
    await world.group()
    await made('PATCH', GROUP, { howToJoin: 'Say hello in the channel.' })
    await made('POST', `${GROUP}/members`, { name: 'Davdunc', nick: 'davdunc', role: 'chair', joined: '2021-01-01' })
    const meeting = await world.event('hyperscale', {
      title: 'SIG meeting',
      kind: 'meeting',
      start: '2022-10-12T16:00:00',
      timeZone: 'UTC',
      duration: 'PT1H',
      recurrenceRule: 'FREQ=WEEKLY;INTERVAL=2',
      virtualLocations: [
        { name: '#centos-hyperscale', uri: 'ircs://irc.libera.chat/centos-hyperscale', features: ['chat'] },
      ],
      bot: { name: 'zodbot', meeting: 'hyperscale-sig' },
      rsvp: undefined,
    })
    const hangout = await world.event('hyperscale', {
      ...HANGOUT,
      start: '2022-10-19T14:00:00',
      join: {},
      rsvp: undefined,
    })
    const meetup = await world.event('hyperscale', {
      title: 'Meetup in Berlin',
      kind: 'meetup',
      start: '2022-11-10T18:00:00',
      timeZone: 'Europe/Berlin',
      duration: 'PT2H',
      locations: [{ name: 'Hall' }],
      rsvp: { capacity: { inPerson: 2 }, reminders: ['P1D'] },
    })
    const stream = await world.event('hyperscale', {
      title: 'Live packaging',
      kind: 'stream',
      start: '2022-12-01T18:00:00',
      timeZone: 'UTC',
      duration: 'PT1H',
      channel: { name: 'Our channel', uri: 'https://video.example/live' },
      rsvp: undefined,
    })

    // What happens: logs come late and out of order, one meeting is off, somebody asks not to be counted.
    const bot = botOf(world, await made('POST', `${GROUP}/bots`, { name: 'zodbot' }))
    const handIn = async (day: string, said: string) => {
      const path = `centos-hyperscale/${day}/hyperscale-sig.${day}-16.04.log.txt`
      const { status, body } = await bot.log({ path, text: meetbotLog(said) })
      return [status, body.recurrenceId]
    }
    clock.now = at('2022-10-26T18:00:00Z')
    expect(await handIn('2022-10-26', 'Wed Oct 26')).toEqual([200, '20221026T160000Z'])
    expect(await handIn('2022-10-12', 'Wed Oct 12')).toEqual([200, '20221012T160000Z'])
    expect(await handIn('2022-10-12', 'Wed Oct 12')).toEqual([200, '20221012T160000Z'])
    await made('POST', `/events/${meeting.id}/occurrences/20221123T160000Z/cancel`, { reason: 'Holiday.' })
    await made('POST', `${GROUP}/members`, { name: 'New Face', joined: '2022-11-02', affiliation: 'Example Inc.' })
    await made('POST', `${GROUP}/members`, { name: 'Shy Face', joined: '2022-11-03', public: false })
    expect((await bot.say('!count me out', 'anita_')).status).toBe(200)

    clock.now = at('2022-11-01T12:00:00Z')
    const guests = []
    for (const name of ['Ada', 'Grace', 'Linus']) {
      const guest = { name, email: `${name}@example.org` }
      guests.push((await api('POST', `/events/${meetup.id}/rsvps`, guest, { token: null })).body)
    }
    expect(guests.map(({ place }) => place)).toEqual(['seat', 'seat', 'waitlist'])
    await api('PATCH', `/rsvps/${guests[0].id}`, { response: 'declined' }, { token: guests[0].manageToken })
    await runScheduled(world.deps)
    expect(box.sent.map(({ subject }) => subject)).toContain('A place is yours: Meetup in Berlin')
    clock.now = at('2022-11-10T17:05:00Z')
    await made('POST', `/rsvps/${guests[1].id}/check-in`, {})
    await made('PUT', `/events/${meetup.id}/occurrences/20221110T170000Z/minutes`, { text: 'We met.' })

    clock.now = at('2022-12-01T18:30:00Z')
    expect((await world.get('/api/v1/live')).text).toContain('Live packaging')
    await made('PATCH', `/events/${stream.id}`, {
      links: [{ href: 'https://video.example/recorded', rel: 'recording' }],
    })
    await made('PUT', `/events/${hangout.id}/occurrences/20221019T210000Z`, {
      links: [{ href: 'https://video.example/hangout', rel: 'recording' }],
    })
    await made('POST', '/conferences', { slug: 'connect-2023', title: 'CentOS Connect 2023', group: 'hyperscale' })
    await made(
      'PUT',
      '/conferences/connect-2023/schedule.csv',
      'title,speakers,start,timeZone,slides\nUpdate of the SIG,Davdunc,2023-02-03T10:00:00,Europe/Brussels,\n',
      { 'Content-Type': 'text/csv' },
    )
    await made('POST', '/talks', {
      title: 'Packages at scale',
      group: 'hyperscale',
      speakers: [{ name: 'New Face' }],
      start: '2022-11-08T10:00:00',
      timeZone: 'UTC',
      resources: [{ type: 'recording', url: 'https://video.example/talk' }],
    })

    // What it makes: only a person writes of packages.
    clock.now = at('2023-01-09T12:00:00Z')
    await made('PUT', `${GROUP}/reports/2022Q4`, {
      sections: [
        { title: 'Releases and packages', text: 'systemd 252 is on its way.' },
        { title: 'Issues for the board', text: 'None.' },
      ],
    })
    const published = await made('POST', `${GROUP}/reports/2022Q4/publish`)
    const { counts, members, dates, talks, missing, actions } = published.report
    expect(counts).toMatchObject({
      members: 3,
      joined: 2,
      meeting: 5,
      hangout: 3,
      meetup: 1,
      stream: 1,
      talks: 1,
      minutes: 3,
    })
    expect(members.joined.map(({ name }: { name: string }) => name)).toEqual(['New Face'])
    expect(dates.meeting.map((one: { attended: number; status: string }) => [one.status, one.attended])).toEqual([
      ['confirmed', 2],
      ['confirmed', 2],
      ['confirmed', 0],
      ['cancelled', 0],
      ['confirmed', 0],
      ['confirmed', 0],
    ])
    expect(dates.meetup).toMatchObject([{ seats: 2, came: 1 }])
    expect(dates.stream).toMatchObject([{ recording: 'https://video.example/recorded' }])
    expect(dates.hangout[0]).toMatchObject({ recording: 'https://video.example/hangout' })
    expect(talks.given).toMatchObject([{ title: 'Packages at scale', recording: 'https://video.example/talk' }])
    expect(actions.map(({ text }: { text: string }) => text)).toContain('write the docs')
    expect(missing.map(({ what, of }: { what: string; of: string }) => `${what} of ${of}`)).toEqual([
      ...Array(3).fill('minutes of SIG meeting'),
      'slides of Packages at scale',
    ])
    const { markdown } = published
    const headings = [...markdown.matchAll(/^## (.*)$/gm)].map(([, title]) => title)
    expect(headings).toEqual([
      'Membership',
      'Meetings',
      'Hangouts',
      'Meetups',
      'Streams',
      'Talks',
      'Releases and packages',
      'Issues for the board',
      'Open actions',
      'Still missing',
    ])
    expect(markdown).toContain('New: New Face, 1 not named in public.')
    expect(markdown).not.toMatch(/Shy Face|anita\\_,|Linus|Grace/)
    expect((await world.get('/g/hyperscale/calendar.rss')).text).toContain('/g/hyperscale/reports/2022Q4')
    const text = (await api('GET', `${GROUP}/reports/2022Q4/announcement?place=chat`)).body.items[0].text
    expect(text).toContain('https://convene.test/g/hyperscale/reports/2022Q4')
  })
})
