/** GNOME's calendar engine, evolution-data-server: a webcal subscription for each feed, on a D-Bus of its own. */
import type { Client } from './client.ts'
import { inPython } from './program.ts'

export const evolution: Client = {
  name: 'evolution-data-server',
  packages: ['evolution-data-server', 'gir1.2-ecal-2.0', 'gir1.2-edataserver-1.2', 'python3-gi', 'dbus'],
  read: inPython('evolution.py', ['dbus-run-session', '--']),
}
