/** The monthly mails of groups, and the mails that ask whether somebody was meant. */
import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { occurrenceAt, originalStartOf } from '../events/occurrences.ts'
import { findEvent } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import { compose, type Part } from '../formats/letter.ts'
import { languageOf, wordsOf } from '../languages/index.ts'
import type { Mailer } from '../mail/mailer.ts'
import { handOver, messageIdOf } from '../mail/send.ts'
import { drain, type Outcome } from '../outbox/claim.ts'
import { formatMonth, formatSpan } from '../time/english.ts'
import { anonymous } from '../tokens/access.ts'
import { newCapability } from '../tokens/capability.ts'
import { type Digest, findDigest, readMonth } from './queries.ts'
import { isMonth, streamOf } from './rules.ts'
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
  const [isOfMonth, stream] = [isMonth(mail.period), streamOf(mail.period)]
  if (!digest?.isOpen || (digest.confirmedAt === null) === (isOfMonth || stream !== null)) return { state: 'dropped' }
  const token = newCapability(deps, 'digest', digest.id)
  // Before it goes out, so that no link arrives that opens nothing.
  await deps.db.all(sql`INSERT INTO ${digestLinks} (digest_id, hash, created_at)
    SELECT ${digest.id}, ${await sha256(token)}, ${deps.now()}`)
  const href = `${deps.baseUrl}/digests/${token}`
  const letter = isOfMonth
    ? await monthOf(deps, digest, mail.period, href)
    : stream
      ? await streamLetter(deps, digest, stream, href)
      : question(digest, href)
  if (!letter) return { state: 'dropped' }
  return handOver(mailer, {
    messageId: messageIdOf(deps, `digest.${mail.seq}.${digest.id}`),
    to: digest.email,
    ...letter,
  })
}

/** Whether somebody was meant, with nothing that anybody typed: the name of a group is somebody's text too. */
export function question(digest: Pick<Digest, 'language'>, href: string) {
  const language = languageOf(digest.language) ?? 'en'
  const { digest: words } = wordsOf(language).mail
  const parts = [words.confirmSaid, { link: words.confirmButton, href }, words.confirmOrNot]
  return compose({ language, subject: words.confirmSubject, parts })
}

/** A stream that begins soon; null where it was called off or has begun meanwhile. */
async function streamLetter(
  deps: Deps,
  digest: Digest,
  { eventId, recurrenceId }: { eventId: string; recurrenceId: string },
  href: string,
) {
  const row = await findEvent(deps.db, eventId, anonymous)
  const original = row && originalStartOf(eventOf(row), recurrenceId)
  if (!row || !original || row.deletedAt !== null) return null
  const date = occurrenceAt(eventOf(row), original)
  if (date.status === 'cancelled' || date.startsAt < deps.now()) return null
  const language = languageOf(digest.language) ?? 'en'
  const { digest: words, noMore, event: page, ...said } = wordsOf(language).mail
  const about = { title: date.title, group: digest.group, when: '' }
  const { channel } = eventOf(row)
  const parts: Part[] = [
    words.streamSaid(about),
    { facts: [[said.when, formatSpan(date.startsAt, date.endsAt, row.timeZone, language)]] },
    ...(channel ? [{ link: channel.name, href: channel.uri }] : []),
    { link: page, href: `${deps.baseUrl}/e/${row.id}/${recurrenceId}` },
    { link: noMore, href },
  ]
  return { ...compose({ language, subject: words.streamSubject(about), parts }), unsubscribe: href }
}

/** What is coming and what was; null where there is neither. */
export async function monthOf(
  deps: Deps,
  digest: Pick<Digest, 'language' | 'groupId' | 'group' | 'slug'>,
  period: string,
  href: string,
) {
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
