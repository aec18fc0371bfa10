/** Pieces of the pages about what is missing. */
import type { Fault } from '../outcome.ts'
import { formatDate } from '../time/english.ts'
import { toIso } from '../time/zone.ts'
import type { DeadLink, GapRow } from './gaps.ts'
import { RESOURCE_WORDS, Speakers } from './parts.tsx'

const rel = 'nofollow ugc noopener noreferrer'

/** What may be handed in; what a talk is called elsewhere is nothing to hand in. */
const CHOICES = [
  ['slides', 'Slides'],
  ['recording', 'A recording'],
  ['paper', 'A paper'],
  ['code', 'Code'],
  ['other', 'Something else'],
] as const

/** A dead link, crossed out, with when and why, and where to look instead. */
export const Dead = ({ detail, checkedAt, fallback }: DeadLink) => (
  <span class="bad" lang="en">
    {' '}
    This link is dead{detail ? `: it ${detail}` : ''}
    {checkedAt ? (
      <>
        {' '}
        (<time datetime={toIso(checkedAt)}>{formatDate(toIso(checkedAt).slice(0, 10))}</time>)
      </>
    ) : null}
    .{' '}
    <a href={fallback} rel={rel}>
      {fallback.startsWith('https://web.archive.org/') ? 'Look in the Internet Archive' : 'Look here instead'}
    </a>
  </span>
)

export const HandInForm = ({
  action,
  entered,
  faults,
}: {
  action: string
  entered: Record<string, string>
  faults: Fault[]
}) => {
  const faultOf = (name: string) => faults.find(({ path }) => path === name)?.message
  const fault = (name: string) =>
    faultOf(name) ? (
      <span class="fault" id={`${name}-fault`}>
        {faultOf(name)}
      </span>
    ) : null
  const described = (name: string) =>
    faultOf(name) ? { 'aria-invalid': 'true' as const, 'aria-describedby': `${name}-fault` } : {}
  return (
    <form method="post" action={action}>
      <div class="field">
        <label for="url">Address</label>
        {fault('url')}
        <input
          id="url"
          name="url"
          type="url"
          required
          maxlength={2000}
          placeholder="https://"
          value={entered.url ?? ''}
          {...described('url')}
        />
      </div>
      <div class="field">
        <label for="type">What it is</label>
        {fault('type')}
        <select id="type" name="type" {...described('type')}>
          {CHOICES.map(([value, label]) => (
            <option value={value} selected={value === (entered.type ?? 'slides')}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="title">Title, if it has one of its own</label>
        {fault('title')}
        <input
          id="title"
          name="title"
          type="text"
          maxlength={300}
          value={entered.title ?? ''}
          {...described('title')}
        />
      </div>
      <button type="submit">Hand in</button>
    </form>
  )
}

/** What a talk has; what came by this link can be taken back. */
export const Given = ({
  action,
  resources,
  given,
  dead,
}: {
  action: string
  resources: { type: string; url: string; title?: string | undefined }[]
  given: string[]
  dead: DeadLink[]
}) => (
  <ul class="list">
    {resources.map(({ type, url, title }) => {
      const isDead = dead.find((one) => one.url === url)
      return (
        <li class="card">
          <p class="title">
            <a href={url} rel={rel}>
              {title ?? url}
            </a>
          </p>
          <p class="meta">
            {RESOURCE_WORDS[type] ?? 'link'}
            {isDead ? <Dead {...isDead} /> : null}
          </p>
          {given.includes(url) ? (
            <form method="post" action={action}>
              <input type="hidden" name="url" value={url} />
              <button class="quiet" type="submit" name="do" value="take-back">
                Take back
              </button>
            </form>
          ) : null}
        </li>
      )
    })}
  </ul>
)

export const GapList = ({ gaps }: { gaps: GapRow[] }) => (
  <ul class="list">
    {gaps.map(({ slug, title, speakers, conferenceSlug, conferenceTitle, startsLocal, lacks, dead }) => (
      <li class="card">
        <p class="title">
          <a href={`/talks/${slug}`}>{title}</a>
        </p>
        <p class="meta">
          <Speakers of={speakers} />
        </p>
        <p class="meta">
          {conferenceSlug ? <a href={`/conferences/${conferenceSlug}`}>{conferenceTitle}</a> : null}
          {conferenceSlug && startsLocal ? ' · ' : ''}
          {startsLocal ? formatDate(startsLocal.slice(0, 10)) : ''}
        </p>
        <ul class="tags">
          {lacks.map((type) => (
            <li>{type === 'slides' ? 'no slides' : 'no recording'}</li>
          ))}
        </ul>
        {dead.map((link) => (
          <p class="meta">
            <del>{link.url}</del> ({RESOURCE_WORDS[link.type] ?? 'link'})
            <Dead {...link} />
          </p>
        ))}
      </li>
    ))}
  </ul>
)
