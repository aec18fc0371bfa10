import { z } from '@hono/zod-openapi'
import { email } from '../http/fields.ts'

/** The form that asks for a link. */
export const SignInForm = z.object({ email })

/** The eight digits of a mail, however they are grouped. */
export const CodeForm = z.object({
  code: z
    .string()
    .max(30)
    .transform((text) => text.replace(/[\s-]/g, ''))
    .pipe(z.string().regex(/^\d{8}$/, 'must be the eight digits of the mail')),
})

/** Text that is JSON once it is decoded; what is none has one fault. */
const jsonIn = (decode: (text: string) => string) =>
  z.string().transform((text, ctx) => {
    try {
      return JSON.parse(decode(text)) as unknown
    } catch {
      ctx.addIssue('is none of ours')
      return z.NEVER
    }
  })

const base64url = z.string().regex(/^[\w-]{1,8000}$/)

/** What a browser's `PublicKeyCredential.toJSON()` gives, in so far as both kinds of answers have it; the library reads on. */
export const DeviceAnswer = jsonIn(String).pipe(
  z.looseObject({
    id: base64url.max(1400),
    rawId: base64url.max(1400),
    type: z.literal('public-key'),
    response: z.looseObject({ clientDataJSON: base64url }),
    clientExtensionResults: z.looseObject({}).default({}),
  }),
)

const text = z.string().min(1).max(500)

/** What a browser keeps while it is at a provider. */
export const FlowCookie = jsonIn(decodeURIComponent).pipe(
  z.strictObject({ provider: text, state: text, nonce: text, verifier: text, returnTo: text }),
)

/** An origin and a path, without a slash at the end of an origin; http on this machine alone. */
const issuer = z.url().refine((url) => {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
}, 'must be an https address')

const Providers = z
  .array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be lower-case letters, digits and hyphens'),
      name: text,
      kind: z.enum(['oidc', 'github']).default('oidc'),
      issuer,
      clientId: text,
      clientSecret: text,
    }),
  )
  .max(20)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'must have different ids')

/** The providers of the setting SIGN_IN_PROVIDERS; throws with what is wrong with it, and never with a secret. */
export function providersIn(setting: string | undefined) {
  if (!setting) return []
  let json: unknown
  try {
    json = JSON.parse(setting)
  } catch {
    throw new Error('SIGN_IN_PROVIDERS must be JSON: a list of providers, as in docs/security.md')
  }
  const parsed = Providers.safeParse(json)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim())
  throw new Error(`SIGN_IN_PROVIDERS: ${faults.join('; ')}`)
}
