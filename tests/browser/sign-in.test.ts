/** An organizer in a browser, with JavaScript and without: what Origin it sends, what it keeps, what axe finds. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf, openBrowser, openSite, type Site } from './support.ts'

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('an organizer %s', (_, javaScriptEnabled) => {
  let site: Site
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const mails: { to: string; subject: string; text: string }[] = []
  beforeAll(async () => {
    browser = await openBrowser()
    site = await openSite({
      async send(mail) {
        mails.push(mail)
      },
    })
    context = await browser.newContext({ javaScriptEnabled })
    page = await context.newPage()
    page.setDefaultTimeout(5000)
  })
  afterAll(async () => {
    await context.close()
    await site.stop()
    await browser.close()
  })

  const send = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const mailTo = async (to: string): Promise<string> => {
    for (let waited = 0; waited < 50; waited++) {
      const at = mails.findLastIndex((mail) => mail.to === to && mail.subject.startsWith('Sign in'))
      if (at >= 0) return mails.splice(at, 1)[0]!.text
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('no mail')
  }
  const linkIn = (text: string) => /http:\S+/.exec(text)![0]
  const check = async () =>
    expect([page.url(), javaScriptEnabled ? await faultsOf(page) : []]).toEqual([page.url(), []])

  it('is invited, signs in, joins, invites, leaves and signs out', async () => {
    const invited = await site.made('/groups/hyperscale/team-invitations', {
      email: 'org@convene.example',
      role: 'owner',
    })
    await page.goto(invited.url)
    await check()
    await page.getByRole('link', { name: 'Sign in to join' }).click()
    await check()
    await page.getByLabel('Your e-mail address').fill('org@convene.example')
    await send('Send me a link')
    expect(page.url()).toBe(`${site.url}/sign-in/code`)
    await check()
    await page.getByLabel('Code').fill('1234 5678')
    await send('Sign in')
    expect(await page.getByRole('alert').textContent()).toContain('is not the code')
    await check()
    const text = await mailTo('org@convene.example')
    await page.goto(linkIn(text))
    await check()
    await send('Sign in here')
    expect(page.url()).toContain('/join/')
    await check()
    await send('Join')
    expect(page.url()).toBe(`${site.url}/manage`)
    expect(await page.textContent('main')).toContain('owner')
    await check()
    await page.getByRole('link', { name: 'Team' }).click()
    await check()
    await page.getByLabel('E-mail address').fill('new@example.org')
    await page.locator('#new-role').selectOption('helper')
    await send('Invite')
    expect(await page.textContent('main')).toContain('new@example.org')
    await check()
    await page.goto(`${site.url}/manage`)
    await send('Leave the team')
    expect(await page.textContent('main')).toContain('A group keeps one owner at least')
    await page.goto(`${site.url}/account`)
    await check()
    await send('Renew this session’s secret')
    expect(page.url()).toBe(`${site.url}/account`)
    const kept = await context.cookies()
    expect(kept.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite])).toEqual([['session', true, 'Lax']])
    await page.getByRole('link', { name: 'Sign out' }).click()
    await check()
    await send('Sign out of this browser')
    expect(page.url()).toBe(`${site.url}/`)
    expect(await context.cookies()).toEqual([])
    await page.goto(`${site.url}/account`)
    expect(page.url()).toBe(`${site.url}/sign-in?return=%2Faccount`)
  })

  it('signs in by the code of a mail that another device reads', async () => {
    await page.goto(`${site.url}/sign-in`)
    await page.getByLabel('Your e-mail address').fill('org@convene.example')
    await send('Send me a link')
    const text = await mailTo('org@convene.example')
    const phone = await browser.newContext({ javaScriptEnabled })
    const other = await phone.newPage()
    expect((await other.goto(linkIn(text)))!.status()).toBe(404)
    expect(await other.textContent('main')).toContain('Type the code')
    await phone.close()
    await page.getByLabel('Code').fill(/\d{4} \d{4}/.exec(text)![0])
    await send('Sign in')
    expect(page.url()).toBe(`${site.url}/manage`)
  })

  it('signs in with a passkey, where the browser has them', async () => {
    await page.goto(`${site.url}/sign-in`)
    const asks = page.getByRole('button', { name: 'Sign in with a passkey' })
    expect(await asks.isVisible()).toBe(javaScriptEnabled)
    if (!javaScriptEnabled) return
    const devices = await context.newCDPSession(page)
    await devices.send('WebAuthn.enable')
    const options = {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    } as const
    const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', { options })
    await page.goto(`${site.url}/account`)
    await send('Add a passkey')
    await page.getByText('never used').waitFor()
    await check()
    await send('Add a passkey')
    await page.getByText('This device has a passkey here already.').waitFor()
    await check()

    await page.goto(`${site.url}/sign-out`)
    await send('Sign out of this browser')
    await page.goto(`${site.url}/sign-in?return=%2Faccount`)
    await check()
    await send('Sign in with a passkey')
    await page.waitForURL(`${site.url}/account`)
    expect(await page.textContent('main')).toContain('org@convene.example')

    await send('Remove')
    await page.goto(`${site.url}/sign-in`)
    await send('Sign in with a passkey')
    await page.getByText('This passkey does not sign you in here').waitFor()
    await check()
    await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
    await send('Try again')
    await page.getByText('That did not work, or was stopped').waitFor()
    await devices.detach()
  })

  it('is not made to do anything by a form of another website', async () => {
    const before = await context.cookies()
    await page.route('http://evil.example/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" action="${site.url}/sign-out"><button>Win</button></form>`,
      }),
    )
    await page.goto('http://evil.example/')
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/sign-out')),
      page.getByRole('button', { name: 'Win' }).click(),
    ])
    expect(answer.status()).toBe(403)
    await page.goto(`${site.url}/account`)
    expect(page.url()).toBe(`${site.url}/account`)
    expect((await context.cookies()).map(({ value }) => value)).toEqual(before.map(({ value }) => value))
  })
})
