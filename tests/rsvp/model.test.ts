/** Histories of answers against the small reference in tests/support/reference.ts. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engine } from '#engine'
import { rewritten } from '../support/broken.ts'
import { histories, play } from '../support/histories.ts'
import { isLong, LONG_MS, noteFigures } from '../support/reliability.ts'
import { openWorld, type World } from '../support/world.ts'

const [RUNS, LENGTH] = isLong ? [2000, 60] : engine === 'd1' ? [25, 30] : [60, 30]

describe('answers to an event', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
  })
  afterEach(() => world.close())

  const agree = (runs: number) => {
    const started = world.clock.now
    const told = new Map<string, number>()
    const property = fc.asyncProperty(histories(LENGTH), async (history) => {
      world.clock.now = started
      await play(world, history, told)
    })
    // The same histories in each short run; others in each long one.
    return fc
      .check(property, { numRuns: runs, endOnFailure: true, ...(isLong ? {} : { seed: 2023 }) })
      .then((run) => ({ run, told }))
  }

  it(`come to what a small reference says, in ${RUNS} histories of ${LENGTH} commands`, {
    timeout: LONG_MS,
  }, async () => {
    const began = Date.now()
    const { run, told } = await agree(RUNS)
    if (run.failed) throw new Error(fc.defaultReportMessage(run)!, { cause: run.errorInstance })
    noteFigures('Histories against the reference model', {
      histories: RUNS,
      'commands in each': LENGTH,
      'answers of the API compared': [...told.values()].reduce((sum, n) => sum + n, 0),
      ...Object.fromEntries([...told].sort()),
      seconds: (Date.now() - began) / 1000,
    })
  })

  it('differ from it where nobody in line is promoted', { timeout: LONG_MS }, async () => {
    world.deps.db = rewritten(world.db, (text) => (text.includes("SET place = 'seat', attendance") ? null : text))
    const { run } = await agree(RUNS)
    expect(run.failed).toBe(true)
    noteFigures('Histories against the reference model', {
      'control: nobody in line is promoted': `differs in history ${run.numRuns}`,
    })
  })

  it('differ from it where a date counts those who skip it', { timeout: LONG_MS }, async () => {
    world.deps.db = rewritten(world.db, (text) =>
      text.replace('- counter.skipped', '').replaceAll('.skipped, 0)', ', 0)'),
    )
    const { run } = await agree(RUNS)
    expect(run.failed).toBe(true)
  })
})
