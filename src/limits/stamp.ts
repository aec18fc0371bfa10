/** When a form was shown, in our own hand, and the work that a browser did for it. */
import type { Deps } from '../deps.ts'
import { hmac, sha256 } from '../digest.ts'
import { saltsOf } from './salt.ts'

/** Nobody fills in a form faster. */
const QUICK_SECONDS = 2
/** Longer than a tab stays open overnight, and shorter than the salts are kept. */
const OLD_SECONDS = 86_400
/** Zero bits at the beginning of a hash: some 8,000 tries, a tenth of a second; a phone takes a few times as long. */
export const PROOF_BITS = 13

type Clock = Pick<Deps, 'db' | 'now' | 'newSecret'>
const signed = (salt: string, seconds: string, secret: string) => hmac(salt, `form ${seconds} ${secret}`)

/** The stamp of a form that is shown now. It holds for the form with this secret alone. */
export async function stampOf(deps: Clock, secret: string): Promise<string> {
  const seconds = String(deps.now())
  return `${seconds}.${await signed((await saltsOf(deps)).today, seconds, secret)}`
}

/** Whether a number is the work for a stamp: the hash of both begins with so many zero bits. */
export async function isProof(stamp: string, number: string): Promise<boolean> {
  if (!/^\d{1,10}$/.test(number)) return false
  return Number.parseInt((await sha256(`${stamp}.${number}`)).slice(0, 8), 16) < 2 ** (32 - PROOF_BITS)
}

/**
 * What is to be thought of a form that was sent: its browser worked for it (`proven`); nothing speaks for it or against it
 * (`plain`), as of who has no JavaScript; it was filled in faster than people do (`quick`); its stamp is not ours, another
 * form's or too old (`foreign`).
 */
export type Standing = 'proven' | 'plain' | 'quick' | 'foreign'

export async function standingOfForm(
  deps: Clock,
  { secret = '', stamp, proof = '' }: { secret?: string; stamp?: string; proof?: string },
): Promise<Standing> {
  if (!stamp) return 'plain'
  const [, seconds, signature] = /^(\d{1,12})\.([0-9a-f]{64})$/.exec(stamp) ?? []
  const age = deps.now() - Number(seconds)
  if (!seconds || age < 0 || age > OLD_SECONDS) return 'foreign'
  const { today, yesterday } = await saltsOf(deps)
  const ours = await Promise.all([today, yesterday].map((salt) => salt && signed(salt, seconds, secret)))
  if (!ours.includes(signature!)) return 'foreign'
  if (await isProof(stamp, proof)) return 'proven'
  return age < QUICK_SECONDS ? 'quick' : 'plain'
}
