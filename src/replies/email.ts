/** Messages as Cloudflare's Email Routing gives them to a Worker. */
import type { Deps } from '../deps.ts'
import { MESSAGE_BYTES_MAX } from './message.ts'
import { type Received, receive } from './receive.ts'

/** What of Cloudflare's ForwardableEmailMessage is read. */
export type RoutedMail = { from: string; to: string; raw: ReadableStream<Uint8Array>; rawSize: number }

/** The name under which Email Routing writes its Authentication-Results. */
const CLOUDFLARE = 'mx.cloudflare.net'

/** Takes in a routed message. One without a sender is a bounce, and one that is too large no answer: neither is read. */
export async function receiveRouted(deps: Deps, { from, to, raw, rawSize }: RoutedMail): Promise<Received> {
  if (from === '' || from === '<>') return 'automatic'
  if (rawSize > MESSAGE_BYTES_MAX) return 'unreadable'
  const bytes = new Uint8Array(await new Response(raw).arrayBuffer())
  return receive(deps, { raw: bytes, recipients: [to], authserv: CLOUDFLARE })
}
