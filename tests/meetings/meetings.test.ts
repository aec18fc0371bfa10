import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { botOf } from '../support/bots.ts'
import { meetbotLog } from '../support/logs.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

describe('the search of minutes', () => {
  let world: World
  let id: string
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    id = (await world.event('hyperscale', HANGOUT)).id
  })
  afterEach(() => world.close())

  const find = async (q: string, more = '') => {
    const { status, body } = await world.api('GET', `/meetings?q=${encodeURIComponent(q)}${more}`, undefined, {
      token: null,
    })
    expect(status).toBe(200)
    return body.items as { recurrenceId: string; excerpt: string; url: string }[]
  }
  const write = (date: string, text: string) => world.api('PUT', `/events/${id}/occurrences/${date}/minutes`, { text })

  it('finds dates by the words of their minutes, records and logs, those of the minutes first', async () => {
    await write('20230215T220000Z', 'We looked at **btrfs** and <b>Kernels</b>.')
    await world.api('PATCH', `/events/${id}/occurrences/20230118T220000Z/record`, { decisions: ['Ship systemd 252'] })
    const meeting = await world.event('hyperscale', {
      title: 'SIG meeting',
      kind: 'meeting',
      start: '2022-10-12T16:00:00',
      timeZone: 'UTC',
      recurrenceRule: 'FREQ=WEEKLY;INTERVAL=2',
      bot: { name: 'zodbot', meeting: 'hyperscale-sig' },
    })
    const bot = botOf(world, (await world.api('POST', '/groups/hyperscale/bots', { name: 'zodbot' })).body)
    const path = 'centos-hyperscale/2022-10-12/hyperscale-sig.2022-10-12-16.04.log.txt'
    expect(
      (await bot.log({ path, text: meetbotLog('Wed Oct 12', '16:07:00 <conan> and a word on zswap\n') })).status,
    ).toBe(200)

    const [kernels] = await find('kernel*')
    expect(kernels).toMatchObject({
      recurrenceId: '20230215T220000Z',
      url: `https://convene.test/e/${id}/20230215T220000Z`,
    })
    expect(kernels!.excerpt).toContain('<mark>Kernels</mark>')
    expect(kernels!.excerpt).toContain('&lt;b&gt;')
    expect((await find('zswap')).map(({ url }) => url)).toEqual([
      `https://convene.test/e/${meeting.id}/20221012T160000Z`,
    ])
    expect((await find('systemd')).length).toBe(2)
    expect(await find('nothing-like-it')).toEqual([])
    expect((await find('systemd', '&limit=1')).length).toBe(1)

    const page = (await world.get('/meetings?q=btrfs')).text
    expect(page).toContain('<mark>btrfs</mark>')
    expect(page).toContain('href="/talks?q=btrfs"')
    expect((await world.get('/talks?q=btrfs')).text).toContain('href="/meetings?q=btrfs"')
    expect((await world.get(`/meetings?q=${encodeURIComponent('<script>"')}`)).text).not.toContain('<script>"')
  })

  it('follows what is written anew, and knows nothing of what is not public or is gone', async () => {
    await write('20230215T220000Z', 'First words')
    await write('20230215T220000Z', 'Second thoughts')
    expect([(await find('first')).length, (await find('second')).length]).toEqual([0, 1])
    await world.api('PATCH', '/groups/hyperscale', { visibility: 'private' })
    expect(await find('second')).toEqual([])
    expect((await world.api('GET', '/meetings?q=second')).body.items.length).toBe(1)
    await world.api('DELETE', `/events/${id}`)
    expect((await world.api('GET', '/meetings?q=second')).body.items).toEqual([])
    expect((await world.api('GET', '/meetings?q=-x')).status).toBe(422)
    for (const q of ['"', '(', 'a OR', '*', 'NEAR(', '\u0000', '🙂'])
      expect([q, (await world.api('GET', `/meetings?q=${encodeURIComponent(q)}`)).status < 500]).toEqual([q, true])
  })
})
