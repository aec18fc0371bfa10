/** What the sentences of a catalogue are told. */

/** An event, as sentences name it. */
export type About = { title: string; group: string; when: string }

/** Who comes, and how. */
export type Party = {
  /** How many come along. */
  guests: number
  /** Whether some sit in a room and some take part from elsewhere. */
  isHybrid: boolean
  isRemote: boolean
  everyDate: boolean
  /** The number in line. */
  rank: number | null
}

/** A rule that is common enough for words. Names of days and dates are in the language already. */
export type Repeats = {
  unit: 'day' | 'week' | 'month' | 'year'
  interval: number
  days: { nth: number | null; name: string }[]
  until: string | null
  count: number | null
}

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** A number with its noun, in the plural form that the language has for it; `#` stands for the number. */
export const counted = (language: string, n: number, forms: Forms): string =>
  (forms[new Intl.PluralRules(language).select(n)] ?? forms.other).replace(
    '#',
    new Intl.NumberFormat(language).format(n),
  )
