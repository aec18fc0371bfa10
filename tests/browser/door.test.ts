/** Somebody at the door with a phone, with JavaScript and without; and a guest with a series and a code. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { faultsOf, openBrowser, openSite, type Site } from './support.ts'

/** Stands in for what the browser here can't do: to read what its camera, a made-up one, sees. */
const CAMERA = `
  globalThis.BarcodeDetector = class {
    detect = async () => globalThis.seen ? [{ rawValue: globalThis.seen }] : []
  }
`

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('at the door %s', (_, javaScriptEnabled) => {
  let site: Site
  let browser: Browser
  let context: BrowserContext
  let page: Page
  beforeAll(async () => {
    browser = await openBrowser()
  })
  beforeEach(async () => {
    site = await openSite()
    context = await browser.newContext({ javaScriptEnabled, viewport: { width: 320, height: 640 } })
    page = await context.newPage()
    page.setDefaultTimeout(5000)
  })
  afterEach(async () => {
    await context.close()
    await site.stop()
  })
  afterAll(() => browser.close())

  const text = () => page.textContent('main')
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const said = () => page.getByRole('status').textContent()
  const find = async (what: string) => {
    await page.getByLabel('Find a guest').fill(what)
    await press('Find')
  }
  const isWide = () => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)

  it('finds a guest by name, checks in, undoes it, and adds who came without an answer', async () => {
    await page.goto(site.url + site.pages.door)
    expect(await text()).toContain('0 here, 1 expected')
    await find('LOVE')
    expect(await text()).toContain('Found: 1')
    await press('Check in Ada Lovelace')
    expect(await said()).toBe('Ada Lovelace is checked in.')
    expect(await text()).toContain('1 here, 1 expected')
    await press('Undo Ada Lovelace')
    expect(await said()).toBe('Ada Lovelace is not checked in any more.')
    await page.getByLabel('Name', { exact: true }).fill('Walter')
    await page.getByLabel('How many are they?').fill('2')
    await press('Add and check in')
    expect(await said()).toBe('Walter is checked in.')
    expect(await text()).toContain('2 here, 3 expected')
    await page.goBack()
    expect((await page.goto(site.url + site.pages.door))!.status()).toBe(200)
    expect(await text()).toContain('2 here, 3 expected')
    expect(await isWide()).toBe(false)
  })

  it('warns of who has no place, and lets them in by hand', async () => {
    await page.goto(site.url + site.pages.door)
    expect(await text()).toContain('No place: Number 1 in line.')
    await press('Let in anyway Grace Hopper')
    expect(await said()).toBe('Grace Hopper is checked in.')
    await press('Undo Grace Hopper')
    expect(await text()).toContain('No place: Number 1 in line.')
  })

  it('opens the row of the guest whose code is scanned or typed', async () => {
    await page.goto(site.url + site.pages.fullManage)
    const letters = (await page.textContent('.code'))!
    const source = (await page.getAttribute('.qr', 'src'))!
    const code = decodeURIComponent(source.replace('/qr.svg?path=', ''))
    await page.goto(site.url + code)
    expect(await text()).toContain('Show this at the door')
    await page.addInitScript(CAMERA)
    await page.goto(site.url + site.pages.door)
    const scan = page.getByRole('button', { name: 'Scan a code' })
    if (javaScriptEnabled) {
      await page.evaluate(`globalThis.seen = ${JSON.stringify(site.url + code)}`)
      await scan.click()
      await page.waitForURL(/code=/)
      expect(await text()).toContain('Found: 1')
      expect(await text()).toContain('0 here')
    } else expect(await scan.count()).toBe(0)
    await find(letters.toLowerCase())
    expect(await text()).toContain('Found: 1')
    await press('Check in Ada Lovelace')
    expect(await said()).toBe('Ada Lovelace is checked in.')
  })

  it.skipIf(!javaScriptEnabled)('gives the camera to the door only', async () => {
    const asks = () =>
      page.evaluate(() =>
        navigator.mediaDevices.getUserMedia({ video: true }).then(
          () => 'given',
          ({ name }) => name,
        ),
      )
    await page.goto(site.url + site.pages.door)
    expect(await asks()).toBe('given')
    await page.goto(site.url)
    expect(await asks()).toBe('NotAllowedError')
  })

  it('a guest skips a date of a series, answers one otherwise, and takes it back', async () => {
    await page.goto(site.url + site.pages.standing)
    expect(await text()).toContain('on every date')
    const dates = page.locator('section[aria-labelledby=dates] li')
    expect(await dates.count()).toBe(6)
    await dates.nth(1).getByRole('button', { name: /^Skip/ }).click()
    expect(await dates.nth(1).textContent()).toContain('You skip this date.')
    expect(await dates.nth(0).textContent()).not.toContain('You skip this date.')
    await dates
      .nth(1)
      .getByRole('button', { name: /^As on all dates/ })
      .click()
    expect(await dates.nth(1).textContent()).toContain('You have a seat in the room.')
    await dates.nth(2).getByRole('link').click()
    await page.getByLabel('Maybe').check()
    await press('Save')
    expect(await dates.nth(2).textContent()).toContain('You may come.')
    expect(await isWide()).toBe(false)
  })

  it('a guest erases what is kept, in two steps', async () => {
    await page.goto(site.url + site.pages.manage)
    await page.getByText('Erase it').click()
    await page.getByLabel('Yes, erase everything').check()
    await press('Erase')
    expect(await text()).toContain('Nothing here names you any more.')
    expect((await page.goto(site.url + site.pages.manage))!.status()).toBe(404)
  })

  it.skipIf(!javaScriptEnabled).each([320, 640])('has nothing that any rule of axe finds at %i px', async (width) => {
    await page.setViewportSize({ width, height: 800 })
    for (const name of ['door', 'doorDone', 'standing', 'oneDate', 'checkIn', 'manage', 'waiting']) {
      await page.goto(site.url + site.pages[name])
      for (const details of await page.locator('summary').all()) await details.click()
      expect([name, await faultsOf(page), await isWide()]).toEqual([name, [], false])
    }
  })
})
