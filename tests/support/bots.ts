import { signatureOf } from '../../src/replies/webhook.ts'
import type { World } from './world.ts'

type Bot = { id: string; secret: string }

/** Calls of a bot, signed as it would. */
export function botOf(world: World, { id, secret }: Bot) {
  let calls = 0
  const post = async (
    path: string,
    body: unknown,
    more: { id?: string; at?: number; secret?: string; signed?: unknown } = {},
  ) => {
    const callId = more.id ?? `call_${++calls}`
    const at = String(more.at ?? world.clock.now)
    const text = JSON.stringify(body)
    const bytes = new TextEncoder().encode(more.signed === undefined ? text : JSON.stringify(more.signed))
    const signature = await signatureOf(more.secret ?? secret, callId, at, bytes)
    return world.api('POST', `/bots/${id}/${path}`, text, {
      token: null,
      headers: { 'webhook-id': callId, 'webhook-timestamp': at, 'webhook-signature': signature },
    })
  }
  return {
    log: (body: unknown, more = {}) => post('logs', body, more),
    say: async (text: string, nick = 'anita', more = {}) =>
      post('commands', { text, nick, channel: '#centos-hyperscale' }, more),
  }
}
