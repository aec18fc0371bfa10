/**
 * What each route needs: the table that `auth.ts` enforces for roles and tokens, and that the matrix of tests is made from. A
 * route without a line here fails the build.
 *
 * - `public`: everybody, as far as they may know of the thing;
 * - a verb of `tokens/access.ts`: who may do it in the group of the thing;
 * - `operator`: a token for everything; `session`: who is signed in; `provider`: a provider's signature;
 * - `link:…`: the secret link or token of that one thing.
 */
import { routePath } from 'hono/route'
import { type Ability, abilityNames } from '../tokens/access.ts'
import type { CapabilityKind } from '../tokens/capability.ts'
import type { AppContext } from './app-env.ts'
import { API_NEEDS } from './needs-api.ts'
import { PAGE_NEEDS } from './needs-pages.ts'

export type Need = 'public' | 'operator' | 'session' | 'provider' | Ability | `link:${CapabilityKind}`

export const NEEDS: Record<string, Need | readonly Need[]> = { ...API_NEEDS, ...PAGE_NEEDS }

/** A route as the table names it: feeds are alike in all formats, and a parameter's pattern is no part of its name. */
export const routeName = (method: string, path: string): string =>
  `${method === 'HEAD' ? 'GET' : method} ${path
    .replace(/\{\[0-9a-z\]\+\\\.[^}]*\}$/, '.*')
    .replace(/\{[^/]*\}(?=\/|$)/g, '')
    .replace(/(calendar|\/talks|podcast\.(?:audio|video))\.(?:ics|jcal|jscal|atom|rss|feed\.json)$/, '$1.*')}`

const isAbility = (need: Need): need is Ability => (abilityNames as string[]).includes(need)

/** What a request's route needs in the group of its thing; of routes of the operator, what no group gives. */
export function abilityOf(c: AppContext): Ability {
  const name = routeName(c.req.method, routePath(c))
  const needs = [NEEDS[name] ?? []].flat()
  const ability = needs.find(isAbility)
  if (ability) return ability
  if (needs.includes('operator')) return 'team'
  throw new Error(`${name} asks who is asking, and http/needs.ts does not say what for`)
}
