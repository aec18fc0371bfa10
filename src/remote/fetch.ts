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

export class NotPublic extends Error {}

export type Fetched =
  | { ok: true; changed: true; text: string; etag: string | null; lastModified: string | null }
  | { ok: true; changed: false }
  | Refused

const HOPS = 3
const TIMEOUT_MS = 15_000
const MAX_BYTES = 16 * 1024 * 1024

const fault = (message: string): Refused => invalid({ path: 'url', message } satisfies Fault)

/** The text behind an address, or that it has not changed since. Refuses with the fault at `url`; never tells its body. */
export async function fetchText(
  get: RemoteGet,
  address: string,
  known: { etag: string | null; lastModified: string | null } = { etag: null, lastModified: null },
  isAllowed: (url: string) => string | null = faultOfUrl,
): Promise<Fetched> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const headers = {
    Accept: 'text/calendar, */*;q=0.1',
    'User-Agent': 'Convene',
    ...(known.etag ? { 'If-None-Match': known.etag } : {}),
    ...(known.lastModified ? { 'If-Modified-Since': known.lastModified } : {}),
  }
  let url = asWeb(address)
  try {
    for (let hop = 0; hop <= HOPS; hop++) {
      const wrong = isAllowed(url)
      if (wrong) return fault(hop === 0 ? wrong : `leads on to an address that ${wrong}`)
      const answer = await get(url, headers, signal)
      if (answer.status === 304) return { ok: true, changed: false }
      const location = answer.headers.get('Location')
      if (answer.status >= 300 && answer.status < 400 && location) {
        await answer.body?.cancel()
        url = asWeb(new URL(location, url).href)
        continue
      }
      if (answer.status !== 200) return fault(`answers with status ${answer.status}`)
      const text = await textOf(answer.body)
      if (text === null) return fault(`gives more than ${MAX_BYTES / 1024 / 1024} MiB`)
      return {
        ok: true,
        changed: true,
        text,
        etag: answer.headers.get('ETag'),
        lastModified: answer.headers.get('Last-Modified'),
      }
    }
    return fault(`leads on more than ${HOPS} times`)
  } catch (error) {
    return fault(whyNot(error, signal))
  }
}

function whyNot(error: unknown, signal: AbortSignal): string {
  if (error instanceof NotPublic) return 'must not lead into a private network'
  if (signal.aborted) return `does not answer within ${TIMEOUT_MS / 1000} seconds`
  return 'cannot be reached'
}

/** Reads a body to its end; null where it is too large, which stops it. */
async function textOf(body: ReadableStream<Uint8Array> | null): Promise<string | null> {
  if (!body) return ''
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > MAX_BYTES) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
