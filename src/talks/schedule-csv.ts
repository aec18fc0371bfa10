/** Writes the talks of a conference as a table, those without a time too; the importer reads the same columns. */
import { toCsv } from '../formats/csv.ts'
import { toInstant, toOffsetString } from '../time/zone.ts'
import { speakersIn } from './json.ts'
import { guidOf, numberOf } from './numbers.ts'
import type { ConferenceRow, FullTalk } from './queries.ts'
import type { TalkInput } from './schema.ts'
import { resourcesOf } from './update.ts'

type Cell = (talk: FullTalk, conference: ConferenceRow) => string | number | null

/** A column for each. */
const TYPES: TalkInput['resources'][number]['type'][] = ['slides', 'recording', 'captions', 'paper', 'code', 'other']

/** Names and words stand in one cell with semicolons between them, addresses with spaces. */
const listed = (names: string[]): string => names.map((name) => name.replaceAll(';', ',')).join('; ')

const COLUMNS: Record<string, Cell> = {
  conference: (_, { title }) => title,
  timezone: (_, { timeZone }) => timeZone,
  id: numberOf,
  guid: guidOf,
  slug: ({ slug }) => slug,
  title: ({ title }) => title,
  subtitle: ({ subtitle }) => subtitle,
  start: ({ startsLocal, timeZone: own }, { timeZone }) =>
    startsLocal === null ? null : toOffsetString(toInstant(startsLocal, own ?? timeZone), timeZone),
  duration: ({ duration }) => duration,
  room: ({ room }) => room,
  track: ({ track }) => track,
  type: ({ type }) => type,
  language: ({ language }) => language,
  status: ({ status }) => status,
  licence: ({ licence }) => licence,
  donotrecord: ({ doNotRecord }) => (doNotRecord ? 'yes' : null),
  speakers: (talk) => listed(speakersIn(talk).map(({ name }) => name)),
  keywords: ({ keywords }) => listed(JSON.parse(keywords)),
  abstract: ({ abstract }) => abstract,
  description: ({ description }) => description,
  url: ({ sourceUrl }) => sourceUrl,
  ...Object.fromEntries(
    TYPES.map((type): [string, Cell] => [
      type,
      (talk) =>
        resourcesOf(talk)
          .filter((one) => one.type === type)
          .map(({ url }) => url)
          .join(' '),
    ]),
  ),
}

export const talksToCsv = (conference: ConferenceRow, talks: FullTalk[]): string =>
  toCsv(
    Object.keys(COLUMNS),
    talks.map((talk) => Object.values(COLUMNS).map((of) => of(talk, conference))),
  )
