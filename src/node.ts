/** `npm start`: the server on the user's own data. */
import { connect, listen, settingsOf } from './server.ts'

const port = Number(process.env.PORT ?? 8787)
const { deps, newToken } = await connect(settingsOf(process.env))
const server = await listen(deps, port)
console.log(`Convene is at ${deps.baseUrl}`)
if (newToken) console.log(`Organizer's token, shown this once: ${newToken}`)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => server.close().then(() => process.exit(0)))
