/** What a log must not hold: secrets are longer than any name, and addresses have their sign. */
const SECRET = /[\w-]{40,}/g
const ADDRESS = /[^\s"'<>/=?&\\]+(?:@|%40)[\w.-]+/gi

const text = (value: string): string => value.replace(ADDRESS, '<address>').replace(SECRET, '<secret>')

/** An entry of the log whose texts have no tokens and no addresses in them. Identifiers of traces stay. */
export const scrubbed = (entry: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [name, typeof value === 'string' ? text(value) : value]),
  )
