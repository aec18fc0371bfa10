/** What goes out because of a change, after the answer to who made it and by the scheduled task. */
import type { Deps } from './deps.ts'
import { deliverMails } from './mail/deliver.ts'
import { deliverWebhooks } from './webhooks/deliver.ts'

/** Every way out: a new one is a line here. One that is slow keeps no other waiting. */
const CHANNELS: Record<string, (deps: Deps) => Promise<void>> = {
  mail: deliverMails,
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
 * channel once at a time.
 */
export function deliverSoon(deps: Deps): () => void {
  const starters = Object.keys(CHANNELS).map((name) => {
    let isWaiting = false
    let running: Promise<void> = Promise.resolve()
    return () => {
      if (isWaiting) return
      isWaiting = true
      setTimeout(() => {
        running = running.then(() => {
          isWaiting = false
          return deliver(deps, name)
        })
      }, SOON_MS)
    }
  })
  return () => {
    for (const start of starters) start()
  }
}
