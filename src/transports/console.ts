/** Mails that go to the operator's log: for trying Convene out. */
import type { Mailer } from '../mail/mailer.ts'

export const consoleMailer = (print: (text: string) => void): Mailer => ({
  async send({ to, replyTo, subject, text, calendar }) {
    const answers = replyTo ? `Answers to: ${replyTo}\n` : ''
    print(
      `--- mail to ${to}: ${subject}\n${answers}${text}${calendar ? `${calendar.text.replaceAll('\r', '')}` : ''}---`,
    )
  },
})
