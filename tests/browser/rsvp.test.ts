/** A guest in a browser, with JavaScript and without. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openSite, type Site } from './support.ts'

describe.each([true, false])('a guest, JavaScript %s,', (javaScriptEnabled) => {
  let site: Site
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
    page = await (await browser.newContext({ javaScriptEnabled })).newPage()
    page.setDefaultTimeout(5000)
  })
  afterAll(async () => {
    await browser.close()
    await site.stop()
  })

  const text = async () => (await page.textContent('main'))!
  const answer = async (name: string, email: string) => {
    await page.goto(`${site.url}/e/${site.small}`)
    await page.fill('[name=name]', name)
    await page.fill('[name=email]', email)
    await page.click('main form button[type=submit]')
    await page.waitForURL('**/rsvp/**')
  }

  it('finds an event from the first page on', async () => {
    await page.goto(site.url)
    await page.click('text=A small meetup')
    expect(new URL(page.url()).pathname).toContain(site.small)
    expect(await text()).toContain('Library')
  })

  it('answers, and a second guest waits until the first one cancels', async () => {
    await answer('Ada', 'ada@example.org')
    const first = page.url()
    expect(await text()).toMatch(/seat/i)
    await answer('Grace', 'grace@example.org')
    const second = page.url()
    expect(await text()).toMatch(/number 1|waitlist/i)
    await page.goto(first)
    expect(await text()).toContain('A small meetup')
    await page.fill('[name=name]', 'Ada Lovelace')
    await page.click('main form button[type=submit] >> nth=0')
    await page.goto(first)
    expect(await page.inputValue('[name=name]')).toBe('Ada Lovelace')
    await page.click('text=/can.t come/i')
    await page.goto(second)
    expect(await text()).toMatch(/seat/i)
  })

  it('gets a form with faults back as it was, each fault beside its field', async () => {
    await page.goto(`${site.url}/e/${site.small}`)
    await page.fill('[name=name]', 'Linus')
    await page.fill('[name=email]', 'linus@nowhere')
    await page.fill('text=Dietary needs', 'Kept')
    await page.click('main form button[type=submit]')
    await page.waitForSelector('[role=alert]')
    expect(await page.inputValue('[name=name]')).toBe('Linus')
    expect(await page.inputValue('text=Dietary needs')).toBe('Kept')
    expect(await page.inputValue('[name=email]')).toBe('linus@nowhere')
    const described = await page.getAttribute('[name=email]', 'aria-describedby')
    expect(await page.textContent(`#${described!.split(' ').at(-1)}`)).toMatch(/address/)
  })

  it('needs no mouse', async () => {
    await page.goto(`${site.url}/e/${site.small}`)
    await page.focus('[name=name]')
    await page.keyboard.type('Key Board')
    await page.keyboard.press('Tab')
    await page.keyboard.type('key@example.org')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/rsvp/**')
    expect(await text()).toMatch(/waitlist|number/i)
  })
})
