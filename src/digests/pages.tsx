/** Asking for a group's monthly mail, confirming and ending it. A GET changes nothing: scanners open links. */
import { Hono } from 'hono'
import { findGroup } from '../groups/queries.ts'
import type { AppEnv } from '../http/app-env.ts'
import { email } from '../http/fields.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { preferredLanguage } from '../languages/index.ts'
import { refused } from '../outcome.ts'
import { anonymous } from '../tokens/access.ts'
import { digestOfToken } from './queries.ts'
import { askForDigest, confirmDigest, endDigest } from './subscribe.ts'

export const digestPages = new Hono<AppEnv>()

digestPages.get('/g/:slug/digest', async (c) => {
  const group = await findGroup(c.env.db, c.req.param('slug'), anonymous)
  if (!group || group.deletedAt !== null) return showRefusal(c, refused('not_found'))
  return c.env.mailer ? showForm(c, group) : showRefusal(c, refused('not_found', 'No mails go out from here.'))
})

const showForm = (
  c: Parameters<typeof showPage>[0],
  group: { name: string; slug: string },
  { typed = '', fault }: { typed?: string; fault?: string } = {},
) =>
  showPage(
    c,
    { title: `${group.name} by mail` },
    <>
      <h1>{group.name} by mail</h1>
      <p>Once a month: the dates that come, the minutes and talks that are new. One click ends it.</p>
      <form method="post" action={`/g/${group.slug}/digest`}>
        <div class="field">
          <label for="email">Your e-mail address</label>
          <input
            id="email"
            name="email"
            type="email"
            autocomplete="email"
            value={typed}
            required
            aria-invalid={fault ? 'true' : undefined}
            aria-describedby={fault ? 'email-fault' : undefined}
          />
          {fault ? (
            <span class="fault" id="email-fault">
              {fault}
            </span>
          ) : null}
        </div>
        <div class="field choices">
          <label>
            <input type="checkbox" name="streams" value="yes" /> And an hour before each stream
          </label>
        </div>
        <button type="submit">Ask me by mail whether I am meant</button>
      </form>
      <p>
        <a href={`/g/${group.slug}`}>{group.name}</a>
      </p>
    </>,
    fault ? 422 : 200,
  )

digestPages.post('/g/:slug/digest', async (c) => {
  const group = await findGroup(c.env.db, c.req.param('slug'), anonymous)
  if (!group || group.deletedAt !== null || !c.env.mailer) return showRefusal(c, refused('not_found'))
  const { email: typed, streams } = await c.req.parseBody()
  const parsed = email.safeParse(typed)
  if (!parsed.success) {
    const fault = parsed.error.issues[0]!.message
    return showForm(c, group, { typed: typeof typed === 'string' ? typed : '', fault })
  }
  const language = preferredLanguage(c.req.header('Accept-Language'))
  await askForDigest(c.env, group.id, { email: parsed.data, language, streams: streams === 'yes' })
  return showPage(
    c,
    { title: 'Look into your mail', isPrivate: true },
    <>
      <h1>Look into your mail</h1>
      <p role="status">If this address does not get it yet, there is a mail with a link to confirm it.</p>
      <p>
        <a href={`/g/${group.slug}`}>{group.name}</a>
      </p>
    </>,
  )
})

digestPages.get('/digests/:token', async (c) => {
  const digest = await digestOfToken(c.env.db, c.req.param('token'))
  if (!digest) return showRefusal(c, refused('not_found'))
  const isOn = digest.confirmedAt !== null
  return showPage(
    c,
    { title: `${digest.group} by mail`, isPrivate: true },
    <>
      <h1>{digest.group} by mail</h1>
      <p role="status">{isOn ? 'You get it once a month.' : 'You get it once a month as soon as you say yes.'}</p>
      <form method="post">
        <button type="submit" name="do" value={isOn ? 'end' : 'confirm'}>
          {isOn ? 'End it' : 'Yes, send it to me'}
        </button>
      </form>
      <p>
        <a href={`/g/${digest.slug}`}>{digest.group}</a>
      </p>
    </>,
  )
})

/** A mail program's one click says nothing but `List-Unsubscribe=One-Click`, and follows no redirect (RFC 8058). */
digestPages.post('/digests/:token', async (c) => {
  const digest = await digestOfToken(c.env.db, c.req.param('token'))
  if (!digest) return showRefusal(c, refused('not_found'))
  const fields = await c.req.parseBody()
  if (fields.do === 'confirm') {
    await confirmDigest(c.env, digest)
    return c.redirect(c.req.path, 303)
  }
  await endDigest(c.env, digest)
  return showPage(
    c,
    { title: 'Ended', isPrivate: true },
    <>
      <h1>Ended</h1>
      <p role="status">No more of these mails. The address is forgotten.</p>
      <p>
        <a href={`/g/${digest.slug}`}>{digest.group}</a>
      </p>
    </>,
  )
})
