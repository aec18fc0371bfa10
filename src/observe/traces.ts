/** Spans of requests, as OpenTelemetry has them: W3C Trace Context in, OTLP over HTTP with JSON out. */

/** What is known of one request; `route` is the pattern that it matched. */
export type Span = {
  trace: string
  id: string
  parent: string | null
  method: string
  route: string
  status: number
  ms: number
  dbCalls: number
  dbMs: number
}

export type TraceSink = { send(span: Span, endedAt: number): Promise<void> }

/** 32 hex digits of chance; the halves serve as identifiers of spans. */
export type NewTraceId = () => string

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}$/

/** The span of a request, in the trace of who sent it (https://www.w3.org/TR/trace-context/) where that says so rightly. */
export function spanOf(request: Request, newTraceId: NewTraceId, route: string): Span {
  const [, trace = newTraceId(), parent = null] = TRACEPARENT.exec(request.headers.get('traceparent') ?? '') ?? []
  const id = newTraceId().slice(0, 16)
  return { trace, id, parent, method: request.method, route, status: 0, ms: 0, dbCalls: 0, dbMs: 0 }
}

const SERVER = 2
const ERROR = 2

/** Posts each span to `<endpoint>/v1/traces`; a collector that does not answer is told of by `failed`, and nobody waits for it. */
export function otlpSink(endpoint: string, failed: (why: string) => void): TraceSink {
  const address = `${endpoint.replace(/\/+$/, '')}/v1/traces`
  return {
    async send(span, endedAt) {
      try {
        const answer = await fetch(address, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(requestOf(span, endedAt)),
          signal: AbortSignal.timeout(5000),
        })
        if (!answer.ok) failed(`the collector answers ${answer.status}`)
        await answer.body?.cancel()
      } catch (error) {
        failed((error as Error).name)
      }
    },
  }
}

/** OTLP 1.x: ExportTraceServiceRequest as JSON; `endedAt` in milliseconds of Unix time. */
export function requestOf(span: Span, endedAt: number) {
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } })
  const number = (key: string, value: number) => ({ key, value: { intValue: String(Math.round(value)) } })
  const nanoseconds = (milliseconds: number) => String(BigInt(Math.round(milliseconds * 1000)) * 1000n)
  return {
    resourceSpans: [
      {
        resource: { attributes: [text('service.name', 'convene')] },
        scopeSpans: [
          {
            scope: { name: 'convene' },
            spans: [
              {
                traceId: span.trace,
                spanId: span.id,
                ...(span.parent ? { parentSpanId: span.parent } : {}),
                name: `${span.method} ${span.route}`,
                kind: SERVER,
                startTimeUnixNano: nanoseconds(endedAt - span.ms),
                endTimeUnixNano: nanoseconds(endedAt),
                attributes: [
                  text('http.request.method', span.method),
                  text('http.route', span.route),
                  number('http.response.status_code', span.status),
                  number('convene.db.calls', span.dbCalls),
                  number('convene.db.ms', span.dbMs),
                ],
                ...(span.status >= 500 ? { status: { code: ERROR } } : {}),
              },
            ],
          },
        ],
      },
    ],
  }
}
