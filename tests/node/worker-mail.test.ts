/** `npx wrangler dev` with a binding of mail: the Worker writes the message, the binding takes it. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pathOf } from '../support/sources.ts'
import { ADMIN, MEETUP } from '../support/world.ts'
import { startWrangler } from '../support/wrangler.ts'

/** Beside our own: paths in it are meant from there. */
const CONFIG = `wrangler.mail-${process.pid}.toml`

let url: string
let stop = async () => {}
let printed = () => ''
beforeAll(async () => {
  const own = await readFile(pathOf('wrangler.toml'), 'utf8')
  await writeFile(pathOf(CONFIG), `${own}\n[[send_email]]\nname = "EMAIL"\n`)
  const settings = { MAIL_URL: 'cloudflare:', MAIL_FROM: 'Group <events@convene.test>' }
  ;({ url, stop, printed } = await startWrangler(settings, CONFIG))
})
afterAll(async () => {
  await stop()
  await rm(pathOf(CONFIG), { force: true })
})

it('sends a mail after the response, by the binding', async () => {
  const post = async (path: string, body: object) =>
    (await (
      await fetch(`${url}/api/v1${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${ADMIN}` },
        body: JSON.stringify(body),
      })
    ).json()) as { id: string }
  await post('/groups', { slug: 'sig', name: 'SIG' })
  const { id } = await post('/groups/sig/events', { ...MEETUP, start: '2099-02-02T14:00:00' })
  await post(`/events/${id}/rsvps`, { name: 'Ada', email: 'ada@example.org' })
  // Miniflare writes what the binding was given to a file, and prints its path.
  const file = /send_email[^\n]*\n[^\n]*?(\/\S+\.eml)/
  await expect.poll(() => file.test(printed()), { timeout: 30_000 }).toBe(true)
  const mail = await PostalMime.parse(await readFile(file.exec(printed())![1]!))
  expect(mail.to).toEqual([{ name: '', address: 'ada@example.org' }])
  expect(mail.subject).toBe('Your answer: Meetup in Brussels')
  expect(mail.attachments.map(({ mimeType, method }) => [mimeType, method])).toContainEqual([
    'text/calendar',
    'REQUEST',
  ])
})
