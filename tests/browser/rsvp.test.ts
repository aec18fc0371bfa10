/** A guest in a browser, with JavaScript and without. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBrowser, openSite, type Site, sendUnchecked } from './support.ts'

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('a guest %s', (_, javaScriptEnabled) => {
  let site: Site
  let browser: Browser
  let context: BrowserContext
  let page: Page
  beforeAll(async () => {
    browser = await openBrowser()
  })
  beforeEach(async () => {
    site = await openSite()
    context = await browser.newContext({ javaScriptEnabled })
    page = await context.newPage()
    page.setDefaultTimeout(5000)
  })
  afterEach(async () => {
    await context.close()
    await site.stop()
  })
  afterAll(() => browser.close())

  const text = () => page.textContent('main')
  const send = (name: string) => page.getByRole('button', { name }).click()
  const open = () => page.goto(`${site.url}/e/${site.small}`)

  /** Answers, and returns the manage link that the confirmation shows. */
  const answer = async (name: string, guests: string, button: string) => {
    await open()
    await page.getByLabel('Your name').fill(name)
    await page.getByLabel('Your e-mail address').fill(`${name.toLowerCase()}@example.org`)
    await page.getByLabel('How many people do you bring?').fill(guests)
    await send(button)
    return page.getByLabel('Your link').inputValue()
  }

  it('finds an event, answers, opens the manage link, changes the answer and cancels it', async () => {
    await page.goto(site.url)
    await page.getByRole('link', { name: 'A small meetup' }).click()
    expect(page.url()).toBe(`${site.url}/e/${site.small}`)
    expect(await text()).toContain('In person: 0 of 2 seats taken')

    const link = await answer('Ada', '1', 'Send my answer')
    expect(await text()).toContain('You have a seat, with 1 more.')
    expect(link).toMatch(`${site.url}/rsvp/`)
    // The browser that answered is led back from the event.
    await open()
    expect(await page.getByRole('link', { name: 'Your answer' }).count()).toBe(javaScriptEnabled ? 1 : 0)

    await page.goto('about:blank')
    await page.goto(link)
    expect(await page.getByLabel('Your name').inputValue()).toBe('Ada')
    await page.getByLabel('Your name').fill('Ada Lovelace')
    await page.getByLabel('How many people do you bring?').fill('0')
    await page.getByLabel('Dietary needs').fill('No nuts')
    await send('Save')
    expect(await page.locator('.notice[role=status]').textContent()).toBe('Saved.')
    expect(await text()).toContain('You have a seat.')
    expect(await page.getByLabel('Your name').inputValue()).toBe('Ada Lovelace')
    expect(await page.getByLabel('Dietary needs').inputValue()).toBe('No nuts')
    await open()
    expect(await text()).toContain('In person: 1 of 2 seats taken')

    await page.goto(link)
    await send('I can’t come')
    expect(await text()).toContain('You are not coming.')
    expect(await page.getByRole('button', { name: 'I can’t come' }).count()).toBe(0)
    await open()
    expect(await text()).toContain('In person: 0 of 2 seats taken')
  })

  it('waits in line where the event is full, and has a seat once another guest cancels', async () => {
    const ada = await answer('Ada', '1', 'Send my answer')
    await open()
    expect(await text()).toContain('All seats are taken.')
    const grace = await answer('Grace', '0', 'Join the waitlist')
    expect(await text()).toContain('You are number 1 in line.')
    const alan = await answer('Alan', '1', 'Join the waitlist')
    expect(await text()).toContain('You are number 2 in line, with 1 more.')

    await page.goto(ada)
    await send('I can’t come')
    await page.goto(grace)
    expect(await text()).toContain('You have a seat.')
    await page.goto(alan)
    expect(await text()).toContain('You are number 1 in line, with 1 more.')
  })

  it('gets a form with faults back as it was, each fault beside its field', async () => {
    await open()
    await page.getByLabel('Your e-mail address').fill('linus@nowhere')
    await page.getByLabel('Maybe').check()
    await page.getByLabel('How many people do you bring?').fill('7')
    await page.getByLabel('Dietary needs').fill('No <b>nuts</b> & "such"')
    await page.getByLabel('A note').fill('Two\nlines')
    expect((await sendUnchecked(page)).status()).toBe(422)

    expect(await page.getByRole('alert').textContent()).toBe('Please look at the marked fields.')
    expect(await page.getByLabel('Your name').inputValue()).toBe('')
    expect(await page.getByLabel('Your e-mail address').inputValue()).toBe('linus@nowhere')
    expect(await page.getByLabel('Maybe').isChecked()).toBe(true)
    expect(await page.getByLabel('How many people do you bring?').inputValue()).toBe('7')
    expect(await page.getByLabel('Dietary needs').inputValue()).toBe('No <b>nuts</b> & "such"')
    expect(await page.getByLabel('A note').inputValue()).toBe('Two\nlines')
    expect(
      await page.$$eval('[aria-invalid=true]', (fields) =>
        fields.map((field) => {
          const fault = document.getElementById(field.getAttribute('aria-describedby')!.split(' ').at(-1)!)!
          return [field.id, fault.textContent, fault.previousElementSibling === field]
        }),
      ),
    ).toEqual([
      ['name', 'This must not be empty.', true],
      ['email', 'This must be an e-mail address.', true],
      ['guests', 'This must be at most 1.', true],
    ])
  })

  it('needs no mouse', async () => {
    await open()
    const focused = () =>
      page.evaluate(() => document.activeElement?.getAttribute('name') ?? document.activeElement?.textContent?.trim())
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    while ((await focused()) !== 'name') await page.keyboard.press('Tab')
    const order: unknown[] = []
    for (const typed of ['Key Board', 'key@example.org', 'ArrowRight', '1', 'Nothing', 'Hello', '']) {
      order.push(await focused())
      if (typed.startsWith('Arrow')) await page.keyboard.press(typed)
      else await page.keyboard.type(typed)
      if (typed) await page.keyboard.press('Tab')
    }
    expect(order).toEqual(['name', 'email', 'response', 'guests', 'answers.diet', 'note', 'Send my answer'])
    await page.keyboard.press('Enter')
    await page.waitForURL('**/rsvp/**')
    expect(await text()).toContain('You may come, with 1 more.')
  })
})
