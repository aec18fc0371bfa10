/** `npm start`: the server on the user's own data. */
import { observersOf } from './observe/observe.ts'
import { connect, listen } from './server.ts'
import { UnsafeSettings } from './settings.ts'

const port = Number(process.env.PORT ?? 8787)
const { deps, newToken } = await connect({
  databaseUrl: process.env.DATABASE_URL ?? 'file:data/convene.db',
  databaseAuthToken: process.env.DATABASE_AUTH_TOKEN,
  baseUrl: process.env.BASE_URL ?? `http://localhost:${port}`,
  adminToken: process.env.ADMIN_TOKEN,
  mailUrl: process.env.MAIL_URL,
  mailFrom: process.env.MAIL_FROM,
  signInProviders: process.env.SIGN_IN_PROVIDERS,
  mailReplyTo: process.env.MAIL_REPLY_TO,
  mailInSecret: process.env.MAIL_IN_SECRET,
  mailAuthservId: process.env.MAIL_AUTHSERV_ID,
  trustProxy: Number(process.env.TRUST_PROXY ?? 0),
}).catch((error) => {
  if (!(error instanceof UnsafeSettings)) throw error
  console.error(`Convene does not start with these settings:\n${error.message}`)
  process.exit(2)
})
// What nobody waited for any more must not end the server: it is a fault of ours, and belongs in the log.
process.on('unhandledRejection', (error) =>
  deps.log({ level: 'error', what: 'unhandled', error: String(error), stack: (error as Error)?.stack }),
)
const server = await listen(deps, port, observersOf(process.env, deps.log))
console.log(`Convene is at ${deps.baseUrl}`)
if (newToken) console.log(`Organizer's token, shown this once: ${newToken}`)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => server.close().then(() => process.exit(0)))
