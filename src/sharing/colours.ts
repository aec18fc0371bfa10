/** The colours of another website for what it shows of ours: a stylesheet made from an address, since a policy without inline style takes nothing else. */

/** The custom properties that may be set, by the word in the address; `embed.js` reads them as `--convene-…`. */
export const COLOURS = ['accent', 'on-accent', 'ink', 'soft', 'paper', 'panel', 'line', 'bad', 'good'] as const

type Query = Record<string, string | undefined>

/** A colour by its digits, its name or a function of numbers: nothing that ends a declaration or loads anything. */
const COLOUR = /^(#[0-9a-f]{3,8}|[a-z]{3,24}|(rgb|hsl|hwb|lab|lch|oklab|oklch)a?\([\d\s.,%/+a-z-]{1,80}\))$/i
const FONT = /^[\w\s,'"-]{1,200}$/

/** Colours that follow from others where they are not said, so that one or two are enough. */
const DERIVED = {
  soft: 'color-mix(in srgb, var(--ink) 78%, var(--paper))',
  panel: 'color-mix(in srgb, var(--ink) 4%, var(--paper))',
  line: 'color-mix(in srgb, var(--ink) 18%, var(--paper))',
} as const

/** Red, green and blue of a colour that is written with them; null of any other. */
function channelsOf(colour: string): number[] | null {
  const [, hex] = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour) ?? []
  if (hex) return hex.match(hex.length === 3 ? /./g : /../g)!.map((one) => Number.parseInt(one.padEnd(2, one), 16))
  const [, ...numbers] = /^rgb\((\d+)[,\s]+(\d+)[,\s]+(\d+)\)$/.exec(colour) ?? []
  return numbers.length === 3 ? numbers.map(Number) : null
}

/** Black or white, whichever is read better on a colour (WCAG 2.2, relative luminance). */
export function textOn(colour: string): string | null {
  const channels = channelsOf(colour)
  if (!channels) return null
  const [red, green, blue] = channels.map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue! > 0.179 ? '#000' : '#fff'
}

/** The stylesheet for what an address asks. What is no colour is left out. */
export function coloursOf(query: Query): string {
  const given = COLOURS.flatMap((name) => {
    const value = query[name]?.trim() ?? ''
    return COLOUR.test(value) ? [[name, value] as const] : []
  })
  const said = new Map<string, string>(given)
  const accent = said.get('accent')
  if (accent && !said.has('on-accent')) said.set('on-accent', textOn(accent) ?? 'Canvas')
  if (said.has('ink') || said.has('paper'))
    for (const [name, value] of Object.entries(DERIVED)) if (!said.has(name)) said.set(name, value)
  const { scheme, font } = query
  const root = [
    ...(scheme === 'light' || scheme === 'dark' ? [`color-scheme: ${scheme};`] : []),
    ...[...said].map(([name, value]) => `--${name}: ${value};`),
    ...(font && FONT.test(font) && isPaired(font) ? [`font-family: ${font};`] : []),
  ]
  return root.length > 0 ? `:root { ${root.join(' ')} }\n` : ''
}

/** Whether each quotation mark has its partner: one alone would swallow what follows. */
const isPaired = (font: string): boolean => /^([^'"]|'[^'"]*'|"[^'"]*")*$/.test(font)

/** The part of an address that is about looks: it goes along from page to page. */
export function looksOf(query: Query): string {
  const known = ['scheme', 'font', ...COLOURS]
  const kept = Object.entries(query).filter(([name, value]) => known.includes(name) && value !== undefined)
  return new URLSearchParams(kept as [string, string][]).toString()
}
