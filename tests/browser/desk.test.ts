/** An organizer at the desk, with JavaScript and without: a series, a date moved, a date called off; and what axe finds. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf, openBrowser, openSite, type Site } from './support.ts'

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('the desk %s', (_, javaScriptEnabled) => {
  let site: Site
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const mails: string[] = []
  beforeAll(async () => {
    browser = await openBrowser()
    site = await openSite({
      async send({ to, text }) {
        if (to === 'org@convene.example') mails.push(text)
      },
    })
    context = await browser.newContext({ javaScriptEnabled, viewport: { width: 320, height: 800 } })
    page = await context.newPage()
    page.setDefaultTimeout(5000)
  })
  afterAll(async () => {
    await context.close()
    await site.stop()
    await browser.close()
  })

  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click()
  /** In light and dark: nothing for axe; and nothing wider than a small phone. */
  const check = async () => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect([page.url(), wide ? 'too wide' : 'fits']).toEqual([page.url(), 'fits'])
    for (const colorScheme of javaScriptEnabled ? (['light', 'dark'] as const) : []) {
      await page.emulateMedia({ colorScheme })
      expect([page.url(), colorScheme, await faultsOf(page)]).toEqual([page.url(), colorScheme, []])
    }
  }

  it('makes a series, moves one date, calls another off', async () => {
    const email = 'org@convene.example'
    const { url } = await site.made('/groups/hyperscale/team-invitations', { email, role: 'owner' })
    await page.goto(url)
    await page.getByRole('link', { name: 'Sign in to join' }).click()
    await page.getByLabel('Your e-mail address').fill(email)
    await press('Send me a link')
    const linkIn = () => mails.map((text) => /http:\S+\/sign-in\/\S+/.exec(text)?.[0]).find(Boolean)
    for (let waited = 0; waited < 50 && !linkIn(); waited++) await new Promise((resolve) => setTimeout(resolve, 100))
    await page.goto(linkIn()!)
    await press('Sign in here')
    await press('Join')
    await page.goto(`${site.url}/manage/groups/hyperscale`)
    await check()
    await page.getByRole('link', { name: 'New event' }).click()
    await check()
    await page.getByLabel('Begins').fill('2027-03-03T18:00')
    await page.getByLabel('Time zone').fill('Europe/Brussels')
    await page.getByLabel('Repeats').selectOption('nth')
    await press('Preview')
    expect(await page.getByRole('alert').textContent()).toContain('Title')
    expect(await page.getByLabel('Begins').inputValue()).toContain('2027-03-03T18:00')
    await check()
    await page.getByLabel('Title').fill('Evening in Brussels')
    await page.getByLabel('Take answers').check()
    await press('Preview')
    expect(await page.textContent('main')).toContain('Wednesday 7 April 2027')
    await check()
    await press('Save')
    expect(await page.getByRole('status').textContent()).toContain('It is in the calendar.')
    await check()
    await page.getByRole('link', { name: 'Change this date' }).first().click()
    await check()
    await page.getByLabel('Begins').fill('2027-03-04T18:00')
    await page.getByLabel('Ends').fill('2027-03-04T19:00')
    await press('Save this date')
    expect(await page.textContent('main')).toContain('Thursday 4 March 2027, 18:00–19:00')
    await page.getByRole('link', { name: 'Call off' }).nth(2).click()
    await check()
    await page.getByLabel('Why').fill('Holidays')
    await press('Call off')
    expect(await page.getByRole('status').textContent()).toContain('Called off')
    expect(await page.locator('li.card', { hasText: 'called off' }).textContent()).toContain('7 April')
    await page.getByRole('link', { name: 'Guests' }).click()
    await check()
    await page.goto(`${site.url}/manage/groups/hyperscale/edit`)
    await check()
    await page.goto(`${site.url}/manage/groups/hyperscale/events`)
    await check()
  })
})
