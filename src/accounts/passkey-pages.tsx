/** Signing in with a passkey, and adding one to an account. Keys are removed on the account's page. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { Hono } from 'hono'
import { etag } from 'hono/etag'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { dropCookie, readCookie, writeCookie } from '../http/cookies.ts'
import { ownPages } from '../http/origin.ts'
import { showPage } from '../http/page.tsx'
import { addPasskey } from './add-passkey.ts'
import { askDevice } from './ask-device.ts'
import { PASSKEY_SCRIPT, PasskeyForm } from './passkey-parts.tsx'
import { passkeyScript } from './passkey-script.ts'
import { readPasskeys } from './queries.ts'
import { browserOf, enter, fieldsOf, signedIn } from './requests.ts'
import { LINK_SECONDS, ownPath } from './rules.ts'
import { DeviceAnswer } from './schema.ts'
import { signInByPasskey } from './sign-in-by-passkey.ts'
import { creationOptions, requestOptions } from './webauthn.ts'

export const passkeyPages = new Hono<AppEnv>()
for (const path of ['/sign-in/passkey/*', '/account/*']) passkeyPages.use(path, ownPages)

passkeyPages.get(PASSKEY_SCRIPT, etag(), (c) =>
  c.body(passkeyScript, 200, {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': 'public, max-age=3600',
  }),
)

/** Answers with what a device is asked, and keeps the challenge with the browser that asked for it. */
function ask(c: AppContext, challenge: string, options: object): Response {
  writeCookie(c, 'passkey', challenge, LINK_SECONDS)
  c.header('Cache-Control', 'no-store')
  return c.json(options)
}

/** What a device answered, and to what; null where it did not. Each challenge is for one answer. */
async function answered(c: AppContext) {
  const field = await fieldsOf(c)
  const challenge = readCookie(c, 'passkey')
  dropCookie(c, 'passkey')
  const parsed = DeviceAnswer.safeParse(field('credential'))
  return { field, given: challenge && parsed.success ? { challenge, answer: parsed.data as unknown } : null }
}

/** Says that it did not work, with the way to do it once more. */
const showFailed = (c: AppContext, title: string, form: Parameters<typeof PasskeyForm>[0], elsewhere: string) =>
  showPage(
    c,
    { title, isPrivate: true, script: PASSKEY_SCRIPT },
    <>
      <h1>{title}</h1>
      <PasskeyForm {...form} />
      <p>
        <a href={elsewhere}>Another way</a>
      </p>
    </>,
    422,
  )

passkeyPages.post('/sign-in/passkey/begin', async (c) => {
  const challenge = await askDevice(c.env, null)
  return ask(c, challenge, requestOptions(c.env.baseUrl, challenge))
})

passkeyPages.post('/sign-in/passkey', async (c) => {
  const { field, given } = await answered(c)
  const returnTo = ownPath(field('return'), c.env.baseUrl)
  const { agent } = browserOf(c)
  const outcome = given
    ? await signInByPasskey(c.env, { ...given, answer: given.answer as AuthenticationResponseJSON, agent })
    : null
  if (outcome?.ok) return enter(c, { ...outcome, returnTo })
  const fault = 'This passkey does not sign you in here: it was removed, or its answer came too late.'
  return showFailed(
    c,
    'Sign in',
    {
      does: 'get',
      action: '/sign-in/passkey',
      fault,
      button: 'Try again',
      children: <input type="hidden" name="return" value={returnTo} />,
    },
    `/sign-in?return=${encodeURIComponent(returnTo)}`,
  )
})

passkeyPages.post('/account/passkeys/begin', async (c) => {
  const session = await signedIn(c)
  if (session instanceof Response) return session
  const challenge = await askDevice(c.env, session.accountId)
  const known = await readPasskeys(c.env.db, session.accountId)
  const account = { id: session.accountId, name: session.email ?? session.name }
  const ids = known.map(({ id }) => id)
  return ask(c, challenge, creationOptions(c.env.baseUrl, challenge, account, ids))
})

passkeyPages.post('/account/passkeys', async (c) => {
  const session = await signedIn(c)
  if (session instanceof Response) return session
  const { given } = await answered(c)
  const { accountId } = session
  const name = browserOf(c).agent
  const answer = given?.answer as RegistrationResponseJSON
  const outcome = given ? await addPasskey(c.env, { accountId, name, challenge: given.challenge, answer }) : null
  c.header('Cache-Control', 'no-store')
  if (outcome?.ok) return c.redirect('/account', 303)
  const fault = 'The passkey was not added: this device has one here already, or its answer came too late.'
  const form = { does: 'create', action: '/account/passkeys', fault, button: 'Try again' } as const
  return showFailed(c, 'Add a passkey', form, '/account')
})
