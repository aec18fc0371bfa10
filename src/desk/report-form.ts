/** The sections of a report as one text: each begins with a line `## Title`. */

type Section = { title: string; text: string }

/** Sections in their order. What stands before the first title is the summary. */
export function sectionsIn(text: string): Section[] {
  const [before = '', ...rest] = `\n${text.replace(/\r\n?/g, '\n')}`.split(/\n##(?!#)[ \t]*/)
  const named = rest.map((part) => {
    const [title = '', ...lines] = part.split('\n')
    return { title: title.trim(), text: lines.join('\n').trim() }
  })
  return before.trim() === '' ? named : [{ title: 'Summary', text: before.trim() }, ...named]
}

export const sectionsText = (sections: readonly Section[]): string =>
  sections.map(({ title, text }) => `## ${title}\n\n${text}`).join('\n\n')
