/** What somebody might type into a search to break it, always the same. */

const PIECES = [
  ...[
    '"',
    '""',
    "'",
    '*',
    '-',
    '--',
    '+',
    '^',
    '(',
    ')',
    '{',
    '}',
    ':',
    ',',
    ';',
    '\\',
    '/',
    '%',
    '_',
    '?',
    '?1',
    '$1',
    '@x',
    '#',
  ],
  ...[
    'AND',
    'OR',
    'NOT',
    'NEAR',
    'NEAR(a b, 2)',
    'MATCH',
    'LIKE',
    'GLOB',
    'UNION SELECT',
    'DROP TABLE talks',
    'NULL',
    'rowid',
    'rank',
  ],
  ...[
    'title:',
    'filters:',
    'filters : zz',
    '{title}',
    '- filters :',
    'zzc',
    'bm25(',
    'talks_fts',
    "'; DELETE FROM talks; --",
  ],
  ...[
    '\0',
    '\u0001',
    '\n',
    '\t',
    '\r\n',
    '\u2028',
    '\ufeff',
    '\ufffe',
    '\uffff',
    '\ud800',
    '\udc00',
    '\udbff\udfff',
    '\u200b',
    '\u202e',
  ],
  ...[
    'é',
    'e\u0301',
    '\u0301',
    'ß',
    'İ',
    'ﬁ',
    '漢',
    '漢字',
    'かな',
    '한',
    'ไทย',
    'हिन्दी',
    'שלום',
    'مرحبا',
    '😀',
    '👩🏽‍💻',
    '𠀀',
    '①',
    'Ａ',
    '٣',
  ],
  ...[
    'systemd',
    'logs',
    'units',
    'a',
    'boot*',
    '-logs',
    '"reading logs"',
    '-"',
    '"-',
    '*"',
    'x'.repeat(300),
    '<b>',
    '&amp;',
    ' ',
    '  ',
  ],
]

export function* hostileWords(count: number): Generator<string> {
  let state = 42
  const below = (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
  yield* PIECES
  yield 'a '.repeat(5000)
  yield '"'.repeat(5001)
  yield '漢'.repeat(3000)
  yield '-a '.repeat(3000)
  for (let n = PIECES.length + 4; n < count; n++) {
    const glue = below(2) === 0 ? ' ' : ''
    yield Array.from({ length: 1 + below(8) }, () => PIECES[below(PIECES.length)]).join(glue)
  }
}
