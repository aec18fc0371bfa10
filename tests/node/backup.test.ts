/** `convene backup` and `convene restore` between a libSQL file, sqld and D1 in workerd: `npm test` builds the command first. */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, startServer } from '../support/server.ts'
import { pathOf } from '../support/sources.ts'
import { freePort, hasSqld, startSqld } from '../support/sqld.ts'
import { ADMIN } from '../support/world.ts'
import { startWrangler } from '../support/wrangler.ts'

type Running = { url: string; stop(): Promise<unknown> }

describe('convene backup and restore', () => {
  let folder: string
  let source: Running
  let bytes: Buffer
  const here = (name: string) => join(folder, name)

  const onFile = async (name: string): Promise<Running> => {
    const { url, kill } = await startServer(`file:${here(name)}`, await freePort())
    return { url, stop: kill }
  }
  const onSqld = async (): Promise<Running> => {
    const sqld = await startSqld()
    const { url, kill } = await startServer(sqld.url, await freePort())
    return { url, stop: () => kill().then(sqld.stop) }
  }

  const convene = (url: string, ...args: string[]) =>
    new Promise<{ code: number | null; said: string }>((resolve) => {
      const env = { PATH: process.env.PATH, CONVENE_URL: url, CONVENE_TOKEN: ADMIN }
      const one = spawn(process.execPath, [pathOf('dist/convene.js'), ...args], { cwd: folder, env })
      let said = ''
      for (const stream of [one.stdout, one.stderr])
        stream.on('data', (data) => {
          said += data
        })
      one.once('close', (code) => resolve({ code, said }))
    })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convene-backup-'))
    source = await onFile('source.db')
    const post = (path: string, body: object) => ask(source.url, 'POST', path, body)
    await post('/groups', { slug: 'sig', name: 'The SIG' })
    const meetup = { title: 'Meetup', kind: 'meetup', start: '2099-03-01T10:00:00', timeZone: 'Europe/Brussels' }
    const event = await post('/groups/sig/events', { ...meetup, rsvp: { capacity: { inPerson: 20 } } })
    for (let n = 0; n < 30; n++)
      await post(`/events/${event!.body.id}/rsvps`, {
        name: `Guest ${n} 日本`,
        email: `g${n}@example.org`,
        response: 'accepted',
      })
    const lines = Array.from({ length: 900 }, (_, n) => `Talk ${n},"Speaker ${n}, the ${n}th",2023-02-04T10:00:00`)
    await writeFile(here('conf.csv'), ['title,speakers,start', ...lines].join('\n'))
    expect((await convene(source.url, 'import-schedules', 'conf.csv')).code).toBe(0)
    await writeFile(here('conf-talk-7.en.vtt'), 'WEBVTT\n\n12:34.000 --> 12:40.000\nAnd then the bootloader')
    expect((await convene(source.url, 'add-captions', 'conf-talk-7.en.vtt')).code).toBe(0)
    const made = await convene(source.url, 'backup', 'source.jsonl')
    expect([made.code, made.said]).toEqual([
      0,
      expect.stringMatching(/^ {2}\d+ rows\n(.|\n)*\d{4} rows in source.jsonl\n$/),
    ])
    bytes = await readFile(here('source.jsonl'))
  })
  afterAll(async () => {
    await source.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const engines: [string, () => Promise<Running>][] = [
    ['a libSQL file', () => onFile('copy.db')],
    ...(hasSqld ? [['sqld', onSqld] as [string, () => Promise<Running>]] : []),
    ['D1 in workerd', startWrangler],
  ]
  it.each(engines)('bring everything to %s, and the same bytes back', { timeout: 120_000 }, async (_, open) => {
    const { url, stop } = await open()
    try {
      expect(await convene(url, 'restore', 'source.jsonl')).toMatchObject({ code: 0 })
      expect(await convene(url, 'backup', 'copy.jsonl')).toMatchObject({ code: 0 })
      expect((await readFile(here('copy.jsonl'))).equals(bytes)).toBe(true)
      const found = await (await fetch(`${url}/api/v1/talks?q=speaker+bootloader`)).json()
      expect(found).toMatchObject({ items: [{ said: { second: 754 } }] })
      const again = await convene(url, 'restore', 'source.jsonl')
      expect([again.code, again.said]).toEqual([1, expect.stringContaining('refused with 409')])
    } finally {
      await stop()
    }
  })

  it('refuse a file that is cut off, or is none, before anything is written', async () => {
    const { url, stop } = await onFile('empty.db')
    try {
      await writeFile(here('cut.jsonl'), bytes.subarray(0, bytes.length / 2))
      await writeFile(here('none.jsonl'), '{"some":"json"}\n')
      for (const [name, why] of [
        ['cut.jsonl', 'is no JSON'],
        ['none.jsonl', 'line 1: is no head of a backup'],
        ['missing.jsonl', 'ENOENT'],
      ] as const) {
        const { code, said } = await convene(url, 'restore', name)
        expect([name, code, said]).toEqual([name, 1, expect.stringContaining(why)])
      }
      expect((await convene(url, 'restore', 'source.jsonl')).code).toBe(0)
      expect((await convene('http://127.0.0.1:1', 'backup', 'x.jsonl')).code).toBe(1)
      expect((await convene(url, 'backup')).code).toBe(2)
    } finally {
      await stop()
    }
  })
})
