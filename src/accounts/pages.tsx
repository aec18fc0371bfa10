/** Signing in by a link or a code from a mail. A GET uses nothing up: link scanners follow every link there is. */
import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { sessionOf } from '../http/auth.ts'
import { dropCookie, readCookie, writeCookie } from '../http/cookies.ts'
import { ownPages } from '../http/origin.ts'
import { showPage } from '../http/page.tsx'
import { preferredLanguage } from '../languages/index.ts'
import { askToSignIn } from './ask.ts'
import { PASSKEY_SCRIPT, PasskeyForm } from './passkey-parts.tsx'
import { browserOf, enter, fieldsOf } from './requests.ts'
import { revokeSession } from './revoke-session.ts'
import { LINK_SECONDS, ownPath } from './rules.ts'
import { CodeForm, SignInForm } from './schema.ts'
import { isAskedHere, signInByCode, signInByLink } from './sign-in.ts'

export const signInPages = new Hono<AppEnv>()
for (const path of ['/sign-in/*', '/sign-out']) signInPages.use(path, ownPages)

const show = (c: AppContext, title: string, body: Child, status: 200 | 404 | 422 = 200, script?: string) =>
  showPage(
    c,
    { title, isPrivate: true, ...(script ? { script } : {}) },
    <>
      <h1>{title}</h1>
      {body}
    </>,
    status,
  )

const Fault = ({ id, children }: { id: string; children: Child }) => (
  <span class="fault" id={id} role="alert">
    {children}
  </span>
)

function showSignIn(c: AppContext, returnTo: string, entered?: { email: string; fault: string }) {
  const { providers = [] } = c.env
  return show(
    c,
    'Sign in',
    <>
      {providers.map(({ id, name }) => (
        <p>
          <a class="button" href={`/sign-in/with/${id}?return=${encodeURIComponent(returnTo)}`}>
            Sign in with {name}
          </a>
        </p>
      ))}
      <PasskeyForm does="get" action="/sign-in/passkey" button="Sign in with a passkey">
        <input type="hidden" name="return" value={returnTo} />
      </PasskeyForm>
      {c.env.mailer ? (
        <form method="post" action="/sign-in">
          <input type="hidden" name="return" value={returnTo} />
          <div class="field">
            <label for="email">Your e-mail address</label>
            <span class="hint" id="email-hint">
              You get a link and a code. There is no password.
            </span>
            {entered ? <Fault id="email-fault">{entered.fault}</Fault> : null}
            <input
              id="email"
              name="email"
              type="email"
              required
              maxlength={254}
              autocomplete="email"
              value={entered?.email ?? ''}
              aria-describedby={entered ? 'email-hint email-fault' : 'email-hint'}
              aria-invalid={entered ? 'true' : undefined}
            />
          </div>
          <button type="submit">Send me a link</button>
        </form>
      ) : providers.length > 0 ? null : (
        <p>No mail goes out from here, so no link does either. The operator can set MAIL_URL.</p>
      )}
      <p class="muted">
        Organizers and helpers sign in. To answer an event or subscribe to a calendar you need no account.
      </p>
    </>,
    entered ? 422 : 200,
    PASSKEY_SCRIPT,
  )
}

const showCode = (c: AppContext, fault?: string) =>
  show(
    c,
    'Look into your mail',
    <>
      <p>
        If that address has an account here, a link and a code are on their way. Open the link in this browser, or type
        the code here. Both work for ten minutes, and once.
      </p>
      <form method="post" action="/sign-in/code">
        <div class="field">
          <label for="code">Code</label>
          {fault ? <Fault id="code-fault">{fault}</Fault> : null}
          <input
            id="code"
            name="code"
            inputmode="numeric"
            autocomplete="one-time-code"
            required
            maxlength={20}
            aria-describedby={fault ? 'code-fault' : undefined}
            aria-invalid={fault ? 'true' : undefined}
          />
        </div>
        <button type="submit">Sign in</button>
      </form>
      <p>
        <a href="/sign-in">Ask again</a>
      </p>
    </>,
    fault ? 422 : 200,
  )

const showSpent = (c: AppContext) =>
  show(
    c,
    'This link does not sign you in',
    <>
      <p>
        It works once, for ten minutes, and only in the browser in which you asked for it. Reading on another device?
        Type the code of the mail where you asked.
      </p>
      <p>
        <a href="/sign-in">Ask for another</a>
      </p>
    </>,
    404,
  )

signInPages.get('/sign-in', (c) => showSignIn(c, ownPath(c.req.query('return'), c.env.baseUrl)))

signInPages.post('/sign-in', async (c) => {
  const field = await fieldsOf(c)
  const returnTo = ownPath(field('return'), c.env.baseUrl)
  const parsed = SignInForm.safeParse({ email: field('email') })
  if (!parsed.success)
    return showSignIn(c, returnTo, { email: field('email').slice(0, 300), fault: parsed.error.issues[0]!.message })
  const before = readCookie(c, 'sign-in')
  const language = preferredLanguage(c.req.header('Accept-Language'))
  writeCookie(c, 'sign-in', await askToSignIn(c.env, { ...parsed.data, returnTo, before, language }), LINK_SECONDS)
  c.header('Cache-Control', 'no-store')
  return c.redirect('/sign-in/code', 303)
})

signInPages.get('/sign-in/code', (c) => showCode(c))

signInPages.post('/sign-in/code', async (c) => {
  const parsed = CodeForm.safeParse({ code: (await fieldsOf(c))('code') })
  if (!parsed.success) return showCode(c, parsed.error.issues[0]!.message)
  const outcome = await signInByCode(c.env, parsed.data.code, browserOf(c))
  return outcome.ok ? enter(c, outcome) : showCode(c, 'is not the code, or is too old, or was used. Ask again')
})

signInPages.get('/sign-in/:token', (c) => {
  const token = c.req.param('token')
  if (!isAskedHere(token, readCookie(c, 'sign-in'))) return showSpent(c)
  return show(
    c,
    'Sign in',
    <form method="post" action={`/sign-in/${token}`}>
      <button class="big" type="submit">
        Sign in here
      </button>
    </form>,
  )
})

signInPages.post('/sign-in/:token', async (c) => {
  const outcome = await signInByLink(c.env, c.req.param('token'), browserOf(c))
  return outcome.ok ? enter(c, outcome) : showSpent(c)
})

signInPages.get('/sign-out', (c) =>
  show(
    c,
    'Sign out',
    <form method="post" action="/sign-out">
      <button type="submit">Sign out of this browser</button>
    </form>,
  ),
)

signInPages.post('/sign-out', async (c) => {
  const session = await sessionOf(c)
  if (session) await revokeSession(c.env, session)
  dropCookie(c, 'session')
  c.header('Cache-Control', 'no-store')
  // What the browser kept of pages goes too.
  c.header('Clear-Site-Data', '"cache"')
  return c.redirect('/', 303)
})
