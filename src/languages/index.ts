/** The languages that pages and mails are written in: a new one is a file and a line here. */
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { zh } from './zh.ts'

export type Words = typeof en

export const LANGUAGES = { en, fr, de, es, zh, ar } satisfies Record<string, Words>
export type Language = keyof typeof LANGUAGES

export const DEFAULT_LANGUAGE = 'en'

const isKnown = (code: string): code is Language => Object.hasOwn(LANGUAGES, code)

/** The language of ours that a tag (BCP 47) means, `fr` of `fr-CA`; null where there is none. */
export function languageOf(tag: string | null | undefined): Language | null {
  const [code = ''] = (tag ?? '').toLowerCase().split(/[-_]/)
  return isKnown(code) ? code : null
}

/** The one that a browser likes best of ours, by its Accept-Language (RFC 9110, 12.5.4); null where it names none. */
export function preferredLanguage(header: string | undefined): Language | null {
  const ranges = (header ?? '').slice(0, 500).split(',', 30)
  const liked = ranges.flatMap((range) => {
    const [tag = '', ...params] = range.trim().split(';')
    const q = Number(params.map((param) => /^\s*q=([\d.]{1,5})\s*$/i.exec(param)?.[1]).find(Boolean) ?? 1)
    const language = languageOf(tag)
    return language && q > 0 ? [{ language, q }] : []
  })
  return liked.sort((a, b) => b.q - a.q)[0]?.language ?? null
}

/** The catalogue of a language; English where it is none of ours. */
export const wordsOf = (code: string | null | undefined): Words => LANGUAGES[languageOf(code) ?? DEFAULT_LANGUAGE]

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr')
