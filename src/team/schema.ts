import { z } from '@hono/zod-openapi'
import { email } from '../http/fields.ts'
import { roleNames } from '../tokens/access.ts'

const role = z.enum(roleNames).openapi({ example: 'organizer' })

export const NewInvitation = z.strictObject({ email, role }).openapi('NewTeamInvitation')
export const RolePatch = z.strictObject({ role }).openapi('RolePatch')

export const TeamMember = z
  .object({ id: z.string(), name: z.string(), email: z.string().nullable(), role, since: z.string() })
  .openapi('TeamMember')

export const TeamInvitation = z
  .object({
    id: z.string(),
    email: z.string(),
    role,
    expires: z.string(),
    url: z.string().optional().openapi({ description: 'only in the answer that made it; the mail brings another' }),
  })
  .openapi('TeamInvitation')
