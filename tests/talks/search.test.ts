import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../support/world.ts'

const TALKS = [
  { slug: 'boot', title: 'Booting with systemd', abstract: 'Units and targets.', speakers: [{ name: 'Zoë Ångström' }] },
  { slug: 'logs', title: 'Reading logs', abstract: 'What systemd writes, and where.', keywords: ['journal'] },
  { slug: 'mail', title: 'Mail for everyone', abstract: 'No units here. <b>Bold & brave</b>' },
]

describe('the search', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    for (const talk of TALKS) await world.api('POST', '/talks', talk)
    world.costs()
  })
  afterEach(() => world.close())

  const search = (q: string, more = '') =>
    world.api('GET', `/talks?q=${encodeURIComponent(q)}${more}`, undefined, { token: null })
  const found = async (q: string, more = '') =>
    (await search(q, more)).body.items.map(({ slug }: { slug: string }) => slug)

  it.each([
    ['a word, its hit in the title first', 'systemd', ['boot', 'logs']],
    ['words, in any order', 'targets booting', ['boot']],
    ['the beginning of the last word', 'syst', ['boot', 'logs']],
    ['a phrase', '"reading logs"', ['logs']],
    ['words but not in another order as a phrase', '"logs reading"', []],
    ['without a word', 'systemd -targets', ['boot', 'logs'].slice(1)],
    ['a speaker, without the marks', 'zoe angstrom', ['boot']],
    ['a keyword', 'journal', ['logs']],
  ])('finds %s', async (_, q, slugs) => {
    expect(await found(q)).toEqual(slugs)
  })

  it.each([
    '"',
    '""',
    'AND',
    'NOT',
    'OR',
    'NEAR(a b)',
    '*',
    'title:x',
    'col:x',
    '-',
    '--',
    '-a',
    '^',
    '(',
    ')',
    '{a b}: c',
    "'",
    ';',
    '\\',
    '%',
    '😀',
    'a😀b',
    '\u0000',
    '漢字',
    '+',
    'a"b',
    '"a',
    '- a',
    '"-"',
    'a'.repeat(1000),
    'a '.repeat(500),
    '" '.repeat(400),
  ])('takes %j as words', async (q) => {
    expect((await search(q)).status).toBe(200)
    expect((await search(q, '&year=2023&has=slides')).status).toBe(200)
    expect((await world.get(`/talks?q=${encodeURIComponent(q)}`)).status).toBe(200)
  })

  it('marks the hits and escapes everything else', async () => {
    const [{ snippet }] = (await search('brave')).body.items
    expect(snippet).toBe('No units here. &lt;b&gt;Bold &amp; <mark>brave</mark>&lt;/b&gt;')
    const page = await world.get('/talks?q=brave')
    expect(page.text).toContain('&lt;b&gt;Bold &amp; <mark>brave</mark>')
    expect((await world.get(`/talks?q=${encodeURIComponent('"><script>alert(1)</script>')}`)).text).not.toContain(
      '<script>alert',
    )
  })

  it('follows every change of a talk', async () => {
    await world.api('PATCH', '/talks/mail', { title: 'Mail with systemd' })
    expect((await found('systemd')).sort()).toEqual(['boot', 'logs', 'mail'])
    await world.api('PATCH', '/talks/boot', { title: 'Booting', speakers: [{ name: 'Ada' }] })
    expect([(await found('systemd')).sort(), await found('zoe'), await found('ada')]).toEqual([
      ['logs', 'mail'],
      [],
      ['boot'],
    ])
    await world.api('DELETE', '/talks/mail')
    expect(await found('systemd')).toEqual(['logs'])
  })

  it('gives its hits page by page, each once', async () => {
    for (const n of [1, 2, 3, 4, 5]) await world.api('POST', '/talks', { slug: `same-${n}`, title: 'The same words' })
    const seen: string[] = []
    let cursor = ''
    do {
      const page = await search('same words', `&limit=2${cursor}`)
      seen.push(...page.body.items.map(({ slug }: { slug: string }) => slug))
      cursor = page.body.next === null ? '' : `&cursor=${page.body.next}`
    } while (cursor !== '')
    expect(seen.sort()).toEqual(['same-1', 'same-2', 'same-3', 'same-4', 'same-5'])
  })

  it('reads rows by the number of results, not of hits', async () => {
    const costOf = async () => {
      world.costs()
      expect((await search('common', '&limit=5')).body.items).toHaveLength(5)
      return world.costs()
    }
    for (let n = 0; n < 10; n++) await world.api('POST', '/talks', { title: `Common ${n}` })
    const few = await costOf()
    for (let n = 10; n < 60; n++) await world.api('POST', '/talks', { title: `Common ${n}` })
    const many = await costOf()
    if (few && many) expect([many.statements, many.read]).toEqual([few.statements, few.read])
  })
})
