/**
 * What an operator sees of each request, where they ask for it: a line in the log, Server-Timing for who looks into it with a
 * browser, and a span for a collector of traces (OpenTelemetry). Nothing of it holds a path as it was sent, a body or a header.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Db } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import { otlpSink, type Span, spanOf, type TraceSink } from './traces.ts'

/** The app, and the pattern of the route that a request matches. */
export type Observed = {
  fetch(request: Request, deps: Deps): Response | Promise<Response>
  routeOf(method: string, path: string): string
}
export type Observers = { log: boolean; traces: TraceSink | null }

/** What the settings ask for: `LOG=requests`, and the collector of OpenTelemetry's own `OTEL_EXPORTER_OTLP_ENDPOINT`. */
export function observersOf(
  settings: { LOG?: string; OTEL_EXPORTER_OTLP_ENDPOINT?: string },
  log: Deps['log'],
): Observers {
  const { LOG, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = settings
  if (LOG !== undefined && LOG !== 'requests' && LOG !== 'errors') throw new Error('LOG must be requests or errors')
  if (endpoint && !URL.canParse(endpoint)) throw new Error('OTEL_EXPORTER_OTLP_ENDPOINT must be an address')
  const failed = (why: string) => log({ level: 'warn', what: 'traces', why })
  return { log: LOG === 'requests', traces: endpoint ? otlpSink(endpoint, failed) : null }
}

/** Whether anything is asked for: a request that nobody looks at costs nothing. */
export const isObserved = ({ log, traces }: Observers): boolean => log || traces !== null

/** The app, looked at: `keep` takes what is sent after the answer. */
export function observing({ fetch, routeOf }: Observed, deps: Deps, { log, traces }: Observers) {
  const current = new AsyncLocalStorage<Span>()
  const seen: Deps = { ...deps, db: counting(deps.db, () => current.getStore()) }
  return async (request: Request, keep: (sent: Promise<unknown>) => void): Promise<Response> => {
    const span = spanOf(request, deps.newTraceId, routeOf(request.method, new URL(request.url).pathname))
    const start = performance.now()
    const answer = await current.run(span, () => fetch(request, seen))
    span.ms = performance.now() - start
    span.status = answer.status
    const response = new Response(answer.body, answer)
    response.headers.set('X-Request-Id', span.trace)
    response.headers.set(
      'Server-Timing',
      `db;dur=${span.dbMs.toFixed(1)};desc="${span.dbCalls} calls", total;dur=${span.ms.toFixed(1)}`,
    )
    if (log) deps.log(lineOf(span))
    if (traces) keep(traces.send(span, performance.timeOrigin + performance.now()))
    return response
  }
}

const lineOf = ({ trace, method, route, status, ms, dbCalls, dbMs }: Span) => ({
  level: status >= 500 ? 'error' : 'info',
  trace,
  method,
  route,
  status,
  ms: Math.round(ms * 10) / 10,
  dbCalls,
  dbMs: Math.round(dbMs * 10) / 10,
})

function counting(db: Db, current: () => Span | undefined): Db {
  async function timed<T>(call: () => Promise<T>): Promise<T> {
    const span = current()
    if (!span) return call()
    const start = performance.now()
    try {
      return await call()
    } finally {
      span.dbCalls += 1
      span.dbMs += performance.now() - start
    }
  }
  return {
    batch: (statements) => timed(() => db.batch(statements)) as never,
    all: (statement) => timed(() => db.all(statement)),
    stamp: () => db.stamp(),
  }
}
