/** Pages in the visitor's language. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { phrases } from '../../src/languages/pages/en.ts'
import { PHRASES, sayIn } from '../../src/languages/pages/index.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

describe('phrases', () => {
  it('are there in every language, each with what is filled in', () => {
    const bracesIn = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()
    for (const [language, words] of Object.entries(PHRASES)) {
      expect([language, Object.keys(words).length]).toEqual([language, phrases.length])
      for (const phrase of phrases) {
        expect([language, phrase, bracesIn(words[phrase])]).toEqual([language, phrase, bracesIn(phrase)])
        expect(words[phrase].trim()).not.toBe('')
      }
    }
    expect(sayIn('de')('{n} of {max} left', { n: 2, max: 3 })).toBe('noch 2 von 3 frei')
  })
})

describe('pages', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
  })
  afterEach(() => world.close())

  const read = (path: string, language: string) => world.get(path, { 'Accept-Language': language })

  it('of events, groups and answers are in the language that a browser likes best', async () => {
    const event = await world.event('hyperscale')
    const page = await read(`/e/${event.id}`, 'fr-FR,en;q=0.5')
    expect(page.text).toContain('<html lang="fr" dir="ltr">')
    for (const words of [
      'Rencontre de',
      'jeudi 2 février 2023, 14:00–18:00',
      '3 sur 3 restantes',
      'Votre nom',
      'Envoyer ma réponse',
    ])
      expect([words, page.text.includes(words)]).toEqual([words, true])
    expect(page.headers.get('Content-Language')).toBe('fr')
    expect(page.headers.get('Vary')).toContain('Accept-Language')

    const answer = await world.request('POST', `/e/${event.id}`, 'name=Ada&email=ada%40example.org&response=accepted', {
      token: null,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Accept-Language': 'ar' },
    })
    const manage = await read(answer.headers.get('Location')!, 'ar')
    expect(manage.text).toContain('<html lang="ar" dir="rtl">')
    expect(manage.text).toContain('لديك مقعد')
    const series = await world.event('hyperscale', HANGOUT)
    expect((await read(`/e/${series.id}`, 'de')).text).toContain('jeden dritten Mittwoch im Monat')
    expect((await read('/g/hyperscale', 'zh-CN')).text).toContain('即将举行')
    expect((await read('/', 'es')).text).toContain('Qué hay')
  })

  it('of months, and of what is not there, are too', async () => {
    await world.event('hyperscale', HANGOUT)
    const month = await read('/calendar?month=2023-02', 'de')
    for (const words of [
      '<html lang="de"',
      'Februar 2023',
      'Mittwoch, 15. Februar',
      '<span>Mi</span>',
      'Dieser Monat',
      'Videotreff',
    ])
      expect([words, month.text.includes(words)]).toEqual([words, true])
    expect(month.text).not.toMatch(/>\s*(Month|This month|Wednesday)\s*</)
    expect((await read('/g/hyperscale/calendar?month=2023-02', 'ar')).text).toContain('dir="rtl"')
    const lost = await read('/e/nothing', 'fr')
    expect([lost.status, lost.headers.get('Content-Language')]).toEqual([404, 'fr'])
    expect(lost.text).toContain('Il n’y a rien ici')
    const event = await world.event('hyperscale')
    await world.api('POST', `/events/${event.id}/cancel`, {})
    expect((await read(`/e/${event.id}`, 'es')).text).toContain('El evento está cancelado')
  })

  it('of the archive are too, but for what a talk says in its own', async () => {
    await world.api('POST', '/talks', {
      title: 'Comment ça marche',
      abstract: 'Bonjour',
      language: 'fr',
      start: '2023-02-04T10:00:00',
      duration: 'PT30M',
      speakers: [{ name: 'Ada' }],
      resources: [{ type: 'slides', url: 'https://slides.example/a.pdf' }],
    })
    const list = await read('/talks', 'es')
    for (const words of ['<h1>Charlas</h1>', '4 de febrero de 2023', 'diapositivas', 'Acotar la lista', 'francés'])
      expect([words, list.text.includes(words)]).toEqual([words, true])
    const talk = await read('/talks/comment-ca-marche', 'de')
    for (const words of [
      '<html lang="de"',
      '<h1 lang="fr">Comment ça marche',
      '<dt>Sprache</dt>',
      'Samstag, 4. Februar 2023',
      '>Folien<',
    ])
      expect([words, talk.text.includes(words)]).toEqual([words, true])
  })

  it('are in English where nobody says otherwise, or where they are written in English alone', async () => {
    const event = await world.event('hyperscale')
    for (const language of ['', 'xx', '*'])
      expect((await read(`/e/${event.id}`, language)).text).toContain('Send my answer')
    const docs = await read('/sign-in', 'fr')
    expect([docs.text.includes('lang="en"'), docs.headers.get('Content-Language')]).toEqual([true, null])
    expect(docs.text).toContain('Skip to the content')
  })
})
