/** In Workers the code and the fonts are uploaded with the Worker. */
import cyrillic from '@fontsource/noto-sans/files/noto-sans-cyrillic-700-normal.woff2'
import greek from '@fontsource/noto-sans/files/noto-sans-greek-700-normal.woff2'
import latin from '@fontsource/noto-sans/files/noto-sans-latin-700-normal.woff2'
import latinExt from '@fontsource/noto-sans/files/noto-sans-latin-ext-700-normal.woff2'
import code from '@resvg/resvg-wasm/index_bg.wasm'
import { pictureDrawer } from './draw-picture.ts'

const FONTS = { latin, 'latin-ext': latinExt, cyrillic, greek }

export const drawOnWorkers = pictureDrawer({
  wasm: async () => code,
  font: async (subset) => new Uint8Array(FONTS[subset]),
})
