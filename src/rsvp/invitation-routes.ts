/** Invitations to an event, and who is coming. */
import { createRoute, z } from '@hono/zod-openapi'
import { isSeries } from '../events/occurrences.ts'
import type { Answers } from '../events/questions.ts'
import { eventOr404, eventToOrganize } from '../events/requests.ts'
import { eventOf } from '../events/row.ts'
import { apiRouter } from '../http/app-env.ts'
import { capabilityOf } from '../http/auth.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { listAnswer, listOf, page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { refused } from '../outcome.ts'
import { toIso } from '../time/zone.ts'
import { may } from '../tokens/access.ts'
import { createInvitation, type InvitationRow, readInvitations, revokeInvitation } from './invite.ts'
import { readShownGuests } from './queries.ts'
import { rsvpOfToken } from './requests.ts'
import { Guest, Invitation, NewInvitation } from './schema.ts'

const byId = z.object({ id: z.string() })
const security = [{ bearer: [] }]
const GUESTS_MAX = 1000

const invitationJson = ({ id, name, usesMax, used, createdAt }: InvitationRow) => ({
  id,
  name,
  usesMax,
  used,
  created: toIso(createdAt),
})

export const invitationRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/events/{id}/invitations',
      tags: ['Invitations'],
      summary: 'Make an invitation; its link is shown once',
      security,
      request: { params: byId, body: jsonBody(NewInvitation) },
      responses: answers({ 201: Invitation }, 401, 403, 404, 410, 422),
    }),
    async (c) => {
      const event = await eventToOrganize(c, c.req.valid('param').id)
      if (event instanceof Response) return event
      const { invitation, token } = await createInvitation(c.env, event, c.req.valid('json'))
      const url = `${c.env.baseUrl}/e/${event.id}?invitation=${token}`
      return c.json({ ...invitationJson(invitation), token, url }, 201)
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/events/{id}/invitations',
      tags: ['Invitations'],
      summary: 'List the live invitations to an event',
      security,
      request: { params: byId, query: z.object(pageQuery) },
      responses: answers({ 200: listOf(Invitation) }, 401, 403, 404, 410, 422),
    }),
    async (c) => {
      const event = await eventToOrganize(c, c.req.valid('param').id)
      if (event instanceof Response) return event
      const { limit, cursor } = c.req.valid('query')
      const rows = await readInvitations(c.env.db, event.id, limit, cursor ? String(readCursor(cursor)?.[0]) : '')
      const { items, next } = page(rows, limit, (row) => writeCursor(row.id))
      return listAnswer(c, { items: items.map(invitationJson), next })
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/events/{id}/invitations/{invitation}',
      tags: ['Invitations'],
      summary: 'Take an invitation back; who has used it stays',
      security,
      request: { params: byId.extend({ invitation: z.string() }) },
      responses: answers({ 204: null }, 401, 403, 404, 410),
    }),
    async (c) => {
      const { id, invitation } = c.req.valid('param')
      const event = await eventToOrganize(c, id)
      if (event instanceof Response) return event
      return (await revokeInvitation(c.env, event, invitation)) ? c.body(null, 204) : problem(c, refused('not_found'))
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/events/{id}/guests',
      tags: ['RSVPs'],
      summary: 'Who is coming and agreed to be shown, for those whom the event shows it',
      security,
      request: { params: byId, query: z.object({ occurrence: z.string().max(20).optional() }) },
      responses: answers({ 200: listOf(Guest) }, 404, 410, 422),
    }),
    async (c) => {
      const event = await eventOr404(c, c.req.valid('param').id)
      if (event instanceof Response) return event
      const { rsvp } = eventOf(event)
      const token = capabilityOf(c, 'rsvp')
      const found = token === undefined ? null : await rsvpOfToken(c, token)
      const isGuest = found?.ok === true && found.event.id === event.id && found.rsvp.response === 'accepted'
      const isOrganizer = may(c.get('access'), 'guests', event.groupId)
      const shown = rsvp?.guestList ?? 'nobody'
      if (!(shown === 'everyone' || isOrganizer || (shown === 'guests' && isGuest)))
        return problem(c, refused('not_found'))
      const seen = (rsvp?.questions ?? []).filter(
        ({ visibleTo }) => visibleTo === 'everyone' || (visibleTo === 'guests' && (isGuest || isOrganizer)),
      )
      const { occurrence = '' } = c.req.valid('query')
      const guests = await readShownGuests(c.env.db, event.id, isSeries(eventOf(event)) ? occurrence : '', GUESTS_MAX)
      const items = guests.map(({ name, attendance, answers: all }) => {
        const given = JSON.parse(all) as Answers
        const answers = Object.fromEntries(seen.flatMap(({ id }) => (id in given ? [[id, given[id]]] : [])))
        return { name, attendance, ...(seen.length > 0 ? { answers } : {}) }
      })
      return listAnswer(c, { items, next: null })
    },
  )
