/** Mail by the binding of Cloudflare's Email Service, on Workers. */
import type { Mailer } from '../mail/mailer.ts'
import { bareAddress, rawOf } from './raw.ts'

/** What the entry of the Worker makes of the binding: it hands over a whole message. */
export type SendRaw = (from: string, to: string, raw: string) => Promise<void>

/** Sends whole messages; the structured form of the binding can make no invitation. It gives each a Message-ID of its own. */
export const cloudflareMailer = (sendRaw: SendRaw, from: string): Mailer => ({
  async send(mail) {
    await sendRaw(bareAddress(from), mail.to, new TextDecoder().decode(await rawOf(mail, from)))
  },
})
