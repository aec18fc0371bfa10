/** The people that a group names as its own: added, changed, taken out. */
import { Hono } from 'hono'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'
import { Badge, Button, Check, Faults, type Form, Input, Select } from './parts.tsx'
import { ask, type Desk, deskOf, done, type Sent, sentBy } from './requests.ts'
import { refilled, showDesk, statusAfter, whyRefused } from './show.tsx'

export const membersPages = new Hono<AppEnv>()

const LABELS = {
  name: 'Name',
  nick: 'Nick in chat',
  role: 'Role',
  affiliation: 'Works at',
  url: 'Own page',
  joined: 'Joined',
  left: 'Left',
  public: 'Everybody may see the name',
}
const NOTES = { added: 'Added.', saved: 'Saved.', gone: 'Taken out.' }
const ROLES = [
  ['member', 'Member'],
  ['chair', 'Chair'],
  ['organizer', 'Organizer'],
] as const
const NULLABLE = ['nick', 'url', 'affiliation', 'left'] as const

type Member = { id: string; name: string; role: string; public: boolean; joined: string } & Record<
  (typeof NULLABLE)[number],
  string | null
>

const bodyOf = (sent: Sent) => ({
  name: sent.name ?? '',
  role: sent.role ?? '',
  public: sent.public === 'yes',
  ...(sent.joined?.trim() ? { joined: sent.joined } : {}),
  ...Object.fromEntries(NULLABLE.map((name) => [name, sent[name]?.trim() || null])),
})

const valuesOf = (member: Member): Sent => ({
  name: member.name,
  role: member.role,
  joined: member.joined,
  ...(member.public ? { public: 'yes' } : {}),
  ...Object.fromEntries(NULLABLE.map((name) => [name, member[name] ?? ''])),
})

const Fields = ({ form }: { form: Form }) => (
  <>
    <Input form={form} name="name" required />
    <div class="filters">
      <Input form={form} name="nick" hint="So that minutes count them once" />
      <Select form={form} name="role" choices={ROLES} />
      <Input form={form} name="affiliation" />
      <Input form={form} name="url" type="url" />
      <Input form={form} name="joined" type="date" hint="Today where it is empty" />
      <Input form={form} name="left" type="date" />
    </div>
    <Check form={form} name="public" hint="Otherwise only the group does, and others count them." />
  </>
)

membersPages.on(['GET', 'POST'], '/manage/groups/:slug/members', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const home = `${desk.home}/members`
  if (c.req.method === 'GET') return show({ labels: LABELS, faults: [], values: { role: 'member', public: 'yes' } })
  const sent = await sentBy(c)
  const path = `/groups/${desk.group.slug}/members`
  const outcome = await ask<Member>(c, 'POST', path, { body: bodyOf(sent), key: sent.key || undefined })
  return outcome.ok
    ? done(c, home, 'added')
    : show(refilled(LABELS, sent, outcome), whyRefused(outcome), statusAfter(outcome))

  async function show(form: Form, title?: string, status: Parameters<typeof showDesk>[4] = 200) {
    const here = desk as Desk
    return showDesk(
      c,
      here,
      { title: 'Members', room: '/members', notes: NOTES },
      <>
        <ul class="list">
          {(await readMembers(c, here)).map(({ id, name, nick, role, joined, left, public: isPublic }) => (
            <li class="card">
              <p class="title">
                <a href={`${home}/${id}`}>{name}</a> {role === 'member' ? null : <Badge>{role}</Badge>}{' '}
                {isPublic ? null : <Badge>hidden</Badge>}
              </p>
              <p class="meta">{[nick, `since ${joined}`, left ? `until ${left}` : null].filter(Boolean).join(' · ')}</p>
            </li>
          ))}
        </ul>
        <h2>Add one</h2>
        <form method="post" action={home} novalidate>
          <Faults form={form} title={title} />
          <input type="hidden" name="key" value={c.env.newId()} />
          <Fields form={form} />
          <button type="submit">Add</button>
        </form>
      </>,
      status,
    )
  }
})

/** All of them, page by page, those who left too. */
async function readMembers(c: AppContext, { group }: Desk): Promise<Member[]> {
  const all: Member[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = new URLSearchParams({ limit: '200', ...(cursor ? { cursor } : {}) })
    const path = `/groups/${group.slug}/members?${query}`
    const found = await ask<{ items: Member[]; next: string | null }>(c, 'GET', path)
    all.push(...(found.ok ? found.body.items : []))
    cursor = found.ok ? found.body.next : null
  }
  return all
}

membersPages.on(['GET', 'POST'], '/manage/groups/:slug/members/:id', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const member = (await readMembers(c, desk)).find(({ id }) => id === c.req.param('id'))
  if (!member) return showRefusal(c, refused('not_found'))
  const path = `/groups/${desk.group.slug}/members/${member.id}`
  const home = `${desk.home}/members`
  if (c.req.method === 'GET') return show({ labels: LABELS, faults: [], values: valuesOf(member) })
  const sent = await sentBy(c)
  const isGone = sent.do === 'delete'
  const outcome = isGone ? await ask(c, 'DELETE', path) : await ask(c, 'PATCH', path, { body: bodyOf(sent) })
  return outcome.ok
    ? done(c, home, isGone ? 'gone' : 'saved')
    : show(refilled(LABELS, isGone ? valuesOf(member) : sent, outcome), whyRefused(outcome), statusAfter(outcome))

  function show(form: Form, title?: string, status: Parameters<typeof showDesk>[4] = 200) {
    return showDesk(
      c,
      desk as Desk,
      { title: (member as Member).name, room: '/members' },
      <>
        <form method="post" action={c.req.path} novalidate>
          <Faults form={form} title={title} />
          <Fields form={form} />
          <button type="submit">Save</button>
        </form>
        <h2>Take out of the list</h2>
        <p>Whoever left and is to be remembered gets the day instead.</p>
        <Button action={c.req.path} fields={{ do: 'delete' }} tone="bad">
          Take out
        </Button>
      </>,
      status,
    )
  }
})
