/** Where a guest says which mails of a group are wanted: a mail's `List-Unsubscribe` leads here (RFC 8058). A GET changes nothing. */
import { Hono } from 'hono'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { rsvpOfToken } from '../rsvp/requests.ts'
import { isUnsubscribed, setUnsubscribed } from './unsubscribe.ts'

export const mailPages = new Hono<AppEnv>()

async function guestOf(c: AppContext) {
  const found = await rsvpOfToken(c, c.req.param('token') ?? '')
  if (!found.ok) return found
  const { rsvp, event } = found
  return { ok: true as const, rsvpId: rsvp.id, groupId: event.groupId, emailKey: rsvp.emailKey, group: event.name }
}

mailPages.get('/rsvp/:token/mails', async (c) => {
  const guest = await guestOf(c)
  if (!guest.ok) return showRefusal(c, guest)
  const isOff = await isUnsubscribed(c.env, guest)
  const { group } = guest
  return showPage(
    c,
    { title: `Mails of ${group}`, isPrivate: true },
    <>
      <h1>Mails of {group}</h1>
      <p role="status">
        {isOff
          ? 'You get no reminders, messages and mails afterwards of this group.'
          : 'You get reminders, what the organizers write, and what there is of a date afterwards.'}
      </p>
      <form method="post">
        <input type="hidden" name="mails" value={isOff ? 'on' : 'off'} />
        <button type="submit">{isOff ? 'Send them again' : 'No more of them'}</button>
      </form>
      <p class="meta">
        What you must know is always told: that something is called off or has changed, that a place is yours.
      </p>
      <p>
        <a href={`/rsvp/${c.req.param('token')}`}>Your answer</a>
      </p>
    </>,
  )
})

/** A mail program's one click says nothing but `List-Unsubscribe=One-Click`, and follows no redirect. */
mailPages.post('/rsvp/:token/mails', async (c) => {
  const guest = await guestOf(c)
  if (!guest.ok) return showRefusal(c, guest)
  const { mails, 'List-Unsubscribe': oneClick } = await c.req.parseBody()
  await setUnsubscribed(c.env, guest, mails === 'on' ? 'on' : 'off')
  return oneClick ? c.text('No more of these mails.\n') : c.redirect(c.req.path, 303)
})
