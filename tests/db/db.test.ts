import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '#engine'
import { compile, type Db } from '../../src/db/db.ts'
import { migrate } from '../../src/db/migrate.ts'
import { migrations } from '../../src/db/migrations.ts'
import { assertThat, assignments, columnNames, columns, insertRows, isUnmet, values } from '../../src/db/sql.ts'
import { groups } from '../../src/groups/tables.ts'
import { members } from '../../src/members/tables.ts'

type Group = typeof groups.$inferSelect
type Member = typeof members.$inferSelect

const group = (id: string, more: Partial<Group> = {}): Group => ({
  id,
  slug: id,
  name: `The ${id} group`,
  description: '',
  visibility: 'public',
  timeZone: 'UTC',
  links: '[]',
  createdAt: 1,
  updatedAt: 2,
  deletedAt: null,
  changeId: 'change',
  howToJoin: '',
  reportTemplate: '',
  ...more,
})
const member = (id: string, more: Partial<Member> = {}): Member => ({
  id,
  groupId: 'a',
  name: `Member ${id}`,
  nick: null,
  role: 'member',
  url: null,
  joinedOn: '2023-01-02',
  leftOn: null,
  createdAt: 3,
  updatedAt: 4,
  changeId: 'change',
  affiliation: null,
  hidden: 0,
  ...more,
})
const insert = (row: Group) => sql`INSERT INTO ${groups} (${columnNames(groups)}) SELECT ${values(groups, row)}`
/** Rows as plain objects: libSQL's have more than one way in. */
const plain = <T extends object>(rows: T[]) => rows.map((row) => ({ ...row }))

describe('the database', () => {
  let db: Db
  let close: () => Promise<void>
  beforeEach(async () => {
    ;({ db, close } = await openDatabase())
  })
  afterEach(() => close())

  const slugs = async () =>
    (await db.all(sql<{ slug: string }>`SELECT slug FROM ${groups} ORDER BY slug`)).map((g) => g.slug)

  it('writes what comes at once together, and one that fails undoes only itself', async () => {
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'a', 'c'].map((id) => db.all(sql`${insert(group(id))} RETURNING ${groups.slug} AS slug`)),
    )
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    expect(outcomes[3]).toMatchObject({ value: [{ slug: 'c' }] })
    expect(await slugs()).toEqual(['a', 'b', 'c'])
  })

  describe('a batch', () => {
    it('gives the rows of each statement, and each statement sees what those before it wrote', async () => {
      const [none, written, read] = await db.batch([
        insert(group('a')),
        sql<{ id: string }>`UPDATE ${groups} SET name = 'A' RETURNING id`,
        sql<{ name: string }>`SELECT name FROM ${groups}`,
      ])
      expect([none, plain(written), plain(read)]).toEqual([[], [{ id: 'a' }], [{ name: 'A' }]])
    })

    it.each([
      ['has no such table', sql`INSERT INTO nowhere VALUES (1)`],
      ['is no SQL', sql`SELEKT`],
      ['takes a name that is taken', insert(group('b', { slug: 'a' }))],
      ['breaks a CHECK', insert(group('b', { visibility: 'secret' as 'private' }))],
      ['names a group that is not there', insertRows(members, [member('m', { groupId: 'nobody' })])],
      ['asserts what is not so', assertThat(sql`1 = 2`)],
    ])('leaves nothing where its last statement %s', async (_, last) => {
      await expect(db.batch([insert(group('a')), last])).rejects.toThrow()
      expect(await slugs()).toEqual([])
    })

    it('goes on after a condition that holds for no row: that is no error', async () => {
      await db.batch([sql`UPDATE ${groups} SET name = '' WHERE 1 = 2`, assertThat(sql`1 = 1`), insert(group('a'))])
      expect(await slugs()).toEqual(['a'])
    })

    it('tells a condition that is not met, and a name taken by another, from what is broken', async () => {
      const error = (statement: Parameters<Db['all']>[0]) => db.batch([statement]).catch((thrown) => thrown)
      await db.batch([insert(group('a'))])
      expect(isUnmet(await error(assertThat(sql`1 = 2`)))).toBe(true)
      expect(isUnmet(await error(insert(group('b', { slug: 'a' }))))).toBe(true)
      expect(isUnmet(await error(sql`SELEKT`))).toBe(false)
      expect(isUnmet(await error(insert(group('b', { visibility: 'x' as 'private' }))))).toBe(false)
    })
  })

  describe('a parameter', () => {
    it.each([
      ['text that looks like SQL', `'; DROP TABLE groups; --`],
      ['no letters but emoji and accents', '🦔 Köln ‮ \u{10FFFF}'],
      ['an empty text', ''],
      ['a large whole number', 253_402_300_799],
      ['a fraction', 0.1],
      ['null', null],
    ])('keeps %s as it is', async (_, value) => {
      expect(plain(await db.all(sql<{ value: unknown }>`SELECT ${value} AS value`))).toEqual([{ value }])
    })

    it('is 1 or 0 for a boolean', async () => {
      const rows = await db.all(sql<{ yes: number; no: number }>`SELECT ${true} AS yes, ${false} AS no`)
      expect(plain(rows)).toEqual([{ yes: 1, no: 0 }])
      expect(compile(sql`SELECT ${true}`)).toEqual({ sql: 'SELECT ?', params: [1] })
    })

    it('is refused where it is undefined', async () => {
      const nothing = undefined as unknown as string
      await expect(db.all(sql`SELECT ${nothing} AS value`)).rejects.toThrow()
      await expect(db.batch([insert(group('a')), sql`UPDATE ${groups} SET name = ${nothing}`])).rejects.toThrow()
      expect(() => values(groups, group('a', { name: nothing }))).toThrow('no value for the column name')
      expect(() => assignments(groups, { name: nothing })).toThrow('no value for the column name')
      expect(await slugs()).toEqual([])
    })
  })

  describe('rows', () => {
    it('come back as they were written, each column under its name', async () => {
      const row = group('a', { name: 'Ä', deletedAt: 7 })
      await db.batch([insert(row)])
      expect(plain(await db.all(sql<Group>`SELECT ${columns(groups)} FROM ${groups}`))).toEqual([row])
      const some = await db.all(sql`SELECT ${columns(groups, ['timeZone', 'changeId'])} FROM ${groups}`)
      expect(plain(some as object[])).toEqual([{ timeZone: 'UTC', changeId: 'change' }])
    })

    it('of a join keep apart what two tables call the same', async () => {
      await db.batch([insert(group('a')), insertRows(members, [member('m')])])
      const [, rows] = await db.batch([
        sql`SELECT 1 AS one`,
        sql<Member & { groupName: string; ownId: string }>`SELECT ${columns(members)}, ${groups.name} AS groupName,
          ${groups.id} AS ownId FROM ${members} JOIN ${groups} ON ${groups.id} = ${members.groupId}`,
      ])
      expect(plain(rows)).toEqual([{ ...member('m'), groupName: 'The a group', ownId: 'a' }])
    })

    it('change in the columns that are named', async () => {
      await db.batch([insert(group('a'))])
      await db.all(
        sql`UPDATE ${groups} SET ${assignments(groups, { timeZone: 'Europe/Brussels', deletedAt: sql`updated_at + 1` })}`,
      )
      expect(plain(await db.all(sql<Group>`SELECT ${columns(groups)} FROM ${groups}`))).toEqual([
        group('a', { timeZone: 'Europe/Brussels', deletedAt: 3 }),
      ])
    })

    it('are written by the thousand with one parameter, and a second time only where they are new', async () => {
      const rows = Array.from({ length: 2000 }, (_, n) =>
        member(`m${String(n).padStart(4, '0')}`, { name: `"Nr" ${n} 🦔 \\ '`, nick: n % 2 ? `n${n}` : null }),
      )
      expect(compile(insertRows(members, rows)).params).toHaveLength(1)
      await db.batch([insert(group('a')), insertRows(members, rows)])
      const stored = await db.all(sql<Member>`SELECT ${columns(members)} FROM ${members} ORDER BY id`)
      expect(plain(stored)).toEqual(rows)
      await expect(db.batch([insertRows(members, rows)])).rejects.toThrow(/UNIQUE/)
      const again = insertRows(members, [...rows, member('new')], sql`ON CONFLICT DO NOTHING RETURNING id`)
      expect(plain((await db.batch([again]))[0] as object[])).toEqual([{ id: 'new' }])
      await db.batch([insertRows(members, [])])
    })
  })

  describe('the migrations', () => {
    const applied = async () =>
      (await db.all<{ name: string }>({ sql: 'SELECT name FROM d1_migrations ORDER BY id', params: [] })).map(
        ({ name }) => name,
      )

    it('are applied once, however often and by however many they are asked for', async () => {
      const names = migrations.map(({ name }) => name)
      await db.batch([insert(group('a'))])
      expect(await applied()).toEqual(names)
      await Promise.all([migrate(db), migrate(db), migrate(db)])
      await migrate(db)
      expect(await applied()).toEqual(names)
      expect(await slugs()).toEqual(['a'])
    })

    it('that break leave nothing of themselves and are told', async () => {
      const half = [
        { sql: `INSERT INTO d1_migrations (name) VALUES ('9999_broken.sql')`, params: [] },
        { sql: 'CREATE TABLE half (id TEXT)', params: [] },
        { sql: 'CREATE TABLE groups (id TEXT)', params: [] },
      ]
      await expect(db.batch(half)).rejects.toThrow(/already exists/)
      expect(await applied()).not.toContain('9999_broken.sql')
      expect(await db.all({ sql: `SELECT name FROM sqlite_schema WHERE name = 'half'`, params: [] })).toEqual([])
    })
  })
})
