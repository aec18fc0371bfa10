/** The RSVP form, for a first answer and for changing one. */
import type { Answers } from '../events/questions.ts'
import type { EventInput } from '../events/schema.ts'
import { useSay } from '../http/speaking.tsx'
import type { Fault } from '../outcome.ts'
import { REMOTE_FIRST } from './form-data.ts'
import { Choices, described, FaultLine, Optional, Text, Trap } from './form-parts.tsx'
import { QuestionField } from './question-field.tsx'
import { isHybrid, usualAttendance } from './rules.ts'

export type Entered = {
  name?: string
  email?: string
  response?: string
  attendance?: string
  guests?: string | number
  note?: string
  answers?: Answers
  waitsFor?: string | null
  showName?: string | number | boolean
}

type Props = {
  event: EventInput
  action: string
  entered?: Entered
  faults?: Fault[]
  isFull?: boolean
  isChange?: boolean
  /** Of the manage token, and of the invitation by which the guest came. */
  secret?: string
  /** When it was shown (`limits/stamp.ts`). */
  stamp?: string
  invitation?: string
}

const RESPONSES = [
  ['accepted', 'Yes, I come'],
  ['tentative', 'Maybe'],
  ['declined', 'No'],
] as const

const WAYS = [
  ['inPerson', 'In person'],
  ['remote', 'From elsewhere'],
  [REMOTE_FIRST, 'From elsewhere, and in person as soon as there is a seat'],
] as const

export const RsvpForm = (props: Props) => {
  const {
    event,
    action,
    entered = {},
    faults = [],
    isFull = false,
    isChange = false,
    secret,
    stamp,
    invitation,
  } = props
  const { questions = [], guestsMax = 0, guestList = 'nobody', capacity, waitlist = true } = event.rsvp ?? {}
  const say = useSay()
  const faultOf = (path: string) => faults.find((fault) => fault.path === path)?.message
  const attendance = entered.waitsFor ? REMOTE_FIRST : (entered.attendance ?? usualAttendance(event))
  const ways = WAYS.filter(([way]) => way !== REMOTE_FIRST || (waitlist && capacity?.inPerson != null)).map(
    ([way, label]) => [way, say(label)] as const,
  )
  return (
    <form method="post" action={action}>
      {faults.length > 0 ? (
        <div class="notice bad" role="alert">
          <p>{say('Please look at the marked fields.')}</p>
        </div>
      ) : null}
      <Text
        name="name"
        label={say('Your name')}
        value={entered.name}
        fault={faultOf('name')}
        autocomplete="name"
        required
      />
      {isChange ? null : (
        <Text
          name="email"
          label={say('Your e-mail address')}
          hint={say('Only the organizers see it.')}
          value={entered.email}
          fault={faultOf('email')}
          type="email"
          autocomplete="email"
          required
        />
      )}
      <Choices
        name="response"
        legend={say('Will you come?')}
        choices={RESPONSES.map(([word, label]) => [word, say(label)] as const)}
        value={entered.response ?? 'accepted'}
        fault={faultOf('response')}
      />
      {isHybrid(event) ? (
        <Choices
          name="attendance"
          legend={say('How?')}
          choices={ways}
          value={attendance}
          fault={faultOf('attendance')}
        />
      ) : null}
      {guestsMax > 0 ? (
        <Text
          name="guests"
          label={say('How many people do you bring?')}
          hint={say('At most {n}.', { n: guestsMax })}
          value={String(entered.guests ?? 0)}
          fault={faultOf('guests')}
          type="number"
          min="0"
          max={String(guestsMax)}
        />
      ) : null}
      {questions.map((question) => (
        <QuestionField
          question={question}
          questions={questions}
          value={entered.answers?.[question.id]}
          fault={faultOf(`answers.${question.id}`)}
        />
      ))}
      {guestList === 'nobody' ? null : (
        <div class="field choices">
          <label>
            <input
              type="checkbox"
              name="showName"
              value="true"
              checked={entered.showName === true || entered.showName === 1 || entered.showName === 'true'}
            />{' '}
            {say(guestList === 'guests' ? 'Show my name to the other guests' : 'Show my name to everybody')}
          </label>
        </div>
      )}
      <div class="field">
        <label for="note">
          {say('A note for the organizers')} <Optional />
        </label>
        <textarea id="note" name="note" maxlength={2000} {...described('note', faultOf('note'))}>
          {entered.note ?? ''}
        </textarea>
        <FaultLine name="note" fault={faultOf('note')} />
      </div>
      {isChange ? null : <Trap />}
      {isChange ? null : <input type="hidden" name="timeZone" value="" />}
      {secret ? <input type="hidden" name="secret" value={secret} /> : null}
      {stamp ? (
        <>
          <input type="hidden" name="stamp" value={stamp} />
          <input type="hidden" name="proof" value="" autocomplete="off" />
        </>
      ) : null}
      {invitation ? <input type="hidden" name="invitation" value={invitation} /> : null}
      <button type="submit">{say(isChange ? 'Save' : isFull ? 'Join the waitlist' : 'Send my answer')}</button>
    </form>
  )
}
