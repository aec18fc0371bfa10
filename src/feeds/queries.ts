import type { Db } from '../db/db.ts'
import type { FeedScope, FeedSource, Item, Reading } from './feed.ts'

export type Called = { name: string; description?: string }

/** What a scope is called and what one reading of each of its sources makes, in one round trip. */
export async function readScope<T>(
  db: Db,
  scope: FeedScope,
  readingOf: (source: FeedSource) => Reading<T>,
): Promise<{ called: Called; parts: T[] }> {
  const readings = scope.sources.map(readingOf)
  const [names, ...rows] = await db.batch([scope.name, ...readings.flatMap(({ ask }) => ask)])
  let from = 0
  const parts = readings.map(({ ask, made }) => {
    const own = rows.slice(from, from + ask.length)
    from += ask.length
    return made(own)
  })
  return { called: (names as Called[])[0] ?? { name: 'Convene' }, parts }
}

/** The items of a scope, of all its sources together. */
export async function readItems(
  db: Db,
  scope: FeedScope,
  order: 'date' | 'newest',
  limit: number,
): Promise<{ name: string; items: Item[]; updatedAt: number }> {
  const { called, parts } = await readScope(db, scope, (source) => source.items(order, limit))
  const items = parts.length === 1 ? parts[0]! : parts.flat().sort(ORDERS[order]).slice(0, limit)
  return { name: called.name, items, updatedAt: Math.max(0, ...items.map(({ updatedAt }) => updatedAt)) }
}

const ORDERS = {
  date: (a: Item, b: Item) => (a.event.start < b.event.start ? -1 : Number(a.event.start > b.event.start)),
  newest: (a: Item, b: Item) => b.updatedAt - a.updatedAt,
}
