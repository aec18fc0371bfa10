import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countersMatch, guestsOf } from '../support/rsvps.ts'
import { openWorld, type World } from '../support/world.ts'

describe('guests as CSV', () => {
  let world: World
  let event: { id: string }
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    const questions = [
      { id: 'diet', label: 'Dietary needs', type: 'choice', options: ['all', 'vegan'] },
      { id: 'tracks', label: 'Tracks', type: 'choices', options: ['a', 'b'] },
    ]
    event = await world.event('hyperscale', { rsvp: { capacity: { inPerson: 2 }, guestsMax: 2, questions } })
  })
  afterEach(async () => {
    await countersMatch(world)
    await world.close()
  })
  const load = (csv: string, query = '', token?: string | null) =>
    world.api('POST', `/events/${event.id}/rsvps/import${query}`, csv, {
      headers: { 'Content-Type': 'text/csv' },
      ...(token === undefined ? {} : { token }),
    })
  const count = async () =>
    (await world.db.all<{ n: number }>({ sql: 'SELECT count(*) AS n FROM rsvps', params: [] }))[0]!.n

  it('come in by the order of the file, seats first; twice is once', async () => {
    const csv =
      '\ufeffName,Email,guests,Dietary needs,tracks\r\n"Lovelace, Ada",ada@example.org,1,vegan,"a, b"\r\nBob,bob@example.org,,,\r\n'
    const file = csv.replace('Name,Email', 'name,Email address')
    const dry = await load(file, '?dryRun=true')
    expect([dry.status, dry.body.created, await count()]).toEqual([
      200,
      [
        { line: 2, name: 'Lovelace, Ada', place: null },
        { line: 3, name: 'Bob', place: null },
      ],
      0,
    ])
    const loaded = await load(file)
    expect(loaded.body).toEqual({
      dryRun: false,
      created: [
        { line: 2, name: 'Lovelace, Ada', place: 'seat' },
        { line: 3, name: 'Bob', place: 'waitlist' },
      ],
      skipped: [],
      faults: [],
    })
    const { body } = await world.api('GET', `/events/${event.id}/rsvps`)
    expect(body.items[0]).toMatchObject({ source: 'file', guests: 1, answers: { diet: 'vegan', tracks: ['a', 'b'] } })
    expect((await load(file)).body).toMatchObject({
      created: [],
      skipped: [{ path: 'line 2, email' }, { path: 'line 3, email' }],
    })
  })

  it('are refused as a whole where a line is wrong, unless the rest is wanted', async () => {
    const csv = 'name,email,diet,guests\nAda,ada@example.org,vegan,0\nBob,nowhere,meat,9\n,x@example.org,,\n'
    const refused = await load(csv)
    expect([refused.status, refused.body.errors.map(({ path }: { path: string }) => path)]).toEqual([
      422,
      ['line 3, email', 'line 4, name'],
    ])
    expect(await count()).toBe(0)
    const wrongAnswer = await load('name,email,diet\nAda,ada@example.org,meat\n')
    expect(wrongAnswer.body.errors).toMatchObject([{ path: 'line 2, answers.diet' }])
    const partial = await load(csv, '?partial=true')
    expect([partial.body.created.length, partial.body.faults.length, await count()]).toEqual([1, 2, 1])
  })

  it('name what the file lacks', async () => {
    expect(
      (await load('nom,courriel\nAda,ada@example.org\n')).body.errors.map(({ path }: { path: string }) => path),
    ).toEqual(['line 1, name', 'line 1, email'])
    expect((await load('')).status).toBe(422)
    expect((await load('name,email\nAda,ada@example.org\n', '', null)).status).toBe(401)
    const json = await world.api('POST', `/events/${event.id}/rsvps/import`, {})
    expect(json.status).toBe(415)
  })

  it('go out and come in again without a formula', async () => {
    const { answer } = guestsOf(world)
    await answer(event, 1, { name: '=HYPERLINK("x")', note: '+1' })
    const out = await world.api('GET', `/events/${event.id}/rsvps.csv`)
    expect(out.text).toContain(`"'=HYPERLINK(""x"")"`)
    const other = await world.event('hyperscale', { rsvp: {} })
    await world.api(
      'POST',
      `/events/${other.id}/rsvps/import`,
      out.text.replace('Dietary needs', 'x').replace('Tracks', 'y'),
      {
        headers: { 'Content-Type': 'text/csv' },
      },
    )
    const { body } = await world.api('GET', `/events/${other.id}/rsvps`)
    expect(body.items).toMatchObject([{ name: '=HYPERLINK("x")', note: '+1', email: 'guest1@example.org' }])
  })
})
