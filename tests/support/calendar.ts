/** A feed as its subscribers get it: bytes, unfolded lines, VEVENTs. */
import ICAL from 'ical.js'
import { app } from '../../src/app.ts'
import { BASE_URL, type World } from './world.ts'

/** The bytes of an answer; `Response.text()` would hide a BOM and what is no UTF-8. */
export const bytesOf = async ({ deps }: World, path: string): Promise<Uint8Array> =>
  new Uint8Array(await (await app.request(`${BASE_URL}${path}`, {}, deps)).arrayBuffer())

export const unfolded = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n').slice(0, -1)

/** The lines of each component of a name. */
export const componentsIn = (text: string, name: string): string[][] =>
  [
    ...unfolded(text)
      .join('\n')
      .matchAll(new RegExp(`^BEGIN:${name}\n([^]*?)\nEND:${name}$`, 'gm')),
  ].map(([, body]) => body!.split('\n'))

export const veventsIn = (text: string): ICAL.Component[] =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')

/** The lines of a property, with its parameters. */
export const linesOf = (text: string, name: string): string[] =>
  unfolded(text).filter((line) => line.startsWith(`${name}:`) || line.startsWith(`${name};`))
