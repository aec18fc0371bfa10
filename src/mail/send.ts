import { sql } from 'drizzle-orm'
import { columns } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { rsvpLinks } from '../rsvp/tables.ts'
import { newCapability } from '../tokens/capability.ts'
import { readFacts } from './facts.ts'
import { invitationOf } from './invitation.ts'
import { mailOf } from './kinds/index.ts'
import { type Mailer, MailRefused } from './mailer.ts'
import { mails } from './tables.ts'

type Due = typeof mails.$inferSelect

const AT_ONCE = 20
const LEASE_SECONDS = 120
const TRIES_MAX = 8
const MINUTE = 60

/** Sends the mails that are due, each claimed by one process at a time; resolves with whether there may be more. */
export async function sendDueMails(deps: Deps, mailer: Mailer): Promise<boolean> {
  const now = deps.now()
  const due = await deps.db.all(
    sql<Due>`UPDATE ${mails} SET leased_until = ${now + LEASE_SECONDS}, tries = tries + 1
      WHERE (seq, rsvp_id) IN (SELECT seq, rsvp_id FROM ${mails} WHERE state = 'due' AND due_at <= ${now}
        AND coalesce(leased_until, 0) <= ${now} ORDER BY due_at, seq LIMIT ${AT_ONCE})
      RETURNING ${columns(mails)}`,
  )
  for (const mail of due) await sendOne(deps, mailer, mail)
  return due.length === AT_ONCE
}

async function sendOne(deps: Deps, mailer: Mailer, mail: Due): Promise<void> {
  const kind = mailOf(mail.kind)
  const token = newCapability(deps, 'rsvp', mail.rsvpId)
  const facts = kind && (await readFacts(deps, mail, token))
  if (!facts) return finish(deps, mail, { state: 'dropped', error: null })
  try {
    // Before it goes out, so that no link arrives that opens nothing.
    await deps.db.all(sql`INSERT INTO ${rsvpLinks} (rsvp_id, hash, created_at)
      SELECT ${mail.rsvpId}, ${await sha256(token)}, ${deps.now()}`)
    const invitation = await invitationOf(deps, mail)
    await mailer.send({
      ...invitation,
      messageId: `<${mail.seq}.${mail.rsvpId}@${new URL(deps.baseUrl).hostname}>`,
      to: facts.to,
      subject: kind.subject(facts),
      text: `${kind
        .body(facts)
        .filter((paragraph) => paragraph !== null)
        .join('\n\n')}\n`,
    })
    await finish(deps, mail, { state: 'sent', error: null })
  } catch (error) {
    const isLast = error instanceof MailRefused || mail.tries >= TRIES_MAX
    deps.log({ level: 'error', what: 'mail', mail: `${mail.seq}.${mail.rsvpId}`, error: (error as Error).name })
    await finish(deps, mail, {
      state: isLast ? 'failed' : 'due',
      error: String((error as Error).message).slice(0, 200),
    })
  }
}

/** Notes what became of a try; the next one waits four times as long as the last. */
async function finish(deps: Deps, mail: Due, { state, error }: Pick<Due, 'state' | 'error'>): Promise<void> {
  const now = deps.now()
  await deps.db.all(
    sql`UPDATE ${mails} SET state = ${state}, error = ${error}, leased_until = NULL,
        sent_at = ${state === 'sent' ? now : null}, due_at = ${now + MINUTE * 4 ** (mail.tries - 1)}
      WHERE seq = ${mail.seq} AND rsvp_id = ${mail.rsvpId} AND state = 'due'`,
  )
}
