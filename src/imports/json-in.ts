/** JSON that came from outside: each talk is read by itself, so that a fault in one says where and stops no other. */
import { z } from 'zod'
import { faults } from '../http/faults.ts'
import type { Fault } from '../outcome.ts'

/** What is text may be missing, null or a number; anything else is a fault with its place. */
export const text = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .transform((value) => (value === null || value === undefined ? '' : String(value).trim()))

/** What stands in a text in one language or in several (`{"en": "…", "de": "…"}`): the English one, else the first. */
export const localized = z.union([
  text,
  z.looseObject({}).transform((value) => localizedText(Object.hasOwn(value, 'name') ? value.name : value)),
])

function localizedText(value: unknown): string {
  if (typeof value === 'string') return value.trim()
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ''
  const texts = new Map(Object.entries(value))
  return String([texts.get('en'), ...texts.values()].find((one) => typeof one === 'string' && one !== '') ?? '').trim()
}

export const flag = z
  .union([z.boolean(), z.null()])
  .optional()
  .transform((value) => value === true)

/** A list that may be missing. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((list) => list ?? [])

/** A name, or something that has one. */
export const named = z.union([z.string(), z.looseObject({ name: text }).transform(({ name }) => name)])

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether this is a list of objects that have such a member. */
export const isListOf = (value: unknown, ...members: string[]): value is unknown[] =>
  Array.isArray(value) && isObject(value[0]) && members.every((name) => Object.hasOwn(value[0] as object, name))

/** Those of a list that have the shape, and the faults of the others by the path of each member. */
export function readEach<S extends z.ZodType>(
  list: readonly unknown[],
  shape: S,
  path: string,
): { read: z.output<S>[]; faults: Fault[] } {
  const wrong: Fault[] = []
  const read = list.flatMap((one, at) => {
    const checked = shape.safeParse(one)
    if (checked.success) return [checked.data]
    const place = path ? `${path}.${at}` : String(at)
    const which = nameOf(one)
    wrong.push(
      ...faults(checked.error.issues).map((fault) => ({
        path: fault.path ? `${place}.${fault.path}` : place,
        message: which ? `${fault.message} (${which})` : fault.message,
      })),
    )
    return []
  })
  return { read, faults: wrong }
}

/** What a person would call a talk that cannot be read. */
function nameOf(talk: unknown): string {
  if (!isObject(talk)) return ''
  const said = ['id', 'code', 'guid', 'title'].map((name) => talk[name])
  const name = said.find((one) => (typeof one === 'string' && one.trim() !== '') || typeof one === 'number')
  return name === undefined ? '' : `talk ${String(name).slice(0, 80)}`
}
