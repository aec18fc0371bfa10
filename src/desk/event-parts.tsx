/** The form of an event or a series, and the preview before it is saved. */

import { eventKinds } from '../events/kinds/index.ts'
import { When } from '../events/parts.tsx'
import { Area, Check, Faults, type Form, Input, Select } from './parts.tsx'
import type { Entry, Preview } from './preview.ts'
import { REPEATS } from './repeat.ts'

const ZONES =
  'UTC America/Los_Angeles America/Denver America/Chicago America/New_York America/Sao_Paulo Europe/London Europe/Brussels Europe/Berlin Europe/Helsinki Africa/Nairobi Asia/Kolkata Asia/Shanghai Asia/Tokyo Australia/Sydney'.split(
    ' ',
  )

type Props = {
  form: Form
  action: string
  title?: string | undefined
  preview: Preview | null
  lost: number
  version: string
  submitKey: string
}

export const EventForm = ({ form, action, title, preview, lost, version, submitKey }: Props) => (
  <form method="post" action={action} novalidate>
    <Faults form={form} title={title} />
    {preview ? <PreviewOf preview={preview} lost={lost} /> : null}
    <input type="hidden" name="version" value={version} />
    <input type="hidden" name="key" value={submitKey} />
    <Input form={form} name="title" required />
    <div class="filters">
      <Select form={form} name="kind" choices={eventKinds.map(({ kind, label }) => [kind, label] as const)} />
      <Select
        form={form}
        name="status"
        choices={[
          ['confirmed', 'Takes place'],
          ['tentative', 'Not certain yet'],
          ['cancelled', 'Called off'],
        ]}
      />
    </div>
    <h2>When</h2>
    <div class="filters">
      <Input form={form} name="start" type="datetime-local" required />
      <Input form={form} name="timeZone" list="zones" autocomplete="off" />
    </div>
    <datalist id="zones">
      {ZONES.map((zone) => (
        <option value={zone}></option>
      ))}
    </datalist>
    <div class="filters">
      <Input form={form} name="hours" type="number" min="0" />
      <Input form={form} name="minutes" type="number" min="0" max="59" />
    </div>
    <Check form={form} name="showWithoutTime" hint="Then only the date counts, and it lasts so many days:" />
    <Input form={form} name="days" type="number" min="1" />
    <h2>How often</h2>
    <Select form={form} name="repeat" hint="Weekday and day are those of the first date above." choices={REPEATS} />
    <div class="filters">
      <Input form={form} name="until" type="date" />
      <Input form={form} name="count" type="number" min="1" />
    </div>
    <details open={form.values.repeat === 'rule'}>
      <summary>Another rhythm</summary>
      <Input
        form={form}
        name="recurrenceRule"
        hint="As in RFC 5545: FREQ=MONTHLY;BYDAY=1MO,3MO. Counts with “By the rule below”."
      />
    </details>
    <h2>Where</h2>
    <div class="filters">
      <Input form={form} name="locations.0.name" />
      <Input form={form} name="locations.0.address" />
    </div>
    <div class="filters">
      <Input form={form} name="virtualLocations.0.uri" type="url" />
      <Input form={form} name="virtualLocations.0.name" placeholder="Video call" />
    </div>
    <h2>About</h2>
    <Area form={form} name="description" hint="Markdown" rows={8} />
    <Input form={form} name="keywords" hint="With commas between them" />
    <h2>Answers</h2>
    <Check form={form} name="rsvp.enabled" />
    <div class="filters">
      <Input form={form} name="rsvp.capacity.inPerson" type="number" min="0" hint="Empty: as many as come" />
      <Input form={form} name="rsvp.capacity.remote" type="number" min="0" hint="Empty: as many as come" />
      <Input form={form} name="rsvp.guestsMax" type="number" min="0" max="20" hint="0 to 20" />
    </div>
    <Check form={form} name="rsvp.waitlist" />
    <Check form={form} name="rsvp.approval" />
    <Check form={form} name="rsvp.confirmation" />
    <div class="filters">
      <Select
        form={form}
        name="rsvp.access"
        choices={[
          ['', 'Everybody'],
          ['invitation', 'Who has an invitation'],
        ]}
      />
      <Select
        form={form}
        name="rsvp.guestList"
        choices={[
          ['', 'Organizers only'],
          ['guests', 'Who comes too'],
          ['everyone', 'Everybody'],
        ]}
      />
    </div>
    <Area
      form={form}
      name="questions"
      rows={3}
      hint="One a line: Dietary needs | text | required. Types: text, longText, number, date, boolean."
    />
    <p class="row">
      <button type="submit" name="do" value="preview" class={preview ? 'quiet' : ''}>
        {preview ? 'Preview again' : 'Preview'}
      </button>
    </p>
  </form>
)

const SHOWN_MAX = 8

const Entries = ({ title, entries }: { title: string; entries: Entry[] }) =>
  entries.length === 0 ? null : (
    <>
      <h3>
        {title} ({entries.length})
      </h3>
      <ul>
        {entries.slice(0, SHOWN_MAX).map(({ occurrence, timeZone, differs }) => (
          <li>
            {occurrence.title}, <When occurrence={occurrence} timeZone={timeZone} />
            {differs.length > 0 ? `: another ${differs.join(', ')}` : ''}
          </li>
        ))}
        {entries.length > SHOWN_MAX ? <li>and {entries.length - SHOWN_MAX} more within a year</li> : null}
      </ul>
    </>
  )

const PreviewOf = ({ preview, lost }: { preview: Preview; lost: number }) => {
  const { next, added, changed, cancelled, gone } = preview
  const isQuiet = [added, changed, cancelled, gone].every(({ length }) => length === 0)
  return (
    <section class="card" aria-labelledby="preview" tabindex={-1} autofocus>
      <h2 id="preview">Before it is saved</h2>
      <h3>The next dates</h3>
      {next.length === 0 ? <p>None within a year.</p> : null}
      <ul>
        {next.map(({ occurrence, timeZone }) => (
          <li>
            <When occurrence={occurrence} timeZone={timeZone} />
          </li>
        ))}
      </ul>
      {isQuiet ? <p>Subscribers see no difference.</p> : null}
      <Entries title="New in calendars" entries={added} />
      <Entries title="Changed in calendars" entries={changed} />
      <Entries title="Shown as cancelled" entries={cancelled} />
      <Entries title="Gone from calendars" entries={gone} />
      {lost > 0 ? (
        <p class="bad">What was changed on {lost} single dates falls away: the series has them no more.</p>
      ) : null}
      <button type="submit" name="do" value="save">
        Save
      </button>
    </section>
  )
}
