/** The RSVP form, for a first answer and for changing one. */
import type { Child } from 'hono/jsx'
import type { EventInput } from '../events/schema.ts'
import type { Fault } from '../outcome.ts'
import { type Attendance, usualAttendance } from './rules.ts'

export type Entered = {
  name?: string
  email?: string
  response?: string
  attendance?: string
  guests?: string | number
  note?: string
  answers?: Record<string, string | boolean>
}

type Props = {
  event: EventInput
  action: string
  entered?: Entered
  faults?: Fault[]
  isFull?: boolean
  isChange?: boolean
}

const RESPONSES = [
  ['accepted', 'Yes, I come'],
  ['tentative', 'Maybe'],
  ['declined', 'No'],
] as const

const WAYS: [Attendance, string][] = [
  ['inPerson', 'In person'],
  ['remote', 'From elsewhere'],
]

export const RsvpForm = ({ event, action, entered = {}, faults = [], isFull = false, isChange = false }: Props) => {
  const { questions = [], guestsMax = 0 } = event.rsvp ?? {}
  const faultOf = (path: string) => faults.find((fault) => fault.path === path)?.message
  const isHybrid = event.locations.length > 0 && event.virtualLocations.length > 0
  const attendance = entered.attendance ?? usualAttendance(event)
  return (
    <form method="post" action={action}>
      {faults.length > 0 ? (
        <div class="notice bad" role="alert">
          <p>Please look at the marked fields.</p>
        </div>
      ) : null}
      <Text name="name" label="Your name" value={entered.name} fault={faultOf('name')} autocomplete="name" required />
      {isChange ? null : (
        <Text
          name="email"
          label="Your e-mail address"
          hint="Only the organizers see it."
          value={entered.email}
          fault={faultOf('email')}
          type="email"
          autocomplete="email"
          required
        />
      )}
      <Choices
        name="response"
        legend="Will you come?"
        choices={RESPONSES}
        value={entered.response ?? 'accepted'}
        fault={faultOf('response')}
      />
      {isHybrid ? (
        <Choices name="attendance" legend="How?" choices={WAYS} value={attendance} fault={faultOf('attendance')} />
      ) : null}
      {guestsMax > 0 ? (
        <Text
          name="guests"
          label="How many people do you bring?"
          hint={`At most ${guestsMax}.`}
          value={String(entered.guests ?? 0)}
          fault={faultOf('guests')}
          type="number"
          min="0"
          max={String(guestsMax)}
        />
      ) : null}
      {questions.map((question) => (
        <Question
          question={question}
          value={entered.answers?.[question.id]}
          fault={faultOf(`answers.${question.id}`)}
        />
      ))}
      <div class="field">
        <label for="note">
          A note for the organizers <Optional />
        </label>
        <textarea id="note" name="note" maxlength={2000} {...described('note', faultOf('note'))}>
          {entered.note ?? ''}
        </textarea>
        <FaultLine name="note" fault={faultOf('note')} />
      </div>
      <button type="submit">{isChange ? 'Save' : isFull ? 'Join the waitlist' : 'Send my answer'}</button>
    </form>
  )
}

const Optional = () => <span class="muted">(optional)</span>

/** Ties a field to its fault, and to its hint where it has one. */
const described = (name: string, fault: string | undefined, hint?: string) => ({
  'aria-invalid': fault ? ('true' as const) : undefined,
  'aria-describedby': [hint ? `${name}-hint` : '', fault ? `${name}-fault` : ''].filter(Boolean).join(' ') || undefined,
})

const FaultLine = ({ name, fault }: { name: string; fault: string | undefined }) =>
  fault ? (
    <span class="fault" id={`${name}-fault`}>
      This {fault}.
    </span>
  ) : null

type TextProps = {
  name: string
  label: Child
  hint?: string
  value: string | undefined
  fault: string | undefined
  type?: string
  autocomplete?: string
  required?: boolean
  min?: string
  max?: string
}

const Text = ({ name, label, hint, value, fault, type = 'text', ...rest }: TextProps) => (
  <div class="field">
    <label for={name}>{label}</label>
    {hint ? (
      <span class="hint" id={`${name}-hint`}>
        {hint}
      </span>
    ) : null}
    <input id={name} name={name} type={type} value={value ?? ''} {...described(name, fault, hint)} {...rest} />
    <FaultLine name={name} fault={fault} />
  </div>
)

type ChoiceProps = {
  name: string
  legend: string
  choices: readonly (readonly [string, string])[]
  value: string
  fault: string | undefined
}

const Choices = ({ name, legend, choices, value, fault }: ChoiceProps) => (
  <fieldset class="choices" aria-describedby={fault ? `${name}-fault` : undefined}>
    <legend>{legend}</legend>
    {choices.map(([word, label]) => (
      <label>
        <input type="radio" name={name} value={word} checked={word === value} /> {label}
      </label>
    ))}
    <FaultLine name={name} fault={fault} />
  </fieldset>
)

type QuestionProps = {
  question: NonNullable<EventInput['rsvp']>['questions'][number]
  value: string | boolean | undefined
  fault: string | undefined
}

const Question = ({ question: { id, label, type, options = [], required }, value, fault }: QuestionProps) => {
  const name = `answers.${id}`
  const words = required ? (
    label
  ) : (
    <>
      {label} <Optional />
    </>
  )
  if (type === 'boolean') {
    return (
      <div class="field choices">
        <label>
          <input
            type="checkbox"
            name={name}
            value="true"
            checked={value === true}
            required={required}
            {...described(name, fault)}
          />{' '}
          {label}
        </label>
        <FaultLine name={name} fault={fault} />
      </div>
    )
  }
  if (type === 'text')
    return (
      <Text
        name={name}
        label={words}
        value={typeof value === 'string' ? value : ''}
        fault={fault}
        required={required}
      />
    )
  return (
    <div class="field">
      <label for={name}>{words}</label>
      <select id={name} name={name} required={required} {...described(name, fault)}>
        <option value="">–</option>
        {options.map((option) => (
          <option value={option} selected={option === value}>
            {option}
          </option>
        ))}
      </select>
      <FaultLine name={name} fault={fault} />
    </div>
  )
}
