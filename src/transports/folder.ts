/** Mails that become files of a folder instead of going out, to be read on /dev/mail: for trying Convene out. */
import { sha256 } from '../digest.ts'
import type { Mailer } from '../mail/mailer.ts'
import { rawOf } from './raw.ts'

/** Writes a mail as `NAME.eml`; one that is tried again is the same file. */
export const folderMailer = (write: (name: string, raw: Uint8Array) => Promise<void>, from: string): Mailer => ({
  async send(mail) {
    await write(`${(await sha256(mail.messageId)).slice(0, 32)}.eml`, await rawOf(mail, from))
  },
})
