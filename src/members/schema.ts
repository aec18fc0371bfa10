import { z } from '@hono/zod-openapi'
import { date, line, webAddress } from '../http/fields.ts'

const members = {
  name: line(200),
  nick: line(60).nullable(),
  role: z.enum(['member', 'chair', 'organizer']),
  url: webAddress.nullable(),
  affiliation: line(200).nullable(),
  public: z
    .boolean()
    .openapi({ description: 'false: only the people of the group see them; others know how many there are' }),
  joined: date,
  left: date.nullable(),
}

export const NewMember = z
  .strictObject({
    name: members.name,
    nick: members.nick.default(null),
    role: members.role.default('member'),
    url: members.url.default(null),
    affiliation: members.affiliation.default(null),
    public: members.public.default(true),
    joined: members.joined.optional().openapi({ description: 'the day; today where it is left out' }),
    left: members.left.default(null),
  })
  .refine(({ joined, left }) => !joined || !left || joined <= left, {
    path: ['left'],
    message: 'must not be before joined',
  })
  .openapi('NewMember')

export const MemberPatch = z.strictObject(members).partial().openapi('MemberPatch')

export const Member = z
  .object({ id: z.string(), ...members, created: z.string(), updated: z.string() })
  .openapi('Member')
