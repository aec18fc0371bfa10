/** A process that delivers what is due, over and over, until it is killed. Its clock runs fast, the same in each of them. */

import { request } from 'node:http'
import { sql } from 'drizzle-orm'
import { deliverAll } from '../../src/deliver.ts'
import { readFacts } from '../../src/mail/facts.ts'
import { mails } from '../../src/mail/tables.ts'
import { connect } from '../../src/server.ts'

const { DATABASE, SMTP_PORT, HTTP_PORT, STARTED, NAIVE } = process.env as Record<string, string>

/** A minute is a second. */
const SPEED = 60
const startedMs = Number(STARTED)

const { deps } = await connect({
  databaseUrl: DATABASE!,
  baseUrl: 'https://convene.test',
  adminToken: 'an-operator-token-of-forty-characters-xx',
  mailUrl: `smtp://127.0.0.1:${SMTP_PORT}`,
  mailFrom: 'events@convene.test',
})
deps.now = () => Math.floor(startedMs / 1000 + ((Date.now() - startedMs) / 1000) * SPEED)
// Waits of half a day become some seconds.
deps.random = () => Math.random() * 0.008
deps.log = () => {}
// Messages to any webhook come to a listener here.
deps.remotePost = (_, headers, body, signal) =>
  new Promise((done, failed) => {
    const posted = request({ port: HTTP_PORT, method: 'POST', headers, signal, agent: false }, (answer) => {
      answer.resume()
      answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: new Headers(), body: null }))
    })
    posted.on('error', failed)
    posted.end(body)
  })

/** What the lease is for: the same without it. */
async function naive(): Promise<void> {
  const due = await deps.db.all(
    sql<{
      seq: number
      rsvpId: string
      kind: string
    }>`SELECT seq, rsvp_id AS "rsvpId", kind FROM ${mails} WHERE state = 'due' LIMIT 10`,
  )
  for (const mail of due) {
    const facts = await readFacts(deps, mail, 'token', false)
    const messageId = `<${mail.seq}.${mail.rsvpId}@convene.test>`
    const isSent = await deps.mailer!.send({ messageId, to: facts!.to, subject: 'x', text: 'x', html: 'x' }).then(
      () => true,
      () => false,
    )
    if (isSent)
      await deps.db.all(sql`UPDATE ${mails} SET state = 'sent' WHERE seq = ${mail.seq} AND rsvp_id = ${mail.rsvpId}`)
  }
}

process.stdout.write('ready\n')
for (;;) {
  await (NAIVE ? naive() : deliverAll(deps))
  await new Promise((resolve) => setTimeout(resolve, 20))
}
