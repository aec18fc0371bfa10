/** The page of a speaker: their talks over all conferences, year by year. */
import { Hono } from 'hono'
import { grouped } from '../grouped.ts'
import type { AppEnv } from '../http/app-env.ts'
import { renderMarkdown } from '../http/markdown.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'
import { anonymous } from '../tokens/access.ts'
import { speakerData } from './linked-data.ts'
import { readTalks } from './list.ts'
import { feedsOf, TalkCalendar, TalkList } from './parts.tsx'
import type { FullTalk } from './queries.ts'
import { findSpeaker, movedSpeaker } from './speakers.ts'

const TALKS_MAX = 2000

export const speakerPages = new Hono<AppEnv>()

/** `12 talks at 5 conferences, 2012 to 2024`. */
function summary(talks: FullTalk[]): string {
  const conferences = new Set(talks.flatMap(({ conferenceSlug }) => conferenceSlug ?? [])).size
  const years = talks.flatMap(({ year }) => year ?? [])
  const [first, last] = [Math.min(...years), Math.max(...years)]
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`
  const when = years.length === 0 ? '' : first === last ? `, ${first}` : `, ${first} to ${last}`
  return `${count(talks.length, 'talk')}${conferences > 0 ? ` at ${count(conferences, 'conference')}` : ''}${when}`
}

speakerPages.get('/speakers/:slug', async (c) => {
  const speaker = await findSpeaker(c.env.db, c.req.param('slug'), anonymous)
  const talks = speaker ? await readTalks(c.env.db, anonymous, { speaker: speaker.slug }, { limit: TALKS_MAX }) : []
  const moved = speaker ? null : await movedSpeaker(c.env.db, c.req.param('slug'), anonymous)
  if (moved) return c.redirect(`/speakers/${moved}`, 301)
  if (!speaker || talks.length === 0) return showRefusal(c, refused('not_found'))
  const path = `/speakers/${speaker.slug}`
  const aliases = JSON.parse(speaker.aliases) as string[]
  const years = [...grouped(talks, ({ year }) => year)]
  return showPage(
    c,
    {
      title: speaker.name,
      description: `${speaker.name}: ${summary(talks)}`,
      kind: 'profile',
      data: speakerData(c.env.baseUrl, speaker, talks),
      feeds: feedsOf(path, speaker.name),
    },
    <>
      <h1>{speaker.name}</h1>
      <p class="muted">{summary(talks)}</p>
      {aliases.length > 0 ? <p class="muted">Also known as {aliases.join(', ')}</p> : null}
      {renderMarkdown(speaker.biography)}
      {speaker.url ? (
        <p>
          <a href={speaker.url} rel="nofollow ugc noopener noreferrer">
            Website
          </a>
        </p>
      ) : null}
      {years.map(([year, ofYear]) => (
        <>
          <h2>{year ?? 'Some time'}</h2>
          <TalkList talks={ofYear} />
        </>
      ))}
      <TalkCalendar baseUrl={c.env.baseUrl} path={path} choose={`speaker=${speaker.slug}`} />
    </>,
  )
})
