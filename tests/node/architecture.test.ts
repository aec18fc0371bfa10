/** Holds docs/architecture.md: what a file may be called, what it may import, and what only the entry points may do. */
import { readdirSync, readFileSync } from 'node:fs'
import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '#engine'
import { migrations } from '../../src/db/migrations.ts'
import { pathOf, readSources, type Source } from '../support/sources.ts'

const sources = readSources()

/** Slices from the bottom up: a file imports its own line's slice (its own only) and the lines above it in this list. */
const SLICES = [
  ['languages'],
  ['time', 'db', 'formats', 'remote'],
  ['observe', 'outbox'],
  ['changes', 'tokens', 'limits'],
  ['accounts'],
  ['http'],
  ['groups'],
  ['events', 'members', 'team', 'journal'],
  ['minutes'],
  ['rsvp', 'talks'],
  ['subscriptions', 'personal', 'rooms', 'meetings'],
  ['mail'],
  ['digests', 'feeds', 'imports', 'reports', 'transports', 'sharing', 'webhooks', 'mailbox'],
  ['replies', 'announcements'],
  ['bots'],
  ['commands', 'backup', 'desk'],
]

/** Files that may import from a slice above their own. */
const REACHES_UP: Record<string, string[]> = {
  // The HTTP of tokens; `http/auth.ts` itself needs only what lies below (`access`, `queries`).
  'tokens/schema.ts': ['http'],
  'tokens/routes.ts': ['http', 'groups'],
  // Who asks is known to `http/auth.ts` by what lies below it (`queries`, `rules`, `revoke-session`).
  'accounts/schema.ts': ['http'],
  'accounts/requests.ts': ['http'],
  'accounts/pages.tsx': ['http'],
  'accounts/account-pages.tsx': ['http'],
  'accounts/provider-pages.tsx': ['http'],
  'accounts/passkey-pages.tsx': ['http'],
  // A group's page shows its dates.
  'groups/pages.tsx': ['events'],
}

/** What lies at the top of src/ and may be imported from every slice. */
const GROUND = ['deps.ts', 'outcome.ts', 'digest.ts', 'grouped.ts']

/**
 * The layers of a slice: which packages its files never import, and which layers they take values from (types may come
 * from any but HTTP).
 */
const ENGINE = /^(node:|cloudflare:|@libsql\/|@hono\/node-server)/
const HTTP = /^(hono|@hono\/zod-openapi)(\/|$)/
const ZOD = /^(zod|@hono\/zod-openapi)(\/|$)/
const DRIZZLE = /^drizzle-orm(\/|$)/
const LAYERS = {
  rules: { never: [ENGINE, HTTP, ZOD, DRIZZLE], from: ['rules'] },
  tables: { never: [ENGINE, HTTP, ZOD], from: [] },
  schema: { never: [ENGINE, /^hono(\/|$)/, DRIZZLE], from: ['rules', 'schema'] },
  // A file format, read or written; zod may describe what a reader expects.
  format: { never: [ENGINE, /^hono(\/|$)/], from: ['rules', 'tables', 'schema', 'format'] },
  queries: { never: [ENGINE, HTTP, ZOD], from: ['rules', 'tables', 'queries', 'format'] },
  verb: { never: [ENGINE, HTTP, ZOD], from: ['rules', 'tables', 'queries', 'format', 'verb', 'check'] },
  // A verb's input made by a machine (a patch, an importer) and checked by the schema.
  check: { never: [ENGINE, HTTP, ZOD, DRIZZLE], from: ['rules', 'schema'] },
  view: { never: [ENGINE, ZOD, DRIZZLE], from: ['rules', 'queries', 'verb', 'format', 'view'] },
  http: { never: [ENGINE, DRIZZLE], from: ['rules', 'schema', 'queries', 'verb', 'check', 'format', 'view', 'http'] },
} satisfies Record<string, { never: RegExp[]; from: string[] }>
type Layer = keyof typeof LAYERS

/** Names that mean the same in every slice. */
const SHARED: [RegExp, Layer][] = [
  [/^rules\.ts$/, 'rules'],
  [/^tables\.ts$/, 'tables'],
  [/^schema\.ts$/, 'schema'],
  [/^queries\.ts$/, 'queries'],
  [/^json\.ts$/, 'view'],
  [/^(parts|form)\.tsx$/, 'view'],
  [/^([a-z]+-)?(routes|requests)\.ts$/, 'http'],
  [/^([a-z]+-)?pages\.tsx$/, 'http'],
  [
    /^(apply|cancel|change|check-in|create|delete|issue|join|override|promote|remove|rerender|respond|retire|revoke|split|update)(-[a-z]+)?\.ts$/,
    'verb',
  ],
]

/** Nouns that one slice has for itself. A new one is a line here, and a reason in the review. */
const NOUNS: Record<string, Record<string, Layer>> = {
  sharing: {
    'colours.ts': 'rules',
    'card.ts': 'rules',
    // Served as they are; they run in browsers.
    'embed-script.ts': 'view',
    'frame-script.ts': 'view',
  },
  desk: {
    'show.tsx': 'http',
    'repeat.ts': 'rules',
    'preview.ts': 'rules',
    'event-form.ts': 'view',
    'event-parts.tsx': 'view',
    'difference.tsx': 'view',
    'schedule-difference.tsx': 'view',
    'talk-form.ts': 'view',
    'report-form.ts': 'rules',
  },
  backup: { 'dump.ts': 'verb', 'restore.ts': 'verb' },
  minutes: { 'dates.ts': 'queries' },
  bots: {
    'log.ts': 'rules',
    'chat.ts': 'rules',
    'decode.ts': 'rules',
    'match.ts': 'rules',
    'merge.ts': 'rules',
    'call.ts': 'verb',
    'pull.ts': 'verb',
  },
  limits: { 'salt.ts': 'verb', 'stamp.ts': 'verb', 'take.ts': 'verb', 'brake.ts': 'rules' },
  journal: { 'fact.ts': 'rules', 'audit.ts': 'queries' },
  webhooks: { 'deliver.ts': 'verb', 'health.ts': 'verb', 'retry.ts': 'verb' },
  mailbox: { 'mailbox.ts': 'rules' },
  outbox: { 'claim.ts': 'verb' },
  reports: { 'report.ts': 'queries', 'markdown.ts': 'view', 'parts.ts': 'view', 'publish.ts': 'verb' },
  changes: {
    'kinds.ts': 'rules',
    'record.ts': 'verb',
    'acting.ts': 'verb',
    'feeds.ts': 'queries',
    'talk-feeds.ts': 'queries',
  },
  tokens: { 'access.ts': 'rules', 'capability.ts': 'rules', 'touch.ts': 'verb' },
  team: { 'invite.ts': 'verb' },
  accounts: {
    'ask.ts': 'verb',
    'purge.ts': 'verb',
    'sign-in.ts': 'verb',
    'sign-in-as.ts': 'verb',
    'send.ts': 'verb',
    'providers.ts': 'verb',
    'webauthn.ts': 'rules',
    'ask-device.ts': 'verb',
    'add-passkey.ts': 'verb',
    'sign-in-by-passkey.ts': 'verb',
    // Served as it is; it runs in browsers.
    'passkey-script.ts': 'view',
    'passkey-parts.tsx': 'view',
  },
  events: {
    'occurrences.ts': 'rules',
    'joins.ts': 'rules',
    'shifts.ts': 'rules',
    'places.ts': 'rules',
    'conflicts.ts': 'rules',
    'neighbours.ts': 'queries',
    'warnings.ts': 'view',
    'vevent.ts': 'rules',
    'publish.ts': 'rules',
    'guest-copy.ts': 'rules',
    'questions.ts': 'rules',
    'seats.ts': 'queries',
    'full-dates.ts': 'queries',
    'retention.ts': 'rules',
    'moved-answers.ts': 'queries',
    'row.ts': 'queries',
    'upcoming.ts': 'queries',
    'linked-data.ts': 'view',
    'live-schema.ts': 'schema',
    'month.ts': 'rules',
    'month-parts.tsx': 'view',
    'checked.ts': 'check',
  },
  rsvp: {
    'form-data.ts': 'view',
    'form-parts.tsx': 'view',
    'question-field.tsx': 'view',
    'words.ts': 'rules',
    'csv.ts': 'view',
    'csv-in.ts': 'format',
    'purge.ts': 'verb',
    'places.ts': 'queries',
    'store.ts': 'queries',
    'record.ts': 'verb',
    'prove.ts': 'verb',
    'repeat.ts': 'verb',
    'release.ts': 'verb',
    'move.ts': 'verb',
    'erase.ts': 'verb',
    'feedback.ts': 'verb',
    'invite.ts': 'verb',
    'door.ts': 'verb',
    'walk-in.ts': 'verb',
    // The code that a guest shows at the door.
    'code.ts': 'rules',
    'manage-parts.tsx': 'view',
    'seat-parts.tsx': 'view',
    'door-guests.ts': 'queries',
    'door-parts.tsx': 'view',
    // Served as it is; it runs in browsers.
    'door-script.ts': 'view',
  },
  mail: {
    'mailer.ts': 'rules',
    'reply-address.ts': 'rules',
    'invitation.ts': 'verb',
    'limits.ts': 'queries',
    'facts.ts': 'verb',
    'collect.ts': 'verb',
    'reminders.ts': 'rules',
    'material.ts': 'rules',
    'remind.ts': 'verb',
    'send.ts': 'verb',
    'deliver.ts': 'verb',
    'retry.ts': 'verb',
    'notify.ts': 'verb',
    'write.ts': 'verb',
    'unsubscribe.ts': 'verb',
  },
  digests: {
    'choose.ts': 'verb',
    'deliver.ts': 'verb',
    'organizers.ts': 'verb',
    'plan.ts': 'verb',
    'streams.ts': 'verb',
    'subscribe.ts': 'verb',
  },
  announcements: { 'news.ts': 'view' },
  replies: {
    'message.ts': 'format',
    'answer.ts': 'format',
    'providers.ts': 'format',
    'authentication.ts': 'rules',
    'webhook.ts': 'rules',
    'receive.ts': 'verb',
    // As Cloudflare routes it.
    'email.ts': 'verb',
  },
  talks: {
    'numbers.ts': 'rules',
    // What is typed into a search, and its hits in a text.
    'words.ts': 'rules',
    'marks.ts': 'rules',
    'list.ts': 'queries',
    'list-schema.ts': 'schema',
    'captions-schema.ts': 'schema',
    'search.ts': 'queries',
    'facets.ts': 'queries',
    // What was said: captions as cues, and where a recording is watched from there.
    'cues.ts': 'rules',
    'moments.ts': 'rules',
    'said-parts.tsx': 'view',
    'captions-formats.ts': 'format',
    'captions-vtt.ts': 'format',
    'captions-srt.ts': 'format',
    'licence.ts': 'rules',
    'forgotten.ts': 'queries',
    'speakers.ts': 'queries',
    'forget.ts': 'verb',
    'write.ts': 'verb',
    'schedule.ts': 'view',
    'schedule-xml.ts': 'view',
    'schedule-json.ts': 'view',
    'links.ts': 'rules',
    'media.ts': 'rules',
    'polite.ts': 'rules',
    'check-links.ts': 'verb',
    'gaps.ts': 'queries',
    'player.ts': 'rules',
    'grid.ts': 'rules',
    'programme.ts': 'queries',
    'programme-parts.tsx': 'view',
    'facet-parts.tsx': 'view',
    'linked-data.ts': 'view',
    'handin.ts': 'verb',
    'handin-parts.tsx': 'view',
    'schedule-csv.ts': 'view',
  },
  feeds: {
    'body.ts': 'http',
    'docs.ts': 'http',
    'feed.ts': 'format',
    'index.ts': 'http',
    'ics.ts': 'view',
    'jcal.ts': 'view',
    'jscal.ts': 'view',
    'atom.ts': 'view',
    'rss.ts': 'view',
    'podcast.ts': 'view',
    'feed-json.ts': 'view',
    'entries.ts': 'view',
    'scope.ts': 'queries',
    'answers.ts': 'queries',
    'events.ts': 'queries',
    'talks.ts': 'queries',
    'reports.ts': 'queries',
    'versions.ts': 'queries',
  },
  imports: {
    'schedule.ts': 'format',
    'schedule-formats.ts': 'format',
    'schedule-source.ts': 'format',
    'schedule-event.ts': 'format',
    'schedule-links.ts': 'format',
    'schedule-xml.ts': 'format',
    'schedule-nodes.ts': 'format',
    'schedule-json.ts': 'format',
    'schedule-pretalx.ts': 'format',
    'schedule-sessionize.ts': 'format',
    'schedule-voctoweb.ts': 'format',
    'schedule-pyvideo.ts': 'format',
    'schedule-csv.ts': 'format',
    'schedule-changes.ts': 'rules',
    'match.ts': 'rules',
    'merge.ts': 'rules',
    'known-talks.ts': 'queries',
    'plan-conference.ts': 'verb',
    'plan-schedule.ts': 'verb',
    'record-version.ts': 'verb',
    'calendar.ts': 'format',
    'calendar-formats.ts': 'format',
    'yaml2ical.ts': 'format',
    'icalendar.ts': 'format',
    'icalendar-time.ts': 'format',
    'json-in.ts': 'format',
    'licence-in.ts': 'format',
    'language.ts': 'rules',
    'xml.ts': 'format',
    'yaml.ts': 'format',
    'html.ts': 'format',
    'twins.ts': 'rules',
    'vanished.ts': 'verb',
    'subscribe.ts': 'verb',
    'refresh.ts': 'verb',
  },
}

/** A folder of a slice that holds one kind of thing, each in a file. */
const REGISTRIES: [RegExp, Layer][] = [
  [/^(events|mail)\/kinds\/[a-z-]+\.ts$/, 'rules'],
  [/^announcements\/places\/[a-z-]+\.ts$/, 'rules'],
  [/^bots\/formats\/[a-z-]+\.ts$/, 'format'],
  [/^bots\/commands\/[a-z-]+\.ts$/, 'verb'],
]

/** Slices with no noun have no layers inside, and say here what they never import. */
const HORIZONTAL: Record<string, RegExp[]> = {
  languages: [ENGINE, HTTP, ZOD, DRIZZLE],
  time: [ENGINE, HTTP, ZOD, DRIZZLE],
  db: [HTTP, ZOD, /^(node:|cloudflare:|@hono\/node-server)/],
  formats: [ENGINE, HTTP, ZOD, DRIZZLE],
  http: [ENGINE],
  transports: [ENGINE, HTTP, ZOD, DRIZZLE],
  remote: [ENGINE, HTTP, ZOD, DRIZZLE],
  observe: [HTTP, ZOD, DRIZZLE],
  // A terminal's: files, and the API over the network.
  commands: [HTTP, ZOD, DRIZZLE],
}

function layerOf({ path, slice, name }: Pick<Source, 'path' | 'slice' | 'name'>): Layer | undefined {
  return (
    NOUNS[slice]?.[name] ??
    SHARED.find(([pattern]) => pattern.test(name))?.[1] ??
    REGISTRIES.find(([pattern]) => pattern.test(path))?.[1]
  )
}

const byPath = new Map(sources.map((source) => [source.path, source]))
const sliced = sources.filter(({ slice }) => slice !== '')
const nouned = sliced.filter(({ slice }) => !(slice in HORIZONTAL))
const rankOf = (slice: string) => SLICES.findIndex((line) => line.includes(slice))

/** Every breach as a line `file -> import`: an empty list reads best when it is not. */
const breaches = (files: Source[], isWrong: (file: Source, one: Source['imports'][number]) => boolean) =>
  files.flatMap((file) => file.imports.filter((one) => isWrong(file, one)).map(({ to }) => `${file.path} -> ${to}`))

describe('the architecture', () => {
  it('knows every slice and every name of a file', () => {
    expect(sliced.filter(({ slice }) => rankOf(slice) < 0).map(({ path }) => path)).toEqual([])
    expect(nouned.filter((source) => !layerOf(source)).map(({ path }) => path)).toEqual([])
    const gone = Object.entries(NOUNS).flatMap(([slice, names]) => Object.keys(names).map((name) => `${slice}/${name}`))
    expect(gone.filter((path) => !byPath.has(path))).toEqual([])
  })

  it('has slices that import one way', () => {
    const wrong = breaches(sliced, ({ path, slice }, { to, isOurs }) => {
      if (!isOurs || to.startsWith('../')) return false
      const [target, isTop] = to.includes('/') ? [to.split('/')[0]!, false] : [to, true]
      if (isTop) return !GROUND.includes(target)
      if (target === slice || REACHES_UP[path]?.includes(target)) return false
      return rankOf(target) >= rankOf(slice)
    })
    expect(wrong).toEqual([])
  })

  it('has layers that keep to theirs', () => {
    const wrong = breaches(nouned, (file, { to, isOurs, isType }) => {
      const { never, from } = LAYERS[layerOf(file)!]
      if (!isOurs) return !(isType && DRIZZLE.test(to)) && never.some((pattern) => pattern.test(to))
      const target = byPath.get(to)
      const layer = target && !(target.slice in HORIZONTAL) ? layerOf(target) : undefined
      if (!layer) return false
      return isType ? layer === 'http' && layerOf(file) !== 'http' : !(from as string[]).includes(layer)
    })
    expect(wrong).toEqual([])
  })

  it('keeps HTTP out of what lies below it', () => {
    // `fields` and `faults` are about the input, not about requests; a view may format as all pages do.
    const allowed: Partial<Record<Layer, string[]>> = {
      schema: ['http/fields.ts'],
      check: ['http/faults.ts'],
      format: ['http/faults.ts', 'http/fields.ts'],
      view: ['http/markdown.ts', 'http/page.tsx', 'http/speaking.tsx'],
    }
    const wrong = breaches(nouned, (file, { to }) => {
      const layer = layerOf(file)!
      return layer !== 'http' && to.startsWith('http/') && !allowed[layer]?.includes(to)
    })
    expect(wrong).toEqual([])
    expect(
      breaches(sliced, ({ slice }, { to }) => HORIZONTAL[slice]?.some((pattern) => pattern.test(to)) ?? false),
    ).toEqual([])
  })

  it('knows its platforms only at the entries', () => {
    const only: [string, RegExp, (string | RegExp)[]][] = [
      [
        'node:*',
        /^node:/,
        [
          'server.ts',
          'wal-stamp.ts',
          'remote-node.ts',
          'mail-folder.ts',
          'digest.ts',
          'draw-on-node.ts',
          'node.ts',
          'demo.ts',
          'load-example.ts',
          'observe/observe.ts',
          /^commands\//,
        ],
      ],
      ['Node’s HTTP server', /^@hono\/node-server/, ['server.ts']],
      ['Cloudflare', /^cloudflare:|^db\/d1\.ts$/, ['worker.ts']],
      ['a libSQL client', /^@libsql\//, ['server.ts', 'worker.ts']],
      ['the driver for files', /^libsql$|^db\/libsql-file\.ts$/, ['db/libsql-file.ts', 'server.ts']],
      ['SMTP', /^nodemailer$|^transports\/smtp\.ts$/, ['transports/smtp.ts', 'server.ts']],
      ['pictures', /^draw-(picture|on-.*)\.ts$/, ['draw-on-node.ts', 'draw-on-workers.ts', 'server.ts', 'worker.ts']],
      ['the clock and chance', /^platform\.ts$/, ['server.ts', 'worker.ts']],
      ['the app', /^app\.ts$/, ['server.ts', 'worker.ts', 'demo.ts']],
    ]
    for (const [what, pattern, files] of only) {
      const wrong = breaches(
        sources,
        ({ path }, one) =>
          pattern.test(one.to) &&
          !one.isType &&
          !files.some((file) => (typeof file === 'string' ? file === path : file.test(path))),
      )
      expect([what, wrong]).toEqual([what, []])
    }
  })

  it('asks Deps for time, ids and chance, and knows no transaction', () => {
    // The driver for files makes a batch of a transaction that nothing comes between.
    const entries = [
      'platform.ts',
      'server.ts',
      'node.ts',
      'worker.ts',
      'demo.ts',
      'load-example.ts',
      'convene.ts',
      'db/libsql-file.ts',
    ]
    const forbidden =
      /\.transaction\(|\bBEGIN\b(?![:'])|\bDate\.now\(|\bnew Date\(\s*\)|\bDate\(\)|Temporal\.Now\b|Math\.random\(|randomUUID|getRandomValues|\bprocess\.|\bglobalThis\b/
    const found = sources.flatMap(({ path, code }) =>
      entries.includes(path)
        ? []
        : code.split('\n').flatMap((line) => (forbidden.test(line) ? [`${path}: ${line.trim()}`] : [])),
    )
    expect(found).toEqual([])
  })

  // What `import type` brings is gone when the code runs, so it closes no cycle.
  it('has no cycle of imports', () => {
    const done = new Set<string>()
    const cycles: string[] = []
    const visit = (path: string, above: string[]) => {
      if (above.includes(path)) cycles.push([...above.slice(above.indexOf(path)), path].join(' -> '))
      if (done.has(path) || above.includes(path)) return
      for (const { to, isType } of byPath.get(path)?.imports ?? []) if (!isType) visit(to, [...above, path])
      done.add(path)
    }
    for (const { path } of sources) visit(path, [])
    expect(cycles).toEqual([])
  })

  it('imports no file that is not there', () => {
    const wrong = breaches(
      sources,
      (_, { to, isOurs }) => isOurs && !byPath.has(to) && !to.startsWith('../') && !to.endsWith('.d.ts'),
    )
    expect(wrong).toEqual([])
  })

  it('has small files', () => {
    expect(sources.filter(({ lines }) => lines > 300).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([])
    const sizes = sources.map(({ lines }) => lines).sort((a, b) => a - b)
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(100)
  })
})

describe('the migrations', () => {
  let database: Awaited<ReturnType<typeof openDatabase>>
  beforeAll(async () => {
    database = await openDatabase()
  })
  afterAll(() => database.close())

  it('are the files of the folder, in order', () => {
    const files = readdirSync(pathOf('migrations')).sort()
    expect(migrations.map(({ name }) => name)).toEqual(files)
    for (const { name, sql } of migrations) expect(sql).toBe(readFileSync(pathOf(`migrations/${name}`), 'utf8'))
    expect(files.map((name) => name.slice(0, 5))).toEqual(files.map((_, at) => `${String(at + 1).padStart(4, '0')}_`))
  })

  it('only go forward: they drop and rebuild no table', () => {
    for (const { name, sql } of migrations) {
      expect([name, sql.match(/DROP\s+TABLE|__new_|RENAME\s+TO|ON\s+DELETE\s+CASCADE/i)]).toEqual([name, null])
    }
  })

  it('make the tables that the code knows: the same columns in the same order', async () => {
    const modules = await Promise.all(
      sources
        .filter(({ name, slice }) => slice !== '' && name === 'tables.ts')
        .map(({ path }) => import(/* @vite-ignore */ pathOf(`src/${path}`)) as Promise<Record<string, unknown>>),
    )
    const tables = modules
      .flatMap((module) => Object.values(module))
      .filter((one): one is SQLiteTable => is(one, SQLiteTable))
    expect(tables.length).toBeGreaterThan(5)
    for (const table of tables) {
      const name = getTableName(table)
      const stored = await database.db.all<{ name: string; required: number }>({
        sql: 'SELECT name, "notnull" OR pk > 0 AS required FROM pragma_table_info(?) ORDER BY cid',
        params: [name],
      })
      const known = Object.values(getTableColumns(table)).map((column) => ({
        name: column.name,
        required: column.notNull || column.primary,
      }))
      expect([name, stored.map((column) => ({ name: column.name, required: column.required === 1 }))]).toEqual([
        name,
        known,
      ])
    }
  })
})

describe('the packages', () => {
  const manifest = JSON.parse(readFileSync(pathOf('package.json'), 'utf8'))
  const lock = JSON.parse(readFileSync(pathOf('package-lock.json'), 'utf8'))

  // An npm on another system drops them from the lock, and then they are installed nowhere.
  it('are in the lock, those for some systems too', () => {
    const optional: string[] = Object.values(
      lock.packages as Record<string, { optionalDependencies?: object }>,
    ).flatMap((one) => Object.keys(one.optionalDependencies ?? {}))
    const names = [...new Set([...Object.keys(manifest.optionalDependencies ?? {}), ...optional])]
    const locked = new Set(Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1)))
    expect(names.filter((name) => !locked.has(name))).toEqual([])
  })

  it('that the code imports at run time are dependencies', () => {
    const wrong = breaches(sources, (_, { to, isOurs, isType }) => {
      if (isOurs || isType || to.startsWith('node:') || to.startsWith('cloudflare:')) return false
      const name = to
        .split('/')
        .slice(0, to.startsWith('@') ? 2 : 1)
        .join('/')
      return !(name in manifest.dependencies)
    })
    expect(wrong).toEqual([])
  })
})
