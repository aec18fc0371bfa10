/** Pieces of the door's page: the numbers, a guest's row, the form for who came without an answer. */
import type { Child } from 'hono/jsx'
import type { SeatCount } from '../events/queries.ts'
import type { EventInput } from '../events/schema.ts'
import type { Fault } from '../outcome.ts'
import { formatTime } from '../time/english.ts'
import { Choices, Optional, Text } from './form-parts.tsx'
import type { RsvpRow } from './queries.ts'
import { isHybrid, isUnconfirmed, usualAttendance } from './rules.ts'

const WAYS = [
  ['inPerson', 'In person'],
  ['remote', 'From elsewhere'],
] as const

/** How many are here, of how many who are expected. */
export const Numbers = ({ event, counts }: { event: EventInput; counts: SeatCount[] }) => (
  <dl class="numbers">
    {WAYS.map(([way, label]) => {
      const { came = 0, taken = 0 } = counts.find(({ attendance }) => attendance === way) ?? {}
      return isHybrid(event) || way === usualAttendance(event) || came + taken > 0 ? (
        <div>
          <dt>{label}</dt>
          <dd>
            <strong>{came}</strong> here, {taken} expected
          </dd>
        </div>
      ) : null
    })}
  </dl>
)

export const isHere = ({ checkedInAt }: RsvpRow): boolean => checkedInAt !== null

/** Where a guest stands, in words; a warning where there is no seat. */
export function stateOf(rsvp: RsvpRow, event: EventInput): { words: string; warning?: string } {
  const hybrid = isHybrid(event)
  if (rsvp.checkedInAt !== null) {
    const time = formatTime(rsvp.checkedInAt, event.timeZone ?? 'UTC')
    const way = !hybrid ? '' : rsvp.came === 'remote' ? ', joined remotely' : ', in the room'
    return { words: `Here since ${time}${way}` }
  }
  if (rsvp.place === 'seat') {
    const way = !hybrid ? '' : rsvp.attendance === 'remote' ? ', from elsewhere' : ', in the room'
    return { words: `Has a place${way}${rsvp.waitsFor ? ', and waits for a seat in the room' : ''}` }
  }
  const words = 'No place'
  if (rsvp.place === 'waitlist') return { words, warning: `Number ${rsvp.rank} in line.` }
  if (rsvp.place === 'pending')
    return {
      words,
      warning: isUnconfirmed(event, rsvp) ? 'This answer is not confirmed.' : 'An organizer has not approved it yet.',
    }
  return { words, warning: rsvp.response === 'declined' ? 'Said: not coming.' : 'Said: maybe.' }
}

/** `a…@example.org`, to tell guests of one name apart. */
export const maskedAddress = (email: string): string => email.replace(/^(.)[^@]*/, '$1…')

type RowProps = {
  rsvp: RsvpRow
  event: EventInput
  action: string
  /** What tells this guest from another one of the same name, or was searched for. */
  address: string | null
  /** Hidden fields that bring the volunteer back to where they were. */
  children?: Child
}

/** One guest, with what can be done: a form for each, since the page works without JavaScript. */
export const GuestRow = ({ rsvp, event, action, address, children }: RowProps) => {
  const { words, warning } = stateOf(rsvp, event)
  const who = <span class="unseen"> {rsvp.name}</span>
  // The way that was answered first, as the larger button.
  const other = rsvp.attendance === 'remote' ? 'inPerson' : 'remote'
  const ways = isHybrid(event) ? [rsvp.attendance, other] : [rsvp.attendance]
  return (
    <li class="card">
      <p class="title">
        {rsvp.name}
        {rsvp.guests > 0 ? ` and ${rsvp.guests} more` : ''}
      </p>
      {address ? <p class="meta">{address}</p> : null}
      <p class={isHere(rsvp) ? 'good' : warning ? 'bad' : 'meta'}>
        <strong>{words}</strong>
        {warning ? `: ${warning}` : ''}
      </p>
      <form method="post" action={action} class="row">
        <input type="hidden" name="guest" value={rsvp.id} />
        {children}
        {isHere(rsvp) ? (
          <button class="quiet" type="submit" name="do" value="undo">
            Undo{who}
          </button>
        ) : (
          ways.map((way, at) => (
            <button
              class={`${at === 0 ? 'big' : 'quiet'}${warning ? ' bad' : ''}`}
              type="submit"
              name="do"
              value={`${warning ? 'let-in' : 'check-in'} ${way}`}
            >
              {way === 'remote' && ways.length > 1 ? 'Joined remotely' : warning ? 'Let in anyway' : 'Check in'}
              {who}
            </button>
          ))
        )}
      </form>
    </li>
  )
}

export type Stranger = { name?: string; email?: string; persons?: string; attendance?: string }

type WalkInProps = {
  event: EventInput
  action: string
  /** Of this form: sent twice, it is one guest. */
  id: string
  entered?: Stranger
  faults?: Fault[]
  children?: Child
}

/** The form for who came without an answer. */
export const WalkInForm = ({ event, action, id, entered = {}, faults = [], children }: WalkInProps) => {
  const faultOf = (path: string) => faults.find((fault) => fault.path === path)?.message
  return (
    <form method="post" action={`${action}#walk-in`}>
      <input type="hidden" name="do" value="walk-in" />
      <input type="hidden" name="key" value={id} />
      {children}
      {faults.length > 0 ? (
        <div class="notice bad" role="alert">
          <p>Please look at the marked fields.</p>
        </div>
      ) : null}
      <Text name="name" label="Name" value={entered.name} fault={faultOf('name')} required />
      <Text
        name="email"
        label={
          <>
            E-mail address <Optional />
          </>
        }
        value={entered.email}
        fault={faultOf('email')}
        type="email"
      />
      <Text
        name="persons"
        label="How many are they?"
        value={entered.persons ?? '1'}
        fault={faultOf('guests')}
        type="number"
        min="1"
        max="21"
      />
      {isHybrid(event) ? (
        <Choices
          name="attendance"
          legend="How?"
          choices={WAYS}
          value={entered.attendance ?? 'inPerson'}
          fault={faultOf('attendance')}
        />
      ) : null}
      <button type="submit">Add and check in</button>
    </form>
  )
}
