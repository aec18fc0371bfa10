/** Every page: for everybody, on any screen, with nothing from elsewhere. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf, openBrowser, openPage, openSite, type Site } from './support.ts'

const STATUS: Record<string, number> = { missing: 404, faulty: 422, wrongMonth: 422 }

describe('the pages', () => {
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

  /** What looking finds on each page that has something to find. */
  const visit = async (options: BrowserContextOptions, look: (page: Page) => Promise<string[]>) => {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const found: Record<string, string[]> = {}
    for (const name of Object.keys(site.pages)) {
      expect([name, await openPage(page, site, name)]).toEqual([name, STATUS[name] ?? 200])
      const faults = await look(page)
      if (faults.length > 0) found[name] = faults
    }
    await context.close()
    return found
  }

  it.each(['light', 'dark'] as const)('have nothing that any rule of axe finds, in %s', async (colorScheme) => {
    expect(await visit({ colorScheme }, faultsOf)).toEqual({})
  })

  const overflow = (page: Page) =>
    page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return scrollWidth > clientWidth ? [`${scrollWidth} of ${clientWidth}`] : []
    })

  it('scroll only downwards at 320 px', async () => {
    expect(await visit({ viewport: { width: 320, height: 800 } }, overflow)).toEqual({})
  })

  it('scroll only downwards from right to left', async () => {
    const found = await visit({ viewport: { width: 320, height: 800 } }, async (page) => {
      await page.evaluate(() => {
        document.documentElement.dir = 'rtl'
      })
      return overflow(page)
    })
    expect(found).toEqual({})
  })

  it('scroll only downwards at 640 px with text twice as large', async () => {
    const found = await visit({ viewport: { width: 640, height: 800 }, bypassCSP: true }, async (page) => {
      await page.addStyleTag({ content: 'html { font-size: 200% }' })
      expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('32px')
      return overflow(page)
    })
    expect(found).toEqual({})
  })

  it('ask nobody else for anything, break no policy and log no error', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const troubles: string[] = []
    page.on('request', (request) => {
      if (!/^data:/.test(request.url()) && new URL(request.url()).origin !== site.url) troubles.push(request.url())
    })
    page.on('console', (message) => {
      const isPage = message.location().url === page.url()
      // The console tells that a page has the status which it is meant to have.
      if (!(isPage && /the server responded with a status of (404|422)/.test(message.text())))
        troubles.push(message.text())
    })
    page.on('pageerror', (error) => troubles.push(String(error)))
    for (const name of Object.keys(site.pages)) await openPage(page, site, name)
    await context.close()
    expect(troubles).toEqual([])
  })
})
