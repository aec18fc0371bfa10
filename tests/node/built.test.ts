/** The bundles that `npm run demo` and `npm start` run, as a user starts them: `npm test` builds them first. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
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

  it('the command imports the schedules of many conferences, tells how it goes, and imports the rest where one is bad', async () => {
    const port = await freePort()
    await start('demo', port, "Organizer's token\n").then(async (printed) => {
      const call = (...args: string[]) =>
        new Promise<{ code: number | null; printed: string }>((resolve) => {
          const env = {
            PATH: process.env.PATH,
            CONVENE_URL: `http://localhost:${port}`,
            CONVENE_TOKEN: /demo_\S+/.exec(printed)![0],
          }
          const one = spawn(process.execPath, [pathOf('dist/convene.js'), 'import-schedules', ...args], {
            cwd: folder,
            env,
          })
          let said = ''
          for (const stream of [one.stdout, one.stderr]) stream.on('data', (data) => (said += data))
          one.once('close', (code) => resolve({ code, printed: said }))
        })
      const csv = 'title,speakers,start\nOne,Ada,2023-02-04T10:00:00\nTwo,Grace,2023-02-04T11:00:00\n'
      await writeFile(join(folder, 'Conf 2023.csv'), csv)
      await writeFile(join(folder, 'bad.xml'), '<!DOCTYPE a><schedule/>')
      const first = await call('bad.xml', 'Conf 2023.csv', 'other=Conf 2023.csv', 'none.json')
      expect([first.code, first.printed.split('\n')]).toEqual([
        1,
        expect.arrayContaining([
          '[1/4] bad: refused with 422 The request has faults',
          '  must not have a DOCTYPE or entities',
          '[2/4] conf-2023: 2 created, 0 updated, 0 unchanged',
          '[3/4] other: 2 created, 0 updated, 0 unchanged',
          '4 talks of 2 conferences; 2 files failed',
        ]),
      ])
      expect(await call('Conf 2023.csv')).toEqual({
        code: 0,
        printed: '[1/1] conf-2023: 0 created, 0 updated, 2 unchanged\n2 talks of 1 conferences; 0 files failed\n',
      })
      expect((await call('notes.txt')).code).toBe(2)
    })
  })
})
