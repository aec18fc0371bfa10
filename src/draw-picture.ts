/** Draws SVG as PNG, with resvg in WebAssembly: the same on Node and in Workers. Only the entry points import this. */
import { initWasm, Resvg } from '@resvg/resvg-wasm'

/** Where a platform has the code and the fonts. */
export type Drawing = {
  wasm(): Promise<BufferSource | WebAssembly.Module>
  font(subset: Subset): Promise<Uint8Array>
}

export type Subset = 'latin' | 'latin-ext' | 'cyrillic' | 'greek'

/** Which letters are in which font; a font is read when a picture needs it. */
const SUBSETS: [Subset, RegExp][] = [
  ['latin', /./],
  ['latin-ext', /[\u0100-\u024f\u1e00-\u1eff]/],
  ['cyrillic', /[\u0400-\u04ff]/],
  ['greek', /[\u0370-\u03ff]/],
]

/** A drawer that loads what it needs when it is first asked. */
export function pictureDrawer({ wasm, font }: Drawing): (svg: string) => Promise<Uint8Array<ArrayBuffer>> {
  let ready: Promise<void> | undefined
  const fonts = new Map<Subset, Promise<Uint8Array>>()
  const load = (subset: Subset) => {
    if (!fonts.has(subset)) fonts.set(subset, font(subset))
    return fonts.get(subset)!
  }
  return async (svg) => {
    ready ??= wasm().then((code) => initWasm(code as BufferSource))
    await ready
    const needed = SUBSETS.filter(([, letters]) => letters.test(svg)).map(([subset]) => load(subset))
    const options = { font: { fontBuffers: await Promise.all(needed), defaultFontFamily: 'Noto Sans' } }
    const drawing = new Resvg(svg, options)
    try {
      const image = drawing.render()
      // A copy, since the memory of the other is let go.
      const png = new Uint8Array(image.asPng())
      image.free()
      return png
    } finally {
      drawing.free()
    }
  }
}
