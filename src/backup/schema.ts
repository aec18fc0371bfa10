import { z } from '@hono/zod-openapi'

export const NewRestore = z
  .strictObject({ schema: z.string().max(200).openapi({ description: 'of the head of the dump' }) })
  .openapi('NewRestore')
export const Restore = z.object({ id: z.string() }).openapi('Restore')
export const RestoredRows = z.object({ rows: z.number().int() }).openapi('RestoredRows')

/** A line of a dump that holds a row. */
export const dumpLine = z.object({
  table: z.string().max(100),
  row: z.record(z.string().max(100), z.union([z.string(), z.number(), z.null()])),
})

/** Where a page of a dump begins. */
export const dumpCursor = z.strictObject({
  table: z.string(),
  key: z.array(z.union([z.string(), z.number()])).nullable(),
  rows: z.number().int().nonnegative(),
})
