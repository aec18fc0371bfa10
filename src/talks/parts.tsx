/** Pieces of the archive's pages. */
import { raw } from 'hono/html'
import { Subscribe } from '../events/parts.tsx'
import { useLanguage, useSay } from '../http/speaking.tsx'
import type { Phrase } from '../languages/pages/en.ts'
import { formatDate } from '../time/english.ts'
import { snippetHtml } from './json.ts'
import { HIT_END, HIT_START } from './marks.ts'
import { clock, recordingAt } from './moments.ts'
import type { FullTalk } from './queries.ts'
import type { FoundTalk, Said } from './search.ts'
import { resourcesOf } from './update.ts'

type Named = { slug: string; name: string }

export const speakersOf = (row: FullTalk): Named[] => JSON.parse(row.speakers)

/** Names as links, with commas between them. */
export const Speakers = ({ of }: { of: Named[] }) => (
  <>
    {of.map(({ slug, name }, at) => (
      <>
        {at > 0 ? ', ' : ''}
        <a href={`/speakers/${slug}`}>{name}</a>
      </>
    ))}
  </>
)

/** What a resource is, in words. */
export const RESOURCE_WORDS: Record<string, Phrase> = {
  slides: 'slides',
  recording: 'recording',
  captions: 'captions',
  paper: 'paper',
  code: 'code',
}

/** What a talk has, in words; `other` says nothing to anybody. */
export const hasOf = (resourceTypes: string): Phrase[] =>
  resourceTypes.split(' ').flatMap((type) => RESOURCE_WORDS[type] ?? [])

/** How to subscribe to the talks of a page, alone or with other calendars, and to their recordings. */
export const TalkCalendar = ({ baseUrl, path, choose }: { baseUrl: string; path: string; choose: string }) => (
  <>
    <Subscribe baseUrl={baseUrl} path={`${path}/calendar.ics`} />
    <p>
      Together with others in one address? <a href={`/subscribe?${choose}`}>Choose your calendar</a>. Recordings as a
      podcast: <a href={`${path}/podcast.video.rss`}>video</a>, <a href={`${path}/podcast.audio.rss`}>audio</a>.
    </p>
  </>
)

/** The feeds of a page, for programs that look for them. */
export const feedsOf = (path: string, title: string) => [
  { href: `${path}/calendar.ics`, title },
  { href: `${path}/calendar.atom`, title: `News of ${title}`, type: 'application/atom+xml' },
  { href: `${path}/podcast.video.rss`, title: `${title} (video)`, type: 'application/rss+xml' },
]

/** Where in a talk it is said: its page from there on, and the recording itself. */
const Moment = ({ talk, said }: { talk: FullTalk; said: Said }) => {
  const recording = recordingAt(resourcesOf(talk), said.second)
  const say = useSay()
  const time = say('at {time}', { time: clock(said.second) })
  return (
    <p class="meta">
      <a href={`/talks/${talk.slug}?t=${said.second}`}>{time}</a>
      {': '}
      <span lang={said.language ?? undefined}>{raw(snippetHtml(said.excerpt))}</span>
      {recording ? (
        <>
          {' '}
          <a href={recording} rel="nofollow ugc noopener noreferrer">
            {say('in the recording')}
            <span class="unseen"> {time}</span>
          </a>
        </>
      ) : null}
    </p>
  )
}

/** Talks as a list: title, speakers, where and when, and with a search the words around the hit and when they were said. */
export const TalkList = ({
  talks,
  showConference = true,
}: {
  talks: (FullTalk | FoundTalk)[]
  showConference?: boolean
}) => {
  const [say, language] = [useSay(), useLanguage()]
  return (
    <ul class="list">
      {talks.map((talk) => {
        const { snippet, said } = 'tier' in talk ? talk : { snippet: null, said: null }
        const isHitInTitle = snippet?.replaceAll(HIT_START, '').replaceAll(HIT_END, '') === talk.title
        const hit = snippet ? raw(snippetHtml(snippet)) : null
        const has = hasOf(talk.resourceTypes)
        return (
          <li class="card">
            <p class="title">
              <a href={`/talks/${talk.slug}`}>{isHitInTitle ? hit : talk.title}</a>
            </p>
            <p class="meta">
              <Speakers of={speakersOf(talk)} />
            </p>
            <p class="meta">
              {showConference && talk.conferenceSlug ? (
                <>
                  <a href={`/conferences/${talk.conferenceSlug}`}>{talk.conferenceTitle}</a>
                  {' · '}
                </>
              ) : null}
              {[
                talk.status === 'cancelled' ? say('called off') : null,
                talk.startsLocal ? formatDate(talk.startsLocal.slice(0, 10), language) : talk.year,
                talk.room,
                has.map((one) => say(one)).join(', '),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            {hit && !isHitInTitle ? <p>{hit}</p> : null}
            {said ? <Moment talk={talk} said={said} /> : null}
          </li>
        )
      })}
    </ul>
  )
}
