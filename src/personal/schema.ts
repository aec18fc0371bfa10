import { z } from '@hono/zod-openapi'

export const NewAddress = z
  .object({
    token: z.string().openapi({ description: 'opens the calendar and what is below /me; shown once' }),
    url: z.string(),
    calendarUrl: z.string(),
  })
  .openapi('PersonalCalendar')

export const Stars = z
  .object({ items: z.array(z.object({ slug: z.string(), title: z.string() })), next: z.null() })
  .openapi('Stars')
