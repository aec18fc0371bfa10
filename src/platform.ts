/** What both runtimes have alike: the clock, randomness and the log. Only the entry points import this. */
import type { Deps } from './deps.ts'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

const base32 = (value: number, length: number): string => {
  let text = ''
  for (let rest = value, at = 0; at < length; at++) {
    text = ALPHABET[rest % 32] + text
    rest = Math.floor(rest / 32)
  }
  return text
}

const random = (bits: number): number => {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2))
  return (high! * 2 ** 20 + (low! & 0xfffff)) % 2 ** bits
}

let last = { time: 0, order: 0 }

/**
 * A ULID in lower case: 48 bits of time, 40 that grow by chance within a millisecond, so that ids sort in the order in which
 * one process made them, and 40 of randomness.
 */
function ulid(): string {
  const time = Math.max(Date.now(), last.time)
  const order = time === last.time ? last.order + 1 + random(20) : random(39)
  last = { time, order }
  return base32(time, 10) + base32(order, 8) + base32(random(40), 8)
}

function secret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}

export const platform: Pick<Deps, 'now' | 'newId' | 'newSecret' | 'log'> = {
  now: () => Math.floor(Date.now() / 1000),
  newId: ulid,
  newSecret: secret,
  log: (entry) => console.log(JSON.stringify({ at: new Date().toISOString(), ...entry })),
}
