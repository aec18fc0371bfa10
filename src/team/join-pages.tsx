/** The page of a link that asks one to join a team. A GET accepts nothing. */
import { Hono } from 'hono'
import { signedIn } from '../accounts/requests.ts'
import { rotateSession } from '../accounts/revoke-session.ts'
import { SESSION_SECONDS } from '../accounts/rules.ts'
import { sha256 } from '../digest.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { sessionOf } from '../http/auth.ts'
import { writeCookie } from '../http/cookies.ts'
import { ownPages } from '../http/origin.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'
import { ABILITIES, ROLES } from '../tokens/access.ts'
import { idOfCapability } from '../tokens/capability.ts'
import { joinTeam } from './join.ts'
import { findOpenInvitation } from './queries.ts'

export const joinPages = new Hono<AppEnv>()
joinPages.use('/join/*', ownPages)

const showGone = (c: AppContext) =>
  showRefusal(
    c,
    refused('not_found', 'This invitation was used, taken back, or is older than a week. Ask for another.'),
  )

joinPages.get('/join/:token', async (c) => {
  const token = c.req.param('token')
  const id = idOfCapability('join', token)
  const found = id === null ? undefined : await findOpenInvitation(c.env.db, id, await sha256(token), c.env.now())
  if (!found) return showGone(c)
  const session = await sessionOf(c)
  return showPage(
    c,
    { title: `Join ${found.name}`, isPrivate: true },
    <>
      <h1>Join {found.name}</h1>
      <p>
        You are asked to join its team as <strong>{found.role}</strong>. That lets you:
      </p>
      <ul>
        {ROLES[found.role].map((ability) => (
          <li>{ABILITIES[ability]}</li>
        ))}
      </ul>
      {session ? (
        <form method="post" action={`/join/${token}`}>
          <p>
            You are signed in as {session.email ?? session.name}. <a href="/sign-out">Somebody else?</a>
          </p>
          <button class="big" type="submit">
            Join
          </button>
        </form>
      ) : (
        <p>
          <a class="button" href={`/sign-in?return=${encodeURIComponent(`/join/${token}`)}`}>
            Sign in to join
          </a>
        </p>
      )}
    </>,
  )
})

joinPages.post('/join/:token', async (c) => {
  const session = await signedIn(c)
  if (session instanceof Response) return session
  const outcome = await joinTeam(c.env, c.req.param('token'), session.accountId)
  if (!outcome.ok) return showGone(c)
  // Who may do more from here on has a secret that nobody knew before.
  const secret = await rotateSession(c.env, session)
  if (secret) writeCookie(c, 'session', secret, SESSION_SECONDS)
  c.header('Cache-Control', 'no-store')
  return c.redirect('/manage', 303)
})
