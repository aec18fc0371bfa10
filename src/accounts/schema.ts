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
