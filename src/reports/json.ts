import type { MemberRow } from '../members/queries.ts'
import { toIso } from '../time/zone.ts'
import type { Given, Held, Report } from './report.ts'

const memberJson = ({ name, nick, role, joinedOn, leftOn }: MemberRow) => ({
  name,
  nick,
  role,
  joined: joinedOn,
  left: leftOn,
})

const talkJson = ({ startsAt, conferenceTitle, ...talk }: Given) => ({
  ...talk,
  conference: conferenceTitle,
  starts: toIso(startsAt),
})

/** A report as the API gives it: dates by the kind of their event. */
export function reportJson(baseUrl: string, report: Report) {
  const { group, period, before, membership, held, given, upcoming, counts, missing } = report
  const dateJson = ({ startsAt, isCancelled, minutes, ...date }: Held) => ({
    ...date,
    starts: toIso(startsAt),
    status: isCancelled ? ('cancelled' as const) : ('confirmed' as const),
    minutes,
    url: `${baseUrl}/e/${date.event}/${date.recurrenceId}`,
  })
  return {
    group,
    period,
    before,
    counts,
    members: {
      total: membership.total,
      joined: membership.joined.map(memberJson),
      left: membership.left.map(memberJson),
    },
    dates: Object.fromEntries(Object.entries(held).map(([kind, all]) => [kind, all.map(dateJson)])),
    talks: { given: given.map(talkJson), upcoming: upcoming.map(talkJson) },
    coming: report.coming.map(({ path, startsAt, ...one }) => ({
      ...one,
      starts: toIso(startsAt),
      url: `${baseUrl}${path}`,
    })),
    actions: report.actions.map(({ path, ...one }) => ({ ...one, url: `${baseUrl}${path}` })),
    missing: missing.map(({ path, ...one }) => ({ ...one, url: `${baseUrl}${path}` })),
  }
}
