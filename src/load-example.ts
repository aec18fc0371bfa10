/** `npm run example -- URL TOKEN`: loads the example community into a running Convene. */
import { loadExample } from './example.ts'

const [url, token] = process.argv.slice(2)
if (!url || !token) {
  console.error('Usage: npm run example -- http://localhost:8787 TOKEN')
  process.exit(2)
}

const { meetupId, loaded } = await loadExample(
  async (method, path, body) => {
    const answer = await fetch(`${url.replace(/\/+$/, '')}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: await answer.json().catch(() => null) }
  },
  Math.floor(Date.now() / 1000),
)
console.log(`Loaded ${loaded} things. The next meetup is at ${url}/e/${meetupId}`)
