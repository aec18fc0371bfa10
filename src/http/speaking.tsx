/** The language of a page: settled once for the whole of it, and known to each piece. */
import { createContext, useContext } from 'hono/jsx'
import { DEFAULT_LANGUAGE, type Language, preferredLanguage, wordsOf } from '../languages/index.ts'
import type { Phrase } from '../languages/pages/en.ts'
import { type Say, sayIn } from '../languages/pages/index.ts'
import type { AppContext } from './app-env.ts'

export const Speaking = createContext<Language>(DEFAULT_LANGUAGE)

/** How the page around a piece says things. */
export const useSay = (): Say => sayIn(useContext(Speaking))
export const useLanguage = (): Language => useContext(Speaking)
export const useWords = () => wordsOf(useContext(Speaking))

/** The language that the browser of a request likes best of ours. */
export const languageIn = (c: AppContext): Language =>
  preferredLanguage(c.req.header('Accept-Language')) ?? DEFAULT_LANGUAGE

/** A phrase where text stands. */
export const Said = ({ p, filled }: { p: Phrase; filled?: Record<string, string | number> }) => (
  <>{useSay()(p, filled)}</>
)
