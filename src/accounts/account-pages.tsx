/** One's own account: where it is signed in, and with which passkeys. */
import { Hono } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import { writeCookie } from '../http/cookies.ts'
import { ownPages } from '../http/origin.ts'
import { showPage } from '../http/page.tsx'
import { toIso } from '../time/zone.ts'
import { PASSKEY_SCRIPT, PasskeyForm } from './passkey-parts.tsx'
import { readPasskeys, readSessions } from './queries.ts'
import { removePasskey } from './remove-passkey.ts'
import { fieldsOf, signedIn } from './requests.ts'
import { revokeOtherSessions, revokeSession, rotateSession } from './revoke-session.ts'
import { SESSION_SECONDS } from './rules.ts'

export const accountPages = new Hono<AppEnv>()
accountPages.use('/account', ownPages)

/** To the minute, in UTC. */
const minute = (seconds: number) => `${toIso(seconds).slice(0, 16).replace('T', ' ')} UTC`

accountPages.get('/account', async (c) => {
  const session = await signedIn(c)
  if (session instanceof Response) return session
  const all = await readSessions(c.env.db, session.accountId, c.env.now())
  const keys = await readPasskeys(c.env.db, session.accountId)
  return showPage(
    c,
    { title: 'Your account', isPrivate: true, script: PASSKEY_SCRIPT },
    <>
      <h1>Your account</h1>
      <p>{session.email ?? session.name}</p>
      <p>
        <a href="/manage">Your groups</a> · <a href="/sign-out">Sign out</a>
      </p>
      <h2>Where you are signed in</h2>
      <ul class="list">
        {all.map(({ id, agent, createdAt, seenAt }) => (
          <li class="card">
            <p class="title">
              {agent} {id === session.id ? <span class="badge">this one</span> : null}
            </p>
            <p class="meta">
              Since {minute(createdAt)}, last used about {minute(seenAt)}
            </p>
            {id === session.id ? null : (
              <form method="post" action="/account">
                <input type="hidden" name="session" value={id} />
                <button class="bad" type="submit" name="do" value="revoke">
                  Sign out there
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      <form method="post" action="/account">
        {all.length > 1 ? (
          <button class="bad" type="submit" name="do" value="revoke-others">
            Sign out everywhere else
          </button>
        ) : null}{' '}
        <button class="quiet" type="submit" name="do" value="rotate">
          Renew this session’s secret
        </button>
      </form>
      <h2>Passkeys</h2>
      <p class="muted">
        A passkey signs you in with this device’s lock: no mail, and nothing that a false page could ask for.
      </p>
      <ul class="list">
        {keys.map(({ id, name, createdAt, usedAt }) => (
          <li class="card">
            <p class="title">{name}</p>
            <p class="meta">
              Since {minute(createdAt)}, {usedAt === null ? 'never used' : `last used ${minute(usedAt)}`}
            </p>
            <form method="post" action="/account">
              <input type="hidden" name="passkey" value={id} />
              <button class="bad" type="submit" name="do" value="remove-passkey">
                Remove
              </button>
            </form>
          </li>
        ))}
      </ul>
      <PasskeyForm does="create" action="/account/passkeys" button="Add a passkey" />
      <noscript>
        <p>To add one, allow JavaScript here.</p>
      </noscript>
    </>,
  )
})

accountPages.post('/account', async (c) => {
  const session = await signedIn(c)
  if (session instanceof Response) return session
  const field = await fieldsOf(c)
  const verb = field('do')
  if (verb === 'revoke') await revokeSession(c.env, { id: field('session'), accountId: session.accountId })
  if (verb === 'remove-passkey') await removePasskey(c.env, { id: field('passkey'), accountId: session.accountId })
  if (verb === 'revoke-others') await revokeOtherSessions(c.env, session)
  if (verb === 'rotate') {
    const secret = await rotateSession(c.env, session)
    if (secret) writeCookie(c, 'session', secret, SESSION_SECONDS)
  }
  c.header('Cache-Control', 'no-store')
  return c.redirect('/account', 303)
})
