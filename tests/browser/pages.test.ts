/** Every page: for everybody, on any screen, with nothing from elsewhere. */
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openSite, type Site } from './support.ts'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

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

  const visit = async (look: (page: Page, name: string) => Promise<unknown>, options: object = {}) => {
    const context = await browser.newContext({ ...options, bypassCSP: 'axe' in options })
    const page = await context.newPage()
    const found: Record<string, unknown> = {}
    for (const [name, path] of Object.entries(site.pages)) {
      await page.goto(site.url + path)
      found[name] = await look(page, name)
    }
    await context.close()
    return found
  }
  const nothing = () => Object.fromEntries(Object.keys(site.pages).map((name) => [name, []]))

  it.each(['light', 'dark'] as const)('have nothing that axe finds, in %s', async (colorScheme) => {
    const found = await visit(
      async (page) => {
        await page.addScriptTag({ path: AXE })
        const { violations } = await page.evaluate(() =>
          (globalThis as never as { axe: typeof import('axe-core') }).axe.run(),
        )
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)
      },
      { colorScheme, axe: true },
    )
    expect(found).toEqual(nothing())
  })

  it.each([320, 640])('scroll in no other direction than down at %i px, with large text too', async (width) => {
    const wide = (page: Page) =>
      page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        return scrollWidth > clientWidth ? [`${scrollWidth} of ${clientWidth}`] : []
      })
    const found = await visit(
      async (page) => {
        const plain = await wide(page)
        if (width > 320) await page.addStyleTag({ content: 'html { font-size: 200% }' })
        return [...plain, ...(await wide(page))]
      },
      { viewport: { width, height: 800 }, axe: true },
    )
    expect(found).toEqual(nothing())
  })

  it('ask nobody else for anything, and break no policy', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const troubles: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(site.url)) troubles.push(request.url())
    })
    page.on('console', (message) => {
      // A page that is not there answers 404, which the console tells.
      if (!/status of 404/.test(message.text())) troubles.push(message.text())
    })
    page.on('pageerror', (error) => troubles.push(String(error)))
    for (const path of Object.values(site.pages)) await page.goto(site.url + path)
    await context.close()
    expect(troubles).toEqual([])
  })
})
