/** The first brake of one process: cheap, kept in memory, and forgotten with it. */
import type { Limit } from './rules.ts'

/** Whether a key may go on; with how many seconds to wait where not. */
export type Brake = (key: string, limit: Limit) => number | null | Promise<number | null>

const KEYS_MAX = 20_000

/** Token buckets by key; the one that was used longest ago goes first where there are too many. */
export function memoryBrake(now: () => number): Brake {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return (key, { burst, perMinute }) => {
    const [at, rate] = [now(), perMinute / 60]
    const before = buckets.get(key)
    const tokens = before ? Math.min(burst, before.tokens + Math.max(0, at - before.at) * rate) : burst
    buckets.delete(key)
    buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at })
    if (buckets.size > KEYS_MAX) buckets.delete(buckets.keys().next().value!)
    return tokens >= 1 ? null : Math.max(1, Math.ceil((1 - tokens) / rate - 1e-6))
  }
}
