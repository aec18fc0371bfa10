/** Asks other servers: hostile territory (SECURITY). Every address is checked, also those that one is sent on to. */
import { type Fault, invalid, type Refused } from '../outcome.ts'
import { asWeb, faultOfUrl } from './address.ts'

/** What came back from one request, not followed; the body is not compressed any more. */
export type RemoteAnswer = { status: number; headers: Headers; body: ReadableStream<Uint8Array> | null }

/**
 * One GET, by the platform: it connects to public addresses only, follows nothing, and gives up with the signal.
 *
 * @throws where there is no such server, or its address is not public (`NotPublic`)
 */
export type RemoteGet = (url: string, headers: Record<string, string>, signal: AbortSignal) => Promise<RemoteAnswer>

/** The same with a body, as a POST. */
export type RemotePost = (
  url: string,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
) => Promise<RemoteAnswer>

export class NotPublic extends Error {}

export type Fetched =
  | { ok: true; changed: true; text: string; etag: string | null; lastModified: string | null }
  | { ok: true; changed: false }
  | Refused

const HOPS = 3
const TIMEOUT_MS = 15_000
const MAX_BYTES = 16 * 1024 * 1024

const fault = (message: string): Refused => invalid({ path: 'url', message } satisfies Fault)

/** What an address leads to in the end, or in words why nothing is there: nobody was asked, nobody answered, or it led round and round. */
export type Followed =
  | { ok: true; answer: RemoteAnswer; url: string }
  | { ok: false; message: string; why: 'refused' | 'silent' | 'round' }

/** Gives up after a while. */
export const deadline = (): AbortSignal => AbortSignal.timeout(TIMEOUT_MS)

/**
 * A GET and those it leads on to, three at most. Each address is checked before it is asked: what it must not be is said in
 * words by `isAllowed`, which may also wait until it is its turn.
 */
export async function follow(
  get: RemoteGet,
  address: string,
  headers: Record<string, string>,
  isAllowed: (url: string) => string | null | Promise<string | null>,
  /** For all requests together; without it each has its own time. */
  whole?: AbortSignal,
): Promise<Followed> {
  let url = asWeb(address)
  for (let hop = 0; hop <= HOPS; hop++) {
    const wrong = await isAllowed(url)
    if (wrong) {
      const message = hop === 0 ? wrong : `leads on to an address that ${wrong}`
      return { ok: false, message, why: 'refused' }
    }
    const signal = whole ?? deadline()
    try {
      const answer = await get(url, headers, signal)
      const location = answer.headers.get('Location')
      if (answer.status < 300 || answer.status >= 400 || answer.status === 304 || !location)
        return { ok: true, answer, url }
      await answer.body?.cancel()
      url = asWeb(new URL(location, url).href)
    } catch (error) {
      return { ok: false, message: whyNot(error, signal), why: error instanceof NotPublic ? 'refused' : 'silent' }
    }
  }
  return { ok: false, message: `leads on more than ${HOPS} times`, why: 'round' }
}

/** The text behind an address, or that it has not changed since. Refuses with the fault at `url`; never tells its body. */
export async function fetchText(
  get: RemoteGet,
  address: string,
  known: { etag: string | null; lastModified: string | null } = { etag: null, lastModified: null },
  isAllowed: (url: string) => string | null = faultOfUrl,
): Promise<Fetched> {
  const headers = {
    Accept: 'text/calendar, */*;q=0.1',
    'User-Agent': 'Convene',
    ...(known.etag ? { 'If-None-Match': known.etag } : {}),
    ...(known.lastModified ? { 'If-Modified-Since': known.lastModified } : {}),
  }
  const signal = deadline()
  const followed = await follow(get, address, headers, isAllowed, signal)
  if (!followed.ok) return fault(followed.message)
  const { answer } = followed
  if (answer.status === 304) return { ok: true, changed: false }
  if (answer.status !== 200) return fault(`answers with status ${answer.status}`)
  try {
    const text = await textOf(answer.body, MAX_BYTES)
    if (text === null) return fault(`gives more than ${MAX_BYTES / 1024 / 1024} MiB`)
    return {
      ok: true,
      changed: true,
      text,
      etag: answer.headers.get('ETag'),
      lastModified: answer.headers.get('Last-Modified'),
    }
  } catch (error) {
    return fault(whyNot(error, signal))
  }
}

/** Why a request was not answered, in words. */
export function whyNot(error: unknown, signal: AbortSignal): string {
  if (error instanceof NotPublic) return 'must not lead into a private network'
  if (signal.aborted) return `does not answer within ${TIMEOUT_MS / 1000} seconds`
  return 'cannot be reached'
}

/** Reads a body to its end; null where it is too large, which stops it. */
export async function textOf(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<string | null> {
  if (!body) return ''
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > maxBytes) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
