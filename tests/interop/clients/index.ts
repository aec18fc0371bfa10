/** The calendar programs that our feeds are read with. */
import { spawnSync } from 'node:child_process'
import type { Client } from './client.ts'
import { evolution } from './evolution.ts'
import { icalJs } from './ical-js.ts'
import { inPython } from './program.ts'
import { thunderbird } from './thunderbird.ts'

export const clients: readonly Client[] = [
  icalJs,
  thunderbird,
  evolution,
  { name: 'khal', packages: ['khal', 'vdirsyncer'], read: inPython('khal_vdirsyncer.py') },
  { name: 'libical', packages: ['gir1.2-ical-3.0', 'python3-gi'], read: inPython('libical.py') },
  {
    name: 'recurring-ical-events',
    packages: ['python3-icalendar', 'python3-recurring-ical-events'],
    read: inPython('recurring.py'),
  },
]

/** Why a client can't be run here; null where it can. */
export function absence({ packages }: Client): string | null {
  const missing = packages.filter((name) => {
    const asked = spawnSync('dpkg', ['-s', name], { encoding: 'utf8' })
    return !asked.stdout?.includes('Status: install ok installed')
  })
  return missing.length > 0 ? `needs the Debian packages ${missing.join(', ')}: see docs/interop.md` : null
}
