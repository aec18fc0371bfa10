/** What a mail server pipes a message for the address in guests' invitations into: it goes to a running Convene. */
import { type Command, UsageError } from './command.ts'

/** What Convene reads; of more than this nothing is an answer. */
const BYTES_MAX = 1024 * 1024
const TIMEOUT_MS = 30_000
/** `EX_TEMPFAIL`: mail servers keep the message and try again. */
const LATER = 75

export const mailIn: Command = {
  usage: `[RECIPIENT] < message.eml
    The message goes to the Convene at CONVENE_URL, with its MAIL_IN_SECRET. Ends with 75 where it can't be taken now.`,
  async run([recipient, ...others], { env, input, fail }) {
    const url = env.CONVENE_URL ?? 'http://localhost:8787'
    const secret = env.MAIL_IN_SECRET
    if (others.length > 0) throw new UsageError('more than one recipient')
    if (!secret || !URL.canParse(url)) {
      fail(secret ? `no address: ${url}` : 'no secret: set MAIL_IN_SECRET')
      return LATER
    }
    const message = await read(input())
    if (!message) return true
    // Postfix tells it like this.
    const to = recipient ?? env.ORIGINAL_RECIPIENT
    try {
      const answer = await fetch(new URL(`/api/v1/mail/inbound${to ? `?to=${encodeURIComponent(to)}` : ''}`, url), {
        method: 'POST',
        headers: { 'Content-Type': 'message/rfc822', Authorization: `Basic ${btoa(`convene:${secret}`)}` },
        body: message,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      if (answer.ok || answer.status === 413 || answer.status === 422) return true
      fail(`${url} answers ${answer.status}`)
    } catch (error) {
      fail(`${url} can't be reached: ${(error as Error).message}`)
    }
    return LATER
  },
}

/** The message; null where it is too large. It is read to its end, so that the mail server sees no broken pipe. */
async function read(input: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of input) {
    length += chunk.length
    if (length <= BYTES_MAX) chunks.push(chunk)
  }
  if (length > BYTES_MAX) return null
  const message = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    message.set(chunk, at)
    at += chunk.length
  }
  return message
}
