/** Runs a program of another language in a home of its own, in UTC. */
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ask, Reading } from './client.ts'

/** The system's Python: Debian's modules are its own. */
const PYTHON = '/usr/bin/python3'
const TIMEOUT_MS = 400_000

/** An empty home for one run, which no setting of the machine reaches; `use` gets its folder and the environment. */
export async function withHome<T>(use: (home: string, env: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'convene-interop-'))
  const runtime = join(home, 'run')
  await mkdir(runtime, { mode: 0o700 })
  const env = {
    PATH: '/usr/bin:/bin',
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_RUNTIME_DIR: runtime,
    TZ: 'UTC',
    LC_ALL: 'C.UTF-8',
  }
  try {
    return await use(home, env)
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

/** Runs an adapter in Python beside this file: asks go in as JSON, readings come out. */
export const inPython =
  (script: string, around: readonly string[] = []) =>
  (asks: Ask[]): Promise<Reading[]> =>
    withHome(async (_, env) => {
      const command = [...around, PYTHON, '-B', join(import.meta.dirname, script)]
      return JSON.parse(await run(command, JSON.stringify(asks), env))
    })

function run([program, ...rest]: string[], input: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that what the program starts ends with it.
    const child = spawn(program!, rest, { env, detached: true })
    let [output, errors] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text
    })
    const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), TIMEOUT_MS)
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(timer)
      if (code === 0) resolve(output)
      else reject(new Error(`${rest.at(-1)} ended with ${code}: ${errors.slice(-2000)}`))
    })
    child.stdin.end(input)
  })
}
