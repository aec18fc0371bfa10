import fc from 'fast-check'

const PIECES = [
  ...['\\', ',', ';', ':', '"', '\n', '\r', '\r\n', '\0', '^n', "^'", '\t', '\u0085', '\u2028', ' ', '\\n', '\\,'],
  ...['é', '☕', '👩🏽‍💻', 'ש', '\u202e', '\ud800', '\udc00', '\ufeff', 'x'.repeat(70)],
  ...[
    'BEGIN:VEVENT',
    'END:VEVENT',
    '\r\nATTENDEE:mailto:x@example.org',
    '\nUID:other',
    '\\nUID:other',
    ';VALUE=',
    '=,',
  ],
]

/** Texts that break what is not careful: line breaks, quotes, controls, emoji, right-to-left, lone surrogates. */
export const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((parts) => parts.join('')),
  // Most of the above is refused where a line is wanted; of this much is taken.
  fc
    .array(fc.constantFrom(...PIECES.filter((one) => /^[^\p{C}\u2028]+$/u.test(one))), { minLength: 1, maxLength: 8 })
    .map((parts) => parts.join('')),
)
