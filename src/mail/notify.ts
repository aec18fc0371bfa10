/** Mails to who runs things: what they say is settled when they are written, and they go where an organizer said. */
import { type SQL, sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { compose } from '../formats/letter.ts'
import { drain } from '../outbox/claim.ts'
import type { Mailer } from './mailer.ts'
import { handOver, messageIdOf } from './send.ts'
import { notices } from './tables.ts'

/** Writes a notice, in the batch of what it tells of: to the address that `from` finds, none where it finds none. One name is one mail. */
export const writeNotice = (
  { name, subject, text }: { name: string; subject: string; text: string },
  email: SQL,
  from: SQL,
  now: number,
): SQL<never> =>
  sql`INSERT INTO ${notices} (name, email, subject, text, state, tries, due_at)
    SELECT ${name}, ${email}, ${subject}, ${text}, 'due', 0, ${now} FROM ${from} ON CONFLICT DO NOTHING`

/** Sends the notices that are due. */
export const sendNotices = (deps: Deps, mailer: Mailer): Promise<void> =>
  drain(deps, {
    table: notices,
    key: sql`seq`,
    keyOf: ({ seq }) => sql`seq = ${seq}`,
    recipientOf: ({ email }) => email,
    deliver: ({ name, email, subject, text }) =>
      handOver(mailer, {
        messageId: messageIdOf(deps, `notice.${name}`),
        to: email,
        ...compose({ language: 'en', subject, parts: text.trimEnd().split('\n\n') }),
      }),
  })
