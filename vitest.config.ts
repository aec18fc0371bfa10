import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

/** Migrations are imported as text, as esbuild and wrangler do. */
const sqlAsText = {
  name: 'sql-as-text',
  enforce: 'pre' as const,
  transform: (code: string, id: string) =>
    id.endsWith('.sql') ? { code: `export default ${JSON.stringify(code)}`, map: null } : undefined,
}

/** Tests of the product run in both runtimes: on Node with a libSQL file, and in workerd with D1. */
const onBothEngines = {
  include: ['tests/*/*.test.ts'],
  exclude: ['tests/node/**', 'tests/interop/**', 'tests/support/**', 'tests/browser/**'],
}

/** They share nothing, so two files run at a time; after them, one at a time, what starts servers and browsers and looks at clocks. */
const together = { maxWorkers: 2, sequence: { groupOrder: 0 } }
const alone = { maxWorkers: 1, sequence: { groupOrder: 1 } }

/** Only where it is asked for by name. */
const screenshots = {
  plugins: [sqlAsText],
  resolve: { alias: { '#engine': new URL('tests/support/engine-libsql.ts', import.meta.url).pathname } },
  test: { name: 'screenshots', include: ['tests/browser/screenshots.ts'], ...alone },
}

/** Set by `npm run test:long`. */
const define = { LONG_TESTS: JSON.stringify(process.env.LONG_TESTS === '1') }

export default defineConfig({
  test: {
    projects: [
      ...(process.argv.includes('screenshots') ? [screenshots] : []),
      {
        plugins: [sqlAsText],
        define,
        resolve: { alias: { '#engine': new URL('tests/support/engine-libsql.ts', import.meta.url).pathname } },
        test: { name: 'libsql', ...onBothEngines, ...together },
      },
      {
        define,
        plugins: [
          sqlAsText,
          cloudflareTest({
            miniflare: {
              compatibilityDate: '2026-10-01',
              compatibilityFlags: ['nodejs_compat'],
              d1Databases: ['DB'],
            },
          }),
        ],
        resolve: { alias: { '#engine': new URL('tests/support/engine-d1.ts', import.meta.url).pathname } },
        test: { name: 'd1', ...onBothEngines, ...together },
      },
      {
        plugins: [sqlAsText],
        define,
        resolve: { alias: { '#engine': new URL('tests/support/engine-libsql.ts', import.meta.url).pathname } },
        test: {
          name: 'node',
          include: ['tests/node/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          ...alone,
        },
      },
      {
        plugins: [sqlAsText],
        define,
        resolve: { alias: { '#engine': new URL('tests/support/engine-libsql.ts', import.meta.url).pathname } },
        test: {
          name: 'browser',
          include: ['tests/browser/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...alone,
        },
      },
      {
        plugins: [sqlAsText],
        define,
        resolve: { alias: { '#engine': new URL('tests/support/engine-libsql.ts', import.meta.url).pathname } },
        test: {
          name: 'interop',
          include: ['tests/interop/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          ...alone,
        },
      },
    ],
  },
})
