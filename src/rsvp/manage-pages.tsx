/** The page behind a manage link: it shows an answer, changes it, cancels it. A GET changes nothing. */
import { Hono } from 'hono'
import { withJoin } from '../events/joins.ts'
import { isSeries, type Occurrence, occurrenceAt, occurrencesBetween, originalStartOf } from '../events/occurrences.ts'
import { When } from '../events/parts.tsx'
import type { EventOfGroup } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { faults } from '../http/faults.ts'
import { paragraph } from '../http/fields.ts'
import { reasonIn, showPage, showRefusal } from '../http/page.tsx'
import { languageIn } from '../http/speaking.tsx'
import { wordsOf } from '../languages/index.ts'
import { sayIn } from '../languages/pages/index.ts'
import type { Fault, Refused } from '../outcome.ts'
import { eraseGuest } from './erase.ts'
import { findFeedback, sayHowItWas } from './feedback.ts'
import { type Entered, RsvpForm } from './form.tsx'
import { allFaults, bodyOf } from './form-data.ts'
import {
  type DateLine,
  Dates,
  GuestNames,
  HowWasIt,
  Place,
  Privacy,
  Saved,
  Ticket,
  Trouble,
  Way,
  whyNot,
} from './manage-parts.tsx'
import { type RsvpRow, readShownGuests, readTheirs } from './queries.ts'
import { changeToCurrent, exportOf, provenAddress, rsvpOfToken } from './requests.ts'
import { isUnconfirmed, scopeOf, whyNotOpen } from './rules.ts'
import { RsvpPatch } from './schema.ts'
import { dateInWords, placeInWords } from './words.ts'

const YEAR = 366 * 86_400
const NEXT_DATES = 6
const NAMES_MAX = 200
const saying = paragraph(2000).refine((text) => text !== '')

export const managePages = new Hono<AppEnv>()

function dateOf(row: EventOfGroup, rsvp: RsvpRow): Occurrence | null {
  const event = eventOf(row)
  if (rsvp.occurrence === '') return isSeries(event) ? null : occurrenceAt(event, event.start)
  const original = originalStartOf(event, rsvp.occurrence)
  return original === null ? null : occurrenceAt(event, original)
}

/** The next dates with what holds for each; none for an answer to one event or one date. */
async function datesOf(c: AppContext, row: EventOfGroup, ofAll: RsvpRow): Promise<DateLine[]> {
  const event = eventOf(row)
  const now = c.env.now()
  if (scopeOf(event, ofAll.occurrence) !== 'series') return []
  const theirs = await readTheirs(c.env.db, ofAll)
  return occurrencesBetween(event, now, now + YEAR, NEXT_DATES).map((occurrence) => {
    const own = theirs.find((one) => one.occurrence === occurrence.recurrenceId)
    const closed = whyNotOpen(row, event, occurrence.recurrenceId, now, { isInvited: true })
    const isConfirmed = !isUnconfirmed(event, ofAll)
    return {
      occurrence,
      words: dateInWords(own, ofAll, event, now, wordsOf(languageIn(c))),
      canSkip: (own ?? ofAll).response !== 'declined' && isConfirmed && (!closed || closed.reason.startsWith('rsvp_')),
      canTakeBack: own !== undefined && own.source !== 'standing' && own.checkedInAt === null && !closed,
      canAnswer: isConfirmed && !closed,
    }
  })
}

type Filled = { entered?: Entered; faults?: Fault[]; refusal?: Refused; isSaved?: boolean }

async function showAnswer(c: AppContext, token: string, row: EventOfGroup, rsvp: RsvpRow, filled: Filled = {}) {
  const event = eventOf(row)
  const occurrence = dateOf(row, rsvp)
  const closed = whyNotOpen(row, event, rsvp.occurrence, c.env.now(), { isInvited: true })
  const dates = await datesOf(c, row, rsvp)
  const isProven = (await provenAddress(c, token)) !== null
  const showsGuests = ['guests', 'everyone'].includes(event.rsvp?.guestList ?? 'nobody') && rsvp.response === 'accepted'
  const guests = showsGuests ? await readShownGuests(c.env.db, row.id, rsvp.occurrence, NAMES_MAX) : []
  const hasBeen = rsvp.place === 'seat' && (occurrence ? occurrence.startsAt : row.startsAt) <= c.env.now()
  const action = `/rsvp/${token}`
  const language = languageIn(c)
  const say = sayIn(language)
  const entered = filled.entered ?? { ...rsvp, answers: JSON.parse(rsvp.answers) }
  const status = filled.faults ? 422 : filled.refusal ? 409 : 200
  return showPage(
    c,
    { title: `${say('Your answer')}: ${row.title}`, isPrivate: true, isTranslated: true },
    <>
      <h1>{say('Your answer')}</h1>
      <div class="card" data-answer-to={row.id}>
        <p class="title">
          <a href={rsvp.occurrence ? `/e/${row.id}/${rsvp.occurrence}` : `/e/${row.id}`}>
            {occurrence?.title ?? row.title}
          </a>
        </p>
        <p class="meta">
          {occurrence ? <When occurrence={occurrence} timeZone={row.timeZone} /> : say('Every date of the series')}
        </p>
        <Place {...placeInWords(rsvp, event, c.env.now(), wordsOf(language))} />
        <Way
          event={withJoin({ ...event, ...occurrence?.override } as typeof event, `${c.env.baseUrl}${action}`)}
          rsvp={rsvp}
        />
        <p class="meta">
          {rsvp.name}, {rsvp.email}
        </p>
      </div>
      {filled.isSaved ? <Saved /> : null}
      {filled.refusal ? (
        <Trouble title={reasonIn(languageIn(c), filled.refusal.reason)}>{whyNot(filled.refusal)}</Trouble>
      ) : null}
      {isUnconfirmed(event, rsvp) && !closed ? (
        <form method="post" action={action}>
          <input type="hidden" name="confirm" value="yes" />
          <button class="big" type="submit">
            {say('Confirm my answer')}
          </button>
        </form>
      ) : null}
      {closed && !closed.reason.startsWith('rsvp_') ? null : <Ticket rsvp={rsvp} />}
      <div class="field">
        <label for="link">{say('Your link')}</label>
        <span class="hint" id="link-hint">
          {say('Keep it: with it you come back here and change or cancel your answer.')}
        </span>
        <input id="link" type="text" readonly value={`${c.env.baseUrl}${action}`} aria-describedby="link-hint" />
      </div>
      {dates.length > 0 ? <Dates action={action} timeZone={row.timeZone} dates={dates} /> : null}
      {closed ? (
        <p class="muted">{reasonIn(languageIn(c), closed.reason)}.</p>
      ) : (
        <>
          <h2>{say('Change it')}</h2>
          {dates.length > 0 ? <p class="meta">{say('For every date that you have not answered by itself.')}</p> : null}
          <RsvpForm event={event} action={action} entered={entered} faults={filled.faults ?? []} isChange />
        </>
      )}
      {rsvp.response !== 'declined' && (!closed || closed.reason.startsWith('rsvp_')) ? (
        <form method="post" action={action}>
          <input type="hidden" name="cancel" value="yes" />
          <button class="bad" type="submit">
            {say('I can’t come')}
          </button>
        </form>
      ) : null}
      <GuestNames guests={guests} />
      {hasBeen ? (
        <HowWasIt action={action} said={await findFeedback(c.env.db, rsvp.id)} isSaved={filled.isSaved ?? false} />
      ) : null}
      {isProven ? (
        <section aria-labelledby="calendar">
          <h2 id="calendar">{say('Your calendar')}</h2>
          <p>{say('All that you answer with this address, as a calendar that keeps itself up to date.')}</p>
          <form method="post" action={`${action}/calendar`}>
            <button type="submit">{say('Get its address')}</button>
          </form>
        </section>
      ) : null}
      <Privacy action={action} />
    </>,
    status,
  )
}

managePages.get('/rsvp/:token', async (c) => {
  const token = c.req.param('token')
  const found = await rsvpOfToken(c, token)
  return found.ok
    ? showAnswer(c, token, found.event, found.rsvp, { isSaved: c.req.query('saved') !== undefined })
    : showRefusal(c, found)
})

managePages.post('/rsvp/:token', async (c) => {
  const token = c.req.param('token')
  const found = await rsvpOfToken(c, token)
  if (!found.ok) return showRefusal(c, found)
  const fields = await c.req.parseBody({ all: true })
  const event = eventOf(found.event)
  const sent = bodyOf(event, fields)
  const body = fields.cancel === 'yes' ? { response: 'declined' } : fields.confirm === 'yes' ? {} : sent
  const parsed = RsvpPatch.safeParse(body)
  const entered = sent as Entered
  if (!parsed.success)
    return showAnswer(c, token, found.event, found.rsvp, {
      entered,
      faults: allFaults(event, sent, faults(parsed.error.issues as never)),
    })
  const outcome = await changeToCurrent(c, found, parsed.data)
  if (outcome.ok) return c.redirect(`/rsvp/${token}?saved`, 303)
  return showAnswer(
    c,
    token,
    found.event,
    found.rsvp,
    outcome.errors && body === sent ? { entered, faults: outcome.errors } : { refusal: outcome },
  )
})

managePages.get('/rsvp/:token/data', async (c) => {
  const found = await rsvpOfToken(c, c.req.param('token'))
  if (!found.ok) return showRefusal(c, found)
  return c.body(JSON.stringify(await exportOf(c.env.db, found), null, 2), 200, {
    'Content-Type': 'application/json',
    'Content-Disposition': `attachment; filename="my-answer-${found.event.id}.json"`,
    'Cache-Control': 'no-store',
  })
})

managePages.post('/rsvp/:token/feedback', async (c) => {
  const token = c.req.param('token')
  const found = await rsvpOfToken(c, token)
  if (!found.ok) return showRefusal(c, found)
  const text = saying.safeParse((await c.req.parseBody()).text)
  if (text.success) await sayHowItWas(c.env, found.rsvp, found.event.groupId, text.data)
  return c.redirect(`/rsvp/${token}${text.success ? '?saved' : ''}#feedback`, 303)
})

managePages.post('/rsvp/:token/erase', async (c) => {
  const token = c.req.param('token')
  const found = await rsvpOfToken(c, token)
  if (!found.ok) return showRefusal(c, found)
  if ((await c.req.parseBody()).sure !== 'yes') return c.redirect(`/rsvp/${token}#privacy`, 303)
  await eraseGuest(c.env, found.rsvp, found.event)
  return showPage(
    c,
    { title: 'Erased', isPrivate: true },
    <>
      <h1>Erased</h1>
      <p role="status" data-erased={found.event.id}>
        Nothing here names you any more.
      </p>
      <p>
        <a href={`/e/${found.event.id}`}>To the event</a>
      </p>
    </>,
  )
})
