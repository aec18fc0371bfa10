import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engine } from '#engine'
import { searchTalks } from '../../src/talks/search.ts'
import { readWords } from '../../src/talks/words.ts'
import { hostileWords } from '../support/hostile-words.ts'
import { FOREIGN_SCRIPT } from '../support/scripts.ts'
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
    ['a beginning that is asked for', 'target* booting', ['boot']],
    ['whole words only where they end', 'targe ', []],
    ['without a phrase', 'systemd -"reading logs"', ['boot']],
    ['no two-letter word before it is whole', 'Zo', []],
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

  it(`takes ${engine === 'libsql' ? '10,000' : '1,000'} hostile texts as words`, { timeout: 120_000 }, async () => {
    let found = 0
    for (const typed of hostileWords(engine === 'libsql' ? 10_000 : 1_000)) {
      const words = readWords(typed)
      if (words) found += (await searchTalks(world.db, words, { year: 2023 }, { limit: 5, counts: true })).talks.length
      if (words) found += (await searchTalks(world.db, words, {}, { limit: 5 })).talks.length
    }
    // The control: they do reach the index.
    expect(found).toBeGreaterThan(10)
  })

  it.each([
    ['漢字', ['han']],
    ['検索', ['han']],
    ['索', ['han']],
    ['"全文検索"', ['han']],
    ['文全', []],
    ['全文検索 systemd', []],
    ['Linux', ['han']],
    ['日本語 linux', ['han']],
    ['東京', ['han']],
    ['시스템', ['korean']],
    ['ระบบ', ['thai']],
    ['поиск', ['russian']],
    ['Поиск', ['russian']],
    ['naive cafe', ['french']],
    ['naïve CAFÉ', ['french']],
    ['Straße', ['german']],
    ['한국', ['korean']],
  ])('finds %s in the scripts of the world', async (q, slugs) => {
    await world.api('POST', '/talks', {
      slug: 'han',
      title: 'Linux入門',
      abstract: '漢字の全文検索について、日本語で。',
      speakers: [{ name: '東京太郎' }],
    })
    await world.api('POST', '/talks', { slug: 'korean', title: '한국어 시스템이 좋아요' })
    await world.api('POST', '/talks', { slug: 'thai', title: 'การดูแลระบบปฏิบัติการ' })
    await world.api('POST', '/talks', { slug: 'russian', title: 'Полнотекстовый поиск' })
    await world.api('POST', '/talks', { slug: 'french', title: 'Un café naïf, un cafe\u0301 naïve' })
    await world.api('POST', '/talks', { slug: 'german', title: 'Auf der Straße' })
    expect(await found(q)).toEqual(slugs)
  })

  it('marks hits in scripts without spaces, and with marks', async () => {
    await world.api('POST', '/talks', { slug: 'han', title: '入門', abstract: '漢字の全文検索について。' })
    await world.api('POST', '/talks', { slug: 'french', title: 'Un café noir' })
    expect((await search('全文検索')).body.items[0].snippet).toBe('漢字の<mark>全文検索</mark>について。')
    expect((await search('cafe ')).body.items[0].snippet).toBe('Un <mark>café</mark> noir')
  })

  it('marks the hits and escapes everything else', async () => {
    const [{ snippet }] = (await search('brave')).body.items
    expect(snippet).toBe('No units here. &lt;b&gt;Bold &amp; <mark>brave</mark>&lt;/b&gt;')
    const page = await world.get('/talks?q=brave')
    expect(page.text).toContain('&lt;b&gt;Bold &amp; <mark>brave</mark>')
    expect((await world.get(`/talks?q=${encodeURIComponent('"><script>alert(1)</script>')}`)).text).not.toMatch(
      FOREIGN_SCRIPT,
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

  it('goes on after the same talk while others are added', async () => {
    for (let n = 0; n < 6; n++)
      await world.api('POST', '/talks', { slug: `talk-${n}`, title: `The same words ${'x '.repeat(n)}` })
    const first = await search('same words', '&limit=3')
    for (let n = 0; n < 20; n++)
      await world.api('POST', '/talks', { slug: `more-${n}`, title: `Other things, of which there are many ${n}` })
    const second = await search('same words', `&limit=3&cursor=${first.body.next}`)
    const slugs = [...first.body.items, ...second.body.items].map(({ slug }: { slug: string }) => slug)
    expect(slugs.sort()).toEqual(['talk-0', 'talk-1', 'talk-2', 'talk-3', 'talk-4', 'talk-5'])
  })

  it('finds nothing of what is private or deleted, whoever asks', async () => {
    await world.group('secret', { visibility: 'private' })
    await world.api('POST', '/talks', { slug: 'hidden', title: 'Hushed units', group: 'secret' })
    await world.group('open')
    await world.api('POST', '/talks', { slug: 'shown', title: 'Hushed targets', group: 'open' })
    expect(await found('hushed')).toEqual(['shown'])
    await world.api('PATCH', '/groups/open', { visibility: 'private' })
    expect(await found('hushed')).toEqual([])
    await world.api('PATCH', '/groups/open', { visibility: 'public' })
    await world.api('PATCH', '/groups/secret', { visibility: 'public' })
    expect((await found('hushed')).sort()).toEqual(['hidden', 'shown'])
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
