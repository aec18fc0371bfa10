/** Every page is light: with all that it loads, compressed as it travels. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Weight, weigh } from '../../bench/weigh.ts'
import { openBrowser, openSite, type Site } from './support.ts'

const PAGE_MAX = 40_000
const SCRIPTS_MAX = 15_000
const SCRIPTS = ['/site.js', '/door.js', '/embed.js', '/embed-frame.js']

describe('the weight', () => {
  let site: Site
  const weights: Record<string, Weight> = {}
  beforeAll(async () => {
    site = await openSite()
    for (const [name, path] of Object.entries(site.pages)) weights[name] = await weigh(site.url + path)
  })
  afterAll(() => site.stop())

  it('of each page is under 40 kB', () => {
    const heavy = Object.entries(weights).filter(([, { bytes }]) => bytes >= PAGE_MAX)
    expect(heavy).toEqual([])
    // A guard that weighed nothing would find nothing.
    for (const [name, { bytes, requests }] of Object.entries(weights))
      expect([name, bytes > 1000, requests > 1]).toEqual([name, true, true])
  })

  it('of all scripts together is under 15 kB', async () => {
    const sizes = await Promise.all(
      SCRIPTS.map(async (path) => gzipSync(await (await fetch(site.url + path)).text()).length),
    )
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(SCRIPTS_MAX)
    for (const [name, { scripts }] of Object.entries(weights)) expect([name, scripts < 4500]).toEqual([name, true])
  })

  it('is what a browser loads: nothing beyond it', async () => {
    const browser = await openBrowser()
    const page = await browser.newPage()
    for (const name of ['home', 'meetup', 'month', 'recorded', 'snippets', 'embedRsvp']) {
      const asked = new Set<string>()
      page.on('request', (request) => {
        if (!request.url().startsWith('data:')) asked.add(request.url().replace(/#.*/, ''))
      })
      await page.goto(site.url + site.pages[name], { waitUntil: 'networkidle' })
      // What a closed <details> holds may be left for later.
      expect([name, asked.size <= weights[name]!.requests]).toEqual([name, true])
      page.removeAllListeners('request')
    }
    await browser.close()
  })
})
