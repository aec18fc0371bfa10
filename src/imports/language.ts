/** Languages as archives name them. */

const WORDS: Record<string, string> = {
  english: 'en',
  german: 'de',
  deutsch: 'de',
  french: 'fr',
  français: 'fr',
  spanish: 'es',
  español: 'es',
  dutch: 'nl',
  italian: 'it',
  portuguese: 'pt',
  japanese: 'ja',
}

/** `en` of `en-GB`, `eng`, `EN` or `English`; null where it is no language. Of several (`eng-deu`) the first. */
export function languageOf(said: string): string | null {
  const [word = ''] = said
    .trim()
    .toLowerCase()
    .split(/[^\p{L}]/u)
  if (WORDS[word]) return WORDS[word]
  if (!/^[a-z]{2,3}$/.test(word) || ['und', 'mul', 'mis', 'zxx'].includes(word)) return null
  const short = Intl.getCanonicalLocales(word)[0]!
  return /^[a-z]{2,3}$/.test(short) ? short : null
}
