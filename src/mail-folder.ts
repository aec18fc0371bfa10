/** A folder of mails on Node: what the folder transport writes and the page of the mailbox reads. */
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Mailbox } from './mailbox/mailbox.ts'

const NAME = /^[0-9a-f]{32}\.eml$/
const LISTED_MAX = 200

export function mailFolder(folder: string): Mailbox & { write(name: string, raw: Uint8Array): Promise<void> } {
  return {
    async write(name, raw) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      // Whole or not at all, and to nobody else on the machine: each opens an answer.
      const part = join(folder, `${name}.part`)
      await writeFile(part, raw, { mode: 0o600 })
      await rename(part, join(folder, name))
    },
    async list() {
      const names = (await readdir(folder).catch(() => [])).filter((name) => NAME.test(name))
      const found = await Promise.all(
        names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
      )
      return found.sort((a, b) => b.at - a.at || (a.name < b.name ? -1 : 1)).slice(0, LISTED_MAX)
    },
    async read(name) {
      return NAME.test(name) ? await readFile(join(folder, name)).catch(() => null) : null
    },
  }
}
