/** How far the form of somebody whom nobody knows is trusted. */
import type { AppContext } from '../http/app-env.ts'
import { takeFor, tooSoon } from '../http/throttle.ts'
import { OF_FORMS, ONE_FORM } from '../limits/rules.ts'
import { standingOfForm } from '../limits/stamp.ts'
import { take } from '../limits/take.ts'
import { type Refused, refused } from '../outcome.ts'

type Sent = Parameters<typeof standingOfForm>[1]

/**
 * A form for which a browser worked is taken as it is. Without that, a network sends a few, and after them each address proves
 * itself by mail; where no mail goes out it waits (`too_many_requests`). A form that is none of ours, or of another day, comes
 * back to be sent again (`invalid`). Nothing here asks for JavaScript.
 */
export async function trustOf(c: AppContext, sent: Sent): Promise<{ ok: true; mustProve: boolean } | Refused> {
  const found = await standingOfForm(c.env, sent)
  // Work is for one form: who brings it again is one without.
  const isSpent = found === 'proven' && (await take(c.env, ONE_FORM, sent.stamp!)) !== null
  const standing = isSpent ? 'plain' : found
  if (standing === 'foreign')
    return refused('invalid', 'This form was open for long. Please look it over and send it again.')
  if (standing === 'proven') return { ok: true, mustProve: false }
  const wait = await takeFor(c, OF_FORMS[standing])
  if (wait === null || c.env.mailer) return { ok: true, mustProve: wait !== null }
  return tooSoon(wait)
}
