/** Names and addresses of the archive. */

/** A slug of any text: letters without their marks, digits and hyphens; empty where nothing of it is Latin. */
export const slugOf = (text: string, max = 80): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, max)
    .replace(/^-+|-+$/g, '')

/** The name as it is compared: case, width and spaces don't make another person; marks do. */
export const nameKeyOf = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()

/** The first of `base`, `base-2`, `base-3` … that is not taken, and takes it. */
export function freeSlug(base: string, taken: Set<string>): string {
  for (let n = 1; ; n++) {
    const slug = n === 1 ? base : `${base.slice(0, 74)}-${n}`
    if (taken.has(slug)) continue
    taken.add(slug)
    return slug
  }
}
