import { Hono } from 'hono'
import { kindNames, kindOf } from '../events/kinds/index.ts'
import { Subscribe } from '../events/parts.tsx'
import { readEvents } from '../events/queries.ts'
import { readGroups } from '../groups/queries.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { invalid, refused } from '../outcome.ts'
import { anonymous } from '../tokens/access.ts'
import { createSubscription } from './create.ts'
import { choiceOf, editPathOf, feedPathOf } from './json.ts'
import type { SubscriptionRow } from './queries.ts'
import { subscriptionOf } from './requests.ts'
import { Choice } from './schema.ts'
import { updateSubscription } from './update.ts'

const GROUPS_MAX = 50
const SERIES_MAX = 100
const NOTHING: Choice = { groups: [], events: [], kinds: [], tags: [] }

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

async function showChoice(c: AppContext, choice: Choice, own: { row: SubscriptionRow; isSaved: boolean } | null) {
  const { db, now, baseUrl } = c.env
  const [groups, events] = await Promise.all([
    readGroups(db, anonymous, GROUPS_MAX, null),
    readEvents(db, anonymous, { from: now() }, SERIES_MAX),
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
            Several with commas between them. Nothing ticked and no tag is everything there is.
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

/** What a form holds, in the shape of the API. */
async function choiceIn(c: AppContext): Promise<ReturnType<typeof Choice.safeParse>> {
  const fields = await c.req.parseBody({ all: true })
  const list = (name: string) => [fields[name] ?? []].flat()
  const tags = list('tags').flatMap((one) => String(one).split(','))
  const of = (name: string) => list(name).map(String)
  return Choice.safeParse({
    groups: of('groups'),
    events: of('events'),
    kinds: of('kinds'),
    tags: tags.map((tag) => tag.trim()).filter(Boolean),
  })
}

const showFaults = (c: AppContext, issues: { path: PropertyKey[]; message: string }[]) =>
  showRefusal(c, invalid(...issues.map(({ path, message }) => ({ path: path.join('.'), message }))))

subscriptionPages.get('/subscribe', (c) => showChoice(c, NOTHING, null))

subscriptionPages.post('/subscribe', async (c) => {
  const choice = await choiceIn(c)
  if (!choice.success) return showFaults(c, choice.error.issues)
  const { secret } = await createSubscription(c.env, choice.data)
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
  const choice = await choiceIn(c)
  if (!choice.success) return showFaults(c, choice.error.issues)
  const outcome = await updateSubscription(c.env, row, choice.data)
  return outcome.ok ? c.redirect(`${editPathOf(secret)}?saved`, 303) : showRefusal(c, outcome)
})
