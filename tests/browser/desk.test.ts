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
  /** In light and dark: nothing for axe; and nothing wider than a small phone, read from either side. */
  const check = async () => {
    for (const dir of ['rtl', 'ltr']) {
      const wide = await page.evaluate((side) => {
        document.documentElement.dir = side
        return document.documentElement.scrollWidth > innerWidth
      }, dir)
      expect([page.url(), dir, wide ? 'too wide' : 'fits']).toEqual([page.url(), dir, 'fits'])
    }
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

  const home = () => `${site.url}/manage/groups/hyperscale`
  const see = async (path: string) => {
    await page.goto(home() + path)
    await check()
  }

  it('puts a talk into the archive, and gives its speaker a link', async () => {
    await see('/talks')
    await page.getByRole('link', { name: 'New talk' }).click()
    await check()
    await page.getByLabel('Speakers').fill('Ada Lovelace\nGrace Hopper')
    await page.getByLabel('Link 1: address').fill('javascript:alert(1)')
    await press('Put it into the archive')
    expect(await page.getByRole('alert').textContent()).toContain('Link 1: address')
    expect(await page.getByLabel('Speakers').inputValue()).toBe('Ada Lovelace\nGrace Hopper')
    await check()
    await page.getByLabel('Title', { exact: true }).fill('A talk from the desk')
    await page.getByLabel('Link 1: address').fill('https://slides.example/desk.pdf')
    await press('Put it into the archive')
    expect(await page.getByRole('status').textContent()).toContain('It is in the archive.')
    await page.getByLabel('Whom it is for').fill('Ada')
    await press('Make a link')
    expect(await page.getByRole('status').textContent()).toContain('/hand-in/')
    await check()
    await page.getByRole('link', { name: 'Its page' }).click()
    expect(await page.textContent('main')).toContain('A talk from the desk')
  })

  it('adds a conference and imports its schedule', async () => {
    await see('/conferences')
    await page.getByLabel('Title').fill('A day')
    await page.getByLabel('Its name in addresses').fill('a-day')
    await press('Add')
    await check()
    await page.getByLabel('Or its text').fill('title,start,room\nOpening,2027-05-08T10:00:00,Hall\n')
    await press('See what would change')
    expect(await page.textContent('main')).toContain('1 new, 0 changed')
    await check()
    await press('Import this')
    expect(await page.getByRole('status').textContent()).toContain('Imported')
  })

  it('imports a calendar from a file, and sees what is wrong with another', async () => {
    await see('/imports')
    const file = (text: string) => ({ name: 'a.ics', mimeType: 'text/calendar', buffer: Buffer.from(text) })
    const event =
      'BEGIN:VEVENT\r\nUID:a@x\r\nDTSTAMP:20230101T000000Z\r\nDTSTART:20270510T160000Z\r\nSUMMARY:Sprint\r\nEND:VEVENT'
    const calendar = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n${event}\r\nEND:VCALENDAR\r\n`
    await page.getByLabel('A file').setInputFiles(file(calendar.replace('20270510T160000Z', 'tomorrow')))
    await press('See what would change')
    expect(await page.getByRole('alert').textContent()).toContain('DTSTART')
    await check()
    await page.getByLabel('A file').setInputFiles(file(calendar))
    await press('See what would change')
    expect(await page.textContent('main')).toContain('1 new, 0 changed')
    await check()
    await press('Import this')
    expect(await page.getByRole('status').textContent()).toContain('Imported')
  })

  it('has its other rooms in order', async () => {
    const rooms = ['/mails', '/webhooks', '/tokens', '/team', '/audit', '/members', '/reports', '/reports/2026Q1']
    for (const room of rooms) await see(room)
    await press('Save and publish')
    expect(await page.textContent('main')).toContain('Tell of it')
    await check()
    await page.goto(`${home()}/tokens`)
    await page.getByLabel('What it is for').fill('A door')
    await press('Make a token')
    await check()
    await page.goto(`${home()}/webhooks`)
    await page.getByLabel('Address').fill('https://hooks.example/a')
    await press('Add')
    await check()
    await page.getByRole('link', { name: 'https://hooks.example/a' }).click()
    await check()
  })
})
