import { describe, expect, it } from 'vitest'
import { durationBetween, endLocal } from '../../src/time/duration.ts'
import { findZone, fromSeconds, isInGap, isInOverlap, toInstant, toLocal, toOffsetString } from '../../src/time/zone.ts'

const ZONES = [
  'Europe/Brussels',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Asia/Tehran',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Africa/Casablanca',
  'Europe/Dublin',
  'Asia/Pyongyang',
  'UTC',
]

describe('zones', () => {
  // The runtime's own zone data says the same as ours there: another reading of the same database.
  it.each(ZONES)('%s has the local times that Intl gives', (zone) => {
    const format = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    for (let instant = Date.UTC(1990, 0, 1) / 1000; instant < Date.UTC(2025, 0, 1) / 1000; instant += 39 * 3600 + 1801)
      expect(toLocal(instant, zone)).toBe(format.format(instant * 1000).replace(' ', 'T'))
  })

  it('know the changes of 2026, whatever the runtime knows', () => {
    expect(toOffsetString(Date.UTC(2026, 11, 1) / 1000, 'America/Vancouver')).toBe('2026-11-30T17:00:00-07:00')
    expect(toOffsetString(Date.UTC(2026, 11, 1) / 1000, 'America/Edmonton')).toBe('2026-11-30T18:00:00-06:00')
    expect(toOffsetString(Date.UTC(2026, 11, 1) / 1000, 'Africa/Casablanca')).toBe('2026-12-01T00:00:00+00:00')
  })

  it('read a local time in a gap with the offset before it, and the first of two in an overlap', () => {
    const utc = (local: string, zone: string) => fromSeconds(toInstant(local, zone))
    expect(utc('2026-03-29T02:15:00', 'Europe/Berlin')).toBe('2026-03-29T01:15:00')
    expect(utc('2026-10-25T02:45:00', 'Europe/Berlin')).toBe('2026-10-25T00:45:00')
    expect(utc('2026-10-04T02:15:00', 'Australia/Lord_Howe')).toBe('2026-10-03T15:45:00')
    expect(isInGap('2026-03-29T02:15:00', 'Europe/Berlin')).toBe(true)
    expect(isInGap('2026-03-29T03:00:00', 'Europe/Berlin')).toBe(false)
    expect(isInGap('2011-12-30T12:00:00', 'Pacific/Apia')).toBe(true)
    const overlap = (time: string) => isInOverlap(`2026-10-25T${time}`, 'Europe/Berlin')
    expect(['01:59:59', '02:00:00', '02:59:59', '03:00:00'].map(overlap)).toEqual([false, true, true, false])
  })

  it('are known by any spelling of their name, and nothing else is', () => {
    expect(['europe/brussels', 'UTC', 'America/Yellowknife', 'Europe/Kyiv', 'US/Pacific'].map(findZone)).toEqual([
      'Europe/Brussels',
      'UTC',
      'America/Yellowknife',
      'Europe/Kyiv',
      'US/Pacific',
    ])
    expect(['Mars/Olympus', '', '__proto__', 'Europe/', '+01:00', 'CEST'].map(findZone)).toEqual(Array(6).fill(null))
  })

  it('count days on the wall clock and hours on the real one', () => {
    expect(endLocal('2026-03-28T12:00:00', 'Europe/Berlin', 'P1D')).toBe('2026-03-29T12:00:00')
    expect(endLocal('2026-03-28T12:00:00', 'Europe/Berlin', 'PT24H')).toBe('2026-03-29T13:00:00')
    expect(durationBetween('2026-03-28T12:00:00', '2026-03-29T12:00:00', 'Europe/Berlin')).toBe('PT23H')
    expect(durationBetween('2026-03-28T12:00:00', '2026-03-28T12:00:00', 'Europe/Berlin')).toBeNull()
  })
})
