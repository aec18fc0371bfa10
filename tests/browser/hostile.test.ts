/** 300 hostile texts in every field and every place where it is shown, read as Chromium reads it. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PAYLOADS } from '../support/payloads.ts'
import { DATE, openTwins } from '../support/twins.ts'
import { BASE_URL } from '../support/world.ts'
import { openBrowser } from './support.ts'

let browser: Browser
let page: Page
let twins: Awaited<ReturnType<typeof openTwins>>
beforeAll(async () => {
  browser = await openBrowser()
  page = await browser.newPage()
  twins = await openTwins()
})
afterAll(async () => {
  await browser.close()
  await twins.world.close()
})

/** What a text made of a page that it should only stand in: elements, attributes and addresses. Never run, only parsed. */
const madeOf = (pages: string[], type = 'text/html') =>
  page.evaluate(
    ([texts, kind]) => {
      const urls = ['href', 'src', 'action', 'formaction', 'data', 'srcdoc', 'poster', 'xlink:href', 'style']
      const isRun = (name: string, value: string) =>
        name.startsWith('on') ||
        name.includes('zq') ||
        name === 'srcdoc' ||
        (name === 'style' && value.includes('zq')) ||
        (urls.includes(name) && /^(javascript|data:text|vbscript)/i.test(value.replace(/[\u0000-\u0020]/g, '')))
      const loads = ['script', 'img', 'iframe', 'link', 'base', 'embed', 'object', 'form', 'source']
      const look = (text: string): string[] => {
        const found: string[] = []
        const document = new DOMParser().parseFromString(text, kind as DOMParserSupportedType)
        for (const element of document.querySelectorAll('*')) {
          const tag = element.localName
          if (tag.startsWith('zq')) found.push(`<${tag}>`)
          if ((tag === 'script' || tag === 'style') && element.textContent.includes('zq')) {
            if (element.getAttribute('type') !== 'application/ld+json') found.push(`<${tag}>`)
            else JSON.parse(element.textContent)
          }
          for (const { name, value } of element.attributes) {
            // A mail as it looks, in a frame that may do nothing: of it the same is asked.
            if (name === 'srcdoc' && element.getAttribute('sandbox') === '') {
              found.push(...look(value))
              continue
            }
            const isFrom = loads.includes(tag) && urls.includes(name) && /^(https?:)?\/\/zq\./.test(value)
            const isTurn = tag === 'meta' && name === 'http-equiv'
            if (isRun(name, value) || isFrom || isTurn) found.push(`<${tag} ${name}="${value.slice(0, 60)}">`)
          }
        }
        return found
      }
      return (texts as string[]).map(look)
    },
    [pages, type] as const,
  )

describe('a hostile text', () => {
  it('is told where it is not escaped: the control', async () => {
    const raw = (text: string) => [
      `<p>${text}</p>`,
      `<input value="${text}">`,
      `<input value='${text}'>`,
      `<input value=${text}>`,
      `<a href="${text}">x</a>`,
      `<title>${text}</title>`,
      `<textarea>${text}</textarea>`,
      `<script>var x = "${text}"</script>`,
      `<!-- ${text} -->`,
    ]
    const told: boolean[] = []
    for (const payload of PAYLOADS) told.push((await madeOf(raw(payload))).some((found) => found.length > 0))
    // What no HTML runs: Markdown would make links of them, and a script around them ends first.
    const harmless = ['</script> onmouseover=zq() zq=', '</script>javascript:zq()', '</script>[zq](javascript:zq())']
    expect(PAYLOADS.filter((_, at) => !told[at])).toEqual(harmless)
  })

  const asOwner = (path: string, fields?: Record<string, string>) =>
    twins.world.request(fields ? 'POST' : 'GET', path, fields && new URLSearchParams(fields).toString(), {
      token: null,
      headers: {
        ...twins.actors.find(({ name }) => name === 'owner')!.headers,
        ...(fields ? { 'Content-Type': 'application/x-www-form-urlencoded', Origin: BASE_URL } : {}),
      },
    })

  /** Every text that somebody can write, as a request that writes it; what is refused is not shown. */
  const WRITES = (text: string): [method: string, path: string, body: unknown, type?: string][] => {
    const { mine } = twins
    const event = {
      title: text,
      description: text,
      keywords: [text],
      locations: [{ name: text, address: text }],
      virtualLocations: [{ name: text, uri: 'https://x.example/' }],
      rsvp: {
        capacity: { inPerson: 50 },
        guestList: 'everyone',
        questions: [{ id: 'q', label: text, type: 'choice', options: [text, 'b'] }],
      },
    }
    return [
      ['PATCH', '/groups/mine', { name: text, description: text }],
      ['PATCH', `/groups/mine/members/${mine.member}`, { name: text }],
      ['PATCH', `/events/${mine.event}`, event],
      ['PUT', `/events/${mine.series}/occurrences/20230215T220000Z`, { title: text, description: text }],
      ['PUT', `/events/${mine.series}/occurrences/${DATE}/minutes`, { text }],
      [
        'PATCH',
        `/events/${mine.series}/occurrences/${DATE}/record`,
        {
          actions: [{ text, owner: text }],
          decisions: [text],
          topics: [{ title: text, notes: [text] }],
          attendance: [{ name: text }],
        },
      ],
      ['PATCH', `/rsvps/${mine.rsvp}`, { name: text, showName: true, answers: { q: text } }],
      ['PATCH', '/conferences/mine-conf', { title: text, description: text, venue: text, city: text }],
      [
        'PATCH',
        `/talks/${mine.talk}`,
        {
          ...{ title: text, subtitle: text, abstract: text, description: text, track: text, room: text, type: text },
          keywords: [text],
          speakers: [{ name: text }],
          resources: [{ type: 'recording', url: 'https://x.example/a.webm', title: text }],
        },
      ],
      ['PUT', `/talks/${mine.talk}/captions/en`, `WEBVTT\n\n00:01.000 --> 00:02.000\n${text}\n`, 'text/vtt'],
      ['POST', `/events/${mine.event}/door`, { name: text }],
    ]
  }

  const SHOWN = (text: string) => {
    const { mine } = twins
    const word = encodeURIComponent(text)
    return [
      ...[
        '/',
        '/g/mine',
        '/calendar',
        '/calendar?view=agenda',
        '/g/mine/calendar',
        '/g/mine/members',
        '/talks',
        '/meetings',
      ],
      ...[
        `/e/${mine.event}`,
        `/e/${mine.series}`,
        `/e/${mine.series}/${DATE}`,
        `/e/${mine.series}/20230215T220000Z`,
        `/e/${mine.series}/dates`,
      ],
      ...[
        `/rsvp/${mine.rsvpToken}`,
        `/talks/${mine.talk}`,
        '/conferences/mine-conf',
        '/conferences/mine-conf?view=grid',
        '/archive/gaps',
      ],
      ...[
        `/embed/e/${mine.event}`,
        '/embed/g/mine',
        '/embed/g/mine?view=month',
        '/embed/conferences/mine-conf',
        `/embed?event=${mine.event}`,
      ],
      ...[
        '/g/mine/reports/2023Q1',
        `/hand-in/${mine.handinToken}`,
        `/door/${mine.doorToken}`,
        '/subscribe',
        `/subscribe/${mine.feedToken}`,
      ],
      ...[
        `/talks?q=${word}`,
        `/talks?tag=${word}`,
        `/meetings?q=${word}`,
        `/talks?room=${word}&track=${word}`,
        `/calendar?month=${word}`,
        `/${word}`,
      ],
      ...[
        `/sign-in?return=${word}`,
        `/e/${word}`,
        `/g/${word}`,
        `/embed?event=${word}`,
        `/embed/e/${mine.event}?accent=${word}&scheme=${word}`,
      ],
    ]
  }
  const AT_THE_DESK = () => {
    const { mine } = twins
    const home = '/manage/groups/mine'
    return [
      ...[
        '',
        '/events',
        `/events/${mine.event}`,
        `/events/${mine.event}/edit`,
        `/events/${mine.event}/guests`,
        `/events/${mine.event}/cancel`,
      ],
      ...[
        `/events/${mine.series}/dates/20230215T220000Z`,
        '/talks',
        `/talks/${mine.talk}`,
        '/conferences',
        '/conferences/mine-conf',
      ],
      ...[
        '/imports',
        '/edit',
        '/audit',
        '/members',
        `/members/${mine.member}`,
        '/reports',
        '/reports/2022Q4',
        '/tokens',
        '/webhooks',
        '/team',
        '/mails',
      ],
    ].map((path) => home + path)
  }

  it('stays a text in every place where it is shown', { timeout: 300_000 }, async () => {
    let [written, shown] = [0, 0]
    for (const [at, text] of PAYLOADS.entries()) {
      for (const [method, path, body, type] of WRITES(text)) {
        const { status } = await twins.world.api(method, path, body, type ? { headers: { 'Content-Type': type } } : {})
        if (status < 300) written++
        else expect([path, status]).toEqual([path, 422])
      }
      // The desk shows the same texts as everybody sees: of it every tenth.
      const places = [...SHOWN(text), ...(at % 10 === 0 ? AT_THE_DESK() : [])]
      const texts: string[] = []
      for (const place of places) {
        const answer = place.startsWith('/manage') ? await asOwner(place) : await twins.world.get(place)
        if ([404, 410, 422].includes(answer.status) || answer.status === 200) texts.push(answer.text)
        else throw new Error(`${place}: ${answer.status}`)
      }
      shown += texts.filter((one) => one.includes('zq')).length
      const found = await madeOf(texts)
      expect(found.map((faults, i) => [places[i], text, faults]).filter(([, , faults]) => faults!.length > 0)).toEqual(
        [],
      )
    }
    // Not for want of writing, nor of showing.
    expect([written > 300 * 8, shown > 300 * 20]).toEqual([true, true])
  })

  it('stays a text in every field of a form that comes back', { timeout: 300_000 }, async () => {
    const { mine } = twins
    const home = '/manage/groups/mine'
    await twins.world.api('PATCH', `/events/${mine.event}`, {
      rsvp: { capacity: { inPerson: 50 }, questions: [{ id: 'q', label: 'Why?', required: true }] },
    })
    const FORMS = [
      ...[
        `/e/${mine.event}`,
        `/embed/e/${mine.event}`,
        `/rsvp/${mine.rsvpToken}`,
        '/sign-in',
        '/sign-in/code',
        '/subscribe',
      ],
      ...[
        '/g/mine/digest',
        `/hand-in/${mine.handinToken}`,
        `/door/${mine.doorToken}`,
        `/rsvp/${mine.rsvpToken}/feedback`,
      ],
      ...[
        '/events/new',
        `/events/${mine.event}/edit`,
        `/events/${mine.event}/cancel`,
        `/events/${mine.event}/guests`,
      ].map((path) => home + path),
      ...[
        '/talks/new',
        `/talks/${mine.talk}`,
        '/conferences',
        '/conferences/mine-conf/import',
        '/imports',
        '/imports/import',
      ].map((path) => home + path),
      ...[
        '/edit',
        '/tokens',
        '/webhooks',
        '/team',
        '/mails',
        '/members',
        `/members/${mine.member}`,
        '/reports/2022Q4',
      ].map((path) => home + path),
    ]
    const fieldsOf = async (path: string): Promise<string[]> => {
      const answer =
        path.startsWith('/manage') || path.startsWith('/sign')
          ? await asOwner(path.replace(/\/import$/, '').replace(/\/feedback$/, ''))
          : await twins.world.get(path.replace(/\/feedback$/, ''))
      return [...answer.text.matchAll(/<(?:input|textarea|select)[^>]* name="([^"]+)"/g)].map(([, name]) => name!)
    }
    let back = 0
    for (const path of FORMS) {
      const names = [...new Set([...(await fieldsOf(path)), 'do', 'name', 'email', 'title', 'text', 'url'])]
      const texts: string[] = []
      for (const text of PAYLOADS.filter((_, at) => at % 3 === FORMS.indexOf(path) % 3)) {
        const fields = Object.fromEntries(
          names.map((name) => [name, name === 'version' || name === 'stamp' ? '' : text]),
        )
        for (const sent of [fields, { ...fields, do: '' }]) {
          const answer = path.startsWith('/manage') ? await asOwner(path, sent) : await twins.world.submit(path, sent)
          expect([path, answer.status < 500]).toEqual([path, true])
          texts.push(answer.text)
        }
      }
      back += texts.filter((one) => one.includes('zq')).length
      const found = await madeOf(texts)
      expect([path, ...new Set(found.flat())]).toEqual([path])
    }
    expect(back).toBeGreaterThan(2000)
  })
})
