/** What each kind of event adds to an event: its own members, and how it looks where it says nothing. */
export type EventKind = {
  kind: string
  label: string
  /** A colour of CSS3 by name, which is all that calendars take (RFC 7986, 5.9). */
  color: string
  /** The members of an event that only some kinds have. */
  members: readonly ('bot' | 'speakers' | 'channel' | 'conference')[]
  /** What is missing from the record of a date that lacks it. */
  record: readonly ('minutes' | 'log' | 'slides' | 'recording')[]
  /** How long it lasts where nobody said. */
  duration: string
}
