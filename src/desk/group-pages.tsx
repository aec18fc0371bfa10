/** What a group says of itself. */
import { Hono } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import { Area, Faults, type Form, Input, Select } from './parts.tsx'
import { ask, deskOf, done, sentBy } from './requests.ts'
import { refilled, showDesk, statusAfter, whyRefused } from './show.tsx'

export const groupDeskPages = new Hono<AppEnv>()

const LABELS = { name: 'Name', description: 'About', timeZone: 'Time zone', visibility: 'Who sees it' }

groupDeskPages.on(['GET', 'POST'], '/manage/groups/:slug/edit', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const path = `/groups/${desk.group.slug}`
  if (c.req.method === 'POST') {
    const sent = await sentBy(c)
    const { name = '', description = '', timeZone = '', visibility = '' } = sent
    const outcome = await ask(c, 'PATCH', path, {
      body: { name, description, timeZone, visibility },
      version: sent.version,
    })
    return outcome.ok
      ? done(c, `${desk.home}/edit`, 'saved')
      : show(refilled(LABELS, sent, outcome), whyRefused(outcome), statusAfter(outcome))
  }
  const group = await ask<Record<string, string>>(c, 'GET', path)
  return show({ labels: LABELS, faults: [], values: group.ok ? { ...group.body, version: group.version } : {} })

  function show(form: Form, title?: string, status: Parameters<typeof showDesk>[4] = 200) {
    return showDesk(
      c,
      desk as Exclude<typeof desk, Response>,
      { title: 'Settings', room: '/edit', notes: { saved: 'Saved.' } },
      <form method="post" action={c.req.path} novalidate>
        <Faults form={form} title={title} />
        <input type="hidden" name="version" value={form.values.version} />
        <Input form={form} name="name" required />
        <Area form={form} name="description" hint="Markdown" rows={10} />
        <Input form={form} name="timeZone" hint="Such as Europe/Brussels; new events begin with it." />
        <Select
          form={form}
          name="visibility"
          choices={[
            ['public', 'Everybody'],
            ['private', 'Its team only'],
          ]}
        />
        <button type="submit">Save</button>
      </form>,
      status,
    )
  }
})
