/** A report as Markdown: to send, to paste, and what the page is made of. */
import { fillTemplate, type ReportPart } from '../groups/rules.ts'
import { formatDate } from '../time/english.ts'
import { comingOf, link, plain, SECTIONS, sectionOf, talksOf, withOthers } from './parts.ts'
import type { Report } from './report.ts'
import type { Section } from './rules.ts'

/** What a group that says nothing else has: the parts in the order in which they are read. */
const TEMPLATE = `# {{title}}

{{period}}

{{section: Summary}}

{{membership}}

{{meetings}}

{{hangouts}}

{{meetups}}

{{streams}}

{{conferences}}

{{talks}}

{{coming}}

{{sections}}

{{actions}}

{{missing}}

{{previous}}
`

/** What people wrote into a report, and what stands around it. */
export type Written = {
  title: string
  sections: Section[]
  /** The name of the report that was published before. */
  previous: string | null
  template: string
}
export const NOTHING: Written = { title: '', sections: [], previous: null, template: '' }

const heading = ({ title, text }: Section): string => `## ${plain(title)}\n\n${text.trim()}`

/** Writes a report by the group's template; addresses are absolute, since it is read elsewhere. */
export function reportMarkdown(baseUrl: string, report: Report, written: Written = NOTHING): string {
  const template = written.template || TEMPLATE
  const { group, period } = report
  const title = plain(
    written.title || `${group.name}: ${period.quarter ?? `${formatDate(period.from)} to ${formatDate(period.to)}`}`,
  )
  const titles = new Set([...template.matchAll(/\{\{\s*section:([^{}]*)\}\}/g)].map(([, name]) => name!.trim()))
  const named = (section: Section) => titles.has(section.title)
  const parts: Record<ReportPart, () => string> = {
    title: () => title,
    period: () => `${formatDate(period.from)} to ${formatDate(period.to)}.`,
    previous: () =>
      written.previous
        ? `Before: ${link(written.previous, `${baseUrl}/g/${group.slug}/reports/${written.previous}`)}.`
        : '',
    membership: () => membershipOf(report),
    ...(Object.fromEntries(SECTIONS.map((one) => [one.part, () => sectionOf(baseUrl, report, one)])) as Record<
      (typeof SECTIONS)[number]['part'],
      () => string
    >),
    talks: () => talksOf(baseUrl, report),
    coming: () => comingOf(baseUrl, report),
    actions: () => actionsOf(baseUrl, report),
    missing: () => missingOf(baseUrl, report),
    sections: () =>
      written.sections
        .filter((one) => !named(one))
        .map(heading)
        .join('\n\n'),
  }
  const partOf = (name: string): string => {
    const [, wanted] = /^section:\s*(.+)$/.exec(name) ?? []
    if (wanted === undefined) return parts[name as ReportPart]?.() ?? ''
    const section = written.sections.find((one) => one.title === wanted)
    return section ? heading(section) : ''
  }
  return `${fillTemplate(template, partOf)}\n`
}

function membershipOf({ membership, counts, before }: Report): string {
  const people = membership.joined.map(({ name, nick }) => (nick ? `${plain(name)} (${plain(nick)})` : plain(name)))
  const { joined, left } = membership.counts
  const gone = membership.left.map(({ name }) => plain(name))
  return [
    '## Membership',
    '',
    `${counts.members} ${counts.members === 1 ? 'member' : 'members'} at the end (${before.counts.members} in the period before).`,
    joined > 0 ? `New: ${withOthers(people, joined)}.` : 'Nobody joined.',
    ...(left > 0 ? [`Left: ${withOthers(gone, left)}.`] : []),
  ].join('\n')
}

function actionsOf(baseUrl: string, { actions }: Report): string {
  if (actions.length === 0) return ''
  const lines = actions.map(
    ({ text, owner, of, path }) => `- ${owner ? `${plain(owner)}: ` : ''}${plain(text)} (${link(of, baseUrl + path)})`,
  )
  return ['## Open actions', '', ...lines].join('\n')
}

function missingOf(baseUrl: string, { missing }: Report): string {
  if (missing.length === 0) return ''
  const lines = missing.map(({ what, of, when, path }) => `- ${what} of ${link(of, baseUrl + path)}, ${when}`)
  return ['## Still missing', '', ...lines].join('\n')
}
