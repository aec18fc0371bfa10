/** The conferences of a group, and their schedules: imported after a look at what would change. */
import { Hono } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import { showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'
import { Area, Faults, type Form, Input } from './parts.tsx'
import { ask, type Desk, deskOf, done, sentBy } from './requests.ts'
import { type ScheduleDiff, ScheduleDifference } from './schedule-difference.tsx'
import { refilled, showDesk, statusAfter, whyRefused } from './show.tsx'

export const conferencesPages = new Hono<AppEnv>()

const LABELS = {
  slug: 'Its name in addresses',
  title: 'Title',
  starts: 'First day',
  ends: 'Last day',
  timeZone: 'Time zone',
  city: 'City',
  venue: 'Venue',
  website: 'Its page elsewhere',
  file: 'A file',
  text: 'Or its text',
  '': 'The schedule',
}
const NOTES = { created: 'It is in the archive.', imported: 'Imported.' }
const FIELDS = ['title', 'slug', 'starts', 'ends', 'timeZone', 'city', 'venue', 'website'] as const

type Conference = { slug: string; title: string; group: string | null; starts: string | null }

conferencesPages.on(['GET', 'POST'], '/manage/groups/:slug/conferences', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const home = `${desk.home}/conferences`
  if (c.req.method === 'GET') return show({ labels: LABELS, faults: [], values: { timeZone: 'Europe/Brussels' } })
  const sent = await sentBy(c)
  const given = FIELDS.flatMap((name) => (sent[name]?.trim() ? [[name, sent[name]!.trim()]] : []))
  const body = { title: '', slug: '', ...Object.fromEntries(given), group: desk.group.slug }
  const outcome = await ask<Conference>(c, 'POST', '/conferences', { body, key: sent.key || undefined })
  return outcome.ok
    ? done(c, `${home}/${outcome.body.slug}`, 'created')
    : show(refilled(LABELS, sent, outcome), whyRefused(outcome), statusAfter(outcome))

  async function show(form: Form, title?: string, status: Parameters<typeof showDesk>[4] = 200) {
    const here = desk as Desk
    const all = await ask<{ items: Conference[] }>(c, 'GET', '/conferences?limit=200')
    const items = all.ok ? all.body.items.filter(({ group }) => group === here.group.slug) : []
    return showDesk(
      c,
      here,
      { title: 'Conferences', room: '/talks', notes: NOTES },
      <>
        {items.length === 0 ? <p class="muted">None yet.</p> : null}
        <ul class="list">
          {items.map(({ slug, title: name, starts }) => (
            <li class="card">
              <p class="title">
                <a href={`${home}/${slug}`}>{name}</a>
              </p>
              <p class="meta">{starts}</p>
            </li>
          ))}
        </ul>
        <h2>Add one</h2>
        <form method="post" action={home} novalidate>
          <Faults form={form} title={title} />
          <input type="hidden" name="key" value={c.env.newId()} />
          <Input form={form} name="title" required />
          <Input form={form} name="slug" hint="Such as community-day-2027" required />
          <div class="filters">
            <Input form={form} name="starts" type="date" />
            <Input form={form} name="ends" type="date" />
            <Input form={form} name="timeZone" />
            <Input form={form} name="city" />
            <Input form={form} name="venue" />
          </div>
          <Input form={form} name="website" type="url" />
          <button type="submit">Add</button>
        </form>
      </>,
      status,
    )
  }
})

/** How a schedule looks at its start: XML, JSON, or a table. */
function kindOf(text: string): [extension: string, type: string] {
  const start = text.replace(/^\uFEFF/, '').trimStart()
  if (start.startsWith('<')) return ['xml', 'application/xml']
  return /^[{[]/.test(start) ? ['json', 'application/json'] : ['csv', 'text/csv']
}

conferencesPages.on(
  ['GET', 'POST'],
  ['/manage/groups/:slug/conferences/:conference', '/manage/groups/:slug/conferences/:conference/import'],
  async (c) => {
    const desk = await deskOf(c)
    if (desk instanceof Response) return desk
    const path = `/conferences/${encodeURIComponent(c.req.param('conference'))}`
    const home = `${desk.home}${path}`
    const found = await ask<Conference>(c, 'GET', path)
    if (!found.ok) return showRefusal(c, found)
    if (found.body.group !== desk.group.slug) return showRefusal(c, refused('not_found'))
    const { title: name } = found.body
    if (c.req.method === 'GET') return show({ labels: LABELS, faults: [], values: {} })
    const sent = await sentBy(c)
    const text = sent.file || sent.text || ''
    const [extension, type] = kindOf(text)
    const isSure = sent.do === 'import'
    const outcome = await ask<ScheduleDiff>(c, 'PUT', `${path}/schedule.${extension}?dryRun=${!isSure}`, {
      body: text,
      type,
    })
    if (!outcome.ok) {
      const first = { ...outcome, ...(outcome.errors ? { errors: outcome.errors.slice(0, 50) } : {}) }
      return show(refilled(LABELS, { text }, first), whyRefused(outcome), statusAfter(outcome))
    }
    if (isSure) return done(c, home, 'imported')
    return showDesk(
      c,
      desk,
      { title: 'What would change', room: '/talks' },
      <>
        <ScheduleDifference diff={outcome.body} />
        <form method="post" action={`${home}/import`}>
          <textarea name="text" hidden>{`\n${text}`}</textarea>
          <button class="big" type="submit" name="do" value="import">
            Import this
          </button>
        </form>
        <p>
          <a href={home}>Change nothing</a>
        </p>
      </>,
    )

    function show(form: Form, title?: string, status: Parameters<typeof showDesk>[4] = 200) {
      return showDesk(
        c,
        desk as Desk,
        { title: name, room: '/talks', notes: NOTES },
        <>
          <p>
            <a href={path}>Its programme</a>
          </p>
          <h2>Import its schedule</h2>
          <p>
            As pretalx, frab, Sessionize and others export it (XML or JSON), or a table (CSV). You see what would change
            first; what was edited here stays.
          </p>
          <form method="post" action={`${home}/import`} enctype="multipart/form-data" novalidate>
            <Faults form={form} title={title} />
            <Input form={form} name="file" type="file" />
            <Area form={form} name="text" rows={form.values.text ? 12 : 4} />
            <button type="submit">See what would change</button>
          </form>
        </>,
        status,
      )
    }
  },
)
