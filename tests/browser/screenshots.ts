/** `npm run screenshots`: every page at three widths, to be looked at; with PAGES=home,group only these. */
import { mkdir } from 'node:fs/promises'
import { it } from 'vitest'
import { pathOf } from '../support/sources.ts'
import { openBrowser, openPage, openSite } from './support.ts'

const named = process.env.PAGES?.split(',')

it('screenshots of every page', { timeout: 300_000 }, async () => {
  const site = await openSite()
  const browser = await openBrowser()
  await mkdir(pathOf('tests/browser/screenshots'), { recursive: true })
  for (const width of [320, 768, 1280])
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await (await browser.newContext({ viewport: { width, height: 800 }, colorScheme })).newPage()
      for (const name of named ?? Object.keys(site.pages)) {
        await openPage(page, site, name)
        await page.evaluate(() => {
          for (const details of document.querySelectorAll('details')) details.open = true
        })
        await page.screenshot({
          path: pathOf(`tests/browser/screenshots/${name}-${width}-${colorScheme}.png`),
          fullPage: true,
        })
      }
    }
  await browser.close()
  await site.stop()
})
