/** Where mails are kept that do not go out, on a machine where somebody tries Convene out. */
export type Mailbox = {
  /** The newest first. */
  list(): Promise<{ name: string; at: number }[]>
  /** A message as it would have gone out; null where there is none of this name. */
  read(name: string): Promise<Uint8Array | null>
}
