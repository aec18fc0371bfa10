/** The bytes of a log as text: a room has people whose programs write in different encodings, line by line. */

const utf8 = new TextDecoder('utf-8', { fatal: true })
/** What most of those write that are not UTF-8. */
const western = new TextDecoder('windows-1252')

/** Text in UTF-8, UTF-16 with a mark, or both UTF-8 and Windows-1252 in one; whatever the bytes are, something comes of them. */
export function decodeLog(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return utf8.decode(bytes)
  } catch {
    return lineByLine(bytes)
  }
}

function lineByLine(bytes: Uint8Array): string {
  const lines: string[] = []
  for (let from = 0; from <= bytes.length; ) {
    const found = bytes.indexOf(10, from)
    const end = found < 0 ? bytes.length : found
    const line = bytes.subarray(from, end)
    try {
      lines.push(utf8.decode(line))
    } catch {
      lines.push(western.decode(line))
    }
    from = end + 1
  }
  return lines.join('\n')
}

/** Addresses of mail that bots tell of those who greet them: a log is public. */
export const withoutAddresses = (text: string): string =>
  text.replace(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, '(address)')
