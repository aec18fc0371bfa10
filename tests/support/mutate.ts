/** Inputs a little wrong, the same ones in each run: pieces taken out, doubled, moved, cut off, and put where they don't belong. */

/** A generator of numbers from 0 to 1, by its seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const TOKENS = [
  ...[
    '\0',
    '\r\n',
    '\n',
    '\r',
    '\t',
    ' ',
    '"',
    "'",
    ';',
    ':',
    ',',
    '=',
    '\\',
    '/',
    '<',
    '>',
    '&',
    '#',
    '%',
    '-',
    '*',
    '{',
    '}',
    '[',
    ']',
  ],
  ...['\ufeff', '\u202e', '\ud800', '\udc00', '😀', 'é', '\u0301', '日本', '\u0000', '\u0085', '\u2028'],
  ...[
    'BEGIN:VEVENT\r\n',
    'END:VEVENT\r\n',
    'BEGIN:VCALENDAR\r\n',
    'RRULE:FREQ=SECONDLY\r\n',
    'RRULE:FREQ=YEARLY;BYSETPOS=-366\r\n',
    'DTSTART:',
  ],
  ...[
    '<!DOCTYPE x>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '&amp;',
    '&x;',
    '&#0;',
    '&#x110000;',
    '<a ',
    '</a>',
    '<event id="1">',
  ],
  ...['null', 'true', '-1', '1e999', '99999999999999999999', '{"a":', '[[', '"__proto__":', '\\u0000', '\\ud800'],
  ...['--- ', '- ', '? ', '!!js/function', '&a ', '*a', '<<: *a', '|', '>', '@', '`', '%YAML 9.9\n'],
  ...[
    '--boundary',
    'Content-Type: multipart/mixed; boundary=x\r\n',
    '=?utf-8?b?',
    '?=',
    '00:00:00.000 --> 99:99:99.999\n',
    'NaN',
    'P-1D',
    '9999-99-99T99:99:99Z',
  ],
]
const MAX = 20_000

export function mutant(seeds: readonly string[], random: () => number): string {
  const pick = (length: number) => Math.floor(random() * length)
  let text = seeds[pick(seeds.length)]!
  for (let edits = 1 + pick(6); edits > 0; edits--) {
    const at = pick(text.length + 1)
    const length = Math.min(1 + pick(random() < 0.5 ? 5 : 200), text.length - at)
    const piece = text.slice(at, at + length)
    const token = TOKENS[pick(TOKENS.length)]!
    const other = seeds[pick(seeds.length)]!
    const edit = pick(7)
    if (edit === 0) text = text.slice(0, at) + text.slice(at + length)
    else if (edit === 1)
      text = text.slice(0, at) + piece.repeat(2 + pick(random() < 0.1 ? 400 : 3)) + text.slice(at + length)
    else if (edit === 2) text = text.slice(0, at) + token + text.slice(at)
    else if (edit === 3) text = text.slice(0, at) + token.repeat(1 + pick(300)) + text.slice(at + length)
    else if (edit === 4) text = text.slice(0, at)
    else if (edit === 5) text = text.slice(0, at) + other.slice(pick(other.length), pick(other.length)) + text.slice(at)
    else text = text.slice(0, at) + String.fromCharCode(pick(0x250)) + text.slice(at + 1)
  }
  return text.slice(0, MAX)
}
