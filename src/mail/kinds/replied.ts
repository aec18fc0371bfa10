import { type Facts, link, type MailKind, standing } from './kind.ts'

const WORDS: Record<string, string> = {
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
}

/** An answer that came by mail and changed nothing: what came of it. */
export const replied: MailKind = {
  of: ['rsvp.replied'],
  isState: false,
  subject: ({ title }) => `About your answer: ${title}`,
  body: (facts: Facts) => [
    `“${facts.title}” of ${facts.group}`,
    WORDS[facts.outcome ?? ''] ?? 'You answered from your calendar. That could not be done: please look at the page.',
    ...standing(facts),
    link(facts),
  ],
}
