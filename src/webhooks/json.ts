import { nameOf } from '../journal/fact.ts'
import { toIso } from '../time/zone.ts'
import type { DeliveryRow, WebhookRow } from './queries.ts'

const isoOf = (at: number | null) => (at === null ? null : toIso(at))

/** A webhook as the API gives it, without its secret. */
export const webhookJson = (row: WebhookRow) => ({
  id: row.id,
  url: row.url,
  group: row.group,
  types: JSON.parse(row.types) as string[],
  contact: row.contact,
  enabled: row.offAt === null,
  failingSince: isoOf(row.failingSince),
  reason: row.offReason,
  created: toIso(row.createdAt),
  updated: toIso(row.updatedAt),
  oldSecretUntil: isoOf(row.oldSecretUntil),
})

export const deliveryJson = ({ seq, changeId, kind, at, state, tries, dueAt, sentAt, error }: DeliveryRow) => ({
  id: nameOf({ id: changeId, seq }),
  type: kind,
  timestamp: toIso(at),
  state,
  tries,
  due: state === 'due' ? toIso(dueAt) : null,
  sent: isoOf(sentAt),
  error,
})
