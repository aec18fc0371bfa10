/** English: the catalogue that the others have the shape of. Sentences are whole, since word order differs. */
import type { About, Party, Repeats } from './shape.ts'

const along = (guests: number) => (guests > 0 ? `, with ${guests} more` : '')
const ORDINALS: Record<number, string> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
  [-1]: 'last',
  [-2]: 'last but one',
}

export const en = {
  name: 'English',
  colon: ': ',
  to: 'to',
  /** How often something repeats. */
  repeats({ unit, interval, days, until, count }: Repeats): string {
    const on = days.map(({ nth, name }) => (nth ? `${ORDINALS[nth]} ${name}` : name)).join(' and ')
    const end = count ? `, ${count} times` : until ? `, until ${until}` : ''
    if (unit === 'week' && interval <= 2) return `every ${interval === 2 ? 'second ' : ''}${on || 'week'}${end}`
    if (interval > 1) return `every ${interval} ${unit}s${on ? ` on ${on}` : ''}${end}`
    return on ? `every ${on} of the ${unit}${end}` : `every ${unit}${end}`
  },
  rule: (rule: string) => `repeats: ${rule}`,
  place: {
    declined: 'You are not coming.',
    skipped: 'You skip this date.',
    maybe: ({ guests }: Party) => `You may come${along(guests)}. Maybe holds no seat.`,
    seat: ({ isHybrid, everyDate, guests }: Party) =>
      `You have a seat${isHybrid ? ' in the room' : ''}${everyDate ? ' on every date' : ''}${along(guests)}.`,
    remote: ({ everyDate, guests }: Party) =>
      `You take part from elsewhere${everyDate ? ' on every date' : ''}${along(guests)}.`,
    remoteInLine: ({ guests, rank }: Party) =>
      `You take part from elsewhere${along(guests)} and are number ${rank} in line for a seat in the room.`,
    inLine: ({ isHybrid, isRemote, guests, rank }: Party) =>
      `You are number ${rank} in line${isHybrid ? (isRemote ? ' to take part from elsewhere' : ' for the room') : ''}${along(guests)}.`,
    lineRule: 'A free place goes to the first in line whose whole party fits; who is passed over keeps the place.',
    approval: 'Your answer waits for the organizers to approve it.',
    noPlaceYet: 'You have no place until then.',
    unconfirmed: 'Your answer is not confirmed yet.',
    confirmForPlace: 'Confirm it, and you get a place if one is free, else a place in line.',
    heldUntil: (time: string, zone: string) => `A place is held for you until ${time} (${zone}). Confirm it by then.`,
  },
  mail: {
    when: 'When',
    forYou: 'By your clock',
    where: 'Where',
    join: 'Join',
    noDate: 'no date',
    everyDate: 'every date',
    next: (rule: string, date: string) => `${rule}; next: ${date}`,
    see: 'See, change or cancel your answer',
    reason: (reason: string) => `The organizers say: ${reason}`,
    event: 'The event',
    more: 'More',
    confirm: {
      subject: ({ title }: About) => `Please confirm your answer: ${title}`,
      said: ({ title, group }: About) => `Somebody, hopefully you, answered “${title}” of ${group} with this address.`,
      doIt: 'If it was you, open this link and confirm. A place is kept for an hour at most.',
      button: 'Confirm my answer',
      orNot: 'If it was not you, do nothing: the answer does not count.',
    },
    answered: {
      subject: ({ title }: About) => `Your answer: ${title}`,
      said: ({ title, group }: About) => `Thank you for your answer to “${title}” of ${group}.`,
    },
    cancelled: {
      subject: ({ title }: About) => `You are not coming: ${title}`,
      said: ({ title, group, when }: About) => `Your answer to “${title}” of ${group} (${when}) is cancelled.`,
    },
    changed: {
      subject: ({ title }: About) => `Your answer has changed: ${title}`,
      said: ({ title, group }: About) => `Your answer to “${title}” of ${group} was changed.`,
    },
    promoted: {
      subject: ({ title }: About) => `A place is yours: ${title}`,
      said: ({ title, group }: About) => `A place at “${title}” of ${group} has become free, and it is yours.`,
      orNot: 'If you can’t come any more, please say so: the next in line gets the place.',
    },
    linkRequested: {
      subject: ({ title }: About) => `Your link: ${title}`,
      said: ({ title, group }: About) =>
        `Somebody, hopefully you, answered “${title}” of ${group} again with this address. Nothing was changed.`,
    },
    eventCancelled: {
      subject: ({ title }: About) => `Cancelled: ${title}`,
      said: ({ title, group, when }: About) => `“${title}” of ${group} (${when}) is cancelled.`,
      deleted: ({ title, group, when }: About) => `“${title}” of ${group} (${when}) does not take place.`,
    },
    eventChanged: {
      subject: ({ title }: About) => `Changed: ${title}`,
      said: ({ title, group }: About) => `“${title}” of ${group} has changed. This is how it stands now.`,
    },
    reminder: {
      subject: ({ title }: About) => `Reminder: ${title}`,
      said: ({ title, group }: About) => `“${title}” of ${group} is soon.`,
    },
    over: {
      subject: ({ title }: About) => `What there is of it: ${title}`,
      said: ({ title, group, when }: About) =>
        `“${title}” of ${group} (${when}) is over. This is what there is of it now.`,
      minutes: 'Minutes',
      recording: 'Recording',
      slides: 'Slides',
      howWasIt: 'How was it? Tell the organizers in a sentence',
    },
    message: { why: ({ title, group }: About) => `You get this because you answered “${title}” of ${group}.` },
    replied: {
      subject: ({ title }: About) => `About your answer: ${title}`,
      said: ({ title, group }: About) => `“${title}” of ${group}`,
      same: 'Your calendar’s answer has arrived. It says what we know already.',
      counter: 'Your calendar proposed another time. We can’t pass that on: please write to the organizers.',
      delegated:
        'Your calendar passed the invitation on to somebody else. A place can’t be passed on like that: please cancel your answer, and let them answer themselves.',
      event_full: 'You answered from your calendar. There are no places left for that, so nothing was changed.',
      event_past: 'You answered from your calendar, but it is over: nothing was changed.',
      event_cancelled: 'You answered from your calendar, but it was called off.',
      rsvp_closed: 'You answered from your calendar after answers were closed: nothing was changed.',
      rsvp_not_open: 'You answered from your calendar before answers are open: nothing was changed.',
      invalid:
        'You answered from your calendar. The organizers ask for more than a calendar can say, so please answer on the page.',
      other: 'You answered from your calendar. That could not be done: please look at the page.',
    },
    unsubscribe: (group: string) => `No more reminders and messages of ${group}`,
    noMore: 'No more mails like this',
    signIn: {
      subject: 'Sign in to Convene',
      open: 'Open this in the browser in which you asked for it',
      button: 'Sign in',
      code: (code: string) => `Reading on another device? Type this code where you asked: ${code}`,
      once: 'Both work for ten minutes, and once. Did not ask for it? Then somebody typed your address; there is nothing to do.',
    },
    digest: {
      confirmSubject: 'Please confirm your address',
      confirmSaid:
        'Somebody, hopefully you, asked for a monthly mail with what a group plans and has done, for this address.',
      confirmButton: 'Yes, send it to me',
      confirmOrNot: 'If it was not you, do nothing: you will get no more mails about it.',
      subject: (group: string, month: string) => `${group}: ${month}`,
      streamSubject: ({ title }: About) => `Soon live: ${title}`,
      streamSaid: ({ title, group }: About) => `“${title}” of ${group} is live soon.`,
      coming: 'What is coming',
      done: 'What was',
      talks: 'Talks',
      nothing: 'No dates are planned yet.',
      page: 'All of it, and the calendar to subscribe to',
    },
  },
}
