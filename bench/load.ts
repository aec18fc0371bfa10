/**
 * A client in a process of its own, as thin as can be: what is measured is the server. Each connection sends a request,
 * reads the answer whole, and sends the next.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { connect } from 'node:net'

/** One request is sent until the time is over; several are sent once each. */
export type Job = { port: number; connections: number; ms: number; requests: string[] }
export type Done = { answers: number; ms: number; statuses: Record<string, number>; p99: number }

/** Starts the client; its jobs run one after another. */
export function startLoad(): { run(job: Job): Promise<Done>; stop(): void } {
  const child: ChildProcess = fork(new URL('./load.js', import.meta.url), ['client'])
  return {
    run: (job) =>
      new Promise((resolve, reject) => {
        child.removeAllListeners()
        child.once('message', (done) => resolve(done as Done)).once('error', reject)
        child.send(job)
      }),
    stop: () => child.kill(),
  }
}

function runJob({ port, connections, ms, requests }: Job): Promise<Done> {
  const statuses: Record<string, number> = {}
  const took: number[] = []
  const start = performance.now()
  let next = 0
  const one = () =>
    new Promise<void>((resolve, reject) => {
      let sent = 0
      let rest: Buffer = Buffer.alloc(0)
      const socket = connect(port, '127.0.0.1', () => send())
      socket.setNoDelay(true)
      const send = () => {
        if (performance.now() - start >= ms || (next >= requests.length && requests.length > 1)) {
          socket.end()
          resolve()
          return
        }
        sent = performance.now()
        socket.write(requests[next++ % requests.length]!)
      }
      socket.on('error', reject)
      socket.on('data', (chunk: Buffer) => {
        rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
        const end = rest.indexOf('\r\n\r\n')
        if (end < 0) return
        const head = rest.toString('latin1', 0, end)
        const status = head.slice(9, 12)
        const chunked = /transfer-encoding: chunked/i.test(head)
        const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
        if (chunked ? !rest.subarray(-5).equals(Buffer.from('0\r\n\r\n')) : rest.length < end + 4 + length) return
        rest = Buffer.alloc(0)
        statuses[status] = (statuses[status] ?? 0) + 1
        took.push(performance.now() - sent)
        send()
      })
    })
  return Promise.all(Array.from({ length: connections }, one)).then(() => ({
    answers: took.length,
    ms: performance.now() - start,
    statuses,
    p99: took.sort((a, b) => a - b)[Math.floor(took.length * 0.99)] ?? 0,
  }))
}

if (process.argv[2] === 'client') {
  process.on('message', async (job: Job) => process.send!(await runJob(job)))
}

/** A request as it goes over the wire. */
export function requestOf(method: string, path: string, headers: Record<string, string> = {}, body = ''): string {
  const all = { Host: 'localhost', ...headers, ...(body ? { 'Content-Length': String(Buffer.byteLength(body)) } : {}) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`
}
