// Bundles the Node entries into dist/: one file each starts in a fraction of the time that loading every module takes.
import { readFileSync } from 'node:fs'
import { build } from 'esbuild'

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
const bench = process.argv[2] === 'bench'

await build({
  entryPoints: bench
    ? { 'bench/main': 'bench/main.ts', 'bench/load': 'bench/load.ts' }
    : { node: 'src/node.ts', demo: 'src/demo.ts', 'load-example': 'src/load-example.ts', convene: 'src/convene.ts' },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  // Packages in CommonJS (yaml) call require.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)" },
  logLevel: 'warning',
  loader: { '.sql': 'text' },
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  // Native code cannot be bundled; it is loaded from node_modules.
  external: Object.keys(dependencies)
    .filter((name) => name === '@libsql/client' || name === 'libsql' || name === 'esbuild')
    .concat('miniflare'),
})
