/** What goes out as schedule.xml, held against the XSD of c3voc in the shared data; skipped where that folder is not. */
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { schedule } from '../support/schedules.ts'
import { openWorld, type World } from '../support/world.ts'

const FOLDER = new URL('../../../shared/data/schedules/', import.meta.url)
const file = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8')

describe.skipIf(!existsSync(FOLDER))('schedule.xml', () => {
  let world: World
  let faultsOf: (xml: string) => string[]
  beforeAll(async () => {
    world = await openWorld()
    const { XmlDocument, XsdValidator } = await import('libxml2-wasm')
    const validator = XsdValidator.fromDoc(XmlDocument.fromString(file('c3voc/xsd/schedule.xml.xsd')))
    faultsOf = (xml) => {
      const document = XmlDocument.fromString(xml)
      try {
        validator.validate(document)
        return []
      } catch (error) {
        const { details } = error as { details?: { line: number; message: string }[] }
        return (details ?? [{ line: 0, message: String(error) }]).map(({ line, message }) => `${line}: ${message}`)
      } finally {
        document.dispose()
      }
    }
  })
  afterAll(() => world.close())

  const put = (slug: string, extension: string, body: string, query = '') =>
    world.api('PUT', `/conferences/${slug}/schedule.${extension}${query}`, body, {
      headers: { 'Content-Type': `application/${extension}` },
    })
  const xmlOf = async (slug: string) => (await world.get(`/api/v1/conferences/${slug}/schedule.xml`)).text

  it('has a validator that tells right from wrong', () => {
    expect(faultsOf('<schedule><day/></schedule>')[0]).toContain('day')
    expect(faultsOf(file('fosdem/2010.xml'))[0]).toContain("Element 'conference'")
  })

  it.each([2010, 2016, 2021, 2023, 2025])(
    'of FOSDEM %i is valid, and comes in again as the same',
    {
      timeout: 60_000,
    },
    async (year) => {
      const zone = '?timeZone=Europe/Brussels'
      expect((await put(`fosdem-${year}`, 'xml', file(`fosdem/${year}.xml`), zone)).status).toBe(200)
      const xml = await xmlOf(`fosdem-${year}`)
      expect(faultsOf(xml).slice(0, 5)).toEqual([])
      const here = await put(`fosdem-${year}`, 'xml', xml)
      expect([here.body.talks.created, here.body.changelog.cancelled]).toEqual([0, 0])
      await put(`copy-${year}`, 'xml', xml)
      // Of a speaker whose name is spelt in two ways one spelling goes out.
      const talks = async (slug: string) =>
        world.db.all<Record<string, unknown>>({
          sql: `SELECT title, subtitle, abstract, description, track, room, type, language, starts_at, duration, lower(speaker_names) AS speakers
          FROM talks WHERE conference_id = (SELECT id FROM conferences WHERE slug = ?) ORDER BY title, starts_at, room`,
          params: [slug],
        })
      const [there, copy] = [await talks(`fosdem-${year}`), await talks(`copy-${year}`)]
      expect(copy.length).toBe(there.length)
      // One by one: a difference of two lists of 900 talks takes a minute to print.
      for (const [at, talk] of there.entries()) expect(copy[at]).toEqual(talk)
      const again = await xmlOf(`copy-${year}`)
      expect(faultsOf(again).slice(0, 5)).toEqual([])
    },
  )

  it.each([
    ['an empty conference', []],
    ['a talk without anything', [{ title: 'T', duration: '', room: '', track: null, persons: [], language: null }]],
    ['a talk of four days', [{ duration: '4:00:00' }]],
    [
      'two talks with one guid',
      [{ guid: '7ee5f2a0-0f13-4d6c-9d2e-000000000007' }, { guid: '7EE5F2A0-0f13-4d6c-9d2e-000000000007' }],
    ],
    ['a slug with dots and marks', [{ slug: 'a.b/c', title: '日本語' }, { title: '日本語' }]],
    ['text that XML has no letters for', [{ title: 'a\ufffeb & <c>', abstract: '\u0001]]>\uffff' }]],
    [
      'an address that XML would not take',
      [{ url: 'https://e.example/ä?a=[1]&b=%', links: [{ url: 'https://e.example/%zz' }] }],
    ],
    ['a talk long ago', [{ date: '1905-01-01T10:00:00+00:00' }]],
  ])('of %s is valid', async (what, events) => {
    const slug = `c-${what.replaceAll(/[^a-z]+/gi, '-').toLowerCase()}`
    const answer = await put(slug, 'json', JSON.stringify(schedule(events as Record<string, unknown>[])))
    expect([answer.status, answer.body.errors]).toEqual([200, undefined])
    const xml = await xmlOf(slug)
    expect([faultsOf(xml), xml]).toEqual([[], xml])
  })
})
