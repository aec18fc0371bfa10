/** Bodies that were made once, by a key that names their version: a hit is always right, a miss costs making it again. */
export type Bodies = {
  get(key: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  put(key: string, body: Uint8Array<ArrayBuffer>): Promise<void>
}

/** In memory, the ones used last, up to so many bytes. */
export function bodiesInMemory(bytesMax: number): Bodies {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>()
  let bytes = 0
  return {
    async get(key) {
      const body = kept.get(key)
      if (body) {
        kept.delete(key)
        kept.set(key, body)
      }
      return body
    },
    async put(key, body) {
      if (body.length > bytesMax / 4 || kept.has(key)) return
      kept.set(key, body)
      bytes += body.length
      for (const [oldest, { length }] of kept) {
        if (bytes <= bytesMax) return
        kept.delete(oldest)
        bytes -= length
      }
    },
  }
}

/** The part of Cloudflare's Cache API that we use. */
export type EdgeCache = {
  match(key: string): Promise<Response | undefined>
  put(key: string, response: Response): Promise<void>
}

const A_DAY = 'public, max-age=86400'

/** In the cache of the place a Worker runs at, under addresses of our own. */
export const bodiesAtTheEdge = (cache: EdgeCache, baseUrl: string): Bodies => {
  const address = (key: string) => `${baseUrl}/.bodies/${encodeURIComponent(key)}`
  return {
    async get(key) {
      const found = await cache.match(address(key))
      return found && new Uint8Array(await found.arrayBuffer())
    },
    put: (key, body) => cache.put(address(key), new Response(body, { headers: { 'Cache-Control': A_DAY } })),
  }
}
