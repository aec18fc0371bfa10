/** The running Convene that a command talks to. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { type Terminal, UsageError } from './command.ts'

export type Server = {
  call(method: string, path: string, mediaType?: string, body?: string | Uint8Array<ArrayBuffer>): Promise<Response>
}

const SERVER = { url: { type: 'string' }, token: { type: 'string' } } as const

/** The options and the rest of a call; those that say which server are always among them. */
export function argsOf<const T extends ParseArgsOptionsConfig>(args: string[], options: T) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { ...SERVER, ...options } })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/** The server that `--url` and `--token` name, or CONVENE_URL and CONVENE_TOKEN. */
export function serverOf(values: { url?: unknown; token?: unknown }, env: Terminal['env']): Server {
  const url = String(values.url ?? env.CONVENE_URL ?? 'http://localhost:8787').replace(/\/+$/, '')
  const token = values.token ?? env.CONVENE_TOKEN
  if (!token) throw new UsageError('no token: set CONVENE_TOKEN')
  if (!URL.canParse(url)) throw new UsageError(`no address: ${url}`)
  return {
    call: (method, path, mediaType, body) =>
      fetch(`${url}/api/v1${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}`, ...(mediaType ? { 'Content-Type': mediaType } : {}) },
        ...(body === undefined ? {} : { body }),
      }),
  }
}

/** What a refusal says, its faults too. */
export async function refusalOf(answer: Response): Promise<string> {
  const body = (await answer.json().catch(() => ({}))) as {
    title?: string
    detail?: string
    errors?: { path: string; message: string }[]
  }
  const faults = (body.errors ?? []).map(({ path, message }) => `\n  ${path ? `${path}: ` : ''}${message}`)
  return `refused with ${answer.status} ${[body.title, body.detail].filter(Boolean).join(': ')}${faults.join('')}`
}

/** Why a file or a server could not be had. */
export function whyNot(error: unknown): string {
  const { message, cause } = error as Error & { cause?: Error & { code?: string } }
  return cause ? cause.message || cause.code || message : message
}
