/** The fields of which forms are made, each tied to its fault. */
import type { Child } from 'hono/jsx'
import { Said } from '../http/speaking.tsx'

export const Optional = () => (
  <span class="muted">
    <Said p="(optional)" />
  </span>
)

/** Ties a field to its fault, and to its hint where it has one. */
export const described = (name: string, fault: string | undefined, hint?: string) => ({
  'aria-invalid': fault ? ('true' as const) : undefined,
  'aria-describedby': [hint ? `${name}-hint` : '', fault ? `${name}-fault` : ''].filter(Boolean).join(' ') || undefined,
})

export const FaultLine = ({ name, fault }: { name: string; fault: string | undefined }) =>
  fault ? (
    <span class="fault" id={`${name}-fault`}>
      This {fault}.
    </span>
  ) : null

/** What only a program fills in: nobody sees it, hears it or gets there with a keyboard. */
export const Trap = () => (
  <div class="unseen" aria-hidden="true">
    <label>
      Leave this empty <input type="text" name={TRAP} value="" tabindex={-1} autocomplete="off" />
    </label>
  </div>
)
export const TRAP = 'fax'

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
  step?: string
}

export const Text = ({ name, label, hint, value, fault, type = 'text', ...rest }: TextProps) => (
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

export const Choices = ({ name, legend, choices, value, fault }: ChoiceProps) => (
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
