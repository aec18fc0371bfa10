import { proofScript } from './proof-script.ts'

/**
 * The script of every page, served at /site.js. Each part makes something handier that works without it: the time where the
 * visitor is, a button that copies, questions that show when they are asked.
 */
export const siteScript = `'use strict'
{
const { forYou = 'For you', copy = 'Copy', copied = 'Copied', yourAnswer = 'Your answer' } = document.body.dataset
const make = (name, text, properties) => Object.assign(document.createElement(name), { textContent: text }, properties)

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
for (const field of document.querySelectorAll('input[name=timeZone][type=hidden]')) field.value = zone
for (const time of document.querySelectorAll('dd > time[data-ends], .meta > time[data-ends]')) {
  const [from, to] = [new Date(time.dateTime), new Date(time.dataset.ends)]
  const inZone = (timeZone) =>
    new Intl.DateTimeFormat(document.documentElement.lang === 'en' ? undefined : document.documentElement.lang, { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit', timeZone }).formatRange(from, to)
  let there
  try {
    there = inZone(time.dataset.zone)
  } catch {}
  if (inZone(zone) === there) continue
  const line = make('div', forYou + ': ' + inZone(zone) + ' (' + zone.replaceAll('_', ' ') + ')', { className: 'meta' })
  time.after(line)
}

// This browser remembers the link of an answer, so that the event's page leads back to it.
try {
  const [answer, erased, event] = ['answerTo', 'erased', 'event'].map((name) => {
    const attribute = 'data-' + name.replace('T', '-t')
    return document.querySelector('[' + attribute + ']')?.dataset[name]
  })
  if (answer) localStorage.setItem('answer ' + answer, location.pathname)
  if (erased) localStorage.removeItem('answer ' + erased)
  const mine = event && localStorage.getItem('answer ' + event)
  if (mine?.startsWith('/rsvp/')) {
    const line = make('p', '', { className: 'notice' })
    line.append(make('a', yourAnswer, { href: mine }))
    document.querySelector('[data-event] h1').after(line)
  }
} catch {
  // A browser that keeps nothing shows nothing.
}

// How many places are left, while somebody looks: of an event, for a date of a series has no such answer of its own.
const ways = document.querySelectorAll('[data-way]')
const shownEvent = document.querySelector('[data-event]')?.dataset.event
if (ways.length && location.pathname === '/e/' + shownEvent)
  setInterval(async () => {
    if (document.hidden) return
    try {
      const { rsvp } = await (await fetch('/api/v1/events/' + shownEvent, { cache: 'no-store' })).json()
      for (const place of ways) {
        const { way, max, says, line } = place.dataset
        const { seats, waitlist } = rsvp.counts[way]
        const left = says.replace('{n}', Math.max(0, max - seats)).replace('{max}', max)
        const text = left + (waitlist ? line.replace('{n}', waitlist) : '')
        if (place.textContent !== text) place.textContent = text
      }
    } catch {
      // Offline, or the event is gone: what was shown stays.
    }
  }, 30000)

for (const field of document.querySelectorAll('input[readonly], textarea[readonly]')) {
  if (!navigator.clipboard) break
  const button = make('button', copy, { type: 'button', className: 'quiet copy' })
  button.setAttribute('aria-live', 'polite')
  button.setAttribute('aria-describedby', field.labels?.[0] ? (field.labels[0].id ||= field.id + '-label') : field.id)
  button.onclick = () =>
    navigator.clipboard.writeText(field.value).then(
      () => {
        button.textContent = copied
        setTimeout(() => (button.textContent = copy), 3000)
      },
      () => field.select(),
    )
  field.after(button)
}

for (const part of document.querySelectorAll('[data-if]')) {
  const { form } = part
  if (!form) continue
  const look = () => {
    const given = [...new FormData(form).getAll('answers.' + part.dataset.if)]
    const isAsked = part.dataset.is === 'false' ? given.length === 0 : given.includes(part.dataset.is)
    part.hidden = part.disabled = !isAsked
  }
  form.addEventListener('input', look)
  look()
}
${proofScript}}
`
