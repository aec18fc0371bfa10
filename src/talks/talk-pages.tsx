/** The page of a talk. */
import { Hono } from 'hono'
import { summaryOf } from '../formats/plain-text.ts'
import type { AppEnv } from '../http/app-env.ts'
import { renderMarkdown } from '../http/markdown.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { languageIn } from '../http/speaking.tsx'
import { sayIn } from '../languages/pages/index.ts'
import { refused } from '../outcome.ts'
import { endOf } from '../time/duration.ts'
import { formatDate, formatSpan } from '../time/english.ts'
import { toInstant, toIso } from '../time/zone.ts'
import { anonymous } from '../tokens/access.ts'
import { readDead } from './gaps.ts'
import { Dead } from './handin-parts.tsx'
import { talkData } from './linked-data.ts'
import { mediaOf } from './media.ts'
import { RESOURCE_WORDS, Speakers, speakersOf } from './parts.tsx'
import { playersOf, secondOf } from './player.ts'
import { type FullTalk, findConference, findTalk } from './queries.ts'
import { Transcript } from './said-parts.tsx'
import { resourcesOf } from './update.ts'
import { captionedIn, readCaptions } from './update-captions.ts'

const rel = 'nofollow ugc noopener noreferrer'

/** Of a day of speech the page shows the beginning. */
const PASSAGES_SHOWN = 500

export const talkPages = new Hono<AppEnv>()

const inMegabytes = (size: number): string => `${Math.max(1, Math.round(size / 1_000_000))} MB`

/** When a talk was given, as far as anybody knows. */
function whenOf({ startsLocal, timeZone, duration }: FullTalk) {
  if (startsLocal === null) return null
  const zone = timeZone ?? 'UTC'
  return {
    startsAt: toInstant(startsLocal, zone),
    endsAt: duration ? endOf(startsLocal, zone, duration) : null,
    timeZone: zone,
  }
}

talkPages.get('/talks/:slug', async (c) => {
  const talk = await findTalk(c.env.db, c.req.param('slug'), anonymous)
  if (!talk) return showRefusal(c, refused('not_found'))
  if (talk.deletedAt !== null) return showRefusal(c, refused('gone'))
  const languages = captionedIn(talk).filter((one) => one !== null)
  const language = languages.find((one) => one === talk.language) ?? languages[0]
  const [dead, conference, cues] = await Promise.all([
    readDead(c.env.db, talk),
    talk.conferenceSlug ? findConference(c.env.db, talk.conferenceSlug, anonymous) : undefined,
    language ? readCaptions(c.env.db, talk, language, PASSAGES_SHOWN) : undefined,
  ])
  const resources = resourcesOf(talk)
  const speakers = speakersOf(talk)
  const keywords = JSON.parse(talk.keywords) as string[]
  const when = whenOf(talk)
  const second = secondOf(c.req.query('t'))
  const hasPlayer = playersOf(resources).length > 0
  if (hasPlayer) c.set('embeds', { frames: "'self'" })
  const address = encodeURIComponent(`${c.env.baseUrl}/talks/${talk.slug}`)
  const names = speakers.map(({ name }) => name).join(', ')
  const home = conference && conference.deletedAt === null ? conference : null
  const shownIn = languageIn(c)
  const say = sayIn(shownIn)
  const own = talk.language ?? undefined
  return showPage(
    c,
    {
      title: talk.title,
      description:
        summaryOf(talk.abstract || talk.description, 200) || [names, talk.conferenceTitle].filter(Boolean).join(', '),
      kind: hasPlayer ? 'video.other' : 'article',
      isTranslated: true,
      image: { path: `/pictures/talks/${talk.slug}.png`, text: talk.title },
      data: talkData(c.env.baseUrl, { talk, conference: home, speakers, resources }, when, mediaOf(resources)),
      feeds: [
        { href: `/oembed?url=${address}`, title: talk.title, type: 'application/json+oembed' },
        { href: `/oembed?url=${address}&format=xml`, title: talk.title, type: 'text/xml+oembed' },
      ],
    },
    <article>
      <p class="kind">{talk.type ?? say('Talk')}</p>
      <h1 lang={own}>{talk.title}</h1>
      {talk.status === 'cancelled' ? (
        <p class="notice">
          <strong>{say('Called off.')}</strong> {say('This talk was not given.')}
        </p>
      ) : null}
      {talk.subtitle ? (
        <p class="muted" lang={own}>
          {talk.subtitle}
        </p>
      ) : null}
      {hasPlayer ? (
        <iframe
          class="player"
          src={`/embed/talks/${talk.slug}${second > 0 ? `?t=${second}` : ''}`}
          title={say('Recording: {title}', { title: talk.title })}
          allow="autoplay; fullscreen; picture-in-picture"
        />
      ) : null}
      <dl class="facts">
        {speakers.length > 0 ? (
          <>
            <dt>{say('By')}</dt>
            <dd>
              <Speakers of={speakers} />
            </dd>
          </>
        ) : null}
        {talk.conferenceSlug ? (
          <>
            <dt>{say('At')}</dt>
            <dd>
              <a href={`/conferences/${talk.conferenceSlug}`}>{talk.conferenceTitle}</a>
              {talk.room ? `, ${talk.room}` : ''}
            </dd>
          </>
        ) : null}
        {when ? (
          <>
            <dt>{say('When')}</dt>
            <dd>
              <time datetime={toIso(when.startsAt)}>
                {when.endsAt === null
                  ? formatDate(talk.startsLocal!.slice(0, 10), shownIn)
                  : formatSpan(when.startsAt, when.endsAt, when.timeZone, shownIn)}
              </time>
            </dd>
          </>
        ) : talk.year ? (
          <>
            <dt>{say('When')}</dt>
            <dd>{talk.year}</dd>
          </>
        ) : null}
        {talk.track ? (
          <>
            <dt>{say('Track')}</dt>
            <dd>
              {talk.conferenceSlug ? (
                <a href={`/talks?${new URLSearchParams({ conference: talk.conferenceSlug, track: talk.track })}`}>
                  {talk.track}
                </a>
              ) : (
                talk.track
              )}
            </dd>
          </>
        ) : null}
        {talk.language ? (
          <>
            <dt>{say('Language')}</dt>
            <dd>{talk.language}</dd>
          </>
        ) : null}
        {talk.licence ? (
          <>
            <dt>{say('Licence')}</dt>
            <dd>{talk.licence}</dd>
          </>
        ) : null}
        {talk.doNotRecord ? (
          <>
            <dt>{say('Recording')}</dt>
            <dd>{say('None, as the speaker wished')}</dd>
          </>
        ) : null}
      </dl>
      <div lang={own}>
        {renderMarkdown(talk.abstract)}
        {renderMarkdown(talk.description)}
      </div>
      {resources.length > 0 || talk.sourceUrl ? (
        <>
          <h2>{say('Slides, recordings and links')}</h2>
          <ul>
            {resources.map(({ type, url, title, quality, language, size, licence }) => {
              const word = RESOURCE_WORDS[type]
              const called = word ? say(word) : null
              const isDead = dead.find((one) => one.url === url)
              return (
                <li>
                  <a href={url} rel={rel}>
                    {title ?? called ?? new URL(url).host}
                  </a>
                  <span class="muted">
                    {' '}
                    (
                    {[title ? called : null, quality, language, size && inMegabytes(size), licence, new URL(url).host]
                      .filter(Boolean)
                      .join(', ')}
                    )
                  </span>
                  {isDead ? <Dead {...isDead} /> : null}
                </li>
              )
            })}
            {talk.sourceUrl ? (
              <li>
                <a href={talk.sourceUrl} rel={rel}>
                  {say('The talk at its conference')}
                </a>
              </li>
            ) : null}
          </ul>
        </>
      ) : null}
      {cues && language ? <Transcript slug={talk.slug} cues={cues} language={language} languages={languages} /> : null}
      {keywords.length > 0 ? (
        <ul class="tags">
          {keywords.map((tag) => (
            <li>
              <a href={`/talks?tag=${encodeURIComponent(tag)}`}>{tag}</a>
            </li>
          ))}
        </ul>
      ) : null}
    </article>,
  )
})
