/** robots.txt (RFC 9309): which paths of a host a program may ask for, and how often. */

/** The rules for one program, in the order of the file. */
export type Robots = { rules: { isAllowed: boolean; pattern: string }[]; delaySeconds: number }

export const ALLOWS_ALL: Robots = { rules: [], delaySeconds: 0 }
export const FORBIDS_ALL: Robots = { rules: [{ isAllowed: false, pattern: '/' }], delaySeconds: 0 }

/** More than any host needs; what follows is not read, so that a long file makes no long work. */
const RULES_MAX = 500
const PATTERN_MAX = 500

/** The rules that a robots.txt has for a program of this name; those for all where it names it nowhere. */
export function readRobots(text: string, agent: string): Robots {
  const groups: { agents: string[]; robots: Robots }[] = []
  let isNaming = false
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n?|\n/)) {
    const [, key, value] = /^\s*([a-z-]+)\s*:\s*([^#]*?)\s*(?:#|$)/i.exec(line) ?? []
    if (key === undefined || value === undefined) continue
    const name = key.toLowerCase()
    if (name === 'user-agent') {
      if (!isNaming) groups.push({ agents: [], robots: { rules: [], delaySeconds: 0 } })
      groups.at(-1)!.agents.push(value.toLowerCase())
      isNaming = true
      continue
    }
    const robots = groups.at(-1)?.robots
    // What belongs to no program, such as a sitemap, ends no group.
    if (!robots || !['allow', 'disallow', 'crawl-delay'].includes(name)) continue
    isNaming = false
    if (name === 'crawl-delay') robots.delaySeconds = Math.max(0, Number(value) || 0)
    else if (value && value.length <= PATTERN_MAX && robots.rules.length < RULES_MAX)
      robots.rules.push({ isAllowed: name === 'allow', pattern: value })
  }
  const named = groups.filter(({ agents }) => agents.includes(agent.toLowerCase()))
  const ours = named.length > 0 ? named : groups.filter(({ agents }) => agents.includes('*'))
  return {
    rules: ours.flatMap(({ robots }) => robots.rules).slice(0, RULES_MAX),
    delaySeconds: Math.max(0, ...ours.map(({ robots }) => robots.delaySeconds)),
  }
}

/** Whether the rules let the path of an address be asked for: the longest that fits decides, `allow` where two are as long. */
export function mayAsk({ rules }: Robots, { pathname, search }: URL): boolean {
  const path = pathname + search
  const fitting = rules.filter(({ pattern }) => fits(pattern, path))
  const longest = Math.max(0, ...fitting.map(({ pattern }) => pattern.length))
  const deciding = fitting.filter(({ pattern }) => pattern.length === longest)
  return deciding.length === 0 || deciding.some(({ isAllowed }) => isAllowed)
}

/** Whether a path begins as the pattern says: `*` is anything, `$` at the end is the end. Looks at each part once. */
function fits(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$')
  const [first, ...parts] = (isWhole ? pattern.slice(0, -1) : pattern).split('*') as [string, ...string[]]
  if (!path.startsWith(first)) return false
  let at = first.length
  for (const part of parts.slice(0, isWhole ? -1 : undefined)) {
    const found = path.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  if (!isWhole) return true
  const last = parts.at(-1)
  return last === undefined ? at === path.length : path.endsWith(last) && path.length - last.length >= at
}
