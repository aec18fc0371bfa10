/** A question of the organizers as a field of the form. */
import type { Child } from 'hono/jsx'
import { type Answer, optionsOf, type Question } from '../events/questions.ts'
import { described, FaultLine, Optional, Text } from './form-parts.tsx'

type Props = {
  question: Question
  questions: readonly Question[]
  value: Answer | undefined
  fault: string | undefined
}

type FieldProps = {
  question: Question
  name: string
  label: Child
  value: Answer | undefined
  fault: string | undefined
}

/** How each type is asked. */
const FIELDS: Record<Question['type'], (props: FieldProps) => Child> = {
  text: (props) => <Line {...props} type="text" />,
  number: (props) => <Line {...props} type="number" />,
  date: (props) => <Line {...props} type="date" />,
  longText: ({ name, label, value, fault, question }) => (
    <div class="field">
      <label for={name}>{label}</label>
      <textarea id={name} name={name} maxlength={2000} required={mustFill(question)} {...described(name, fault)}>
        {typeof value === 'string' ? value : ''}
      </textarea>
      <FaultLine name={name} fault={fault} />
    </div>
  ),
  choice: ({ name, label, value, fault, question }) => (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name} required={mustFill(question)} {...described(name, fault)}>
        <option value="">–</option>
        {optionsOf(question).map((option) => (
          <option value={option.value} selected={option.value === value}>
            {optionLabel(option)}
          </option>
        ))}
      </select>
      <FaultLine name={name} fault={fault} />
    </div>
  ),
  choices: ({ name, label, value, fault, question }) => (
    <fieldset class="choices" aria-describedby={fault ? `${name}-fault` : undefined}>
      <legend>{label}</legend>
      {optionsOf(question).map((option) => (
        <label>
          <input
            type="checkbox"
            name={name}
            value={option.value}
            checked={Array.isArray(value) ? value.includes(option.value) : value === option.value}
          />{' '}
          {optionLabel(option)}
        </label>
      ))}
      <FaultLine name={name} fault={fault} />
    </fieldset>
  ),
  boolean: ({ name, label, value, fault, question }) => (
    <div class="field choices">
      <label>
        <input
          type="checkbox"
          name={name}
          value="true"
          checked={value === true}
          required={mustFill(question)}
          {...described(name, fault)}
        />{' '}
        {label}
      </label>
      <FaultLine name={name} fault={fault} />
    </div>
  ),
}

const Line = ({ question, name, label, value, fault, type }: FieldProps & { type: 'text' | 'number' | 'date' }) => (
  <Text
    name={name}
    label={label}
    type={type}
    value={value === undefined || typeof value === 'boolean' ? '' : String(value)}
    fault={fault}
    required={mustFill(question)}
    {...(type === 'number' ? { step: 'any' } : {})}
    {...(question.min === undefined ? {} : { min: String(question.min) })}
    {...(question.max === undefined ? {} : { max: String(question.max) })}
  />
)

/** The browser asks for it only where everybody is asked. */
const mustFill = ({ required, showIf }: Question) => required && !showIf

const optionLabel = ({ value, places }: { value: string; places: number | null }) =>
  places === null ? value : `${value} (${places} ${places === 1 ? 'place' : 'places'})`

export const QuestionField = ({ question, questions, value, fault }: Props) => {
  const { label, required, showIf, type } = question
  const asked = showIf && questions.find(({ id }) => id === showIf.question)
  const words = (
    <>
      {label} {required || type === 'boolean' ? null : <Optional />}
      {asked ? (
        <span class="muted">
          {' '}
          – if “{asked.label}”: {typeof showIf.is === 'boolean' ? (showIf.is ? 'yes' : 'no') : showIf.is}
        </span>
      ) : null}
    </>
  )
  const name = `answers.${question.id}`
  const field = FIELDS[type]({ question, name, label: words, value, fault })
  return asked ? (
    <fieldset data-if={asked.id} data-is={String(showIf.is)} aria-label={label}>
      {field}
    </fieldset>
  ) : (
    field
  )
}
