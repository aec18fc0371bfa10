/**
 * What each route needs: the table that `auth.ts` enforces for roles and tokens, and that the matrix of tests is made from. A
 * route without a line here fails the build.
 *
 * - `public`: everybody, as far as they may know of the thing;
 * - a verb of `tokens/access.ts`: who may do it in the group of the thing;
 * - `operator`: a token for everything; `session`: who is signed in; `provider`: a provider's signature;
 * - `link:…`: the secret link or token of that one thing.
 */
import { routePath } from 'hono/route'
import { type Ability, abilityNames } from '../tokens/access.ts'
import type { CapabilityKind } from '../tokens/capability.ts'
import type { AppContext } from './app-env.ts'

export type Need = 'public' | 'operator' | 'session' | 'provider' | Ability | `link:${CapabilityKind}`

export const NEEDS: Record<string, Need | readonly Need[]> = {
  'GET /api/v1/groups': 'public',
  'POST /api/v1/groups': 'operator',
  'GET /api/v1/groups/:slug': 'public',
  'PATCH /api/v1/groups/:slug': 'group',
  'DELETE /api/v1/groups/:slug': 'delete',
  'GET /api/v1/groups/:slug/members': 'public',
  'POST /api/v1/groups/:slug/members': 'group',
  'PATCH /api/v1/groups/:slug/members/:id': 'group',
  'DELETE /api/v1/groups/:slug/members/:id': 'group',
  'GET /api/v1/groups/:slug/report': 'public',
  'GET /api/v1/groups/:slug/team': 'team',
  'PATCH /api/v1/groups/:slug/team/:id': 'team',
  'DELETE /api/v1/groups/:slug/team/:id': 'team',
  'POST /api/v1/groups/:slug/team-invitations': 'team',
  'GET /api/v1/groups/:slug/team-invitations': 'team',
  'DELETE /api/v1/groups/:slug/team-invitations/:id': 'team',

  'GET /api/v1/events': 'public',
  'GET /api/v1/groups/:slug/events': 'public',
  'POST /api/v1/groups/:slug/events': 'events',
  'GET /api/v1/events/:id': 'public',
  'PATCH /api/v1/events/:id': 'events',
  'DELETE /api/v1/events/:id': 'events',
  'POST /api/v1/events/:id/cancel': 'events',
  'GET /api/v1/events/:id/occurrences': 'public',
  'PUT /api/v1/events/:id/occurrences/:recurrenceId': 'events',
  'DELETE /api/v1/events/:id/occurrences/:recurrenceId': 'events',
  'POST /api/v1/events/:id/occurrences/:recurrenceId/cancel': 'events',
  'POST /api/v1/events/:id/occurrences/:recurrenceId/split': 'events',
  'GET /api/v1/events/:id/occurrences/:recurrenceId/minutes': 'public',
  'PUT /api/v1/events/:id/occurrences/:recurrenceId/minutes': 'events',
  'POST /api/v1/groups/:slug/import': 'events',
  'POST /api/v1/groups/:slug/import/join': 'events',
  'POST /api/v1/groups/:slug/calendars': 'events',
  'GET /api/v1/groups/:slug/calendars': 'events',
  'GET /api/v1/groups/:slug/calendars/:id': 'events',
  'PATCH /api/v1/groups/:slug/calendars/:id': 'events',
  'POST /api/v1/groups/:slug/calendars/:id/refresh': 'events',
  'DELETE /api/v1/groups/:slug/calendars/:id': 'events',

  'POST /api/v1/events/:id/rsvps': 'public',
  'GET /api/v1/events/:id/rsvps': 'guests',
  'GET /api/v1/events/:id/rsvps/history': 'guests',
  'GET /api/v1/events/:id/rsvps.csv': 'guests',
  'POST /api/v1/events/:id/rsvps/import': 'guests',
  'GET /api/v1/events/:id/guests': 'public',
  'GET /api/v1/rsvps/:id': ['guests', 'link:rsvp'],
  'PATCH /api/v1/rsvps/:id': ['guests', 'link:rsvp'],
  'DELETE /api/v1/rsvps/:id': ['guests', 'link:rsvp'],
  'POST /api/v1/rsvps/:id/confirm': ['guests', 'link:rsvp'],
  'GET /api/v1/rsvps/:id/export': ['guests', 'link:rsvp'],
  'POST /api/v1/rsvps/:id/erase': ['guests', 'link:rsvp'],
  'PUT /api/v1/rsvps/:id/dates/:recurrenceId': ['guests', 'link:rsvp'],
  'DELETE /api/v1/rsvps/:id/dates/:recurrenceId': ['guests', 'link:rsvp'],
  'POST /api/v1/rsvps/:id/approve': 'guests',
  'POST /api/v1/rsvps/:id/cancel': 'guests',
  'POST /api/v1/rsvps/:id/move': 'guests',
  'POST /api/v1/rsvps/:id/check-in': 'check-in',
  'DELETE /api/v1/rsvps/:id/check-in': 'check-in',
  'POST /api/v1/events/:id/walk-ins': 'guests',
  'POST /api/v1/events/:id/door': 'guests',
  'GET /api/v1/events/:id/door': 'guests',
  'DELETE /api/v1/events/:id/door/:door': 'guests',
  'POST /api/v1/events/:id/invitations': 'guests',
  'GET /api/v1/events/:id/invitations': 'guests',
  'DELETE /api/v1/events/:id/invitations/:invitation': 'guests',
  'POST /api/v1/events/:id/messages': 'guests',
  'GET /api/v1/events/:id/mails': 'guests',
  'POST /api/v1/mail/inbound': 'provider',

  'POST /api/v1/me': ['link:rsvp', 'link:me'],
  'POST /api/v1/me/renew': 'link:me',
  'GET /api/v1/me/stars': 'link:me',
  'PUT /api/v1/me/stars/:slug': 'link:me',
  'DELETE /api/v1/me/stars/:slug': 'link:me',
  'POST /api/v1/subscriptions': 'public',
  'GET /api/v1/subscriptions/:id': 'link:feed',
  'PUT /api/v1/subscriptions/:id': 'link:feed',
  'DELETE /api/v1/subscriptions/:id': 'link:feed',

  'GET /api/v1/conferences': 'public',
  'POST /api/v1/conferences': 'talks',
  'GET /api/v1/conferences/:slug': 'public',
  'GET /api/v1/conferences/:slug/programme': 'public',
  'PATCH /api/v1/conferences/:slug': 'talks',
  'DELETE /api/v1/conferences/:slug': 'talks',
  'PUT /api/v1/conferences/:slug/schedule.xml': 'talks',
  'PUT /api/v1/conferences/:slug/schedule.json': 'talks',
  'PUT /api/v1/conferences/:slug/schedule.csv': 'talks',
  'GET /api/v1/conferences/:slug/schedule.xml': 'public',
  'GET /api/v1/conferences/:slug/schedule.json': 'public',
  'GET /api/v1/conferences/:slug/schedule.csv': 'public',
  'GET /api/v1/conferences/:slug/versions': 'public',
  'GET /api/v1/conferences/:slug/versions/:number': 'public',
  'POST /api/v1/conferences/:slug/hand-ins': 'talks',
  'GET /api/v1/talks': 'public',
  'POST /api/v1/talks': 'talks',
  'GET /api/v1/talks/:slug': 'public',
  'PATCH /api/v1/talks/:slug': 'talks',
  'DELETE /api/v1/talks/:slug': 'talks',
  'GET /api/v1/talks/:slug/resources': 'public',
  'PUT /api/v1/talks/:slug/resources': 'talks',
  'POST /api/v1/talks/:slug/hand-ins': 'talks',
  'GET /api/v1/talks/:slug/hand-ins': 'talks',
  'DELETE /api/v1/talks/:slug/hand-ins/:id': 'talks',
  'GET /api/v1/archive/gaps': 'public',
  'GET /api/v1/speakers': 'public',
  'POST /api/v1/speakers': 'operator',
  'GET /api/v1/speakers/:slug': 'public',
  'PATCH /api/v1/speakers/:slug': 'operator',
  'POST /api/v1/speakers/:slug/merge': 'operator',
  'DELETE /api/v1/speakers/:slug': 'operator',

  'GET /api/v1/tokens': 'team',
  'POST /api/v1/tokens': 'team',
  'POST /api/v1/tokens/:id/rotate': 'team',
  'DELETE /api/v1/tokens/:id': 'team',
  'GET /api/v1/backup': 'operator',
  'POST /api/v1/restores': 'operator',
  'POST /api/v1/restores/:id/rows': 'operator',
  'POST /api/v1/restores/:id/finish': 'operator',

  'GET /calendar.*': 'public',
  'GET /g/:group/calendar.*': 'public',
  'GET /e/:file.*': 'public',
  'GET /conferences/:slug/calendar.*': 'public',
  'GET /speakers/:slug/calendar.*': 'public',
  'GET /f/:id/calendar.*': 'public',
  'GET /me/:secret/calendar.*': 'link:me',
  'GET /talks.*': 'public',
  'GET /podcast.audio.*': 'public',
  'GET /podcast.video.*': 'public',
  'GET /conferences/:slug/podcast.audio.*': 'public',
  'GET /conferences/:slug/podcast.video.*': 'public',
  'GET /speakers/:slug/podcast.audio.*': 'public',
  'GET /speakers/:slug/podcast.video.*': 'public',

  'GET /': 'public',
  'GET /g/:slug': 'public',
  'GET /g/:slug/reports': 'public',
  'GET /g/:slug/reports/:quarter': 'public',
  'GET /e/:id': 'public',
  'GET /e/:id/:recurrenceId': 'public',
  'POST /e/:id': 'public',
  'POST /e/:id/:recurrenceId': 'public',
  'GET /rsvp/:token': 'link:rsvp',
  'POST /rsvp/:token': 'link:rsvp',
  'GET /rsvp/:token/data': 'link:rsvp',
  'POST /rsvp/:token/erase': 'link:rsvp',
  'POST /rsvp/:token/calendar': 'link:rsvp',
  'GET /rsvp/:token/:date': 'link:rsvp',
  'POST /rsvp/:token/:date': 'link:rsvp',
  'GET /check-in/:code': 'public',
  'GET /door/:token': 'link:door',
  'POST /door/:token': 'link:door',
  'GET /me/:secret': 'link:me',
  'POST /me/:secret': 'link:me',
  'GET /subscribe': 'public',
  'POST /subscribe': 'public',
  'GET /subscribe/:secret': 'link:feed',
  'POST /subscribe/:secret': 'link:feed',
  'GET /talks': 'public',
  'GET /talks/:slug': 'public',
  'GET /embed/talks/:slug': 'public',
  'GET /oembed': 'public',
  'GET /conferences/:slug': 'public',
  'GET /speakers/:slug': 'public',
  'GET /hand-in/:token': 'link:handin',
  'POST /hand-in/:token': 'link:handin',
  'GET /archive/gaps': 'public',

  'GET /sign-in': 'public',
  'POST /sign-in': 'public',
  'GET /sign-in/code': 'public',
  'POST /sign-in/code': 'public',
  'GET /sign-in/with/:provider': 'public',
  'GET /sign-in/with/:provider/callback': 'public',
  'GET /sign-in/:token': 'link:signin',
  'POST /sign-in/:token': 'link:signin',
  'GET /sign-out': 'public',
  'POST /sign-out': 'public',
  'GET /account': 'session',
  'POST /account': 'session',
  'GET /manage': 'session',
  'POST /manage/:slug/leave': 'session',
  'GET /manage/:slug/team': 'team',
  'POST /manage/:slug/team': 'team',
  'GET /join/:token': 'link:join',
  'POST /join/:token': ['link:join', 'session'],

  'GET /docs': 'public',
  'GET /openapi.json': 'public',
  'GET /style.css': 'public',
  'GET /door.js': 'public',
  'GET /qr.svg': 'public',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
}

/** A route as the table names it: feeds are alike in all formats, and a parameter's pattern is no part of its name. */
export const routeName = (method: string, path: string): string =>
  `${method === 'HEAD' ? 'GET' : method} ${path
    .replace(/\{\[0-9a-z\]\+\\\.[^}]*\}$/, '.*')
    .replace(/\{[^}]*\}/g, '')
    .replace(/(calendar|\/talks|podcast\.(?:audio|video))\.(?:ics|jcal|jscal|atom|rss|feed\.json)$/, '$1.*')}`

const isAbility = (need: Need): need is Ability => (abilityNames as string[]).includes(need)

/** What a request's route needs in the group of its thing; of routes of the operator, what no group gives. */
export function abilityOf(c: AppContext): Ability {
  const name = routeName(c.req.method, routePath(c))
  const needs = [NEEDS[name] ?? []].flat()
  const ability = needs.find(isAbility)
  if (ability) return ability
  if (needs.includes('operator')) return 'team'
  throw new Error(`${name} asks who is asking, and http/needs.ts does not say what for`)
}
