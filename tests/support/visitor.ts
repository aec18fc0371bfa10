/** A person with a browser: keeps cookies, sends forms from our own pages. And the mails that they read. */
import { deliverMails } from '../../src/mail/deliver.ts'
import type { Mail } from '../../src/mail/mailer.ts'
import { BASE_URL, type World } from './world.ts'

export type Visitor = ReturnType<typeof visitor>

export function visitor(world: World, agent = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0') {
  const jar = new Map<string, string>()
  async function send(method: string, path: string, fields?: Record<string, string>, headers: object = {}) {
    const answer = await world.request(
      method,
      path,
      fields === undefined ? undefined : new URLSearchParams(fields).toString(),
      {
        token: null,
        headers: {
          'User-Agent': agent,
          ...(jar.size > 0 ? { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') } : {}),
          ...(fields === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
          ...(method === 'GET' ? {} : { Origin: BASE_URL, 'Sec-Fetch-Site': 'same-origin' }),
          ...headers,
        },
      },
    )
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      if (/Max-Age=0/.test(cookie)) jar.delete(name!)
      else jar.set(name!, value!)
    }
    return answer
  }
  return {
    jar,
    send,
    get: (path: string) => send('GET', path),
    submit: (path: string, fields: Record<string, string> = {}, headers: object = {}) =>
      send('POST', path, fields, headers),
  }
}

/** All mails of a world from now on. */
export function mailbox(world: World) {
  const sent: Mail[] = []
  world.deps.mailer = {
    async send(mail) {
      sent.push(mail)
    },
  }
  return {
    sent,
    async deliver(): Promise<Mail[]> {
      sent.length = 0
      await deliverMails(world.deps)
      return [...sent]
    },
  }
}

export const linkIn = (mail: Mail): string => /https:\/\/convene\.test(\/(?:sign-in|join)\/\S+)/.exec(mail.text)![1]!
export const codeIn = (mail: Mail): string => /(\d{4} \d{4})/.exec(mail.text)![1]!

/** An account that signs in with this address, in a browser of its own. */
export async function signIn(world: World, box: ReturnType<typeof mailbox>, email: string): Promise<Visitor> {
  const person = visitor(world)
  await world.db.all({
    sql: 'INSERT INTO accounts (id, email, name, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    params: [world.deps.newId(), email, email, world.clock.now],
  })
  await person.submit('/sign-in', { email })
  const [mail] = await box.deliver()
  const entered = await person.submit(linkIn(mail!))
  if (entered.status !== 303) throw new Error(`not signed in: ${entered.status}`)
  return person
}
