import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { compose } from '../formats/letter.ts'
import { wordsOf } from '../languages/index.ts'
import { drain, type Outcome } from '../outbox/claim.ts'
import { rsvpLinks } from '../rsvp/tables.ts'
import { newCapability } from '../tokens/capability.ts'
import { readFacts } from './facts.ts'
import { invitationOf } from './invitation.ts'
import { mailOf } from './kinds/index.ts'
import type { Facts, MailKind } from './kinds/kind.ts'
import { type Mailer, MailRefused } from './mailer.ts'
import { mails } from './tables.ts'

type Due = typeof mails.$inferSelect

/** Sends the mails to guests that are due. */
export const sendDueMails = (deps: Deps, mailer: Mailer): Promise<void> =>
  drain(deps, {
    table: mails,
    key: sql`seq, rsvp_id`,
    keyOf: ({ seq, rsvpId }) => sql`seq = ${seq} AND rsvp_id = ${rsvpId}`,
    recipientOf: ({ rsvpId }) => rsvpId,
    deliver: (mail) => sendOne(deps, mailer, mail),
  })

async function sendOne(deps: Deps, mailer: Mailer, mail: Due): Promise<Outcome> {
  const kind = mailOf(mail.kind)
  const token = newCapability(deps, 'rsvp', mail.rsvpId)
  const facts = kind && (await readFacts(deps, mail, token, kind.isOptional ?? false))
  if (!facts) return { state: 'dropped' }
  // Before it goes out, so that no link arrives that opens nothing.
  await deps.db.all(sql`INSERT INTO ${rsvpLinks} (rsvp_id, hash, created_at)
    SELECT ${mail.rsvpId}, ${await sha256(token)}, ${deps.now()}`)
  const invitation = await invitationOf(deps, mail)
  return handOver(mailer, {
    ...invitation,
    ...letterOf(kind, facts),
    messageId: messageIdOf(deps, `${mail.seq}.${mail.rsvpId}`),
    to: facts.to,
  })
}

/** A mail of a kind, in the guest's language; who wants no more of those that one can do without learns how to say so. */
export function letterOf(kind: MailKind, facts: Facts) {
  const words = wordsOf(facts.language).mail
  const href = `${facts.manageUrl}/mails`
  const parts = [...kind.body(facts, words), kind.isOptional ? { link: words.unsubscribe(facts.group), href } : null]
  const letter = compose({ language: facts.language, subject: kind.subject(facts, words), parts })
  return kind.isOptional ? { ...letter, unsubscribe: href } : letter
}

/** The name of a mail, the same at each try: what arrives twice is shown once. */
export const messageIdOf = (deps: Deps, name: string): string => `<${name}@${new URL(deps.baseUrl).hostname}>`

/** Hands a mail over to the transport; one that is refused for good is not tried again. */
export async function handOver(mailer: Mailer, mail: Parameters<Mailer['send']>[0]): Promise<Outcome> {
  try {
    await mailer.send(mail)
    return { state: 'sent' }
  } catch (error) {
    if (error instanceof MailRefused) return { state: 'failed', error: error.message, isFinal: true }
    throw error
  }
}
