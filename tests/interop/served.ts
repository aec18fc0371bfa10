/** A Convene on a port of its own, as calendar programs find one. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, listen } from '../../src/server.ts'
import { ADMIN } from '../support/world.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever the API answers
type Json = any

export type Served = Awaited<ReturnType<typeof serve>>

export async function serve() {
  const folder = await mkdtemp(join(tmpdir(), 'convene-interop-'))
  const databaseUrl = `file:${join(folder, 'convene.db')}`
  const { deps, close } = await connect({ databaseUrl, baseUrl: 'https://convene.test', adminToken: ADMIN })
  const server = await listen(deps, 0)
  const url = `http://127.0.0.1:${server.port}`

  async function api(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${ADMIN}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: await answer.json() }
  }

  return {
    url,
    api,
    async close() {
      await server.close()
      close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
