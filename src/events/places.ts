/** Where an event takes place, in a form in which two spellings of one place are equal. Pure. */
import type { EventInput } from './schema.ts'

export type Place = {
  key: string
  /** As its organizer wrote it. */
  name: string
  /** ASCII that the text of every event there has in it, so that SQL can look for it; empty where there is none. */
  needle: string
}

type Placed = Partial<Pick<EventInput, 'locations' | 'virtualLocations'>>

/** The venues, rooms, channels and calls of an event, each once. */
export function placesOf({ locations = [], virtualLocations = [] }: Placed): Place[] {
  const found = [
    ...locations.map(({ name, address }) => venueOf(name, address)),
    ...virtualLocations.map(({ name, uri }) => roomOf(uri, name)),
  ].filter((place) => place !== null)
  return [...new Map(found.map((place) => [place.key, place])).values()]
}

/** Says that there is no venue, or none yet. */
const NOWHERE =
  /^(online|virtual(ly)?|remote|internet|video (call|conference)|tb[acd]|to be (announced|confirmed|decided|defined))$/

function venueOf(name: string, address = ''): Place | null {
  const plain = plainOf(name)
  if (plain === '' || (address === '' && NOWHERE.test(plain))) return null
  return { key: `venue ${plain}|${plainOf(address)}`, name, needle: needleOf(plain) }
}

const plainOf = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const needleOf = (text: string) =>
  (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).reduce(
    (longest, one) => (one.length > longest.length ? one : longest),
    '',
  )

/** A chat room or a call; null for what many may use at once: a site, a mailbox, a phone number. */
function roomOf(uri: string, name?: string): Place | null {
  const room =
    /^https?:/i.test(uri) && !/^https?:\/\/matrix\.to\//i.test(uri) ? webRoom(new URL(uri)) : chatRoom(decoded(uri))
  if (room === null) return null
  const called = room.host.startsWith('irc ') ? `#${room.room}` : uri
  return { key: `${room.host} ${room.room}`, name: name ?? called, needle: needleOf(room.room) }
}

type Room = { host: string; room: string }

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function chatRoom(uri: string): Room | null {
  const irc = /^ircs?:\/\/(?:irc\.|web\.)?([^/:]+)(?::\d+)?\/#*([^?,/]+)/i.exec(uri)
  if (irc) return { host: `irc ${irc[1]!.toLowerCase()}`, room: irc[2]!.toLowerCase() }
  const alias = /^(?:https?:\/\/matrix\.to\/#\/#|matrix:r\/)([^:?/]+:[^?/]+)/i.exec(uri)
  if (alias) return { host: 'matrix', room: `#${alias[1]!.toLowerCase()}` }
  // The id of a room, unlike its alias, knows upper and lower case.
  const id = /^(?:https?:\/\/matrix\.to\/#\/!|matrix:roomid\/)([^?/]+)/i.exec(uri)
  if (id) return { host: 'matrix', room: `!${id[1]}` }
  return /^(xmpp|mumble|sips?):/i.test(uri) ? { host: 'call', room: uri.split('?')[0]!.toLowerCase() } : null
}

/** What a link says of who comes, not of where to. */
const PERSONAL = /^(pwd|authuser|hs|via|utm_.*)$/

function webRoom({ host, pathname, searchParams, hash }: URL): Room | null {
  const asked = [...searchParams].filter(([name]) => !PERSONAL.test(name)).map(([name, value]) => `${name}=${value}`)
  // Jitsi keeps settings there, others the room.
  const within = /^#(config|userInfo|interfaceConfig)\./.test(hash) ? '' : decoded(hash.slice(1))
  const path = decoded(pathname).split('/').filter(Boolean).join('/')
  const room = [path, ...asked.sort(), within].filter(Boolean).join(' ')
  return room === '' ? null : { host: `web ${host.replace(/^www\./, '')}`, room }
}
