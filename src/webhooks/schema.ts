import { z } from '@hono/zod-openapi'
import { email, slug, webAddress } from '../http/fields.ts'
import { changeType } from '../journal/schema.ts'

const types = z
  .array(changeType)
  .max(50)
  .openapi({
    description: 'kinds of changes that it is told of; all where there is none',
    example: ['event.*', 'rsvp.answered'],
  })
const contact = email.openapi({ description: 'who is told when it is switched off after days of failure' })

export const NewWebhook = z
  .strictObject({
    url: webAddress.openapi({ example: 'https://example.org/hooks/convene' }),
    group: slug
      .optional()
      .openapi({ description: 'the group of whose changes it is told; without it, of all that the token organizes' }),
    types: types.default([]),
    contact: contact.optional(),
  })
  .openapi('NewWebhook')

export const WebhookPatch = z
  .strictObject({
    url: webAddress.optional(),
    types: types.optional(),
    contact: contact.nullable().optional(),
    enabled: z.boolean().optional(),
  })
  .openapi('WebhookPatch')

export const Webhook = z
  .object({
    id: z.string(),
    url: z.string(),
    group: z.string().nullable(),
    types: z.array(z.string()),
    contact: z.string().nullable(),
    enabled: z.boolean(),
    failingSince: z.string().nullable(),
    reason: z.string().nullable().openapi({ description: 'why it is switched off' }),
    created: z.string(),
    updated: z.string(),
    secret: z.string().optional().openapi({ description: 'only in the answer that made it' }),
    oldSecretUntil: z
      .string()
      .nullable()
      .openapi({ description: 'until when messages are signed with the secret before too' }),
  })
  .openapi('Webhook')

export const DELIVERY_STATES = ['due', 'sent', 'failed', 'dropped'] as const

export const Delivery = z
  .object({
    id: z.string().openapi({ description: 'the `webhook-id` of the message' }),
    type: z.string(),
    timestamp: z.string(),
    state: z.enum(DELIVERY_STATES).openapi({ description: 'failed: given up after ten tries' }),
    tries: z.number().int(),
    due: z.string().nullable(),
    sent: z.string().nullable(),
    error: z.string().nullable(),
  })
  .openapi('Delivery')

export const RetryDeliveries = z
  .strictObject({
    id: z
      .string()
      .regex(/^[0-9a-z]{26}-\d{1,15}$/, 'must be the id of a delivery')
      .optional()
      .openapi({ description: 'one delivery; all that were given up where it is left out' }),
  })
  .openapi('RetryDeliveries')

export const RetriedDeliveries = z
  .object({ due: z.number().int().openapi({ description: 'how many go out again' }) })
  .openapi('RetriedDeliveries')
