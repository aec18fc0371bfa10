/** Why a command says no. The same words in the API, in tests and in webhooks; `http/problem.ts` gives each its status. */
export type Reason =
  | 'bad_json'
  | 'invalid'
  | 'unsupported_media_type'
  | 'too_large'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'gone'
  | 'stale'
  | 'webhooks_full'
  | 'webhook_off'
  | 'slug_taken'
  | 'calendar_taken'
  | 'name_taken'
  | 'not_empty'
  | 'report_published'
  | 'group_has_events'
  | 'last_owner'
  | 'event_cancelled'
  | 'event_past'
  | 'event_full'
  | 'rsvp_disabled'
  | 'rsvp_not_open'
  | 'rsvp_closed'
  | 'rsvp_cancelled'
  | 'not_coming'
  | 'not_invited'
  | 'not_confirmed'
  | 'not_pending'
  | 'busy'
  | 'provider_failed'
  | 'idempotency_mismatch'
  | 'idempotency_in_progress'
  | 'too_many_requests'

/** One fault of an input: where it is (`rsvp.capacity.inPerson`, `day 1, event 3684`) and what is wrong. */
export type Fault = { path: string; message: string }

export type Refused = { ok: false; reason: Reason; detail?: string; errors?: Fault[] }

/** A refusal, with a sentence for the person who asked where the reason alone doesn't say enough. */
export const refused = (reason: Reason, detail?: string): Refused => ({
  ok: false,
  reason,
  ...(detail ? { detail } : {}),
})

/** A refusal of an input: each fault names its place. */
export const invalid = (...errors: Fault[]): Refused => ({ ok: false, reason: 'invalid', errors })
