/** Pieces of the page behind a manage link. */
import type { Child } from 'hono/jsx'
import type { Occurrence } from '../events/occurrences.ts'
import { Places, When } from '../events/parts.tsx'
import type { EventInput } from '../events/schema.ts'
import { Said } from '../http/speaking.tsx'
import type { Refused } from '../outcome.ts'
import { codePath, shortCode } from './code.ts'
import type { GuestRow, RsvpRow } from './queries.ts'
import type { Words } from './words.ts'

export const Saved = () => (
  <div class="notice" role="status">
    <p>
      <Said p="Saved." />
    </p>
  </div>
)

export const Trouble = ({ title, children }: { title: string; children?: Child }) => (
  <div class="notice bad" role="alert">
    <p>
      <strong>{title}.</strong> {children}
    </p>
  </div>
)

/** What the guest got, and why. */
export const Place = ({ words, tone, more }: Words) => (
  <>
    <p class={tone}>
      <strong>{words}</strong>
    </p>
    {more ? <p class="meta">{more}</p> : null}
  </>
)

/** Where to go or how to join, by the way in which the guest takes part. */
export const Way = ({ event, rsvp }: { event: EventInput; rsvp: RsvpRow }) => {
  if (rsvp.place !== 'seat') return null
  const isHere = rsvp.attendance === 'inPerson'
  const { locations, virtualLocations, channel } = event
  const shown = isHere ? { locations, virtualLocations: [] } : { locations: [], virtualLocations, channel }
  return (
    <dl class="facts">
      <Places event={shown} />
    </dl>
  )
}

/** The code for the door, for who comes to the room. */
export const Ticket = ({ rsvp }: { rsvp: RsvpRow }) =>
  rsvp.place === 'seat' && rsvp.attendance === 'inPerson' ? (
    <section aria-labelledby="ticket">
      <h2 id="ticket">
        <Said p="At the door" />
      </h2>
      <p>
        <Said p="Show this code, or say your name." />
      </p>
      <img
        class="qr"
        src={`/qr.svg?path=${encodeURIComponent(codePath(rsvp.id))}`}
        alt="Your code for the door"
        width="200"
        height="200"
      />
      <p>
        <Said p="In letters:" /> <code class="code">{shortCode(rsvp.id)}</code>
      </p>
    </section>
  ) : null

export type DateLine = {
  occurrence: Occurrence
  words: Words
  /** What can be done now. */
  canSkip: boolean
  canTakeBack: boolean
  canAnswer: boolean
}

/** The next dates of a series, with what holds for each. */
export const Dates = ({ action, timeZone, dates }: { action: string; timeZone: string | null; dates: DateLine[] }) => (
  <section aria-labelledby="dates">
    <h2 id="dates">
      <Said p="Next dates" />
    </h2>
    <ul class="list">
      {dates.map(({ occurrence, words, canSkip, canTakeBack, canAnswer }) => {
        const path = `${action}/${occurrence.recurrenceId}`
        const day = (
          <span class="unseen">
            {' '}
            <When occurrence={occurrence} timeZone={timeZone} />
          </span>
        )
        return (
          <li class="card">
            <p class="title">
              <When occurrence={occurrence} timeZone={timeZone} />
            </p>
            {occurrence.status === 'cancelled' ? (
              <p class="bad">
                <strong>
                  <Said p="Cancelled." />
                </strong>
              </p>
            ) : (
              <p class={words.tone}>{words.words}</p>
            )}
            {canSkip || canTakeBack || canAnswer ? (
              <form method="post" action={path} class="row">
                {canSkip ? (
                  <button class="quiet" type="submit" name="do" value="skip">
                    Skip{day}
                  </button>
                ) : null}
                {canTakeBack ? (
                  <button class="quiet" type="submit" name="do" value="take-back">
                    As on all dates{day}
                  </button>
                ) : null}
                {canAnswer ? <a href={path}>Answer otherwise{day}</a> : null}
              </form>
            ) : null}
          </li>
        )
      })}
    </ul>
  </section>
)

/** How it was, for the organizers. */
export const HowWasIt = ({ action, said, isSaved }: { action: string; said: string | null; isSaved: boolean }) => (
  <section aria-labelledby="feedback">
    <h2 id="feedback">
      <Said p="How was it?" />
    </h2>
    {isSaved ? (
      <p class="good" role="status">
        <Said p="Thank you: the organizers can read it." />
      </p>
    ) : null}
    <form method="post" action={`${action}/feedback`}>
      <div class="field">
        <label for="feedback-text">
          <Said p="Tell the organizers" />
        </label>
        <span class="hint" id="feedback-hint">
          <Said p="What was good, what to do better. Only they read it, with your name." />
        </span>
        <textarea id="feedback-text" name="text" maxlength={2000} aria-describedby="feedback-hint" required>
          {said ?? ''}
        </textarea>
      </div>
      <button type="submit">
        <Said p={said ? 'Save' : 'Send'} />
      </button>
    </form>
  </section>
)

/** Who is coming and agreed to be shown. */
export const GuestNames = ({ guests }: { guests: Pick<GuestRow, 'name'>[] }) =>
  guests.length > 0 ? (
    <section aria-labelledby="guests-shown">
      <h2 id="guests-shown">
        <Said p="Who is coming" />
      </h2>
      <p class="meta">
        <Said p="Guests who agreed to be shown." />
      </p>
      <ul class="tags">
        {guests.map(({ name }) => (
          <li>{name}</li>
        ))}
      </ul>
    </section>
  ) : null

/** What is kept of the guest: to be read, and to be erased in two steps. */
export const Privacy = ({ action }: { action: string }) => (
  <section aria-labelledby="privacy">
    <h2 id="privacy">
      <Said p="What is kept about you" />
    </h2>
    <p>
      <Said p="Your name, your address, what you answered, and when." />{' '}
      <a href={`${action}/data`} download>
        <Said p="Download all of it" />
      </a>
    </p>
    <details>
      <summary>
        <Said p="Erase it" />
      </summary>
      <form method="post" action={`${action}/erase`}>
        <p>
          <Said p="Your name, address and answers are erased from this event, on every date, and your place goes to the first in line. This link opens nothing any more. It cannot be undone." />
        </p>
        <div class="field choices">
          <label>
            <input type="checkbox" name="sure" value="yes" required /> <Said p="Yes, erase everything" />
          </label>
        </div>
        <button class="bad" type="submit">
          <Said p="Erase" />
        </button>
      </form>
    </details>
  </section>
)

export const whyNot = ({ detail }: Refused) => `${detail ? `${detail} ` : ''}Your answer stays as it was.`

/** What is said where the link goes only to the address that was given. */
export const LookIntoMail = ({ hasMailer }: { hasMailer: boolean }) => (
  <>
    <p>
      <Said p="If there is something to confirm or to change, the link for it goes to the address that you gave." />
    </p>
    {hasMailer ? null : (
      <p class="muted">
        <Said p="No mail goes out here: ask the organizers." />
      </p>
    )}
  </>
)
