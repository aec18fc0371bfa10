/** What logs come as: a new format is a file and a line here. The first that knows a text reads it. */
import type { LogFile, LogFormat, Read } from '../log.ts'
import { html } from './html.ts'
import { irc } from './irc.ts'
import { matrix } from './matrix.ts'
import { minutes } from './minutes.ts'

export const logFormats = [html, matrix, minutes, irc] as const satisfies readonly LogFormat[]

/** The meetings in a log; which fault it has where nobody can read it. */
export function readLog(text: string, file: LogFile): Read {
  const format = logFormats.find((one) => one.isOf(text))
  if (!format)
    return {
      ok: false,
      path: 'text',
      message: `is no log that we can read: ${logFormats.map(({ name }) => name).join(', ')}`,
    }
  return format.read(text, file)
}
