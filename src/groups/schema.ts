import { z } from '@hono/zod-openapi'
import { line, paragraph, slug, timeZone, webAddress } from '../http/fields.ts'
import { faultsOfTemplate } from './rules.ts'

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
  howToJoin: paragraph(20_000).openapi({ description: 'Markdown, shown above the list of members' }),
  reportTemplate: paragraph(50_000)
    .superRefine((text, check) => {
      for (const message of faultsOfTemplate(text)) check.addIssue({ code: 'custom', message, input: text })
    })
    .openapi({ description: 'Markdown with `{{parts}}` (docs/report.md); empty for the one that is there' }),
}

export const NewGroup = z
  .strictObject({
    slug: slug.openapi({ example: 'hyperscale' }),
    name: members.name,
    description: members.description.default(''),
    visibility: members.visibility.default('public'),
    timeZone: members.timeZone.default('UTC'),
    links: members.links.default([]),
    howToJoin: members.howToJoin.default(''),
    reportTemplate: members.reportTemplate.default(''),
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
    howToJoin: z.string(),
    reportTemplate: z.string(),
    created: z.string(),
    updated: z.string(),
    url: z.string(),
    calendar: z.string().openapi({ description: 'the address of its feed' }),
  })
  .openapi('Group')
