/**
 * The code that a guest shows at the door: the answer's id, by which nobody can change anything.
 *
 * Ids have letters and digits that are not mistaken for each other, and end in chance.
 */

const SHORT = 6
const CODE = /^[0-9a-z]{26}$/

export const codePath = (rsvpId: string): string => `/check-in/${rsvpId}`

/** `K7Q-2MX`: the end of the code, to be said or typed. */
export function shortCode(rsvpId: string): string {
  const end = rsvpId.slice(-SHORT).toUpperCase()
  return `${end.slice(0, SHORT / 2)}-${end.slice(SHORT / 2)}`
}

/** The code, or the end of one, in what was scanned, pasted or typed; null where it can't be one. */
export function codeIn(text: string): string | null {
  const typed = text
    .trim()
    .replace(/^.*\/check-in\//, '')
    .toLowerCase()
  if (CODE.test(typed)) return typed
  const short = typed.replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1')
  return short.length === SHORT && /^[0-9a-z]+$/.test(short) ? short : null
}
