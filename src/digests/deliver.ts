/** The monthly mails of groups, and the mails that ask whether somebody was meant. */
import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { compose, type Part } from '../formats/letter.ts'
import { languageOf, wordsOf } from '../languages/index.ts'
import type { Mailer } from '../mail/mailer.ts'
import { handOver, messageIdOf } from '../mail/send.ts'
import { drain, type Outcome } from '../outbox/claim.ts'
import { formatMonth, formatSpan } from '../time/english.ts'
import { newCapability } from '../tokens/capability.ts'
import { type Digest, findDigest, readMonth } from './queries.ts'
import { isMonth } from './rules.ts'
import { digestLinks, digestMails } from './tables.ts'

/** Sends what is due; nothing where no mail goes out. */
export async function deliverDigests(deps: Deps): Promise<void> {
  const { mailer } = deps
  if (!mailer) return
  await drain(deps, {
    table: digestMails,
    key: sql`seq`,
    keyOf: ({ seq }) => sql`seq = ${seq}`,
    recipientOf: ({ digestId }) => digestId,
    deliver: (mail) => sendOne(deps, mailer, mail),
  })
}

async function sendOne(deps: Deps, mailer: Mailer, mail: typeof digestMails.$inferSelect): Promise<Outcome> {
  const digest = await findDigest(deps.db, mail.digestId)
  const isOfMonth = isMonth(mail.period)
  if (!digest?.isOpen || (digest.confirmedAt === null) === isOfMonth) return { state: 'dropped' }
  const token = newCapability(deps, 'digest', digest.id)
  // Before it goes out, so that no link arrives that opens nothing.
  await deps.db.all(sql`INSERT INTO ${digestLinks} (digest_id, hash, created_at)
    SELECT ${digest.id}, ${await sha256(token)}, ${deps.now()}`)
  const href = `${deps.baseUrl}/digests/${token}`
  const letter = isOfMonth ? await monthOf(deps, digest, mail.period, href) : question(digest, href)
  if (!letter) return { state: 'dropped' }
  return handOver(mailer, {
    messageId: messageIdOf(deps, `digest.${mail.seq}.${digest.id}`),
    to: digest.email,
    ...letter,
  })
}

/** Nothing that anybody typed: the name of a group is somebody's text too. */
function question(digest: Digest, href: string) {
  const language = languageOf(digest.language) ?? 'en'
  const { digest: words } = wordsOf(language).mail
  const parts = [words.confirmSaid, { link: words.confirmButton, href }, words.confirmOrNot]
  return compose({ language, subject: words.confirmSubject, parts })
}

/** What is coming and what was; null where there is neither. */
async function monthOf(deps: Deps, digest: Digest, period: string, href: string) {
  const { coming, done, talks } = await readMonth(deps.db, digest.groupId, deps.now())
  if (coming.length + done.length + talks.length === 0) return null
  const language = languageOf(digest.language) ?? 'en'
  const { digest: words, over, eventCancelled, noMore } = wordsOf(language).mail
  const { baseUrl } = deps
  const lineOf = ({ event, occurrence }: (typeof coming)[number]) => {
    const when = formatSpan(occurrence.startsAt, occurrence.endsAt, event.timeZone, language)
    const title =
      occurrence.status === 'cancelled'
        ? eventCancelled.subject({ title: occurrence.title, group: '', when })
        : occurrence.title
    return `${title}\n${when}\n${baseUrl}/e/${event.id}/${occurrence.recurrenceId}`
  }
  const parts: Part[] = [
    { heading: words.coming },
    ...(coming.length > 0 ? coming.map(lineOf) : [words.nothing]),
    ...(done.length > 0 ? [{ heading: words.done }] : []),
    ...done.map((one) => `${lineOf(one)}${one.hasMinutes ? `#minutes (${over.minutes})` : ''}`),
    ...(talks.length > 0 ? [{ heading: words.talks }] : []),
    ...talks.map(({ slug, title }) => `${title}\n${baseUrl}/talks/${slug}`),
    { link: words.page, href: `${baseUrl}/g/${digest.slug}` },
    { link: noMore, href },
  ]
  const subject = words.subject(digest.group, formatMonth(period, language))
  return { ...compose({ language, subject, parts }), unsubscribe: href }
}
