/** What mail providers' HTTP APIs have alike. */
import { type CalendarPart, MailRefused } from '../mail/mailer.ts'

const TIMEOUT_MS = 15_000

/** Asks a provider; gives up before the lease of a mail ends. */
export const ask = (url: string, init: RequestInit): Promise<Response> =>
  fetch(url, { ...init, method: 'POST', redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })

/** What an answer means: taken, refused for good where the provider says that the mail itself is wrong, or to be tried again. */
export async function settled(name: string, answer: Response, isRefusal: (body: string) => boolean): Promise<void> {
  const body = await answer.text()
  if (answer.ok) return
  const message = `${name} answers ${answer.status}`
  throw isRefusal(body) ? new MailRefused(message) : new Error(message)
}

/** Providers that make the parts of a message themselves: what is attached with a method is taken as an invitation by most programs. */
export const invitation = ({ method, text }: CalendarPart) => ({
  name: 'invite.ics',
  content: base64(new TextEncoder().encode(text)),
  type: `text/calendar; charset=utf-8; method=${method}`,
})

export const base64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
