/** The tokens of a group: made, shown once, revoked. */
import { Hono } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import { ABILITIES, type Ability, abilityNames } from '../tokens/access.ts'
import { Badge, Button, Check, Faults, type Form, Input, Once } from './parts.tsx'
import { ask, deskOf, done, sentBy } from './requests.ts'
import { refilled, showDesk, statusAfter, whyRefused } from './show.tsx'

export const tokensPages = new Hono<AppEnv>()

type Token = {
  id: string
  name: string
  group: string | null
  verbs: string[] | null
  lastUsed: string | null
  token?: string
}

/** A checkbox for each verb. */
const VERBS = Object.fromEntries(abilityNames.map((name: Ability) => [`verb.${name}`, ABILITIES[name]]))
const LABELS = { name: 'What it is for', verbs: 'What it may do', ...VERBS }

tokensPages.on(['GET', 'POST'], '/manage/groups/:slug/tokens', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const home = `${desk.home}/tokens`
  const { slug } = desk.group
  const empty = { labels: LABELS, faults: [], values: {} }
  if (c.req.method === 'GET') return show(empty)
  const sent = await sentBy(c)
  const mine = await read()
  if (sent.do === 'revoke') {
    // Who owns two groups revokes at each desk its own.
    const token = mine.find(({ id }) => id === sent.token)
    const outcome = await ask(c, 'DELETE', `/tokens/${token?.id ?? 'none'}`)
    return outcome.ok ? done(c, home, 'revoked') : show(empty, whyRefused(outcome), statusAfter(outcome))
  }
  const verbs = abilityNames.filter((name) => sent[`verb.${name}`] === 'yes')
  const outcome = await ask<Token>(c, 'POST', '/tokens', { body: { name: sent.name ?? '', group: slug, verbs } })
  return outcome.ok
    ? show(empty, undefined, 200, outcome.body)
    : show(refilled(LABELS, sent, outcome), whyRefused(outcome), statusAfter(outcome))

  async function read(): Promise<Token[]> {
    const all = await ask<{ items: Token[] }>(c, 'GET', '/tokens')
    const { id } = (desk as Exclude<typeof desk, Response>).group
    return all.ok ? all.body.items.filter(({ group }) => group === id) : []
  }

  async function show(form: Form, title?: string, status: Parameters<typeof showDesk>[4] = 200, fresh?: Token) {
    const tokens = await read()
    return showDesk(
      c,
      desk as Exclude<typeof desk, Response>,
      { title: 'Tokens', room: '/tokens', notes: { revoked: 'Revoked.' } },
      <>
        <p>With a token a program does at the API what you allow it here.</p>
        {fresh ? <Once text={fresh.token ?? ''}>Keep it now; it is not shown again:</Once> : null}
        <ul class="list">
          {tokens.map(({ id, name, verbs, lastUsed }) => (
            <li class="card">
              <p class="title">{name}</p>
              <p class="meta">
                {(verbs ?? ['all but the team']).map((verb) => (
                  <Badge>{verb}</Badge>
                ))}{' '}
                {lastUsed ? `last used ${lastUsed.slice(0, 10)}` : 'never used'}
              </p>
              <Button action={home} fields={{ do: 'revoke', token: id }} tone="bad">
                Revoke
              </Button>
            </li>
          ))}
        </ul>
        <h2>Make one</h2>
        <form method="post" action={home} novalidate>
          <Faults form={form} title={title} />
          <Input form={form} name="name" required />
          <fieldset id="verbs">
            <legend>{LABELS.verbs}</legend>
            {abilityNames.map((name) => (
              <Check form={form} name={`verb.${name}`} />
            ))}
          </fieldset>
          <button type="submit">Make a token</button>
        </form>
      </>,
      status,
    )
  }
})
