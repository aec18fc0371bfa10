/** What a page weighs as it is sent, compressed, with all that it asks for. */
import { gzipSync } from 'node:zlib'

export type Weight = { bytes: number; requests: number; scripts: number }

const bytesOf = (body: ArrayBuffer, type: string) =>
  /^(text|application)|svg/.test(type) ? gzipSync(new Uint8Array(body)).length : body.byteLength

const LOADED = [
  /<link rel="stylesheet" href="([^"]+)"/g,
  /<script src="([^"]+)"/g,
  /<img[^>]* src="([^"]+)"/g,
  /<iframe[^>]* src="([^"]+)"/g,
]

/** Fetches a page and what it loads, frames with what is in them too; each address counts once. */
export async function weigh(address: string, seen = new Set<string>()): Promise<Weight> {
  if (seen.has(address)) return { bytes: 0, requests: 0, scripts: 0 }
  seen.add(address)
  const answer = await fetch(address, { headers: { Accept: 'text/html' } })
  const type = answer.headers.get('Content-Type') ?? ''
  const body = await answer.arrayBuffer()
  const bytes = bytesOf(body, type)
  const own = { bytes, requests: 1, scripts: type.startsWith('text/javascript') ? bytes : 0 }
  if (!type.startsWith('text/html')) return own
  const html = new TextDecoder().decode(body)
  const links = LOADED.flatMap((pattern) =>
    [...html.matchAll(pattern)].map(([, link]) => link!.replaceAll('&amp;', '&')),
  )
  for (const link of links) {
    if (link.startsWith('data:')) continue
    const part = await weigh(new URL(link, address).href, seen)
    own.bytes += part.bytes
    own.requests += part.requests
    own.scripts += part.scripts
  }
  return own
}
