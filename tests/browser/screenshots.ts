/** `npm run screenshots`: every page at three widths, to be looked at. */
import { mkdir } from 'node:fs/promises'
import { it } from 'vitest'
import { pathOf } from '../support/sources.ts'
import { openBrowser, openSite } from './support.ts'

it('screenshots of every page', { timeout: 300_000 }, async () => {
  const site = await openSite()
  const browser = await openBrowser()
  await mkdir(pathOf('tests/browser/screenshots'), { recursive: true })
  for (const width of [320, 768, 1280])
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await (await browser.newContext({ viewport: { width, height: 800 }, colorScheme })).newPage()
      for (const [name, path] of Object.entries(site.pages)) {
        await page.goto(site.url + path)
        await page.screenshot({
          path: pathOf(`tests/browser/screenshots/${name}-${width}-${colorScheme}.png`),
          fullPage: true,
        })
      }
    }
  await browser.close()
  await site.stop()
})
