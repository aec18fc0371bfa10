/** The mails that bring a link to sign in, or to join a team. Secrets are made here, so that no row ever holds one. */
import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { compose } from '../formats/letter.ts'
import { DEFAULT_LANGUAGE, languageOf, wordsOf } from '../languages/index.ts'
import { newCapability } from '../tokens/capability.ts'
import { codeOf } from './rules.ts'
import { signIns, teamInvitations } from './tables.ts'

type Sender = NonNullable<Deps['mailer']>
type Due = { id: string; email: string; language: string | null; isKnown: number }

const AT_ONCE = 20

/**
 * Sends the links that are due. Each is taken by one process before it goes out, and never tried again: who gets none
 * asks once more. An address without an account gets nothing, unless a team asked it to join. Resolves with whether there
 * may be more.
 */
export async function sendSignInMails(deps: Deps, mailer: Sender): Promise<boolean> {
  const now = deps.now()
  const due = await deps.db.all(
    sql<Due>`UPDATE ${signIns} SET mail = 'sent' WHERE id IN (SELECT id FROM ${signIns} WHERE mail = 'due' LIMIT ${AT_ONCE})
        AND mail = 'due'
      RETURNING id, email, language, expires_at > ${now} AND (EXISTS (SELECT 1 FROM accounts WHERE accounts.email = sign_ins.email)
        OR EXISTS (SELECT 1 FROM team_invitations AS asked WHERE asked.email = sign_ins.email
          AND asked.accepted_at IS NULL AND asked.revoked_at IS NULL AND asked.expires_at > ${now})) AS "isKnown"`,
  )
  for (const one of due) if (one.isKnown) await sendLink(deps, mailer, one)
  return due.length === AT_ONCE
}

async function sendLink(deps: Deps, mailer: Sender, { id, email, language: asked }: Due): Promise<void> {
  const language = languageOf(asked) ?? DEFAULT_LANGUAGE
  const { signIn } = wordsOf(language).mail
  const token = newCapability(deps, 'signin', id)
  const code = codeOf(await sha256(deps.newSecret()))
  await deps.db.all(sql`UPDATE ${signIns} SET link_hash = ${await sha256(token)}, code_hash = ${await sha256(code)}
    WHERE id = ${id} AND used_at IS NULL`)
  await trySend(deps, mailer, id, {
    to: email,
    ...compose({
      language,
      subject: signIn.subject,
      parts: [
        `${signIn.open}.`,
        { link: signIn.button, href: `${deps.baseUrl}/sign-in/${token}` },
        signIn.code(`${code.slice(0, 4)} ${code.slice(4)}`),
        signIn.once,
      ],
    }),
  })
}

/** A mail that can't be sent is told to the operator, without the address. */
async function trySend(
  deps: Deps,
  mailer: Sender,
  id: string,
  mail: { to: string; subject: string; text: string; html: string },
): Promise<void> {
  try {
    await mailer.send({ ...mail, messageId: `<${id}@${new URL(deps.baseUrl).hostname}>` })
  } catch (error) {
    deps.log({ level: 'error', what: 'mail', mail: id, error: (error as Error).name })
  }
}

type Invited = { id: string; email: string; role: string; group: string }

/** Sends the invitations to teams that are due, as links are sent. */
export async function sendTeamInvitations(deps: Deps, mailer: Sender): Promise<boolean> {
  const due = await deps.db.all(
    sql<Invited>`UPDATE ${teamInvitations} SET mail = 'sent'
      WHERE id IN (SELECT id FROM ${teamInvitations} WHERE mail = 'due' LIMIT ${AT_ONCE}) AND mail = 'due'
      RETURNING id, email, role, (SELECT name FROM groups WHERE groups.id = team_invitations.group_id) AS "group"`,
  )
  for (const { id, email, role, group } of due) {
    const token = newCapability(deps, 'join', id)
    const isOpen = await deps.db.all(sql`UPDATE ${teamInvitations} SET mail_hash = ${await sha256(token)}
      WHERE id = ${id} AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > ${deps.now()} RETURNING id`)
    if (isOpen.length === 0) continue
    await trySend(deps, mailer, id, {
      to: email,
      ...compose({
        language: DEFAULT_LANGUAGE,
        subject: `Join the team of ${group}`,
        parts: [
          `You are asked to join the team of ${group} as ${role}.`,
          { link: 'See the invitation', href: `${deps.baseUrl}/join/${token}` },
          'The link works once, for a week. Do not know them? There is nothing to do.',
        ],
      }),
    })
  }
  return due.length === AT_ONCE
}
