/** A mail as far as an answer from a calendar needs it: who it is from, to whom, whether a machine wrote it, and its calendars. */
import PostalMime, { addressParser } from 'postal-mime'

export type CalendarText = { method: string | null; text: string }
export type Message = {
  /** The one address in the one From; null where there is not exactly one. */
  from: string | null
  recipients: string[]
  /** An absence note, a bounce, a mailing list: nothing that a person sent to us. */
  isAutomatic: boolean
  /** The Authentication-Results, the topmost first. */
  results: string[]
  calendars: CalendarText[]
}

/** Answers are a few KB; with a picture in the signature some more. */
export const MESSAGE_BYTES_MAX = 1024 * 1024
const CALENDAR_BYTES_MAX = 256 * 1024
/** No honest header of those that are read is longer; patterns take long over what is. */
const VALUE_MAX = 4000
const LIMITS = { maxNestingDepth: 20, maxHeadersSize: 128 * 1024 }

/** Reads a message as it came; null where it is too large, nested too deeply, or none. */
export async function readMessage(raw: Uint8Array): Promise<Message | null> {
  if (raw.length > MESSAGE_BYTES_MAX) return null
  const mail = await PostalMime.parse(raw, LIMITS).catch(() => null)
  if (!mail) return null
  // As they stand, since what is decoded can hold commas and brackets that were none.
  const values = (name: string) =>
    mail.headerLines
      .filter(({ key, line }) => key === name && (line.length <= VALUE_MAX || name === 'from'))
      .map(({ line }) => unfolded(line.slice(line.indexOf(':') + 1)))
  return {
    from: onlyAddress(values('from')),
    recipients: ['delivered-to', 'x-original-to', 'envelope-to', 'to', 'cc']
      .flatMap(values)
      .flatMap((value) => addressParser(value, { flatten: true }))
      .flatMap(({ address }) => (address ? [address] : [])),
    isAutomatic: isAutomatic(values),
    results: values('authentication-results'),
    calendars: mail.attachments
      .filter(
        ({ mimeType, filename }) =>
          /^(text\/calendar|application\/ics)$/i.test(mimeType) || /\.ics$/i.test(filename ?? ''),
      )
      .flatMap(({ method, content }) => {
        const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
        if (bytes.length > CALENDAR_BYTES_MAX) return []
        return [{ method: method?.toUpperCase() || null, text: new TextDecoder().decode(bytes).replace(/^\uFEFF/, '') }]
      }),
  }
}

const unfolded = (line: string): string => line.replace(/\r?\n(?=[ \t])/g, '').trim()

/**
 * The address of a From, where it has one and nobody could read another one out of it: what stands in quotes and comments
 * is a name, all else that looks like an address must be that address (PITFALLS L19).
 */
function onlyAddress(values: string[]): string | null {
  if (values.length !== 1 || values[0]!.length > VALUE_MAX) return null
  const parsed = addressParser(values[0]!, { flatten: true })
  const address = parsed.length === 1 ? parsed[0]!.address?.toLowerCase() : undefined
  const bare = values[0]!.replace(/"(?:\\.|[^"\\])*"/g, '').replace(/\([^()]*\)/g, '')
  const seen = bare.toLowerCase().match(/[^\s<>,;:()"]+@[^\s<>,;:()"]+/g) ?? []
  return address && seen.length > 0 && seen.every((one) => one === address) ? address : null
}

function isAutomatic(values: (name: string) => string[]): boolean {
  const submitted = values('auto-submitted').some((value) => !/^no\b/i.test(value))
  const isList = ['list-id', 'list-post', 'list-unsubscribe', 'mailing-list'].some((name) => values(name).length > 0)
  const isBulk = values('precedence').some((value) => /^(bulk|list|junk|auto_reply)\b/i.test(value))
  const isBounce = values('return-path').some((value) => /^<\s*>/.test(value))
  return submitted || isList || isBulk || isBounce || values('x-autoreply').length > 0
}
