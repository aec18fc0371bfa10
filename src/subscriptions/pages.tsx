import { Hono } from 'hono'
import { kindNames, kindOf } from '../events/kinds/index.ts'
import { Subscribe } from '../events/parts.tsx'
import { readEvents } from '../events/queries.ts'
import { readGroups } from '../groups/queries.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { invalid, type Refused, refused } from '../outcome.ts'
import { conferenceTitles } from '../talks/queries.ts'
import { speakerNames } from '../talks/speakers.ts'
import { anonymous } from '../tokens/access.ts'
import { createSubscription } from './create.ts'
import { choiceOf, editPathOf, feedPathOf } from './json.ts'
import type { SubscriptionRow } from './queries.ts'
import { subscriptionOf } from './requests.ts'
import { Choice } from './schema.ts'
import { updateSubscription } from './update.ts'

const GROUPS_MAX = 50
const SERIES_MAX = 100
const NOTHING: Choice = { groups: [], events: [], kinds: [], tags: [], speakers: [], conferences: [] }

export const subscriptionPages = new Hono<AppEnv>()

type Box = { name: string; value: string; label: string; checked: boolean }

const Boxes = ({ legend, boxes }: { legend: string; boxes: Box[] }) =>
  boxes.length === 0 ? null : (
    <fieldset class="choices">
      <legend>{legend}</legend>
      {boxes.map(({ name, value, label, checked }) => (
        <label>
          <input type="checkbox" name={name} value={value} checked={checked} /> {label}
        </label>
      ))}
    </fieldset>
  )

/** What was chosen, ticked; what nobody knows only where it was chosen before, so that it can be taken out. */
const boxesOf = (name: string, slugs: string[], names: Map<string, string>, isSaved: boolean): Box[] =>
  slugs
    .filter((slug) => isSaved || names.has(slug))
    .map((slug) => ({ name, value: slug, label: names.get(slug) ?? slug, checked: true }))

async function showChoice(c: AppContext, choice: Choice, own: { row: SubscriptionRow; isSaved: boolean } | null) {
  const { db, now, baseUrl } = c.env
  const [groups, events, speakers, conferences] = await Promise.all([
    readGroups(db, anonymous, GROUPS_MAX, null),
    readEvents(db, anonymous, { from: now() }, SERIES_MAX),
    speakerNames(db, choice.speakers, anonymous),
    conferenceTitles(db, choice.conferences, anonymous),
  ])
  const series = events.filter(({ recurrenceRule }) => recurrenceRule !== null)
  return showPage(
    c,
    {
      title: 'Choose your calendar',
      isPrivate: own !== null,
      description: 'Groups, series and kinds of events in one feed.',
    },
    <>
      <h1>{own ? 'Your calendar' : 'Choose your calendar'}</h1>
      {own?.isSaved ? (
        <div class="notice" role="status">
          <p>Saved. Your calendar program shows it when it next asks.</p>
        </div>
      ) : null}
      {own ? <Subscribe baseUrl={baseUrl} path={feedPathOf(own.row.id)} /> : null}
      {own ? <h2>Change it</h2> : <p>Tick what you want to see: you get one address for it, without an account.</p>}
      <form method="post">
        <Boxes
          legend="Groups"
          boxes={groups.map(({ slug, name }) => ({
            name: 'groups',
            value: slug,
            label: name,
            checked: choice.groups.includes(slug),
          }))}
        />
        <Boxes
          legend="Single series"
          boxes={series.map(({ id, title }) => ({
            name: 'events',
            value: id,
            label: title,
            checked: choice.events.includes(id),
          }))}
        />
        <Boxes legend="Talks by" boxes={boxesOf('speakers', choice.speakers, speakers, own !== null)} />
        <Boxes legend="Talks at" boxes={boxesOf('conferences', choice.conferences, conferences, own !== null)} />
        <div class="field">
          <label for="talks">Talks of a speaker or at a conference</label>
          <div class="hint" id="talks-hint">
            The address of their page here. Several with commas between them.
          </div>
          <input id="talks" name="talks" type="text" aria-describedby="talks-hint" />
        </div>
        <Boxes
          legend="Only these kinds"
          boxes={kindNames.map((kind) => ({
            name: 'kinds',
            value: kind,
            label: kindOf(kind).label,
            checked: choice.kinds.includes(kind),
          }))}
        />
        <div class="field">
          <label for="tags">Only with one of these tags</label>
          <div class="hint" id="tags-hint">
            Several with commas between them. Nothing ticked and no tag is every event there is.
          </div>
          <input id="tags" name="tags" type="text" value={choice.tags.join(', ')} aria-describedby="tags-hint" />
        </div>
        <button type="submit">{own ? 'Save' : 'Get the address'}</button>
      </form>
      {own ? (
        <p class="muted">Keep the address of this page: with it you can choose anew, and the feed stays.</p>
      ) : null}
    </>,
  )
}

const PAGE = /(?:^|\/)(speakers|conferences)\/([a-z0-9-]+)\/?$/

/** What a form holds, in the shape of the API. */
async function choiceIn(c: AppContext): Promise<{ ok: true; choice: Choice } | Refused> {
  const fields = await c.req.parseBody({ all: true })
  const of = (name: string) => [fields[name] ?? []].flat().map(String)
  const typed = (name: string) =>
    of(name)
      .flatMap((one) => one.split(','))
      .map((one) => one.trim())
      .filter(Boolean)
  const pages = typed('talks').map((address) => PAGE.exec(address))
  if (pages.includes(null))
    return invalid({ path: 'talks', message: 'must be addresses of speakers or conferences here' })
  const talksOf = (kind: string) => [
    ...new Set([...of(kind), ...pages.flatMap((page) => (page![1] === kind ? page![2]! : []))]),
  ]
  const parsed = Choice.safeParse({
    groups: of('groups'),
    events: of('events'),
    kinds: of('kinds'),
    tags: typed('tags'),
    speakers: talksOf('speakers'),
    conferences: talksOf('conferences'),
  })
  if (parsed.success) return { ok: true, choice: parsed.data }
  return invalid(...parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
}

/** Who comes from the page of a speaker or a conference finds it ticked. */
subscriptionPages.get('/subscribe', (c) => {
  const { speaker, conference } = c.req.query()
  const from = Choice.safeParse({ speakers: speaker ? [speaker] : [], conferences: conference ? [conference] : [] })
  return showChoice(c, from.success ? from.data : NOTHING, null)
})

subscriptionPages.post('/subscribe', async (c) => {
  const sent = await choiceIn(c)
  if (!sent.ok) return showRefusal(c, sent)
  const { secret } = await createSubscription(c.env, sent.choice)
  return c.redirect(`${editPathOf(secret)}?saved`, 303)
})

subscriptionPages.get('/subscribe/:secret', async (c) => {
  const row = await subscriptionOf(c, c.req.param('secret'))
  if (!row) return showRefusal(c, refused('not_found'))
  return showChoice(c, choiceOf(row), { row, isSaved: c.req.query('saved') !== undefined })
})

subscriptionPages.post('/subscribe/:secret', async (c) => {
  const secret = c.req.param('secret')
  const row = await subscriptionOf(c, secret)
  if (!row) return showRefusal(c, refused('not_found'))
  const sent = await choiceIn(c)
  if (!sent.ok) return showRefusal(c, sent)
  const outcome = await updateSubscription(c.env, row, sent.choice)
  return outcome.ok ? c.redirect(`${editPathOf(secret)}?saved`, 303) : showRefusal(c, outcome)
})
