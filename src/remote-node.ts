/** GET and POST on Node: the name is looked up once, its addresses are checked, and the connection goes to one of those. */
import { lookup } from 'node:dns'
import { type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import type { LookupFunction } from 'node:net'
import { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { isPublicAddress } from './remote/address.ts'
import { NotPublic, type RemoteAnswer, type RemoteGet, type RemotePost } from './remote/fetch.ts'

const DECODERS: Record<string, () => NodeJS.ReadWriteStream> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/** The addresses of a name, refused where one is not public: who answers with both may answer otherwise next time. */
const checkedLookup =
  (isPublic: (address: string) => boolean, resolve: typeof lookup): LookupFunction =>
  (name, options, done) =>
    resolve(name, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0)
      if (found.length === 0 || !found.every(({ address }) => isPublic(address)))
        return done(new NotPublic(name), '', 0)
      if (options.all) return done(null, found)
      done(null, found[0]!.address, found[0]!.family)
    })

type Ask = { url: string; method: 'GET' | 'POST'; headers: Record<string, string>; body?: string; signal: AbortSignal }

function ask({ url, method, headers, body, signal }: Ask, resolveName: LookupFunction): Promise<RemoteAnswer> {
  return new Promise((done, failed) => {
    const options: RequestOptions = {
      method,
      headers: { ...headers, 'Accept-Encoding': 'gzip' },
      signal,
      lookup: resolveName,
      // A connection of its own: none is left open to an address that was checked for another name.
      agent: false,
    }
    const start = url.startsWith('https:') ? requestSecure : requestPlain
    const request = start(url, options, (message: IncomingMessage) => {
      const decoder = DECODERS[message.headers['content-encoding']?.toLowerCase() ?? '']
      const stream = decoder ? message.pipe(decoder()) : message
      message.on('error', (error) => (stream as Readable).destroy(error))
      done({
        status: message.statusCode ?? 0,
        headers: new Headers(
          Object.entries(message.headers).flatMap(([name, value]) =>
            typeof value === 'string' ? [[name, value]] : [],
          ),
        ),
        body: Readable.toWeb(stream as Readable) as ReadableStream<Uint8Array>,
      })
    })
    request.on('error', failed)
    request.end(body)
  })
}

/** @param isPublic which addresses may be asked: those of the public network, but in tests */
export const remoteGetOnNode =
  (isPublic: (address: string) => boolean = isPublicAddress, resolve: typeof lookup = lookup): RemoteGet =>
  (url, headers, signal) =>
    ask({ url, method: 'GET', headers, signal }, checkedLookup(isPublic, resolve))

/** The same as a POST. */
export const remotePostOnNode =
  (isPublic: (address: string) => boolean = isPublicAddress, resolve: typeof lookup = lookup): RemotePost =>
  (url, headers, body, signal) =>
    ask({ url, method: 'POST', headers, body, signal }, checkedLookup(isPublic, resolve))
