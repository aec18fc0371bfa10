import { z } from '@hono/zod-openapi'
import { line, paragraph, slug, timeZone, webAddress } from '../http/fields.ts'

/** A link of a group or an event (RFC 8984, 1.4.11). */
export const Link = z
  .strictObject({
    href: webAddress,
    rel: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/, 'must be a link relation, such as agenda')
      .max(40)
      .optional(),
    title: line(200).optional(),
  })
  .openapi('Link')

const members = {
  name: line(200).openapi({ example: 'CentOS Hyperscale SIG' }),
  description: paragraph(20_000).openapi({ description: 'Markdown' }),
  visibility: z.enum(['public', 'private']),
  timeZone,
  links: z.array(Link).max(50),
}

export const NewGroup = z
  .strictObject({
    slug: slug.openapi({ example: 'hyperscale' }),
    name: members.name,
    description: members.description.default(''),
    visibility: members.visibility.default('public'),
    timeZone: members.timeZone.default('UTC'),
    links: members.links.default([]),
  })
  .openapi('NewGroup')

export const GroupPatch = z.strictObject(members).partial().openapi('GroupPatch')

export const Group = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    visibility: z.enum(['public', 'private']),
    timeZone: z.string(),
    links: z.array(Link),
    created: z.string(),
    updated: z.string(),
    url: z.string(),
    calendar: z.string().openapi({ description: 'the address of its feed' }),
  })
  .openapi('Group')
