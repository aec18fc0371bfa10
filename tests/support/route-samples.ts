/** How each route is asked for: what its parameters name, and a body that it takes. */
import { DATE, type Ids } from './twins.ts'

/** Which thing a parameter of a route names: by what stands before it in the path. */
const NAMED: [RegExp, string][] = [
  [/^\/api\/v1\/groups\/:slug\/members\/:id/, 'group member'],
  [/^\/api\/v1\/groups\/:slug\/calendars\/:id/, 'group calendar'],
  [/^\/api\/v1\/groups\/:slug\/team\/:id/, 'group account'],
  [/^\/api\/v1\/groups\/:slug\/team-invitations\/:id/, 'group teamInvitation'],
  [/^\/api\/v1\/groups\/:slug\/bots\/:id/, 'group bot'],
  [/^\/api\/v1\/groups\/:slug\/uncounted\/:nick/, 'group nick'],
  [/^\/api\/v1\/groups\/:slug\/reports\/:name/, 'group period'],
  [/^\/api\/v1\/groups\/:slug/, 'group'],
  [/^\/api\/v1\/events\/:id\/occurrences\/:recurrenceId/, 'series date'],
  [/^\/api\/v1\/events\/:id\/occurrences/, 'series'],
  [/^\/api\/v1\/events\/:id\/door\/:door/, 'event door'],
  [/^\/api\/v1\/events\/:id\/invitations\/:invitation/, 'event invitation'],
  [/^\/api\/v1\/events\/:id\/actions\/:action/, 'series action'],
  [/^\/api\/v1\/events\/:id/, 'event'],
  [/^\/api\/v1\/rsvps\/:id\/dates\/:recurrenceId/, 'standing date'],
  [/^\/api\/v1\/rsvps\/:id/, 'rsvp'],
  [/^\/api\/v1\/subscriptions\/:id/, 'feed'],
  [/^\/api\/v1\/conferences\/:slug\/versions\/:number/, 'conference one'],
  [/^\/api\/v1\/conferences\/:slug/, 'conference'],
  [/^\/api\/v1\/talks\/:slug\/hand-ins\/:id/, 'talk handin'],
  [/^\/api\/v1\/talks\/:slug\/captions\/:language/, 'talk language'],
  [/^\/api\/v1\/talks\/:slug/, 'talk'],
  [/^\/api\/v1\/me\/stars\/:slug/, 'talk'],
  [/^\/api\/v1\/speakers\/:slug/, 'speaker'],
  [/^\/api\/v1\/tokens\/:id/, 'token'],
  [/^\/api\/v1\/webhooks\/:id/, 'webhook'],
  [/^\/api\/v1\/restores\/:id/, 'none'],
  [/^\/manage\/groups\/:slug\/events\/:id\/dates\/:date/, 'group series date'],
  [/^\/manage\/groups\/:slug\/events\/:id/, 'group event'],
  [/^\/manage\/groups\/:slug\/webhooks\/:id/, 'group webhook'],
  [/^\/manage\/groups\/:slug\/talks\/:talk/, 'group talk'],
  [/^\/manage\/groups\/:slug\/members\/:id/, 'group member'],
  [/^\/manage\/groups\/:slug\/reports\/:name/, 'group period'],
  [/^\/manage\/groups\/:slug\/conferences\/:conference/, 'group conference'],
  [/^\/manage\/groups\/:slug/, 'group'],
]

/** What the parameters of a path name, in their order. */
export const namedIn = (path: string): string[] => {
  const names = NAMED.find(([pattern]) => pattern.test(path))?.[1].split(' ') ?? []
  const count = path.match(/:\w+/g)?.length ?? 0
  if (names.length !== count) throw new Error(`tests/support/route-samples.ts does not say what ${path} names`)
  return names
}

const ALIKE: Ids = { date: DATE, language: 'en', one: '1', none: 'none', nick: 'somebody', period: '2022Q1' }

/** The path with these ids in it. */
export const fillPath = (path: string, values: (name: string) => string): string => {
  const names = namedIn(path)
  let at = 0
  return path.replace(/:\w+/g, () => {
    const name = names[at++]!
    return ALIKE[name] ?? values(name)
  })
}

export const isOwned = (name: string): boolean => !(name in ALIKE)

const VTT = 'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHello\n'

type Sample = { body?: unknown; type?: string; query?: string; also?: number[] }
const CSV = 'title,speakers,start\nA talk,Somebody,2023-02-04T10:00:00\n'
const EVENT = { title: 'New', kind: 'meetup', start: '2023-03-02T14:00:00', timeZone: 'UTC' }
const YAML =
  'project: X\nagenda: x\nmeeting_id: x\nschedule:\n  - time: "1800"\n    day: Monday\n    irc: x\n    frequency: weekly\n'

/** Bodies by route; `also` are statuses that say the thing is not in the state for it, which comes after who may. */
export const SAMPLES: Record<string, Sample> = {
  'POST /api/v1/groups': { body: { slug: 'new', name: 'New' }, also: [409] },
  'PATCH /api/v1/groups/:slug': { body: { description: 'New' } },
  'DELETE /api/v1/groups/:slug': { also: [409] },
  'POST /api/v1/groups/:slug/members': { body: { name: 'New' } },
  'PATCH /api/v1/groups/:slug/members/:id': { body: { name: 'New' } },
  'PATCH /api/v1/groups/:slug/team/:id': { body: { role: 'helper' } },
  'POST /api/v1/groups/:slug/team-invitations': { body: { email: 'x@example.org', role: 'member' } },
  'GET /api/v1/groups/:slug/report': { query: '?quarter=2023Q1' },
  'POST /api/v1/groups/:slug/events': { body: EVENT },
  'PATCH /api/v1/events/:id': { body: { title: 'New' } },
  'POST /api/v1/events/:id/cancel': { body: {}, also: [409] },
  'GET /api/v1/meetings': { query: '?q=word' },
  'GET /api/v1/groups/:slug/reports/:name': { also: [404] },
  'GET /api/v1/groups/:slug/reports/:name/announcement': { also: [404] },
  'PUT /api/v1/groups/:slug/reports/:name': { body: { sections: [{ title: 'News', text: 'New' }] }, also: [409] },
  'POST /api/v1/groups/:slug/reports/:name/publish': { also: [409] },
  'PUT /api/v1/events/:id/join': { body: { uri: 'https://meet.example/other' } },
  'DELETE /api/v1/events/:id/join': {},
  'PUT /api/v1/events/:id/occurrences/:recurrenceId': { body: { title: 'New' } },
  'POST /api/v1/events/:id/occurrences/:recurrenceId/cancel': { body: {}, also: [409] },
  'POST /api/v1/events/:id/occurrences/:recurrenceId/split': { body: { title: 'New' }, also: [404, 409, 422] },
  'PUT /api/v1/events/:id/occurrences/:recurrenceId/minutes': { body: { text: 'New' } },
  'PATCH /api/v1/events/:id/occurrences/:recurrenceId/record': { body: { agenda: ['New'] } },
  'PATCH /api/v1/events/:id/actions/:action': { body: { done: true } },
  'POST /api/v1/groups/:slug/bots': { body: { name: 'New' } },
  'POST /api/v1/groups/:slug/bots/:id/pull': { also: [422] },
  'POST /api/v1/groups/:slug/logs': { body: { text: 'no log' }, also: [422] },
  'POST /api/v1/groups/:slug/import': { body: YAML, type: 'application/yaml', query: '?dryRun=true', also: [422] },
  'POST /api/v1/groups/:slug/import/join': { body: { events: ['a', 'b'], timeZone: 'UTC' }, also: [404, 422] },
  'POST /api/v1/groups/:slug/calendars': { body: { url: 'https://other.example/b.ics' }, also: [409] },
  'PATCH /api/v1/groups/:slug/calendars/:id': { body: { every: 'PT30M' } },
  'POST /api/v1/events/:id/rsvps': { body: { name: 'N', email: 'n@example.org', response: 'accepted' } },
  'POST /api/v1/events/:id/rsvps/import': { body: 'name,email\nA,a@example.org\n', type: 'text/csv' },
  'PATCH /api/v1/rsvps/:id': { body: { guests: 0 } },
  'PUT /api/v1/rsvps/:id/dates/:recurrenceId': { body: { response: 'declined' } },
  'POST /api/v1/rsvps/:id/approve': { body: {}, also: [409] },
  'POST /api/v1/rsvps/:id/cancel': { body: {} },
  'POST /api/v1/rsvps/:id/move': { body: { place: 'seat' } },
  'POST /api/v1/rsvps/:id/check-in': { body: {}, also: [409] },
  'DELETE /api/v1/rsvps/:id/check-in': { also: [409] },
  'POST /api/v1/rsvps/:id/confirm': { also: [409] },
  'POST /api/v1/events/:id/walk-ins': { body: { name: 'Walker' }, also: [409] },
  'POST /api/v1/events/:id/door': { body: {} },
  'POST /api/v1/events/:id/invitations': { body: { name: 'X' } },
  'POST /api/v1/events/:id/messages': { body: { subject: 'S', text: 'T' } },
  'POST /api/v1/subscriptions': { body: { kinds: ['talk'] } },
  'PUT /api/v1/subscriptions/:id': { body: { kinds: ['talk'] } },
  'POST /api/v1/conferences': { body: { slug: 'new', title: 'N', group: 'mine' }, also: [409] },
  'PATCH /api/v1/conferences/:slug': { body: { title: 'N' } },
  'PUT /api/v1/conferences/:slug/schedule.csv': { body: CSV, type: 'text/csv', query: '?dryRun=true' },
  'PUT /api/v1/conferences/:slug/schedule.json': { body: '{}', also: [422] },
  'PUT /api/v1/conferences/:slug/schedule.xml': { body: '<x/>', type: 'application/xml', also: [422] },
  'POST /api/v1/conferences/:slug/hand-ins': { body: {} },
  'POST /api/v1/talks': { body: { title: 'N', group: 'mine' }, also: [409] },
  'PATCH /api/v1/talks/:slug': { body: { title: 'N' } },
  'PUT /api/v1/talks/:slug/resources': { body: [] },
  'PUT /api/v1/talks/:slug/captions/:language': { body: VTT, type: 'text/vtt' },
  'POST /api/v1/talks/:slug/hand-ins': { body: {} },
  'POST /api/v1/speakers': { body: { name: 'New' }, also: [409] },
  'PATCH /api/v1/speakers/:slug': { body: { name: 'New' } },
  'POST /api/v1/speakers/:slug/merge': { body: { from: 'speaker-of-mine' }, also: [409, 422] },
  'POST /api/v1/webhooks': { body: { url: 'https://n.example/hook', group: 'mine' } },
  'PATCH /api/v1/webhooks/:id': { body: { enabled: true } },
  'POST /api/v1/tokens': { body: { name: 'x', group: 'mine', verbs: ['see'] } },
  'POST /api/v1/restores': { body: { schema: 'x' }, also: [409, 422] },
  'POST /api/v1/restores/:id/rows': { body: '', type: 'application/jsonl', also: [404, 409, 415, 422] },
  'POST /api/v1/restores/:id/finish': {
    body: '',
    type: 'application/jsonl',
    query: '?rows=0',
    also: [404, 409, 415, 422],
  },
}
