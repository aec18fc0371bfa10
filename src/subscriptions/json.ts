import { toIso } from '../time/zone.ts'
import type { SubscriptionRow } from './queries.ts'
import type { Choice } from './schema.ts'

/** Where a chosen feed is subscribed to. */
export const feedPathOf = (id: string): string => `/f/${id}/calendar.ics`
/** Where it is changed, by its secret. */
export const editPathOf = (secret: string): string => `/subscribe/${secret}`

/** Choices from before there were talks in feeds say nothing of them. */
export const choiceOf = (row: SubscriptionRow): Choice => ({
  speakers: [],
  conferences: [],
  ...(JSON.parse(row.choice) as Omit<Choice, 'speakers' | 'conferences'>),
})

export const subscriptionJson = (baseUrl: string, row: SubscriptionRow) => ({
  id: row.id,
  choice: choiceOf(row),
  url: `${baseUrl}${feedPathOf(row.id)}`,
  created: toIso(row.createdAt),
  updated: toIso(row.updatedAt),
})
