/** What `npm run convene` can do, one file each. */
export type Command = {
  /** How it is called, after its name. */
  usage: string
  /** Does it, telling how it goes; false or a status where something could not be done. Throws `UsageError` for a call that can't be taken. */
  run(args: string[], terminal: Terminal): Promise<boolean | number>
}

export type Terminal = {
  env: Record<string, string | undefined>
  print(line: string): void
  fail(line: string): void
  input(): AsyncIterable<Uint8Array>
}

/** A call that can't be taken; the message says why. */
export class UsageError extends Error {}
