import { defineConfig } from 'vitest/config'

/** For `npm run mutation`: the tests that one set of mutants is shown to, on a libSQL file. */
const sqlAsText = {
  name: 'sql-as-text',
  enforce: 'pre' as const,
  transform: (code: string, id: string) =>
    id.endsWith('.sql') ? { code: `export default ${JSON.stringify(code)}`, map: null } : undefined,
}

export default defineConfig({
  plugins: [sqlAsText],
  define: { LONG_TESTS: 'false' },
  resolve: { alias: { '#engine': new URL('tests/support/engine-libsql.ts', import.meta.url).pathname } },
  test: { include: (process.env.MUTATION_TESTS ?? '').split(',') },
})
