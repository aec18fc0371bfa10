/**
 * The IANA time zone database, as a package: the runtime's own is a year old on some machines and differs between Node and
 * Workers, and then two of them tell different times. A new release is a new version of the package, not a new runtime.
 */
import packed from 'moment-timezone/data/packed/latest.json'

/** The release of the IANA database, `2026f`. */
export const ZONE_DATA_VERSION: string = packed.version

/** Until each of `until` (Unix seconds, ascending) the offset beside it holds; the last offset has no end. */
export type ZoneData = { until: number[]; offsets: number[] }

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX'

/** Minutes in base 60, `-7.w` (moment-timezone's packed format). */
function unpacked(text: string): number {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  let value = 0
  for (const digit of whole) value = value * 60 + DIGITS.indexOf(digit)
  let part = 1
  for (const digit of fraction) {
    part /= 60
    value += DIGITS.indexOf(digit) * part
  }
  return text.startsWith('-') ? -value : value
}

function unpack(zone: string): ZoneData {
  const [, , offsets = '', indices = '', differences = ''] = zone.split('|')
  const known = offsets.split(' ').map((offset) => Math.round(-unpacked(offset) * 60))
  const until: number[] = []
  const held: number[] = [known[DIGITS.indexOf(indices[0]!)]!]
  let at = 0
  for (const [nth, difference] of differences.split(' ').filter(Boolean).entries()) {
    at += unpacked(difference)
    const offset = known[DIGITS.indexOf(indices[nth + 1]!)]!
    // Only the name changes at some of them.
    if (offset === held.at(-1)) continue
    until.push(Math.round(at * 60))
    held.push(offset)
  }
  return { until, offsets: held }
}

/** Packed text and links by name in lower case; made once, at the first question. */
let index: Map<string, { name: string; zone: string }> | undefined

function indexed(): Map<string, { name: string; zone: string }> {
  if (index) return index
  const zones = new Map(packed.zones.map((zone) => [zone.slice(0, zone.indexOf('|')), zone]))
  index = new Map([...zones].map(([name, zone]) => [name.toLowerCase(), { name, zone }]))
  for (const link of packed.links) {
    const [to, from] = link.split('|') as [string, string]
    for (const [name, target] of [
      [from, to],
      [to, from],
    ] as const) {
      const zone = zones.get(target)
      if (zone !== undefined && !index.has(name.toLowerCase())) index.set(name.toLowerCase(), { name, zone })
    }
  }
  return index
}

const unpackedZones = new Map<string, ZoneData>()

/** The name of a zone as the database writes it, whatever the case; null where it has none such. */
export const nameOfZone = (name: string): string | null => indexed().get(name.toLowerCase())?.name ?? null

/** @throws where there is no such zone: names are checked where they come in */
export function zoneData(name: string): ZoneData {
  const known = unpackedZones.get(name)
  if (known) return known
  const found = indexed().get(name.toLowerCase())
  if (!found) throw new RangeError(`no such time zone: ${name}`)
  const data = unpack(found.zone)
  unpackedZones.set(name, data)
  return data
}
