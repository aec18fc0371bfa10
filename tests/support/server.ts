/** The bundle that `npm start` runs, as a process of its own: `npm test` builds it first. */
import { type ChildProcess, spawn } from 'node:child_process'
import { pathOf } from './sources.ts'
import { ADMIN } from './world.ts'

export type Server = { url: string; kill(): Promise<void>; process: ChildProcess }

/** Starts one; resolves once it answers. */
export function startServer(databaseUrl: string, port: number): Promise<Server> {
  const url = `http://127.0.0.1:${port}`
  const env = { PATH: process.env.PATH, PORT: String(port), DATABASE_URL: databaseUrl, ADMIN_TOKEN: ADMIN }
  const child = spawn(process.execPath, [pathOf('dist/node.js')], { env })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return new Promise((resolve, reject) => {
    let printed = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => {
        printed += data
        if (!printed.includes('Convene is at')) return
        const kill = () => {
          child.kill('SIGKILL')
          return ended
        }
        resolve({ url, kill, process: child })
      })
    child.once('exit', () => reject(new Error(`ended: ${printed}`)))
  })
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever the API answers
export type Reply = { status: number; body: any }

/** A request to the API of one; null where it was not answered. */
export async function ask(
  url: string,
  method: string,
  path: string,
  body?: object,
  token: string | null = ADMIN,
): Promise<Reply | null> {
  try {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await answer.text()
    return { status: answer.status, body: text ? JSON.parse(text) : null }
  } catch {
    return null
  }
}
