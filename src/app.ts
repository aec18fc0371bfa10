/** A table of contents: what is mounted where. No logic. */
import { OpenAPIHono } from '@hono/zod-openapi'
import { occurrenceRoutes } from './events/occurrence-routes.ts'
import { eventRoutes } from './events/routes.ts'
import { feedRoutes } from './feeds/routes.ts'
import { groupRoutes } from './groups/routes.ts'
import type { AppEnv } from './http/app-env.ts'
import { authenticate } from './http/auth.ts'
import { onError, onNotFound } from './http/errors.ts'
import { apiHeaders } from './http/headers.ts'
import { idempotent } from './http/idempotency.ts'
import { limitBody } from './http/limits.ts'
import { rsvpRoutes } from './rsvp/routes.ts'
import { tokenRoutes } from './tokens/routes.ts'

const api = new OpenAPIHono<AppEnv>()
api.use('*', apiHeaders, limitBody, authenticate, idempotent)
api.route('/', groupRoutes)
api.route('/', eventRoutes)
api.route('/', occurrenceRoutes)
api.route('/', rsvpRoutes)
api.route('/', tokenRoutes)

export const app = new OpenAPIHono<AppEnv>()
app.onError(onError)
app.notFound(onNotFound)
app.route('/', feedRoutes)
app.route('/api/v1', api)
