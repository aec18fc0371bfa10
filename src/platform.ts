/** What both runtimes have alike: the clock, randomness and the log. Only the entry points import this. */
import type { Deps } from './deps.ts'
import { scrubbed } from './observe/scrub.ts'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

const base32 = (value: number, length: number): string => {
  let text = ''
  for (let rest = value, at = 0; at < length; at++) {
    text = ALPHABET[rest % 32] + text
    rest = Math.floor(rest / 32)
  }
  return text
}

/** Randomness is asked for by the hundred: one call costs as much as hashing. What was taken is forgotten. */
const pool = new Uint32Array(256)
let left = 0

function randomWord(): number {
  if (left === 0) {
    crypto.getRandomValues(pool)
    left = pool.length
  }
  left -= 1
  const word = pool[left]!
  pool[left] = 0
  return word
}

const random = (bits: number): number => (randomWord() * 2 ** 20 + (randomWord() & 0xfffff)) % 2 ** bits

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

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Five characters of six bits from each word; the last stands for four, so that the text is what 32 bytes are written as. */
function secret(): string {
  let text = ''
  for (let at = 0, word = 0; at < 43; at++, word >>>= 6) {
    if (at % 5 === 0) word = randomWord()
    text += BASE64URL[word & (at < 42 ? 0b111111 : 0b111100)]
  }
  return text
}

export const platform: Pick<Deps, 'now' | 'newId' | 'newSecret' | 'newTraceId' | 'random' | 'log'> = {
  now: () => Math.floor(Date.now() / 1000),
  newId: ulid,
  newSecret: secret,
  random: () => randomWord() / 2 ** 32,
  newTraceId: () => crypto.randomUUID().replaceAll('-', ''),
  log: (entry) => console.log(JSON.stringify({ at: new Date().toISOString(), ...scrubbed(entry) })),
}
