#!/usr/bin/env node
/** `convene mail-in < message.eml`: what a mail server pipes a message for the address in guests' invitations into. */
import { deliverMails } from './mail/deliver.ts'
import { MESSAGE_BYTES_MAX } from './replies/message.ts'
import { receive } from './replies/receive.ts'
import { connect, settingsOf } from './server.ts'

const [command, recipient] = process.argv.slice(2)
if (command !== 'mail-in') {
  console.error('Usage: convene mail-in [RECIPIENT] < message.eml')
  process.exit(64)
}

const chunks: Buffer[] = []
let length = 0
for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
  length += chunk.length
  // What is too large is read to its end, so that the mail server sees no broken pipe, and not kept.
  if (length <= MESSAGE_BYTES_MAX + 1) chunks.push(chunk)
}
const { deps, close } = await connect(settingsOf(process.env))
// Postfix tells it like this.
const to = recipient ?? process.env.ORIGINAL_RECIPIENT
const raw = length > MESSAGE_BYTES_MAX ? new Uint8Array(MESSAGE_BYTES_MAX + 1) : new Uint8Array(Buffer.concat(chunks))
await receive(deps, { raw, ...(to ? { recipients: [to] } : {}) })
await deliverMails(deps)
close()
