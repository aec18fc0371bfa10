/** Who asks for a personal calendar. */
import type { AppContext } from '../http/app-env.ts'
import { capabilityOf } from '../http/auth.ts'
import { problem } from '../http/problem.ts'
import { refused } from '../outcome.ts'
import { findPerson, type Person } from './queries.ts'

/** The person whose secret a request carries, or the answer that says that nobody's is. */
export async function personOr401(c: AppContext): Promise<Person | Response> {
  const secret = capabilityOf(c, 'me')
  const person = secret === undefined ? undefined : await findPerson(c.env.db, secret)
  return person ?? problem(c, refused('unauthorized'))
}
