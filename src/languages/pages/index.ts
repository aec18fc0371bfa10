/** The phrases of pages by language; English speaks for itself. */
import type { Language } from '../index.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import type { Phrase, Phrases } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { zh } from './zh.ts'

export const PHRASES: Record<Exclude<Language, 'en'>, Phrases> = { fr, de, es, zh, ar }

/** Says a phrase, with what is filled into its braces. */
export type Say = (phrase: Phrase, filled?: Record<string, string | number>) => string

const filledIn = (text: string, filled: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(filled[name] ?? whole))

const make =
  (phrases: Phrases | null): Say =>
  (phrase, filled = {}) =>
    filledIn(phrases?.[phrase] ?? phrase, filled)

const SAYS: Record<Language, Say> = {
  en: make(null),
  fr: make(fr),
  de: make(de),
  es: make(es),
  zh: make(zh),
  ar: make(ar),
}

/** How a language says things. */
export const sayIn = (language: Language): Say => SAYS[language]
