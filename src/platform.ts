/** What both runtimes have alike: the clock, randomness and the log. Only the entry points import this. */
import type { Deps } from './deps.ts'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** A ULID in lower case: 48 bits of time, 80 of randomness, sortable as text. */
function ulid(): string {
  const random = crypto.getRandomValues(new Uint8Array(16))
  let time = Date.now()
  let id = ''
  for (let at = 0; at < 10; at++) {
    id = ALPHABET[time % 32] + id
    time = Math.floor(time / 32)
  }
  for (const byte of random) id += ALPHABET[byte % 32]
  return id
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
