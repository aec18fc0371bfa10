import type { ScheduleFormat } from './schedule.ts'
import { scheduleJson } from './schedule-json.ts'
import { scheduleXml } from './schedule-xml.ts'

/** Every format that a schedule is taken in: a new one is a file and a line here. */
export const scheduleFormats = [scheduleXml, scheduleJson] as const satisfies readonly ScheduleFormat[]
