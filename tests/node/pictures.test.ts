/** The pictures of links as resvg draws them. What the Worker draws is seen by tests/support/smoke.ts. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawOnNode } from '../../src/draw-on-node.ts'
import { CARD, cardOf } from '../../src/sharing/card.ts'
import { nasty } from '../support/nasty.ts'

const sizeOf = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

describe('a picture', () => {
  it('is a PNG of the size that is told, and small', async () => {
    const png = await drawOnNode(
      cardOf({ above: 'Meetup', title: 'Привет, Łódź', below: ['Ελλάδα'], leaf: ['FEB', '4', '2027'] }),
    )
    expect([...png.slice(1, 4)].map((code) => String.fromCharCode(code)).join('')).toBe('PNG')
    expect(sizeOf(png)).toEqual(CARD)
    expect(png.length).toBeLessThan(100_000)
  })

  it('shows other words as other pictures, and what no font has as none', async () => {
    const draw = (title: string) => drawOnNode(cardOf({ above: '', title, below: [], leaf: null }))
    expect(await draw('Ärger')).not.toEqual(await draw('Arger'))
    expect(await draw('漢字')).toEqual(await draw(''))
  })

  it('is drawn of whatever a title may be', async () => {
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (title, above) => {
        const png = await drawOnNode(cardOf({ above, title, below: [title], leaf: null }))
        return sizeOf(png).width === CARD.width
      }),
      { numRuns: 40 },
    )
  })
})
