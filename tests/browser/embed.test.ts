/** Another website, under the strictest policy that lets an embed in, shows the form, the calendar and the talks. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf, openBrowser, openSite, type Site } from './support.ts'

/** A page of another site (127.0.0.1 against localhost) whose policy takes nothing but our script and our frames. */
async function openHost(site: Site, bodies: Record<string, string>): Promise<{ url: string; server: Server }> {
  const policy = `default-src 'none'; script-src ${site.url} 'self'; style-src 'self'; frame-src ${site.url}; img-src 'self' data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'`
  const files: Record<string, [string, string]> = {
    '/host.css': [
      'text/css',
      'html { color-scheme: light dark } convene-rsvp, convene-calendar { --convene-accent: light-dark(#9a3412, #fdba74); --convene-paper: light-dark(#fffbeb, #1c1917); --convene-ink: light-dark(#1c1917, #fafaf9) }',
    ],
    '/host.js': [
      'text/javascript',
      "globalThis.heard = []; for (const name of ['ready', 'answered']) document.addEventListener('convene:' + name, ({ type, target, detail }) => heard.push([type, target.localName, detail]))",
    ],
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://host')
    const [type, body] = files[pathname] ?? ['text/html', bodies[pathname] ?? '']
    response.setHeader('Content-Type', `${type}; charset=utf-8`)
    response.setHeader('Content-Security-Policy', policy)
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
    response.end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

const page = (site: Site, inner: string) =>
  `<!doctype html><html lang="en"><head><title>Another website</title><meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/host.css"><link rel="icon" href="data:,"><script src="/host.js"></script><script src="${site.url}/embed.js" defer></script></head><body><main><h1>Ours</h1>${inner}</main></body></html>`

describe('an embed in another website', () => {
  let site: Site
  let browser: Browser
  let host: Awaited<ReturnType<typeof openHost>>
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
    const frame = `<iframe src="${site.url}/embed/e/${site.small}" title="RSVP" width="300" height="150"></iframe>`
    host = await openHost(site, {
      '/rsvp': page(
        site,
        `<convene-rsvp event="${site.small}"><a href="${site.url}/e/${site.small}">Answer</a></convene-rsvp>`,
      ),
      '/calendar': page(site, '<convene-calendar group="hyperscale"></convene-calendar>'),
      '/month': page(site, '<convene-calendar group="hyperscale" view="month"></convene-calendar>'),
      '/talks': page(site, '<convene-talks conference="community-day"></convene-talks>'),
      '/frame': page(site, frame),
      '/bare': `<!doctype html><title>Bare</title>${frame}`,
      '/liar': page(
        site,
        `<convene-rsvp event="${site.small}"></convene-rsvp><iframe src="${site.url}/embed/nothing"></iframe>`,
      ),
    })
  })
  afterAll(async () => {
    await browser.close()
    host.server.close()
    await site.stop()
  })

  const open = async (path: string, options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ viewport: { width: 320, height: 800 }, ...options })
    const opened = await context.newPage()
    const troubles: string[] = []
    opened.on('console', (message) => troubles.push(message.text()))
    opened.on('pageerror', (error) => troubles.push(String(error)))
    opened.setDefaultTimeout(8000)
    await opened.goto(host.url + path)
    return { page: opened, context, troubles }
  }
  const answerIn = async (opened: Page, name: string) => {
    const frame = opened.frameLocator('iframe')
    await frame.getByLabel('Your name').fill(name)
    await frame.getByLabel('Your e-mail address').fill(`${name.toLowerCase()}@example.org`)
    await frame.getByRole('button', { name: /^(Send my answer|Join the waitlist)$/ }).click()
    return frame
  }
  const heights = (opened: Page) =>
    opened.evaluate(() => {
      const shown = document.querySelector('convene-rsvp, convene-calendar, convene-talks')?.shadowRoot ?? document
      return shown.querySelector('iframe')!.getBoundingClientRect().height
    })

  it('takes an answer, grows to its height, wears the colours of the page and tells it, without a cookie', async () => {
    const { page: opened, context, troubles } = await open('/rsvp', { colorScheme: 'light' })
    const frame = opened.frameLocator('iframe')
    await frame.getByLabel('Your name').waitFor()
    await expect.poll(() => heights(opened)).toBeGreaterThan(500)
    const inner = opened.frames()[1]!
    const looks = () =>
      inner.evaluate(() => [
        getComputedStyle(document.documentElement).backgroundColor,
        getComputedStyle(document.querySelector('button')!).backgroundColor,
        document.documentElement.scrollHeight - innerHeight,
      ])
    await expect.poll(looks).toEqual(['rgb(255, 251, 235)', 'rgb(154, 52, 18)', 0])
    await frame.getByLabel('How many people do you bring?').fill('1')
    await opened.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(looks).toEqual(['rgb(28, 25, 23)', 'rgb(253, 186, 116)', 0])
    // What was typed is still there: only the colours were exchanged.
    expect(await frame.getByLabel('How many people do you bring?').inputValue()).toBe('1')
    const [sent] = await Promise.all([
      opened.waitForRequest((request) => request.method() === 'POST'),
      answerIn(opened, 'Ada'),
    ])
    expect((await sent.allHeaders()).origin).toBe(site.url)
    await frame.getByText('You have a seat, with 1 more.').waitFor()
    await expect
      .poll(() => opened.evaluate('heard.filter(([type]) => type === "convene:answered")'))
      .toEqual([['convene:answered', 'convene-rsvp', { event: site.small, response: 'accepted', place: 'seat' }]])
    expect(await frame.getByRole('link', { name: 'See, change or cancel it' }).getAttribute('href')).toMatch(
      /^\/rsvp\//,
    )
    expect(await context.cookies()).toEqual([])
    expect(troubles).toEqual([])
    await context.close()
  })

  it('sends a form with faults back in the frame, as it was', async () => {
    const { page: opened, context } = await open('/rsvp')
    const frame = opened.frameLocator('iframe')
    await frame.getByLabel('Your e-mail address').fill('linus@nowhere')
    await frame.locator('form').evaluate((form) => form.setAttribute('novalidate', ''))
    await frame.getByRole('button', { name: /^(Send my answer|Join the waitlist)$/ }).click()
    expect(await frame.getByRole('alert').textContent()).toBe('Please look at the marked fields.')
    expect(await frame.getByLabel('Your e-mail address').inputValue()).toBe('linus@nowhere')
    await context.close()
  })

  it.each([
    ['an iframe with the script', '/frame', true],
    ['an iframe alone', '/bare', false],
  ])('works as %s, in a browser with JavaScript and in one without', async (_, path, grows) => {
    for (const javaScriptEnabled of [true, false]) {
      const { page: opened, context } = await open(path, { javaScriptEnabled })
      await opened.frameLocator('iframe').getByLabel('Your name').waitFor()
      if (grows && javaScriptEnabled) {
        await expect.poll(() => opened.locator('iframe').evaluate((one) => one.clientHeight)).toBeGreaterThan(500)
        await expect.poll(() => opened.evaluate('heard[0]?.[0]')).toBe('convene:ready')
      } else expect(await opened.locator('iframe').evaluate((one) => one.clientHeight)).toBe(150)
      await context.close()
    }
  })

  it('shows its link where no script runs', async () => {
    const { page: opened, context } = await open('/rsvp', { javaScriptEnabled: false })
    await opened.getByRole('link', { name: 'Answer' }).click()
    expect(opened.url()).toBe(`${site.url}/e/${site.small}`)
    await context.close()
  })

  it('believes no message from anybody else', async () => {
    const { page: opened, context } = await open('/rsvp')
    await expect.poll(() => heights(opened)).toBeGreaterThan(500)
    const before = await heights(opened)
    await opened.evaluate(() => {
      const answered = { convene: 'answered', response: 'accepted' }
      for (const data of [answered, { convene: 'height', height: 12 }, null, 7, 'x']) window.postMessage(data, '*')
    })
    // Nor does the frame from the page around it, but for colours; and those only as colours.
    await opened.evaluate(() => {
      const { contentWindow } = document.querySelector('convene-rsvp')!.shadowRoot!.querySelector('iframe')!
      contentWindow!.postMessage({ convene: 'looks', looks: 'accent=red;}*{display:none}&ink=%23000' }, '*')
      contentWindow!.postMessage({ convene: 'looks' }, '*')
      contentWindow!.postMessage(null, '*')
    })
    await opened.waitForTimeout(300)
    expect(await heights(opened)).toBe(before)
    expect(await opened.evaluate('heard.filter(([type]) => type !== "convene:ready")')).toEqual([])
    expect(await opened.frameLocator('iframe').getByLabel('Your name').isVisible()).toBe(true)
    await context.close()
  })

  it.each([
    ['/calendar', 'A small meetup'],
    ['/month', 'Agenda'],
    ['/talks', 'How a package is built'],
  ])('shows %s, with links that open beside the page', async (path, name) => {
    const { page: opened, context, troubles } = await open(path)
    const frame = opened.frameLocator('iframe')
    await expect.poll(() => heights(opened)).not.toBe(320)
    const link = frame.getByRole('link', { name, exact: true })
    if (path === '/month') {
      await link.click()
      await frame.locator('[aria-current]').getByText('Agenda').waitFor()
    } else {
      const [beside] = await Promise.all([context.waitForEvent('page'), link.click()])
      expect(new URL(beside.url() === 'about:blank' ? site.url : beside.url()).origin).toBe(site.url)
    }
    expect(troubles).toEqual([])
    await context.close()
  })

  it.each(['light', 'dark'] as const)('has nothing that any rule of axe finds, in %s', async (colorScheme) => {
    const found: Record<string, string[]> = {}
    for (const path of ['/rsvp', '/calendar', '/month', '/talks']) {
      const { page: opened, context } = await open(path, { colorScheme, bypassCSP: true })
      await expect.poll(() => heights(opened)).not.toBe(320)
      const faults = (await Promise.all(opened.frames().map((frame) => faultsOf(frame)))).flat()
      if (faults.length > 0) found[path] = faults
      await context.close()
    }
    expect(found).toEqual({})
  })

  it('is let into frames by no other page', async () => {
    for (const path of ['/', `/e/${site.small}`, '/calendar', `/embed?event=${site.small}`]) {
      const policy = (await fetch(site.url + path)).headers.get('Content-Security-Policy')
      expect([path, policy?.includes("frame-ancestors 'none'")]).toEqual([path, true])
    }
    const framed = await fetch(`${site.url}/embed/e/${site.small}`)
    expect(framed.headers.get('Content-Security-Policy')).not.toContain('frame-ancestors')
    expect(framed.headers.get('Set-Cookie')).toBeNull()
  })
})
