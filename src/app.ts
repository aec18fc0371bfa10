/** A table of contents: what is mounted where. No logic. */
import { OpenAPIHono } from '@hono/zod-openapi'
import { accountPages } from './accounts/account-pages.tsx'
import { signInPages } from './accounts/pages.tsx'
import { passkeyPages } from './accounts/passkey-pages.tsx'
import { providerPages } from './accounts/provider-pages.tsx'
import { announcementRoutes } from './announcements/routes.ts'
import { backupRoutes } from './backup/routes.ts'
import { botHookRoutes } from './bots/hook-routes.ts'
import { botRoutes } from './bots/routes.ts'
import { auditPages } from './desk/audit-pages.tsx'
import { conferencesPages } from './desk/conferences-pages.tsx'
import { datePages as deskDatePages } from './desk/date-pages.tsx'
import { eventsPages as deskEventPages } from './desk/events-pages.tsx'
import { groupDeskPages } from './desk/group-pages.tsx'
import { guestsPages } from './desk/guests-pages.tsx'
import { hubPages } from './desk/hub-pages.tsx'
import { importsPages } from './desk/imports-pages.tsx'
import { membersPages } from './desk/members-pages.tsx'
import { reportsPages } from './desk/reports-pages.tsx'
import { asksApi } from './desk/requests.ts'
import { talksPages } from './desk/talks-pages.tsx'
import { tokensPages } from './desk/tokens-pages.tsx'
import { webhooksPages } from './desk/webhooks-pages.tsx'
import { mailDesk } from './digests/desk-pages.tsx'
import { digestPages } from './digests/pages.tsx'
import { liveRoutes } from './events/live-routes.ts'
import { monthPages } from './events/month-pages.tsx'
import { occurrenceRoutes } from './events/occurrence-routes.ts'
import { eventRoutes } from './events/routes.ts'
import { feedRoutes } from './feeds/routes.ts'
import { groupPages } from './groups/pages.tsx'
import { groupRoutes } from './groups/routes.ts'
import type { AppEnv } from './http/app-env.ts'
import { authenticate } from './http/auth.ts'
import { onError, onNotFound } from './http/errors.tsx'
import { apiHeaders, pageHeaders } from './http/headers.ts'
import { idempotent } from './http/idempotency.ts'
import { limitBody, readableForm } from './http/limits.ts'
import { describeApi, siteRoutes } from './http/site.tsx'
import { throttle } from './http/throttle.ts'
import { calendarImportRoutes } from './imports/calendar-routes.ts'
import { scheduleImportRoutes } from './imports/schedule-routes.ts'
import { calendarSubscriptionRoutes } from './imports/subscribe-routes.ts'
import { versionRoutes } from './imports/version-routes.ts'
import { auditRoutes } from './journal/audit-routes.ts'
import { journalRoutes } from './journal/routes.ts'
import { mailPages } from './mail/pages.tsx'
import { mailRoutes } from './mail/routes.ts'
import { mailboxPages } from './mailbox/pages.tsx'
import { meetingPages } from './meetings/pages.tsx'
import { meetingRoutes } from './meetings/routes.ts'
import { memberPages } from './members/pages.tsx'
import { memberRoutes } from './members/routes.ts'
import { recordPages } from './minutes/pages.tsx'
import { recordRoutes } from './minutes/record-routes.ts'
import { minutesRoutes } from './minutes/routes.ts'
import { personalPages } from './personal/pages.tsx'
import { personalRoutes } from './personal/routes.ts'
import { replyRoutes } from './replies/routes.ts'
import { reportPages } from './reports/pages.tsx'
import { reportRoutes } from './reports/routes.ts'
import { joinLinkPages } from './rooms/pages.tsx'
import { roomRoutes } from './rooms/routes.ts'
import { csvRoutes } from './rsvp/csv-routes.ts'
import { datePages } from './rsvp/date-pages.tsx'
import { dateRoutes } from './rsvp/date-routes.ts'
import { doorPages } from './rsvp/door-pages.tsx'
import { doorRoutes } from './rsvp/door-routes.ts'
import { feedbackRoutes } from './rsvp/feedback-routes.ts'
import { invitationRoutes } from './rsvp/invitation-routes.ts'
import { managePages } from './rsvp/manage-pages.tsx'
import { rsvpOrganizerRoutes } from './rsvp/organizer-routes.ts'
import { eventPages } from './rsvp/pages.tsx'
import { rsvpRoutes } from './rsvp/routes.ts'
import { embedPages } from './sharing/embed-pages.tsx'
import { embedRoutes } from './sharing/embed-routes.ts'
import { listFrames } from './sharing/list-pages.tsx'
import { oembedRoutes } from './sharing/oembed-routes.ts'
import { pictureRoutes } from './sharing/picture-routes.ts'
import { rsvpFrames } from './sharing/rsvp-pages.tsx'
import { sitemapRoutes } from './sharing/sitemap-routes.ts'
import { subscriptionPages } from './subscriptions/pages.tsx'
import { subscriptionRoutes } from './subscriptions/routes.ts'
import { conferenceRoutes } from './talks/conference-routes.ts'
import { handInPages } from './talks/handin-pages.tsx'
import { handInRoutes } from './talks/handin-routes.ts'
import { archivePages } from './talks/pages.tsx'
import { talkRoutes } from './talks/routes.ts'
import { joinPages } from './team/join-pages.tsx'
import { teamPages } from './team/pages.tsx'
import { teamRoutes } from './team/routes.ts'
import { tokenRoutes } from './tokens/routes.ts'
import { deliveryRoutes } from './webhooks/delivery-routes.ts'
import { webhookRoutes } from './webhooks/routes.ts'

const api = new OpenAPIHono<AppEnv>()
api.use('*', apiHeaders, limitBody, authenticate, throttle(false), idempotent)
api.route('/', groupRoutes)
api.route('/', memberRoutes)
api.route('/', eventRoutes)
api.route('/', occurrenceRoutes)
api.route('/', liveRoutes)
api.route('/', minutesRoutes)
api.route('/', recordRoutes)
api.route('/', roomRoutes)
api.route('/', botRoutes)
api.route('/', botHookRoutes)
api.route('/', reportRoutes)
api.route('/', meetingRoutes)
api.route('/', announcementRoutes)
api.route('/', rsvpRoutes)
api.route('/', rsvpOrganizerRoutes)
api.route('/', doorRoutes)
api.route('/', csvRoutes)
api.route('/', feedbackRoutes)
api.route('/', dateRoutes)
api.route('/', invitationRoutes)
api.route('/', mailRoutes)
api.route('/', journalRoutes)
api.route('/', auditRoutes)
api.route('/', personalRoutes)
api.route('/', subscriptionRoutes)
api.route('/', conferenceRoutes)
api.route('/', scheduleImportRoutes)
api.route('/', versionRoutes)
api.route('/', calendarImportRoutes)
api.route('/', calendarSubscriptionRoutes)
api.route('/', talkRoutes)
api.route('/', handInRoutes)
api.route('/', teamRoutes)
api.route('/', tokenRoutes)
api.route('/', webhookRoutes)
api.route('/', deliveryRoutes)
api.route('/', backupRoutes)

const pages = new OpenAPIHono<AppEnv>()
pages.use('*', pageHeaders, throttle(true), limitBody, readableForm)
pages.route('/', siteRoutes)
pages.route('/', groupPages)
pages.route('/', memberPages)
pages.route('/', monthPages)
pages.route('/', recordPages)
pages.route('/', joinLinkPages)
pages.route('/', eventPages)
pages.route('/', mailPages)
pages.route('/', digestPages)
pages.route('/', managePages)
pages.route('/', datePages)
pages.route('/', doorPages)
pages.route('/', personalPages)
pages.route('/', subscriptionPages)
pages.route('/', reportPages)
pages.route('/', meetingPages)
pages.route('/', mailboxPages)
pages.route('/', archivePages)
pages.route('/', handInPages)
pages.route('/', embedRoutes)
pages.route('/', embedPages)
pages.route('/', oembedRoutes)
pages.route('/', pictureRoutes)
pages.route('/', sitemapRoutes)
pages.route('/', rsvpFrames)
pages.route('/', listFrames)
pages.route('/', providerPages)
pages.route('/', passkeyPages)
pages.route('/', signInPages)
pages.route('/', accountPages)
pages.route('/', mailDesk)
pages.route('/', teamPages)
pages.route('/', joinPages)
pages.use(
  '/manage/*',
  asksApi((request, deps) => app.fetch(request, deps)),
)
pages.route('/', deskEventPages)
pages.route('/', deskDatePages)
pages.route('/', guestsPages)
pages.route('/', groupDeskPages)
pages.route('/', importsPages)
pages.route('/', membersPages)
pages.route('/', reportsPages)
pages.route('/', talksPages)
pages.route('/', conferencesPages)
pages.route('/', tokensPages)
pages.route('/', auditPages)
pages.route('/', webhooksPages)
pages.route('/', hubPages)

export const app = new OpenAPIHono<AppEnv>()
app.onError(onError)
app.notFound(onNotFound)
// Feeds first: they are asked for most, and take nothing of what the others need.
app.route('/', feedRoutes)
app.route('/api/v1', replyRoutes)
app.route('/api/v1', api)
for (const path of ['/docs', '/openapi.json']) app.use(path, pageHeaders)
describeApi(app)
app.route('/', pages)

/** The pattern of the route that answers such a request: what may be told of a path that holds a secret. */
export function routeOf(method: string, path: string): string {
  const [handlers] = app.router.match(method, path)
  const own = handlers.map(([[, route]]) => route).findLast((route) => route.method !== 'ALL')
  return own?.path ?? 'none'
}
