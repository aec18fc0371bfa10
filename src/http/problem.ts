import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Reason, Refused } from '../outcome.ts'

/** Each reason's status and title (RFC 9457). A reason without a line does not compile. */
const PROBLEMS: Record<Reason, [ContentfulStatusCode, string]> = {
  bad_json: [400, 'The body is not JSON'],
  invalid: [422, 'The request has faults'],
  unsupported_media_type: [415, 'This media type is not taken here'],
  too_large: [413, 'The body is too large'],
  unauthorized: [401, 'A valid bearer token is needed'],
  forbidden: [403, 'This token does not allow that'],
  not_found: [404, 'There is nothing here'],
  gone: [410, 'This was deleted'],
  stale: [412, 'It has changed since you read it'],
  calendar_taken: [409, 'The group subscribes to this calendar already, or to fifty'],
  name_taken: [409, 'Another person has this name: merge the two'],
  not_empty: [409, 'A backup goes into an empty database only'],
  webhooks_full: [409, 'There are twenty webhooks already'],
  webhook_off: [409, 'The webhook is switched off'],
  slug_taken: [409, 'This slug is taken'],
  report_published: [409, 'The report is published: it stays as it is'],
  group_has_events: [409, 'The group still has events'],
  last_owner: [409, 'A group keeps one owner at least'],
  event_cancelled: [409, 'The event is cancelled'],
  event_past: [409, 'The event is over'],
  event_full: [409, 'The event is full'],
  rsvp_disabled: [409, 'The event takes no RSVPs'],
  rsvp_not_open: [409, 'RSVPs are not open yet'],
  rsvp_closed: [409, 'RSVPs are closed'],
  rsvp_cancelled: [409, 'This RSVP was cancelled'],
  not_coming: [409, 'This guest is not coming'],
  not_invited: [403, 'Only who has an invitation can answer'],
  not_confirmed: [409, 'The guest has not confirmed this answer yet'],
  not_pending: [409, 'This answer does not wait for a decision'],
  busy: [503, 'Too much at once; try again'],
  provider_failed: [502, 'The provider did not sign you in'],
  idempotency_mismatch: [422, 'This Idempotency-Key was used with another request'],
  idempotency_in_progress: [409, 'A request with this Idempotency-Key is under way'],
  too_many_requests: [429, 'Too many requests'],
}

const RETRY_AFTER: Partial<Record<Reason, string>> = {
  busy: '1',
  idempotency_in_progress: '1',
  too_many_requests: '60',
}

export const statusOf = (reason: Reason): ContentfulStatusCode => PROBLEMS[reason][0]
export const titleOf = (reason: Reason): string => PROBLEMS[reason][1]

/** The answer to a refusal: application/problem+json with the reason as the last part of its `type`. */
export function problem(c: Context, { reason, detail, errors }: Refused): Response {
  const [status, title] = PROBLEMS[reason]
  const body = {
    type: `/problems/${reason}`,
    title,
    status,
    reason,
    ...(detail ? { detail } : {}),
    ...(errors ? { errors } : {}),
  }
  return c.body(JSON.stringify(body), status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    ...(RETRY_AFTER[reason] ? { 'Retry-After': RETRY_AFTER[reason] } : {}),
    // The rest of the body is not read, so nothing can follow on this connection.
    ...(reason === 'too_large' ? { Connection: 'close' } : {}),
    ...(reason === 'unauthorized' ? { 'WWW-Authenticate': 'Bearer' } : {}),
  })
}
