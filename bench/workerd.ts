/** The Worker in workerd with D1, by miniflare: its counts are Cloudflare's, its milliseconds are not. */

import { build } from 'esbuild'
import { Miniflare } from 'miniflare'
import { ADMIN } from './community.ts'

export type Rows = { read: number; written: number; statements: number; calls: number }
export type Metered = { status: number; headers: Headers; text: string; rows: Rows }

export async function openWorkerd() {
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
  return {
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
