/** What a script adds to pages that work without it: the visitor's own time, a button that copies, questions in their turn. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openSite, type Site } from './support.ts'

describe('a page with its script', () => {
  let site: Site
  let browser: Browser
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await site.stop()
  })

  it.each([
    ['Asia/Tokyo', true, /^For you: .*, 02:00.05:00 \(Asia\/Tokyo\)$/],
    ['Europe/Brussels', true, null],
    // Another name of the same clocks.
    ['Europe/Paris', true, null],
    ['Asia/Tokyo', false, null],
  ] as const)('tells when it is in %s, JavaScript: %s', async (timezoneId, javaScriptEnabled, line) => {
    const context = await browser.newContext({ timezoneId, locale: 'en-GB', javaScriptEnabled })
    const page = await context.newPage()
    for (const path of ['/e', '/embed/e']) {
      await page.goto(`${site.url}${path}/${site.small}`)
      const found = page.locator('time + .meta')
      if (line) expect((await found.textContent())!.replace(/\s/g, ' ')).toMatch(line)
      else expect(await found.count()).toBe(0)
    }
    await context.close()
  })

  it('says how many places are left while somebody looks, and sends its work with a form', async () => {
    const context = await browser.newContext({ locale: 'de-DE' })
    const page = await context.newPage()
    await page.clock.install()
    await page.goto(`${site.url}/e/${site.small}`)
    const places = page.locator('[data-way]')
    const before = await places.textContent()
    const [, left, max] = /^noch (\d+) von (\d+) frei/.exec(before!) ?? []
    const other = await browser.newPage()
    await other.goto(`${site.url}/e/${site.small}`)
    await other.getByLabel('Your name').fill('Ada')
    await other.getByLabel('Your e-mail address').fill('live@example.org')
    const sent = other.waitForRequest((request) => request.method() === 'POST')
    await other.getByRole('button', { name: /^(Send my answer|Join)/ }).click()
    expect((await sent).postData()).toMatch(/&proof=\d+/)
    await other.waitForURL(/\/rsvp\//)
    expect(await places.textContent()).toBe(before)
    await page.clock.fastForward(30_000)
    await page.getByText(`noch ${Number(left) - 1} von ${max} frei`, { exact: true }).waitFor()
    await context.close()
    await other.close()
  })

  it('copies an address', async () => {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
    const page = await context.newPage()
    await page.goto(`${site.url}/embed?event=${site.small}`)
    await page.getByRole('button', { name: 'Copy' }).first().click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`<convene-rsvp event="${site.small}">`)
    await context.close()
  })

  it.each([true, false])('asks a question when it is its turn, JavaScript: %s', async (javaScriptEnabled) => {
    const context = await browser.newContext({ javaScriptEnabled })
    const page = await context.newPage()
    await page.goto(site.url + site.pages.asking)
    const bed = page.getByRole('textbox', { name: 'Which bed?' })
    expect(await bed.isVisible()).toBe(!javaScriptEnabled)
    await page.getByRole('checkbox', { name: 'Do you stay overnight?' }).check()
    expect(await bed.isVisible()).toBe(true)
    await bed.fill('The upper one')
    if (javaScriptEnabled) {
      await page.getByRole('checkbox', { name: 'Do you stay overnight?' }).uncheck()
      expect(await bed.isVisible()).toBe(false)
      await page.getByRole('checkbox', { name: 'Do you stay overnight?' }).check()
    }
    await page.getByLabel('Your name').fill('Ada')
    await page.getByLabel('Your e-mail address').fill(`ada-${javaScriptEnabled}@example.org`)
    await page.getByRole('button', { name: 'Send my answer' }).click()
    await page.getByText('You have a seat').waitFor()
    expect(await page.getByRole('textbox', { name: 'Which bed?' }).inputValue()).toBe('The upper one')
    await context.close()
  })
})
