/** What goes out because of a change, after the answer to who made it and by the scheduled task. */
import type { Deps } from './deps.ts'
import { deliverDigests } from './digests/deliver.ts'
import { deliverMails } from './mail/deliver.ts'
import { deliverWebhooks } from './webhooks/deliver.ts'

/** Every way out: a new one is a line here. One that is slow keeps no other waiting. */
const CHANNELS: Record<string, (deps: Deps) => Promise<void>> = {
  mail: deliverMails,
  digest: deliverDigests,
  webhook: deliverWebhooks,
}

const deliver = (deps: Deps, name: string): Promise<void> =>
  CHANNELS[name]!(deps).catch((error) => deps.log({ level: 'error', what: name, error: String(error) }))

/** Delivers what is due, at any number of places at once; never rejects. */
export async function deliverAll(deps: Deps): Promise<void> {
  await Promise.all(Object.keys(CHANNELS).map((name) => deliver(deps, name)))
}

const SOON_MS = 100

/**
 * Where a process lives on: delivers what a burst of changes brings together, a moment after its first, and works off one
 * channel once at a time. `stop` begins nothing new and resolves when what is under way has ended: what is left is due when
 * the next process starts.
 */
export function deliverSoon(deps: Deps): { start(): void; stop(): Promise<void> } {
  let isStopped = false
  const channels = Object.keys(CHANNELS).map((name) => {
    let timer: NodeJS.Timeout | undefined
    let running: Promise<void> = Promise.resolve()
    return {
      start() {
        if (timer || isStopped) return
        timer = setTimeout(() => {
          running = running.then(() => {
            timer = undefined
            return isStopped ? undefined : deliver(deps, name)
          })
        }, SOON_MS)
      },
      stop() {
        clearTimeout(timer)
        return running
      },
    }
  })
  return {
    start() {
      for (const channel of channels) channel.start()
    },
    async stop() {
      isStopped = true
      await Promise.all(channels.map((channel) => channel.stop()))
    },
  }
}
