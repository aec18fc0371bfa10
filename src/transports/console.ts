/** Mails that go to the operator's log: for trying Convene out. */
import type { Mailer } from '../mail/mailer.ts'

export const consoleMailer = (print: (text: string) => void): Mailer => ({
  async send({ to, subject, text }) {
    print(`--- mail to ${to}: ${subject}\n${text}---`)
  },
})
