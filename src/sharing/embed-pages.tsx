/** Hands out what to put into another website: an event's form, a group's calendar, a conference's talks. */
import { Hono } from 'hono'
import { findEvent } from '../events/queries.ts'
import { findGroup } from '../groups/queries.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'
import { findConference } from '../talks/queries.ts'
import { anonymous } from '../tokens/access.ts'

export const embedPages = new Hono<AppEnv>()

type Shown = { title: string; element: string; attribute: string; name: string; frame: string; page: string }

/** What an address asks to embed; null where there is nothing public like it. */
async function shownBy(c: AppContext): Promise<Shown | null> {
  const { event = '', group = '', conference = '' } = c.req.query()
  const { db } = c.env
  if (event) {
    const row = await findEvent(db, event, anonymous)
    if (!row || row.deletedAt !== null || row.groupDeletedAt !== null) return null
    const path = `/e/${row.id}`
    const element = 'convene-rsvp'
    return { title: row.title, element, attribute: 'event', name: row.id, frame: `/embed${path}`, page: path }
  }
  const row = group ? await findGroup(db, group, anonymous) : await findConference(db, conference, anonymous)
  if (!row || row.deletedAt !== null) return null
  const [path, element, attribute] = group
    ? [`/g/${row.slug}`, 'convene-calendar', 'group']
    : [`/conferences/${row.slug}`, 'convene-talks', 'conference']
  const title = 'name' in row ? row.name : row.title
  return { title, element, attribute, name: row.slug, frame: `/embed${path}`, page: path }
}

const attributeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const Snippet = ({ id, label, hint, text }: { id: string; label: string; hint: string; text: string }) => (
  <div class="field">
    <label for={id}>{label}</label>
    <span class="hint" id={`${id}-hint`}>
      {hint}
    </span>
    <textarea id={id} readonly rows={text.split('\n').length + 1} spellcheck={false} aria-describedby={`${id}-hint`}>
      {text}
    </textarea>
  </div>
)

embedPages.get('/embed', async (c) => {
  const shown = await shownBy(c)
  if (!shown) return showRefusal(c, refused('not_found'))
  const { baseUrl } = c.env
  const { title, element, attribute, name, frame, page } = shown
  const named = attributeText(title)
  c.set('embeds', { frames: "'self'" })
  return showPage(
    c,
    { title: `On your website: ${title}`, isPrivate: true, script: '/embed.js' },
    <>
      <p class="kind">
        <a href={page}>{title}</a>
      </p>
      <h1>Put it on your website</h1>
      <p>
        Either of the two. Nothing of it sets a cookie, and no script of other companies comes with it. Who has turned
        scripts off gets a link, or the frame as it is.
      </p>
      <Snippet
        id="element"
        label="As an element"
        hint="Takes the height that it needs, and the colours of your page."
        text={`<script src="${baseUrl}/embed.js" defer></script>\n<${element} ${attribute}="${name}">\n  <a href="${baseUrl}${page}">${named}</a>\n</${element}>`}
      />
      <Snippet
        id="frame"
        label="As a frame"
        hint="For site builders that take no scripts."
        text={`<iframe src="${baseUrl}${frame}" title="${named}"\n  width="100%" height="640" loading="lazy"></iframe>`}
      />
      <h2>How it looks</h2>
      <iframe class="sample" src={frame} title={title} loading="lazy" />
      <h2>Colours, policies, events</h2>
      <p>
        Set <code>--convene-accent</code>, <code>--convene-ink</code> and <code>--convene-paper</code> in your
        stylesheet. A strict policy needs <code>script-src {baseUrl}</code> and <code>frame-src {baseUrl}</code>. When
        somebody has answered, the element sends <code>convene:answered</code>.
      </p>
    </>,
  )
})
