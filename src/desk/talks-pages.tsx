/** The talks of a group: put into the archive, changed, given their slides and recordings, taken out. */
import { Hono } from 'hono'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'
import { Area, Badge, Button, Check, Faults, type Form, Input, Once, Select } from './parts.tsx'
import { type Answered, ask, type Desk, deskOf, done, type Sent, sentBy } from './requests.ts'
import { showDesk, statusAfter, whyRefused } from './show.tsx'
import { type DeskTalk, faultsInTalk, resourceRows, talkBody, talkLabels, talkValues } from './talk-form.ts'

export const talksPages = new Hono<AppEnv>()

const NOTES = {
  created: 'It is in the archive.',
  saved: 'Saved.',
  gone: 'It is out of the archive.',
  revoked: 'That link opens nothing any more.',
}
const STATUSES = [
  ['confirmed', 'Confirmed'],
  ['tentative', 'Not sure yet'],
  ['cancelled', 'Called off'],
] as const
const TYPES = ['slides', 'recording', 'captions', 'paper', 'code', 'other'].map((type) => [type, type] as const)

type HandIn = { id: string; name: string; given: string[]; until: string; url?: string }
type Conference = { slug: string; title: string; group: string | null }

const roomOf = (desk: Desk) => `${desk.home}/talks`

talksPages.get('/manage/groups/:slug/talks', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const cursor = c.req.query('cursor')
  const query = new URLSearchParams({ group: desk.group.slug, limit: '50', ...(cursor ? { cursor } : {}) })
  const found = await ask<{ items: DeskTalk[]; next: string | null }>(c, 'GET', `/talks?${query}`)
  if (!found.ok) return showRefusal(c, found)
  const { items, next } = found.body
  return showDesk(
    c,
    desk,
    { title: 'Talks', room: '/talks', notes: NOTES },
    <>
      <p class="row">
        <a class="button" href={`${roomOf(desk)}/new`}>
          New talk
        </a>
        <a class="button quiet" href={`${desk.home}/conferences`}>
          Conferences and schedules
        </a>
      </p>
      {items.length === 0 ? <p class="muted">None yet.</p> : null}
      <ul class="list">
        {items.map(({ slug, title, start, speakers, status, resources }) => (
          <li class="card">
            <p class="title">
              <a href={`${roomOf(desk)}/${slug}`}>{title}</a>{' '}
              {status === 'cancelled' ? <Badge tone="bad">called off</Badge> : null}
            </p>
            <p class="meta">
              {[start?.slice(0, 10), speakers.map(({ name }) => name).join(', ')].filter(Boolean).join(' · ')}
            </p>
            <p class="meta">{resources.map(({ type }) => type).join(', ') || 'no slides, no recording'}</p>
          </li>
        ))}
      </ul>
      {next ? <a href={`${roomOf(desk)}?cursor=${encodeURIComponent(next)}`}>More</a> : null}
    </>,
  )
})

talksPages.on(['GET', 'POST'], '/manage/groups/:slug/talks/new', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const home = `${roomOf(desk)}/new`
  const all = await ask<{ items: Conference[] }>(c, 'GET', '/conferences?limit=200')
  const conferences = all.ok ? all.body.items.filter(({ group }) => group === desk.group.slug || group === null) : []
  if (c.req.method === 'GET') return show({ status: 'confirmed' })
  const sent = await sentBy(c)
  const conference = sent.conference ? { conference: sent.conference } : {}
  const body = { ...talkBody(sent), ...conference, group: desk.group.slug }
  const outcome = await ask<DeskTalk>(c, 'POST', '/talks', { body, key: sent.key || undefined })
  return outcome.ok ? done(c, `${roomOf(desk)}/${outcome.body.slug}`, 'created') : show(sent, outcome)

  function show(values: Sent, outcome?: Extract<Answered<unknown>, { ok: false }>) {
    const form = formOf(values, outcome)
    return showDesk(
      c,
      desk as Desk,
      { title: 'New talk', room: '/talks' },
      <form method="post" action={home} novalidate>
        <Faults form={form} title={outcome && whyRefused(outcome)} />
        <input type="hidden" name="key" value={c.env.newId()} />
        <Select
          form={form}
          name="conference"
          choices={[['', 'None'], ...conferences.map(({ slug, title }) => [slug, title] as const)]}
        />
        <TalkFields form={form} />
        <button type="submit">Put it into the archive</button>
      </form>,
      outcome ? statusAfter(outcome) : 200,
    )
  }
})

const formOf = (values: Sent, outcome?: Extract<Answered<unknown>, { ok: false }>): Form => ({
  labels: talkLabels(values),
  values,
  faults: faultsInTalk(outcome?.errors ?? [], values),
})

const TalkFields = ({ form }: { form: Form }) => (
  <>
    <Input form={form} name="title" required />
    <Input form={form} name="subtitle" />
    <Area form={form} name="speakers" hint="One name on a line" rows={3} />
    <div class="filters">
      <Input form={form} name="start" type="datetime-local" />
      <Input form={form} name="minutes" type="number" min="1" />
      <Input form={form} name="timeZone" hint="The conference’s where it is empty" />
      <Input form={form} name="room" />
      <Input form={form} name="track" />
      <Input form={form} name="type" hint="Such as talk or workshop" />
      <Input form={form} name="language" hint="Such as en" />
      <Select form={form} name="status" choices={STATUSES} />
    </div>
    <Area form={form} name="abstract" rows={6} />
    <Area form={form} name="description" hint="Markdown" rows={6} />
    <Input form={form} name="keywords" hint="With commas between them" />
    <Input form={form} name="licence" hint="SPDX, such as CC-BY-4.0" />
    <Input form={form} name="website" type="url" />
    <Check form={form} name="doNotRecord" />
    <fieldset id="resources">
      <legend>Slides, recordings and the like</legend>
      <p class="hint">Addresses; one that is emptied is taken away.</p>
      {resourceRows(form.values).map((row) => (
        <div class="filters">
          <Select form={form} name={`${row}.type`} choices={TYPES} />
          <Input form={form} name={`${row}.url`} type="url" />
          <Input form={form} name={`${row}.title`} />
        </div>
      ))}
    </fieldset>
  </>
)

/** The talk of the address, where it is one of this desk's group. */
async function talkHere(c: AppContext) {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const path = `/talks/${encodeURIComponent(c.req.param('talk') ?? '')}`
  const talk = await ask<DeskTalk>(c, 'GET', path)
  if (!talk.ok) return showRefusal(c, talk)
  if (talk.body.group !== desk.group.slug) return showRefusal(c, refused('not_found'))
  return { desk, talk, path }
}

talksPages.on(['GET', 'POST'], '/manage/groups/:slug/talks/:talk', async (c) => {
  const here = await talkHere(c)
  if (here instanceof Response) return here
  const { desk, talk, path } = here
  const home = `${desk.home}${path}`
  if (c.req.method === 'GET') return show({ ...talkValues(talk.body), version: talk.version })
  const sent = await sentBy(c)
  if (sent.do === 'delete') {
    const gone = await ask(c, 'DELETE', path, { version: sent.version })
    return gone.ok ? done(c, roomOf(desk), 'gone') : show(kept(), gone)
  }
  if (sent.do === 'revoke') {
    const over = await ask(c, 'DELETE', `${path}/hand-ins/${encodeURIComponent(sent.link ?? '')}`)
    return over.ok ? done(c, home, 'revoked') : show(kept(), over)
  }
  if (sent.do === 'hand-in') {
    const made = await ask<HandIn>(c, 'POST', `${path}/hand-ins`, { body: { name: sent.name ?? '' } })
    return made.ok ? show(kept(), undefined, made.body) : show({ ...kept(), name: sent.name ?? '' }, made)
  }
  const body = talkBody(sent, talk.body)
  const outcome = await ask(c, 'PATCH', path, { body, version: sent.version })
  return outcome.ok ? done(c, home, 'saved') : show(sent, outcome)

  function kept(): Sent {
    const { talk: of } = here as Exclude<typeof here, Response>
    return { ...talkValues(of.body), version: of.version }
  }

  async function show(values: Sent, outcome?: Extract<Answered<unknown>, { ok: false }>, made?: HandIn) {
    const form = formOf(values, outcome)
    const links = await ask<{ items: HandIn[] }>(c, 'GET', `${path}/hand-ins`)
    return showDesk(
      c,
      desk,
      { title: talk.ok ? talk.body.title : '', room: '/talks', notes: NOTES },
      <>
        <p>
          <a href={`/talks/${c.req.param('talk')}`}>Its page</a>
        </p>
        <form method="post" action={home} novalidate>
          <Faults form={form} title={outcome && whyRefused(outcome)} />
          <input type="hidden" name="version" value={values.version} />
          <TalkFields form={form} />
          <button type="submit">Save</button>
        </form>
        <h2>Links for speakers</h2>
        <p>With such a link a speaker hands in slides, without an account.</p>
        {made ? <Once text={made.url ?? ''}>Give this to {made.name}. It is not shown again:</Once> : null}
        <ul class="list">
          {(links.ok ? links.body.items : []).map(({ id, name, given, until }) => (
            <li class="card">
              <p class="title">{name}</p>
              <p class="meta">
                {given.length} handed in, open until {until.slice(0, 10)}
              </p>
              <Button action={home} fields={{ do: 'revoke', link: id }} tone="bad">
                Take it back
              </Button>
            </li>
          ))}
        </ul>
        <form method="post" action={home} novalidate>
          <Input form={form} name="name" required />
          <button class="quiet" type="submit" name="do" value="hand-in">
            Make a link
          </button>
        </form>
        <h2>Take it out of the archive</h2>
        <Button action={home} fields={{ do: 'delete', version: values.version ?? '' }} tone="bad">
          Take it out
        </Button>
      </>,
      outcome ? statusAfter(outcome) : 200,
    )
  }
})
