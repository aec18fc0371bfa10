/** A mail as the bytes that go over the wire, for transports that take a whole message. */
import MailComposer from 'nodemailer/lib/mail-composer'
import type { Mail } from '../mail/mailer.ts'
import { mimeOf } from './mime.ts'

export const rawOf = async (mail: Mail, from: string): Promise<Uint8Array> =>
  new MailComposer({ ...mimeOf(mail), from, disableFileAccess: true, disableUrlAccess: true }).compile().build()

/** The address alone of `My group <events@example.org>`. */
export const bareAddress = (from: string): string => /<([^<>]*)>\s*$/.exec(from)?.[1]?.trim() ?? from.trim()
