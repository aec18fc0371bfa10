/** `npm run demo`: the example community, served at once. `--reset` begins anew. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { app } from './app.ts'
import { loadExample } from './example.ts'
import { connect, listen } from './server.ts'

const FOLDER = 'data/demo'
const TOKEN_FILE = `${FOLDER}/organizer-token`

if (process.argv.includes('--reset')) rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(FOLDER, { recursive: true })
if (!existsSync(TOKEN_FILE)) writeFileSync(TOKEN_FILE, `demo_${randomBytes(32).toString('base64url')}`, { mode: 0o600 })
const adminToken = process.env.ADMIN_TOKEN ?? readFileSync(TOKEN_FILE, 'utf8').trim()

const port = Number(process.env.PORT ?? 8787)
const baseUrl = process.env.BASE_URL ?? `http://localhost:${port}`
const mailUrl = process.env.MAIL_URL ?? `folder:${FOLDER}/mail`
const { deps } = await connect({
  databaseUrl: `file:${FOLDER}/convene.db`,
  baseUrl,
  adminToken,
  mailUrl,
  mailFrom: process.env.MAIL_FROM,
  signInProviders: process.env.SIGN_IN_PROVIDERS,
  mailReplyTo: process.env.MAIL_REPLY_TO,
  mailInSecret: process.env.MAIL_IN_SECRET ?? adminToken,
  mailAuthservId: process.env.MAIL_AUTHSERV_ID,
})
const { meetupId } = await loadExample(async (method, path, body) => {
  const answer = await app.request(
    `${deps.baseUrl}/api/v1${path}`,
    {
      method,
      headers: { Authorization: `Bearer ${adminToken}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
    deps,
  )
  return { status: answer.status, body: await answer.json() }
}, deps.now())
const server = await listen(deps, port)

console.log(`
Convene shows the CentOS Hyperscale SIG at ${deps.baseUrl}

Open
  ${deps.baseUrl}/                  what is on
  ${deps.baseUrl}/g/hyperscale      the group
  ${deps.baseUrl}/e/${meetupId}     a meetup to answer
  ${deps.baseUrl}/talks             the talks
  ${deps.baseUrl}/talks?q=bootloader  a word that was said in one, and when

Subscribe to
  ${deps.baseUrl}/calendar.ics
  ${deps.baseUrl}/g/hyperscale/calendar.ics
  ${deps.baseUrl.replace(/^https?:/, 'webcal:')}/g/hyperscale/calendar.ics

${deps.mailbox ? `Read the mails that would go out\n  ${deps.baseUrl}/dev/mail\n\n` : ''}Organizer's token
  ${adminToken}
`)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => server.close().then(() => process.exit(0)))
