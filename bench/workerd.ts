/** The Worker in workerd with D1, by miniflare: its counts are Cloudflare's, its milliseconds are not. */

import { readdirSync, readFileSync } from 'node:fs'
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'
import { ADMIN } from './community.ts'

export type Rows = { read: number; written: number; statements: number; calls: number }
export type Metered = { status: number; headers: Headers; text: string; rows: Rows }

/** CPU that a process has taken, in milliseconds (proc(5)); in steps of 10, so over many answers. */
function cpuOf(pid: number): number {
  const fields = statOf(pid)
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** The fields behind the name, which may hold anything; the first is the state, the second the parent. */
const statOf = (pid: number): string[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')

/** The processes that this one has started, and theirs. */
function descendants(): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
  const parents = new Map<number, number>()
  for (const pid of all) {
    try {
      parents.set(pid, Number(statOf(pid)[1]))
    } catch {
      // It has ended since.
    }
  }
  const isOurs = (pid: number): boolean => {
    const parent = parents.get(pid)
    return parent !== undefined && (parent === process.pid || isOurs(parent))
  }
  return all.filter(isOurs)
}

export async function openWorkerd() {
  const before = new Set(descendants())
  const { outputFiles } = await build({
    entryPoints: ['bench/worker-entry.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['node:*', 'cloudflare:*'],
    loader: { '.sql': 'text' },
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'error',
  })
  const miniflare = new Miniflare({
    workers: [
      {
        config: {
          name: 'bench',
          compatibilityDate: '2026-10-01',
          compatibilityFlags: ['nodejs_compat'],
          manifest: {
            mainModule: 'main.js',
            modules: { 'main.js': { type: 'esm', contents: outputFiles[0]!.text } },
          },
          env: { DB: { type: 'd1', id: 'bench' }, ADMIN_TOKEN: { type: 'text', value: ADMIN } },
        },
      },
    ],
  })
  const url = await miniflare.ready
  const processes = descendants().filter((pid) => !before.has(pid))
  return {
    /** CPU of workerd so far, D1 and all, in milliseconds. */
    cpu: () => processes.reduce((sum, pid) => sum + cpuOf(pid), 0),
    port: Number(url.port),
    async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Metered> {
      const answer = await fetch(new URL(path, url), {
        method,
        headers: { Authorization: `Bearer ${ADMIN}`, 'Content-Type': 'application/json', 'X-Meter': '1', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return {
        status: answer.status,
        headers: answer.headers,
        text: await answer.text(),
        rows: JSON.parse(answer.headers.get('X-Meter') ?? '{}'),
      }
    },
    stop: () => miniflare.dispose(),
  }
}
