/** One person's calendar as a page: its address, what is in it, and talks to star. */
import { Hono } from 'hono'
import { Subscribe } from '../events/parts.tsx'
import { eventOf } from '../events/row.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'
import { provenAddress } from '../rsvp/requests.ts'
import { searchTalks } from '../talks/search.ts'
import { readWords } from '../talks/words.ts'
import { createPersonalFeed, renewPersonalFeed } from './create.ts'
import { personalPath } from './json.ts'
import { answersOf, findPerson, readStars } from './queries.ts'
import { starTalk } from './update.ts'

const FOUND_MAX = 20

export const personalPages = new Hono<AppEnv>()

/** From the page behind a link that came by mail. */
personalPages.post('/rsvp/:token/calendar', async (c) => {
  const emailKey = await provenAddress(c, c.req.param('token'))
  if (emailKey === null) return showRefusal(c, refused('not_found'))
  return c.redirect(personalPath(await createPersonalFeed(c.env, emailKey)), 303)
})

const Star = ({ path, name, slug, label }: { path: string; name: 'star' | 'unstar'; slug: string; label: string }) => (
  <form method="post" action={path} class="row">
    <input type="hidden" name={name} value={slug} />
    <a href={`/talks/${slug}`}>{label}</a>
    <button type="submit" class="quiet" aria-label={`${name === 'star' ? 'Star' : 'Take the star from'} ${label}`}>
      {name === 'star' ? 'Star' : 'Take out'}
    </button>
  </form>
)

async function showPerson(c: AppContext, secret: string) {
  const person = await findPerson(c.env.db, secret)
  if (!person) return showRefusal(c, refused('not_found'))
  const path = personalPath(secret)
  const q = c.req.query('q')?.slice(0, 200) ?? ''
  const words = q ? readWords(q) : null
  const [answers, starred, found] = await Promise.all([
    c.env.db.all(answersOf(person.feed)),
    readStars(c.env.db, person.emailKey),
    words ? searchTalks(c.env.db, words, {}, { limit: FOUND_MAX }).then(({ talks }) => talks) : [],
  ])
  const events = new Map(
    answers.filter(({ response }) => response !== 'declined').map((answer) => [answer.id, eventOf(answer).title]),
  )
  return showPage(
    c,
    { title: 'Your calendar', isPrivate: true },
    <>
      <h1>Your calendar</h1>
      <p>
        What you have answered, and the talks you have starred. Who knows this address sees it: keep it to yourself.
      </p>
      <Subscribe baseUrl={c.env.baseUrl} path={`${path}/calendar.ics`} />
      <h2>What you have answered</h2>
      {events.size === 0 ? <p class="muted">Nothing yet.</p> : null}
      <ul>
        {[...events].map(([id, title]) => (
          <li>
            <a href={`/e/${id}`}>{title}</a>
          </li>
        ))}
      </ul>
      <h2>Starred talks</h2>
      {starred.length === 0 ? <p class="muted">None yet.</p> : null}
      {starred.map(({ slug, title }) => (
        <Star path={path} name="unstar" slug={slug} label={title} />
      ))}
      <form method="get" action={path} class="field">
        <label for="q">Find talks to star</label>
        <input id="q" name="q" type="search" value={q} />
        <button type="submit">Find</button>
      </form>
      {q && found.length === 0 ? <p role="status">No talk has these words.</p> : null}
      {found.map(({ slug, title }) => (
        <Star path={path} name="star" slug={slug} label={title} />
      ))}
      <h2>A new address</h2>
      <p>If somebody got to know this address, make a new one: all earlier ones open nothing any more.</p>
      <form method="post" action={path}>
        <input type="hidden" name="renew" value="yes" />
        <button class="bad" type="submit">
          Make a new address
        </button>
      </form>
    </>,
  )
}

personalPages.get('/me/:secret', (c) => showPerson(c, c.req.param('secret')))

personalPages.post('/me/:secret', async (c) => {
  const secret = c.req.param('secret')
  const person = await findPerson(c.env.db, secret)
  if (!person) return showRefusal(c, refused('not_found'))
  const { renew, star, unstar } = await c.req.parseBody()
  if (renew === 'yes') return c.redirect(personalPath(await renewPersonalFeed(c.env, person.emailKey)), 303)
  const slug = star ?? unstar
  if (typeof slug === 'string') {
    const outcome = await starTalk(c.env, person, slug, star !== undefined)
    if (!outcome.ok) return showRefusal(c, outcome)
  }
  return c.redirect(personalPath(secret), 303)
})
