/** `npx wrangler dev` as a user runs it: the Worker in workerd, with a local D1 database of its own. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './sqld.ts'
import { ADMIN } from './world.ts'

type Running = { url: string; stop(): Promise<void>; printed(): string }

/** Starts one with these settings; resolves once it answers. */
export async function startWrangler(settings: Record<string, string> = {}, config = 'wrangler.toml'): Promise<Running> {
  const vars = Object.entries({ ADMIN_TOKEN: ADMIN, ...settings }).flatMap(([name, value]) => [
    '--var',
    `${name}:${value}`,
  ])
  const folder = await mkdtemp(join(tmpdir(), 'convene-worker-'))
  const [port, inspector] = [await freePort(), await freePort()]
  const args = [
    '--config',
    config,
    '--port',
    port,
    '--inspector-port',
    inspector,
    '--ip',
    '127.0.0.1',
    '--persist-to',
    folder,
  ]
  const wrangler = spawn(
    process.execPath,
    ['node_modules/wrangler/bin/wrangler.js', 'dev', ...args.map(String), ...vars],
    // A group of its own, since workerd outlives a wrangler that is killed alone.
    {
      detached: true,
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: 'true' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  for (const stream of [wrangler.stdout!, wrangler.stderr!]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  const url = `http://127.0.0.1:${port}`
  const stop = async () => {
    if (wrangler.pid && wrangler.exitCode === null) process.kill(-wrangler.pid, 'SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
  for (let tries = 0; tries < 240; tries++) {
    const answer = await fetch(`${url}/healthz`).catch(() => null)
    if (answer?.ok) return { url, stop, printed: () => output }
    if (wrangler.exitCode !== null) break
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  await stop()
  throw new Error(`wrangler dev does not answer:\n${output}`)
}
