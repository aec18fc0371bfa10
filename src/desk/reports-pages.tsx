/** The quarterly reports: what a person adds to them, a look at the whole, publishing, and the texts that announce it. */
import { Hono } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import { renderMarkdown } from '../http/markdown.ts'
import { showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'
import { quarterAt, quarterOf } from '../reports/rules.ts'
import { toIso } from '../time/zone.ts'
import { Area, Badge, Faults, type Form, Input } from './parts.tsx'
import { sectionsIn, sectionsText } from './report-form.ts'
import { type Answered, ask, type Desk, deskOf, done, type Sent, sentBy } from './requests.ts'
import { showDesk, statusAfter, whyRefused } from './show.tsx'

export const reportsPages = new Hono<AppEnv>()

const LABELS = { title: 'Title', sections: 'What is written by hand' }
const NOTES = { saved: 'Saved.', published: 'Published: it stays as it is, and is in the feed of the group.' }

type Report = { name: string; title: string; sections: { title: string; text: string }[]; published: string | null }
type Announcement = { label: string; subject: string | null; text: string }

reportsPages.get('/manage/groups/:slug/reports', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const home = `${desk.home}/reports`
  const found = await ask<{ items: Report[] }>(c, 'GET', `/groups/${desk.group.slug}/reports`)
  if (!found.ok) return showRefusal(c, found)
  const now = toIso(c.env.now()).slice(0, 10)
  const [year, quarter] = [Number(now.slice(0, 4)), quarterAt(now)]
  const before = quarter.endsWith('1') ? `${year - 1}Q4` : `${year}Q${Number(quarter.at(-1)) - 1}`
  const known = new Set(found.body.items.map(({ name }) => name))
  return showDesk(
    c,
    desk,
    { title: 'Reports', room: '/reports', notes: NOTES },
    <>
      <p>A report is made of what happened: meetings, talks, new members. You add what only a person can say.</p>
      <p class="row">
        {[before, quarter]
          .filter((name) => !known.has(name))
          .map((name) => (
            <a class="button" href={`${home}/${name}`}>
              Write {name}
            </a>
          ))}
      </p>
      <ul class="list">
        {found.body.items.map(({ name, title, published }) => (
          <li class="card">
            <p class="title">
              <a href={`${home}/${name}`}>{title || name}</a> {published ? null : <Badge>being written</Badge>}
            </p>
            <p class="meta">{published ? `published on ${published.slice(0, 10)}` : name}</p>
          </li>
        ))}
      </ul>
    </>,
  )
})

reportsPages.on(['GET', 'POST'], '/manage/groups/:slug/reports/:name', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const name = c.req.param('name')
  if (!quarterOf(name)) return showRefusal(c, refused('not_found'))
  const path = `/groups/${desk.group.slug}/reports/${name}`
  const home = `${desk.home}/reports/${name}`
  const found = await ask<Report>(c, 'GET', path)
  const report = found.ok ? found.body : null
  if (c.req.method === 'GET') return show(valuesOf(report))
  const sent = await sentBy(c)
  const sections = sectionsIn(sent.sections ?? '')
  const saved = await ask(c, 'PUT', path, { body: { title: sent.title?.trim() ?? '', sections } })
  if (!saved.ok) return show(sent, saved)
  if (sent.do !== 'publish') return done(c, home, 'saved')
  const published = await ask(c, 'POST', `${path}/publish`)
  return published.ok ? done(c, home, 'published') : show(sent, published)

  async function show(values: Sent, outcome?: Extract<Answered<unknown>, { ok: false }>) {
    const here = desk as Desk
    const form: Form = { labels: LABELS, values, faults: outcome?.errors ?? [] }
    const texts = report?.published ? await ask<{ items: Announcement[] }>(c, 'GET', `${path}/announcement`) : null
    return showDesk(
      c,
      here,
      { title: report?.title || `${here.group.name}: ${name}`, room: '/reports', notes: NOTES },
      <>
        <p>
          <a href={`/g/${here.group.slug}/reports/${name}`}>Its page</a>
        </p>
        {report?.published ? (
          <>
            {values.sections ? renderMarkdown(values.sections) : null}
            <h2>Tell of it</h2>
            {(texts?.ok ? texts.body.items : []).map(({ label, subject, text }) => (
              <>
                <h3>{label}</h3>
                {subject ? <p>{subject}</p> : null}
                <pre tabindex={0}>{text}</pre>
              </>
            ))}
          </>
        ) : (
          <form method="post" action={home} novalidate>
            <Faults form={form} title={outcome && whyRefused(outcome)} />
            <Input form={form} name="title" hint="The quarter’s name where it is empty" />
            <Area
              form={form}
              name="sections"
              rows={16}
              hint="Markdown. Each line that begins with ## begins a section; “## Summary” stands first."
            />
            <p class="row">
              <button type="submit">Save</button>
              <button class="quiet" type="submit" name="do" value="publish">
                Save and publish
              </button>
            </p>
          </form>
        )}
      </>,
      outcome ? statusAfter(outcome) : 200,
    )
  }
})

const valuesOf = (report: Report | null): Sent => ({
  title: report?.title ?? '',
  sections: sectionsText(report?.sections ?? []),
})
