/** What our schedules call a talk that has no number and no guid of its own: the same in every export. */

/** Above any number that a source gives. */
const OWN_NUMBERS = 1_000_000_000

/** The number of a talk in a schedule: its source's where that is one, else one made of its row. */
export const numberOf = ({ externalId, key }: { externalId: string | null; key: number }): number =>
  sourceNumber(externalId) ?? OWN_NUMBERS + key

export const sourceNumber = (externalId: string | null): number | null =>
  externalId !== null && /^[1-9]\d{0,8}$/.test(externalId) ? Number(externalId) : null

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz'

/** The guid of a talk in a schedule: its source's where that is one, else its identifier in that spelling. */
export const guidOf = ({ guid, id }: { guid: string | null; id: string }): string =>
  guid && UUID.test(guid) ? guid.toLowerCase() : uuidOf(id)

/** The 128 bits of one of our identifiers (a ULID) in the spelling of a UUID. */
export function uuidOf(id: string): string {
  let bits = 0n
  for (const char of id) bits = (bits << 5n) | BigInt(Math.max(0, CROCKFORD.indexOf(char)))
  const hex = (bits & ((1n << 128n) - 1n)).toString(16).padStart(32, '0')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
