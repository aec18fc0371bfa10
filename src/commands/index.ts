import { addCaptions } from './add-captions.ts'
import { backup } from './backup.ts'
import type { Command } from './command.ts'
import { importSchedules } from './import-schedules.ts'
import { mailIn } from './mail-in.ts'
import { restore } from './restore.ts'

/** The commands by their names: a new one is a file and a line here. */
export const commands: Record<string, Command> = {
  'import-schedules': importSchedules,
  'add-captions': addCaptions,
  backup,
  restore,
  'mail-in': mailIn,
}
