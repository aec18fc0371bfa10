/** Ways to narrow a list: each a link, so that they work without a script and can be followed and kept. */
import { useSay } from '../http/speaking.tsx'

export type Facet = {
  title: string
  /** The member of the query. */
  name: string
  values: { value: string; label: string; count?: string }[]
}

type Query = Record<string, string>
type Props = { path: string; query: Query; facets: Facet[] }

const linkTo = (path: string, query: Query): string => {
  const given = Object.entries(query).filter(([, value]) => value !== '')
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path
}

const without = (query: Query, name: string): Query =>
  Object.fromEntries(Object.entries(query).filter(([key]) => key !== name))

/** What is narrowed to now, each with a way out. */
export const Chosen = ({ path, query, facets }: Props) => {
  const say = useSay()
  const chosen = Object.entries(query).filter(([name, value]) => name !== 'q' && value !== '')
  if (chosen.length === 0) return null
  const labelOf = (name: string, value: string) =>
    facets.find((facet) => facet.name === name)?.values.find((one) => one.value === value)?.label ?? value
  return (
    <ul class="tags" aria-label={say('Narrowed to')}>
      {chosen.map(([name, value]) => (
        <li>
          <a href={linkTo(path, without(query, name))}>
            {name === 'has' ? say('with {what}', { what: labelOf(name, value) }) : `${name}: ${labelOf(name, value)}`}{' '}
            <span aria-hidden="true">×</span>
            <span class="unseen"> {say('(take away)')}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

/** What it can be narrowed to; a facet without a choice is not shown. */
export const Facets = ({ path, query, facets }: Props) => {
  const say = useSay()
  const open = facets.filter(({ name, values }) => !query[name] && values.length > 0)
  return open.length === 0 ? null : (
    <details class="facets">
      <summary>{say('Narrow the list')}</summary>
      {open.map(({ title, name, values }) => (
        <nav aria-label={title}>
          <h2>{title}</h2>
          <ul class="tags">
            {values.map(({ value, label, count }) => (
              <li>
                <a href={linkTo(path, { ...query, [name]: value })}>
                  {label}
                  {count === undefined ? '' : ` (${count})`}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      ))}
    </details>
  )
}
