/** Loads the example community through the public API, so that it works with every Convene, wherever it runs. */
import captions from '../examples/centos-hyperscale/captions.json' with { type: 'json' }
import conferences from '../examples/centos-hyperscale/conferences.json' with { type: 'json' }
import events from '../examples/centos-hyperscale/events.json' with { type: 'json' }
import group from '../examples/centos-hyperscale/group.json' with { type: 'json' }
import members from '../examples/centos-hyperscale/members.json' with { type: 'json' }
import reports from '../examples/centos-hyperscale/reports.json' with { type: 'json' }
import talks from '../examples/centos-hyperscale/talks.json' with { type: 'json' }

export type Answer = { status: number; body: unknown }
export type Request = (method: string, path: string, body?: unknown) => Promise<Answer>

type Listed = { items: Record<string, unknown>[]; next: string | null }

/**
 * Loads what is missing; what is there stays as it is, so a second time changes nothing.
 *
 * @param now Unix seconds: the demo's next meetup is the first one after it
 * @returns the id of the next meetup, which can be answered
 * @throws with the API's own words at the first refusal
 */
export async function loadExample(request: Request, now: number): Promise<{ meetupId: string; loaded: number }> {
  let loaded = 0
  const post = async (path: string, body: unknown) => {
    const made = await request('POST', path, body)
    if (made.status !== 201) throw new Error(`POST ${path}: ${made.status} ${JSON.stringify(made.body)}`)
    loaded += 1
    return made.body as Record<string, unknown>
  }
  const list = async (path: string) => {
    const { status, body } = await request('GET', `${path}${path.includes('?') ? '&' : '?'}limit=200`)
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`)
    return (body as Listed).items
  }
  const isThere = async (path: string) => (await request('GET', path)).status === 200
  const home = `/groups/${group.slug}`

  if (!(await isThere(home))) await post('/groups', group)
  const known = new Set((await list(`${home}/members`)).map(({ name }) => name))
  for (const member of members) if (!known.has(member.name)) await post(`${home}/members`, member)

  const inCalendar = await list(`${home}/events`)
  const find = ({ title, start }: { title: string; start: string }) =>
    inCalendar.find((event) => event.title === title && event.start === start)
  for (const event of events) if (!find(event)) await post(`${home}/events`, event)
  const meetup = nextMeetup(now)
  const next = find(meetup) ?? (await post(`${home}/events`, meetup))

  for (const conference of conferences)
    if (!(await isThere(`/conferences/${conference.slug}`)))
      await post('/conferences', { ...conference, group: group.slug })
  const inArchive = new Set(
    (await list(`/talks?group=${group.slug}`)).map(({ title, conference }) => `${conference}: ${title}`),
  )
  for (const talk of talks) if (!inArchive.has(`${talk.conference}: ${talk.title}`)) await post('/talks', talk)
  const archive = await list(`/talks?group=${group.slug}`)
  for (const { conference, title, language, lines } of captions) {
    const talk = archive.find((one) => one.title === title && one.conference === conference)
    if (!talk || (talk.captions as { language: string }[]).some((one) => one.language === language)) continue
    const made = await request('PUT', `/talks/${talk.slug}/captions/${language}`, { text: lines.join('\n') })
    if (made.status !== 200) throw new Error(`captions of ${talk.slug}: ${made.status} ${JSON.stringify(made.body)}`)
    loaded += 1
  }
  for (const { name, ...written } of reports) {
    if (await isThere(`${home}/reports/${name}`)) continue
    for (const [method, path, body] of [
      ['PUT', '', written],
      ['POST', '/publish', undefined],
    ] as const) {
      const made = await request(method, `${home}/reports/${name}${path}`, body)
      if (made.status !== 200) throw new Error(`${name}: ${made.status} ${JSON.stringify(made.body)}`)
    }
    loaded += 1
  }
  return { meetupId: String(next.id), loaded }
}

/** The meetup of 2023 again, on the Thursday before the next FOSDEM: something to answer, whenever the demo runs. */
function nextMeetup(now: number) {
  const meetup = events.find(({ kind, rsvp }) => kind === 'meetup' && rsvp)!
  const year = new Date(now * 1000).getUTCFullYear()
  const thursdayOf = (one: number) => {
    const saturday = 1 + ((6 - new Date(Date.UTC(one, 1, 1)).getUTCDay() + 7) % 7)
    return new Date(Date.UTC(one, 1, saturday - 2)).toISOString().slice(0, 10)
  }
  const isAhead = Date.parse(`${thursdayOf(year)}T00:00:00Z`) > now * 1000
  return {
    ...meetup,
    title: 'Hyperscale SIG meetup in Brussels',
    start: `${thursdayOf(isAhead ? year : year + 1)}T10:00:00`,
  }
}
