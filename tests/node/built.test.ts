/** The bundles that `npm run demo` and `npm start` run, as a user starts them: `npm test` builds them first. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pathOf } from '../support/sources.ts'
import { freePort } from '../support/sqld.ts'

describe('what npm run starts', () => {
  let folder: string
  let running: ChildProcess
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convene-built-'))
  })
  afterEach(async () => {
    running.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  /** Starts a bundle in an empty folder; resolves with what it printed once it said this. */
  const start = (bundle: string, port: number, until: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let printed = ''
      const env = { PATH: process.env.PATH, PORT: String(port) }
      running = spawn(process.execPath, [pathOf(`dist/${bundle}.js`)], { cwd: folder, env })
      for (const stream of [running.stdout!, running.stderr!])
        stream.on('data', (data) => {
          printed += data
          if (printed.includes(until)) resolve(printed)
        })
      running.once('exit', () => reject(new Error(`ended: ${printed}`)))
    })
  const stop = () =>
    new Promise<number | null>((resolve) => {
      running.removeAllListeners('exit').once('exit', resolve)
      running.kill('SIGTERM')
    })

  it('the demo prints addresses that all answer, and a token that opens the API', async () => {
    const port = await freePort()
    const printed = await start('demo', port, "Organizer's token\n")
    const addresses = printed.match(/https?:\S+/g)!
    expect(addresses.length).toBeGreaterThan(6)
    for (const address of addresses) expect([address, (await fetch(address)).status]).toEqual([address, 200])
    const token = /demo_\S+/.exec(printed)![0]
    const answer = await fetch(`http://localhost:${port}/api/v1/tokens`, {
      headers: { Authorization: `Bearer ${token}` },
    })
    expect(answer.status).toBe(200)
    expect(await stop()).toBe(0)
    expect(await start('demo', port, "Organizer's token\n")).toContain(token)
  })

  it('the server makes its database, prints a token once, and ends when it is asked to', async () => {
    const port = await freePort()
    expect(await start('node', port, 'shown this once')).toContain(`http://localhost:${port}`)
    expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(200)
    expect(await stop()).toBe(0)
    expect(await start('node', port, 'Convene is at')).not.toContain('shown this once')
  })
})
