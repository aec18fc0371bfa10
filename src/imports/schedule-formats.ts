import { type ScheduleFormat, type ScheduleRead, unreadable } from './schedule.ts'
import { parseCsv, scheduleCsv } from './schedule-csv.ts'
import { scheduleJson } from './schedule-json.ts'
import { scheduleNodes } from './schedule-nodes.ts'
import { schedulePretalx } from './schedule-pretalx.ts'
import { schedulePyvideo } from './schedule-pyvideo.ts'
import { scheduleSessionize } from './schedule-sessionize.ts'
import { scheduleVoctoweb } from './schedule-voctoweb.ts'
import { scheduleXml } from './schedule-xml.ts'
import { parseXml } from './xml.ts'

/** Every format that a schedule is taken in, told by what stands in the file: a new one is a file and a line here. */
const scheduleFormats: readonly ScheduleFormat[] = [
  scheduleXml,
  scheduleNodes,
  scheduleJson,
  scheduleSessionize,
  schedulePretalx,
  scheduleVoctoweb,
  schedulePyvideo,
  scheduleCsv,
]

type Parsed = { ok: true; root: unknown } | { ok: false; faults: ScheduleRead['faults'] }

function parseJson(text: string): Parsed {
  try {
    return { ok: true, root: JSON.parse(text) }
  } catch (error) {
    return { ok: false, faults: [{ path: '', message: `is no JSON: ${String(error).slice(0, 200)}` }] }
  }
}

/** The kinds of files, by how their names end. */
const FILES = [
  {
    extension: 'xml',
    mediaTypes: ['application/xml', 'text/xml', 'application/vnd.c3voc.schedule+xml'],
    parse: parseXml as (text: string) => Parsed,
  },
  { extension: 'json', mediaTypes: ['application/json', 'application/vnd.c3voc.schedule+json'], parse: parseJson },
  {
    extension: 'csv',
    mediaTypes: ['text/csv', 'application/csv'],
    parse: (text: string): Parsed => ({ ok: true, root: parseCsv(text) }),
  },
] as const

export type ScheduleExtension = (typeof FILES)[number]['extension']

const namesOf = (extension: string): string =>
  scheduleFormats
    .filter((format) => format.extension === extension)
    .map(({ name }) => name)
    .join(', ')

/** The same with the names of the formats that are read from them. */
export const SCHEDULE_FILES = FILES.map((file) => ({ ...file, formats: namesOf(file.extension) }))

/** Reads a schedule in whatever format a file of this kind is; `timeZone` counts where it names none. */
export function readSchedule(
  extension: ScheduleExtension,
  text: string,
  timeZone: string,
): ScheduleRead & { format: ScheduleFormat | null } {
  const parsed = FILES.find((one) => one.extension === extension)!.parse(text)
  if (!parsed.ok) return { format: null, ...unreadable(...parsed.faults) }
  const format = scheduleFormats.find((one) => one.extension === extension && one.recognizes(parsed.root))
  if (!format) {
    const message = `is in no format that is read here: ${namesOf(extension)}`
    return { format: null, ...unreadable({ path: '', message }) }
  }
  return { format, ...format.read(parsed.root as never, timeZone) }
}
