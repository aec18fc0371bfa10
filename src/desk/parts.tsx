/** The fields of the desk's forms: each has its label, its hint, what was typed, and its fault. */
import type { Child } from 'hono/jsx'
import type { Fault } from '../outcome.ts'

/** A form as it is shown: what stands in it, what is wrong with it, and what its fields are called. */
export type Form = { values: Record<string, string>; faults: Fault[]; labels: Record<string, string> }

/** A fault of a field is one at its path, or at anything inside it. */
const faultAt = ({ faults }: Form, name: string): string | undefined =>
  faults.find(({ path }) => path === name || path.startsWith(`${name}.`))?.message

const idOf = (name: string) => name.replaceAll('.', '-')

const described = (name: string, fault: string | undefined, hint: Child) => ({
  'aria-invalid': fault ? ('true' as const) : undefined,
  'aria-describedby':
    [hint ? `${idOf(name)}-hint` : '', fault ? `${idOf(name)}-fault` : ''].filter(Boolean).join(' ') || undefined,
})

const Hint = ({ name, hint }: { name: string; hint: Child }) =>
  hint ? (
    <span class="hint" id={`${idOf(name)}-hint`}>
      {hint}
    </span>
  ) : null

const FaultLine = ({ name, fault }: { name: string; fault: string | undefined }) =>
  fault ? (
    <span class="fault" id={`${idOf(name)}-fault`}>
      This {fault}.
    </span>
  ) : null

type FieldProps = { form: Form; name: string; hint?: Child }
type InputProps = FieldProps & {
  type?: string
  required?: boolean
  min?: string
  max?: string
  step?: string
  list?: string
  autocomplete?: string
  placeholder?: string
}

export const Input = ({ form, name, hint, type = 'text', ...rest }: InputProps) => {
  const fault = faultAt(form, name)
  return (
    <div class="field">
      <label for={idOf(name)}>{form.labels[name]}</label>
      <Hint name={name} hint={hint} />
      <input
        id={idOf(name)}
        name={name}
        type={type}
        value={type === 'password' ? '' : (form.values[name] ?? '')}
        {...described(name, fault, hint)}
        {...rest}
      />
      <FaultLine name={name} fault={fault} />
    </div>
  )
}

export const Area = ({ form, name, hint, rows = 5, required }: FieldProps & { rows?: number; required?: boolean }) => {
  const fault = faultAt(form, name)
  return (
    <div class="field">
      <label for={idOf(name)}>{form.labels[name]}</label>
      <Hint name={name} hint={hint} />
      <textarea id={idOf(name)} name={name} rows={rows} required={required} {...described(name, fault, hint)}>
        {/* Browsers drop the first line break of a textarea. */}
        {`\n${form.values[name] ?? ''}`}
      </textarea>
      <FaultLine name={name} fault={fault} />
    </div>
  )
}

export type Choice = readonly [value: string, label: string]

export const Select = ({ form, name, hint, choices }: FieldProps & { choices: readonly Choice[] }) => {
  const fault = faultAt(form, name)
  return (
    <div class="field">
      <label for={idOf(name)}>{form.labels[name]}</label>
      <Hint name={name} hint={hint} />
      <select id={idOf(name)} name={name} {...described(name, fault, hint)}>
        {choices.map(([value, label]) => (
          <option value={value} selected={value === (form.values[name] ?? '')}>
            {label}
          </option>
        ))}
      </select>
      <FaultLine name={name} fault={fault} />
    </div>
  )
}

export const Radios = ({ form, name, choices }: FieldProps & { choices: readonly Choice[] }) => {
  const fault = faultAt(form, name)
  return (
    <fieldset class="choices stacked" id={idOf(name)} {...described(name, fault, undefined)}>
      <legend>{form.labels[name]}</legend>
      {choices.map(([value, label]) => (
        <label>
          <input type="radio" name={name} value={value} checked={value === (form.values[name] ?? choices[0]?.[0])} />{' '}
          {label}
        </label>
      ))}
      <FaultLine name={name} fault={fault} />
    </fieldset>
  )
}

export const Check = ({ form, name, hint }: FieldProps) => {
  const fault = faultAt(form, name)
  return (
    <div class="field choices">
      <label>
        <input
          id={idOf(name)}
          type="checkbox"
          name={name}
          value="yes"
          checked={form.values[name] === 'yes'}
          {...described(name, fault, hint)}
        />{' '}
        {form.labels[name]}
      </label>
      <Hint name={name} hint={hint} />
      <FaultLine name={name} fault={fault} />
    </div>
  )
}

/** The label of the field that a fault is at, and where it is in the page. */
function fieldOf({ labels }: Form, path: string): { id?: string; label: string } {
  const parts = path.split('.')
  for (let length = parts.length; length > 0; length--) {
    const name = parts.slice(0, length).join('.')
    if (labels[name]) return { id: idOf(name), label: labels[name] }
  }
  return { label: path }
}

/** What is wrong with a form, all of it, each with the way to its field. It has the focus when the page comes. */
export const Faults = ({ form, title }: { form: Form; title?: string | undefined }) =>
  form.faults.length === 0 && !title ? null : (
    <div class="notice bad" role="alert" tabindex={-1} autofocus>
      <h2 class="title">{title ?? 'Not saved yet'}</h2>
      {form.faults.length === 0 ? null : (
        <ul>
          {form.faults.map(({ path, message }) => {
            const { id, label } = fieldOf(form, path)
            return (
              <li>
                {id ? <a href={`#${id}`}>{label}</a> : label}: this {message}.
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )

export const Badge = ({ children, tone = '' }: { children: Child; tone?: string }) => (
  <span class={`badge ${tone}`}>{children}</span>
)

/** A form of one button: what it does, and to which thing. */
export const Button = ({
  action,
  fields,
  children,
  tone = 'quiet',
}: {
  action: string
  fields: Record<string, string>
  children: Child
  tone?: string
}) => (
  <form method="post" action={action} class="one">
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <button class={tone} type="submit">
      {children}
    </button>
  </form>
)

/** What is shown once, such as a secret; it may be wider than the page, so one gets to it with the keyboard. */
export const Once = ({ children, text }: { children: Child; text: string }) => (
  <div class="notice" role="status">
    <p>{children}</p>
    <pre tabindex={0}>{text}</pre>
  </div>
)

/** Sentences on a page, where there are any. */
export const Lines = ({ title, lines, level: H = 'h3' }: { title: string; lines: string[]; level?: 'h2' | 'h3' }) =>
  lines.length === 0 ? null : (
    <>
      <H>{title}</H>
      <ul>
        {lines.map((one) => (
          <li>{one}</li>
        ))}
      </ul>
    </>
  )
