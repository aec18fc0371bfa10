/** The player of a talk's page: nothing from elsewhere until somebody asks, and then without a script of ours too. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openSite, type Site } from './support.ts'

describe('the player', () => {
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
    ['with JavaScript', true],
    ['without', false],
  ])('asks the other server when its link is followed, %s', async (_, javaScriptEnabled) => {
    const context = await browser.newContext({ javaScriptEnabled })
    const foreign: string[] = []
    const troubles: string[] = []
    await context.route(/^https:/, (route) => {
      foreign.push(route.request().url())
      return route.fulfill({ status: 200, contentType: 'text/html', body: 'a player' })
    })
    const page = await context.newPage()
    page.on('console', (message) => troubles.push(message.text()))
    await page.goto(`${site.url}${site.pages.recorded}?t=754`, { waitUntil: 'networkidle' })
    expect(foreign).toEqual([])
    const frame = page.frameLocator('iframe.player')
    await frame.getByRole('link', { name: 'The same on YouTube' }).click()
    await expect
      .poll(() => foreign)
      .toEqual(['https://www.youtube-nocookie.com/embed/PdbyYqrvlnY?autoplay=1&start=754'])
    foreign.length = 0
    await page.goto(`${site.url}${site.pages.recorded}?t=754`, { waitUntil: 'networkidle' })
    await frame.getByRole('link', { name: 'Play from 12:34' }).click()
    await expect.poll(() => foreign).toEqual(['https://video.example/a.webm'])
    expect(troubles.filter((text) => /Content Security Policy/.test(text))).toEqual([])
    await context.close()
  })

  it('shows a day of rooms in a box that scrolls with the keyboard, and the list without', async () => {
    const context = await browser.newContext({ viewport: { width: 320, height: 800 } })
    const page = await context.newPage()
    await page.goto(`${site.url}${site.pages.grid}`)
    const box = page.getByRole('region', { name: /^Rooms and times/ })
    await box.focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => box.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0)
    await page.getByRole('link', { name: 'List' }).click()
    expect(await page.getByRole('listitem').filter({ hasText: 'How a package is built' }).count()).toBe(1)
    await context.close()
  })
})
