/** Thunderbird without a window: each feed is a calendar of the network in a new profile. */
import { spawn } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Ask, Client, Reading } from './client.ts'
import { Marionette } from './marionette.ts'
import { withHome } from './program.ts'

const START_MS = 90_000
const READ_MS = 400_000
const END_MS = 10_000

const SETTINGS = {
  'calendar.timezone.local': 'UTC',
  'calendar.timezone.useSystemTimezone': false,
  'mail.provider.suppress_dialog_on_startup': true,
  'mail.spotlight.firstRunDone': true,
  'mailnews.start_page.enabled': false,
  'mail.rights.version': 1,
  // Nothing but the feeds is asked of the network.
  'app.update.enabled': false,
  'app.normandy.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'mail.inappnotifications.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.proxy.type': 0,
  'services.settings.server': 'data:,',
}

export const thunderbird: Client = {
  name: 'Thunderbird',
  packages: ['thunderbird'],
  read: (asks) =>
    withHome(async (home, env) => {
      const profile = join(home, 'profile')
      const port = await freePort()
      await mkdir(profile)
      const settings = Object.entries({ ...SETTINGS, 'marionette.port': port })
      await writeFile(
        join(profile, 'user.js'),
        settings.map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''),
      )
      const options = [
        '--headless',
        '--no-remote',
        '--profile',
        profile,
        '--marionette',
        '--remote-allow-system-access',
      ]
      const child = spawn('/usr/bin/thunderbird', options, { env, detached: true, stdio: 'ignore' })
      const ended = new Promise((resolve) => child.on('close', resolve).on('error', resolve))
      try {
        return await ask(port, asks)
      } finally {
        // The group: Thunderbird has children of its own.
        if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
        const timer = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), END_MS)
        await ended
        clearTimeout(timer)
      }
    }),
}

async function ask(port: number, asks: Ask[]): Promise<Reading[]> {
  const marionette = await Marionette.connect(port, START_MS)
  try {
    await marionette.send('WebDriver:SetTimeouts', { script: READ_MS })
    await marionette.send('Marionette:SetContext', { value: 'chrome' })
    const source = await readFile(join(import.meta.dirname, 'thunderbird.chrome.js'), 'utf8')
    const script = `${source}
      const [asks, done] = arguments
      globalThis.readFeeds(asks).then((readings) => done({ readings }), (error) => done({ error: String(error) }))`
    const answer = await marionette.send('WebDriver:ExecuteAsyncScript', { script, args: [asks], sandbox: 'system' })
    const { readings, error } = answer as { readings: Reading[]; error?: string }
    if (error) throw new Error(error)
    return readings
  } finally {
    marionette.close()
  }
}

/** A port that was free a moment ago. */
const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
