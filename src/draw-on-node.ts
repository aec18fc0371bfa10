/** On Node the code and the fonts are files of their packages. */
import { readFile } from 'node:fs/promises'
import modules from 'node:module'
import { pictureDrawer } from './draw-picture.ts'

const { resolve } = modules.createRequire(import.meta.url)

export const drawOnNode = pictureDrawer({
  wasm: () => readFile(resolve('@resvg/resvg-wasm/index_bg.wasm')),
  font: (subset) => readFile(resolve(`@fontsource/noto-sans/files/noto-sans-${subset}-700-normal.woff2`)),
})
