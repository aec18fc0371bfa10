/** What stands between double braces in the template of a report: a part that is written from what happened, or by somebody. */
export const REPORT_PARTS = [
  'title',
  'period',
  'previous',
  'membership',
  'meetings',
  'hangouts',
  'meetups',
  'streams',
  'conferences',
  'talks',
  'coming',
  'actions',
  'missing',
  'sections',
] as const
export type ReportPart = (typeof REPORT_PARTS)[number]

const PART = /\{\{([^{}]*)\}\}/g
const isPart = (name: string) => (REPORT_PARTS as readonly string[]).includes(name) || /^section: ?\S/.test(name)

/** What is between braces and no part of a report: each in words. */
export const faultsOfTemplate = (template: string): string[] =>
  [...template.matchAll(PART)]
    .map(([, name]) => name!.trim())
    .filter((name) => !isPart(name))
    .map((name) => `has no part {{${name}}}: there are ${REPORT_PARTS.join(', ')}, and section: with a title`)

/** The template with its parts filled in; a part of which there is nothing leaves nothing, not even its line. */
export const fillTemplate = (template: string, partOf: (name: string) => string): string =>
  template
    .replace(PART, (_, name: string) => partOf(name.trim()))
    .replace(/\n{3,}/g, '\n\n')
    .trim()
