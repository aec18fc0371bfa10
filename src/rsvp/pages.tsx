/** An event's page with its RSVP form, and the page behind a manage link. */
import { Hono } from 'hono'
import { kindOf } from '../events/kinds/index.ts'
import { eventData } from '../events/linked-data.ts'
import { isSeries, occurrencesBetween } from '../events/occurrences.ts'
import { Clocks, OnNow, Places, Subscribe, When } from '../events/parts.tsx'
import { findMovedFrom } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import { holdsOn, shiftsOf } from '../events/shifts.ts'
import { isOn } from '../events/upcoming.ts'
import { summaryOf } from '../formats/plain-text.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { renderMarkdown } from '../http/markdown.ts'
import { reasonIn, showPage, showRefusal } from '../http/page.tsx'
import { statusOf } from '../http/problem.ts'
import { languageIn, Said } from '../http/speaking.tsx'
import { wordsOf } from '../languages/index.ts'
import { sayIn } from '../languages/pages/index.ts'
import { readListed } from '../minutes/dates.ts'
import { RecordList, RecordOf } from '../minutes/parts.tsx'
import { readRecord } from '../minutes/queries.ts'
import { formatRule } from '../time/english.ts'
import { RsvpForm } from './form.tsx'
import { GuestNames, LookIntoMail, Trouble } from './manage-parts.tsx'
import { answerSent, type Filled, isRefused, type Shown, shownBy, shownForm, standingOf } from './page-requests.ts'
import { readShownGuests } from './queries.ts'
import { Coming, Seats } from './seat-parts.tsx'

const YEAR = 366 * 86_400
const NEXT_DATES = 6
const NAMES_MAX = 200
const PAST_DATES = 6

export const eventPages = new Hono<AppEnv>()

async function showEvent(c: AppContext, shown: Shown, filled: Filled = {}) {
  const { row, occurrence, isDate } = shown
  const language = languageIn(c)
  const say = sayIn(language)
  const { event, key, closed, counts, full, hasWaitlist } = await standingOf(c, shown)
  const isCancelled = occurrence.status === 'cancelled'
  const dates = isSeries(event) ? occurrencesBetween(eventOf(row), c.env.now(), c.env.now() + YEAR, NEXT_DATES) : []
  const shifts = shiftsOf(eventOf(row), c.env.now()).filter((one) => !isDate || holdsOn(one, occurrence.start))
  const guests = event.rsvp?.guestList === 'everyone' ? await readShownGuests(c.env.db, row.id, key, NAMES_MAX) : []
  const { record, hasLog } = await readRecord(c.env.db, row, occurrence)
  const isOver = occurrence.endsAt <= c.env.now()
  const past = isDate || !isSeries(event) ? [] : await pastDates(c, row)
  const links = eventOf(row).links.filter((one) => !record.links.some(({ href }) => href === one.href))
  const path = isDate ? `/e/${row.id}/${occurrence.recurrenceId}` : `/e/${row.id}`
  // Whoever keeps pictures by their address asks anew for a changed one.
  const image = `/pictures/e/${row.id}.png?v=${row.changeId.slice(-8)}`
  const address = encodeURIComponent(`${c.env.baseUrl}${path}`)
  const status = filled.faults ? 422 : filled.refusal ? statusOf(filled.refusal.reason) : 200
  return showPage(
    c,
    {
      title: `${occurrence.title} – ${row.name}`,
      description: summaryOf(event.description, 200) || `${kindOf(row.kind).label} of ${row.name}`,
      path,
      isTranslated: true,
      image: { path: image, text: `${occurrence.title}, ${row.name}` },
      data: eventData(c.env.baseUrl, path, `${c.env.baseUrl}${image}`, {
        ...shown,
        event,
        counts,
        isOpen: !closed,
        isFull: full,
        movedFrom: isSeries(event) ? null : await findMovedFrom(c.env.db, row),
      }),
      feeds: [
        { href: `/e/${row.id}.ics`, title: occurrence.title },
        { href: `/oembed?url=${address}`, title: occurrence.title, type: 'application/json+oembed' },
        { href: `/oembed?url=${address}&format=xml`, title: occurrence.title, type: 'text/xml+oembed' },
      ],
    },
    <article data-event={row.id}>
      <p class="kind">
        {say('{kind} of', { kind: say(kindOf(row.kind).label) })} <a href={`/g/${row.slug}`}>{row.name}</a>
      </p>
      <h1>
        {occurrence.title}
        {isOn(occurrence, c.env.now()) ? <OnNow /> : null}
      </h1>
      {isCancelled ? (
        <div class="notice bad">
          <p>
            <strong>{say('Cancelled.')}</strong> {event.reason ?? ''}
          </p>
        </div>
      ) : null}
      <dl class="facts">
        <dt>{say('When')}</dt>
        <dd>
          <When occurrence={occurrence} timeZone={row.timeZone} />
          {event.recurrenceRule ? (
            <div class="meta">
              {isDate ? (
                <a href={`/e/${row.id}`}>{formatRule(event.recurrenceRule, language)}</a>
              ) : (
                formatRule(event.recurrenceRule, language)
              )}
            </div>
          ) : null}
          {isOver && !isCancelled ? <div class="meta">{say('It is over.')}</div> : null}
        </dd>
        <Places event={event} />
        {event.speakers?.length ? (
          <>
            <dt>{say('Speakers')}</dt>
            <dd>{event.speakers.map(({ name }) => name).join(', ')}</dd>
          </>
        ) : null}
        {event.bot ? (
          <>
            <dt>{say('Minutes by')}</dt>
            <dd>
              {event.bot.name}
              {event.bot.meeting ? ` (${event.bot.meeting})` : ''}
            </dd>
          </>
        ) : null}
        {event.conference ? (
          <>
            <dt>{say('Talks')}</dt>
            <dd>
              <a href={`/conferences/${event.conference}`}>{say('The talks in the archive')}</a>
            </dd>
          </>
        ) : null}
        {row.rsvpEnabled && !isCancelled ? <Coming row={row} counts={counts} guests={guests} /> : null}
      </dl>
      {row.rsvpEnabled && !closed ? (
        <p class="row">
          <a class="button" href="#rsvp">
            {say(full && hasWaitlist ? 'Get in line' : 'Answer')}
          </a>
          <a class="button quiet" href={`/e/${row.id}.ics`}>
            {say('Add to calendar')}
          </a>
        </p>
      ) : null}
      {renderMarkdown(event.description)}
      {links.length > 0 ? (
        <ul>
          {links.map(({ href, title, rel }) => (
            <li>
              <a href={href} rel="nofollow ugc noopener noreferrer">
                {title ?? rel ?? href}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {event.keywords.length > 0 ? (
        <ul class="tags">
          {event.keywords.map((name) => (
            <li>{name}</li>
          ))}
        </ul>
      ) : null}
      <RecordOf
        record={record}
        logPage={hasLog ? `/e/${row.id}/${occurrence.recurrenceId}/log` : null}
        isOver={isOver}
      />
      {row.rsvpEnabled ? (
        <section aria-labelledby="rsvp">
          <h2 id="rsvp">{say('RSVP')}</h2>
          {isCancelled ? null : <Seats row={row} counts={counts} />}
          {full && !closed ? (
            <p>
              <strong>{say('All seats are taken.')}</strong>
              {hasWaitlist ? ` ${say('Answer now and you wait in line.')} ${wordsOf(language).place.lineRule}` : ''}
            </p>
          ) : null}
          {filled.refusal ? (
            <Trouble title={reasonIn(languageIn(c), filled.refusal.reason)}>{filled.refusal.detail ?? ''}</Trouble>
          ) : null}
          {closed ? (
            <p class="muted">{reasonIn(languageIn(c), closed.reason)}.</p>
          ) : (
            <>
              {isSeries(event) && !isDate ? (
                <p class="meta">{say('Your answer counts for every date of the series.')}</p>
              ) : null}
              <RsvpForm
                event={event}
                action={`${path}#rsvp`}
                isFull={full && hasWaitlist}
                {...(await shownForm(c))}
                {...filled}
              />
              <p class="muted">
                {say('After sending you get a link with which you can change or cancel your answer.')}{' '}
                {say(c.env.mailer ? 'It comes by mail too.' : 'Keep it: no mail goes out here.')}
              </p>
            </>
          )}
        </section>
      ) : null}
      <GuestNames guests={guests} />
      {dates.length > 1 ? (
        <>
          <h2>{say('Next dates')}</h2>
          <ul>
            {dates.map((one) => (
              <li>
                <a href={`/e/${row.id}/${one.recurrenceId}`}>
                  <When occurrence={one} timeZone={row.timeZone} />
                </a>
                {one.status === 'cancelled' ? <strong class="bad"> {say('cancelled')}</strong> : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {past.length > 0 ? (
        <>
          <h2>{say('Past dates')}</h2>
          <RecordList path={`/e/${row.id}`} timeZone={row.timeZone} dates={past} />
          <p>
            <a href={`/e/${row.id}/dates`}>{say('All dates, and what there is of each')}</a>
          </p>
        </>
      ) : null}
      <Clocks shifts={shifts} />
      <Subscribe baseUrl={c.env.baseUrl} path={`/e/${row.id}.ics`} />
      <p>
        <a href={`/embed?event=${row.id}`}>{say('Put it on your website')}</a>
      </p>
    </article>,
    status,
  )
}

/** The latest dates that are over, with what there is of each. */
async function pastDates(c: AppContext, row: Shown['row']) {
  const now = c.env.now()
  const window = { from: now - YEAR, to: now, limit: 400 }
  const dates = await readListed(c.env.db, row, window, now)
  return dates
    .filter(({ date }) => date.endsAt <= now)
    .reverse()
    .slice(0, PAST_DATES)
}

async function takeAnswer(c: AppContext, shown: Shown) {
  const outcome = await answerSent(c, shown)
  if (!outcome.ok) return showEvent(c, shown, outcome)
  if (outcome.manageToken) return c.redirect(`/rsvp/${outcome.manageToken}`, 303)
  return showPage(
    c,
    { title: sayIn(languageIn(c))('Look into your mail'), isPrivate: true, isTranslated: true },
    <>
      <h1>
        <Said p="Look into your mail" />
      </h1>
      <LookIntoMail hasMailer={c.env.mailer !== undefined} />
    </>,
    202,
  )
}

eventPages.get('/e/:id', async (c) => {
  const shown = await shownBy(c, c.req.param('id'))
  return isRefused(shown) ? showRefusal(c, shown) : showEvent(c, shown)
})
eventPages.get('/e/:id/:recurrenceId', async (c) => {
  const shown = await shownBy(c, c.req.param('id'), c.req.param('recurrenceId'))
  return isRefused(shown) ? showRefusal(c, shown) : showEvent(c, shown)
})
eventPages.post('/e/:id', async (c) => {
  const shown = await shownBy(c, c.req.param('id'))
  return isRefused(shown) ? showRefusal(c, shown) : takeAnswer(c, shown)
})
eventPages.post('/e/:id/:recurrenceId', async (c) => {
  const shown = await shownBy(c, c.req.param('id'), c.req.param('recurrenceId'))
  return isRefused(shown) ? showRefusal(c, shown) : takeAnswer(c, shown)
})
