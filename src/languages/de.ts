/** German. */
import type { Words } from './index.ts'

const along = (guests: number) => (guests > 0 ? `, mit ${guests} weiteren` : '')
const ORDINALS: Record<number, string> = {
  1: 'ersten',
  2: 'zweiten',
  3: 'dritten',
  4: 'vierten',
  5: 'fünften',
  [-1]: 'letzten',
  [-2]: 'vorletzten',
}
const EVERY = { day: 'jeden Tag', week: 'jede Woche', month: 'jeden Monat', year: 'jedes Jahr' }
const UNITS = { day: 'Tage', week: 'Wochen', month: 'Monate', year: 'Jahre' }

export const de: Words = {
  name: 'Deutsch',
  colon: ': ',
  to: 'bis',
  repeats({ unit, interval, days, until, count }) {
    const on = days.map(({ nth, name }) => (nth ? `${ORDINALS[nth]} ${name}` : name)).join(' und ')
    const end = count ? `, ${count}-mal` : until ? `, bis ${until}` : ''
    if (unit === 'week' && interval <= 2 && on) return `jeden ${interval === 2 ? 'zweiten ' : ''}${on}${end}`
    if (interval > 1) return `alle ${interval} ${UNITS[unit]}${on ? `, ${on}` : ''}${end}`
    return `${on ? `jeden ${on} im ${{ day: 'Tag', week: 'Woche', month: 'Monat', year: 'Jahr' }[unit]}` : EVERY[unit]}${end}`
  },
  rule: (rule) => `wiederholt sich: ${rule}`,
  place: {
    declined: 'Sie kommen nicht.',
    skipped: 'Sie lassen diesen Termin aus.',
    maybe: ({ guests }) => `Sie kommen vielleicht${along(guests)}. „Vielleicht“ hält keinen Platz frei.`,
    seat: ({ isHybrid, everyDate, guests }) =>
      `Sie haben${everyDate ? ' an jedem Termin' : ''} einen Platz${isHybrid ? ' im Raum' : ''}${along(guests)}.`,
    remote: ({ everyDate, guests }) =>
      `Sie nehmen${everyDate ? ' an jedem Termin' : ''} aus der Ferne teil${along(guests)}.`,
    remoteInLine: ({ guests, rank }) =>
      `Sie nehmen aus der Ferne teil${along(guests)} und stehen auf Platz ${rank} der Warteliste für den Raum.`,
    inLine: ({ isHybrid, isRemote, guests, rank }) =>
      `Sie stehen auf Platz ${rank} der Warteliste${isHybrid ? (isRemote ? ' für die Teilnahme aus der Ferne' : ' für den Raum') : ''}${along(guests)}.`,
    lineRule:
      'Ein freier Platz geht an die erste Anmeldung der Liste, die mit allen Begleitern hineinpasst; wer übergangen wird, behält den Rang.',
    approval: 'Ihre Antwort wartet auf die Zusage der Veranstalter.',
    noPlaceYet: 'Bis dahin haben Sie keinen Platz.',
    unconfirmed: 'Ihre Antwort ist noch nicht bestätigt.',
    confirmForPlace: 'Bestätigen Sie sie, dann bekommen Sie einen freien Platz oder einen auf der Warteliste.',
    heldUntil: (time, zone) => `Ein Platz ist bis ${time} (${zone}) für Sie frei gehalten. Bestätigen Sie bis dahin.`,
  },
  mail: {
    when: 'Wann',
    forYou: 'Nach Ihrer Uhr',
    where: 'Wo',
    join: 'Teilnehmen',
    noDate: 'kein Termin',
    everyDate: 'jeder Termin',
    next: (rule, date) => `${rule}; nächster Termin: ${date}`,
    see: 'Antwort ansehen, ändern oder absagen',
    reason: (reason) => `Die Veranstalter schreiben dazu: ${reason}`,
    event: 'Die Veranstaltung',
    more: 'Mehr',
    confirm: {
      subject: ({ title }) => `Bitte bestätigen Sie Ihre Antwort: ${title}`,
      said: ({ title, group }) =>
        `Jemand, hoffentlich Sie, hat auf „${title}“ von ${group} mit dieser Adresse geantwortet.`,
      doIt: 'Wenn Sie das waren, öffnen Sie diesen Link und bestätigen. Ein Platz bleibt höchstens eine Stunde frei.',
      button: 'Meine Antwort bestätigen',
      orNot: 'Wenn Sie es nicht waren, tun Sie nichts: die Antwort zählt nicht.',
    },
    answered: {
      subject: ({ title }) => `Ihre Antwort: ${title}`,
      said: ({ title, group }) => `Danke für Ihre Antwort auf „${title}“ von ${group}.`,
    },
    cancelled: {
      subject: ({ title }) => `Sie kommen nicht: ${title}`,
      said: ({ title, group, when }) => `Ihre Antwort auf „${title}“ von ${group} (${when}) ist abgesagt.`,
    },
    changed: {
      subject: ({ title }) => `Ihre Antwort hat sich geändert: ${title}`,
      said: ({ title, group }) => `Ihre Antwort auf „${title}“ von ${group} wurde geändert.`,
    },
    promoted: {
      subject: ({ title }) => `Ein Platz ist für Sie frei: ${title}`,
      said: ({ title, group }) => `Bei „${title}“ von ${group} ist ein Platz frei geworden, und er gehört Ihnen.`,
      orNot: 'Wenn Sie doch nicht kommen können, sagen Sie es bitte: dann bekommt ihn der Nächste der Warteliste.',
    },
    linkRequested: {
      subject: ({ title }) => `Ihr Link: ${title}`,
      said: ({ title, group }) =>
        `Jemand, hoffentlich Sie, hat mit dieser Adresse noch einmal auf „${title}“ von ${group} geantwortet. Nichts wurde geändert.`,
    },
    eventCancelled: {
      subject: ({ title }) => `Abgesagt: ${title}`,
      said: ({ title, group, when }) => `„${title}“ von ${group} (${when}) ist abgesagt.`,
      deleted: ({ title, group, when }) => `„${title}“ von ${group} (${when}) findet nicht statt.`,
    },
    eventChanged: {
      subject: ({ title }) => `Geändert: ${title}`,
      said: ({ title, group }) => `„${title}“ von ${group} hat sich geändert. So ist es jetzt.`,
    },
    reminder: {
      subject: ({ title }) => `Erinnerung: ${title}`,
      said: ({ title, group }) => `„${title}“ von ${group} ist bald.`,
    },
    over: {
      subject: ({ title }) => `Was es davon gibt: ${title}`,
      said: ({ title, group, when }) => `„${title}“ von ${group} (${when}) ist vorbei. Das gibt es jetzt davon.`,
      minutes: 'Protokoll',
      recording: 'Aufzeichnung',
      slides: 'Folien',
      howWasIt: 'Wie war es? Sagen Sie es den Veranstaltern in einem Satz',
    },
    message: { why: ({ title, group }) => `Sie bekommen das, weil Sie auf „${title}“ von ${group} geantwortet haben.` },
    replied: {
      subject: ({ title }) => `Zu Ihrer Antwort: ${title}`,
      said: ({ title, group }) => `„${title}“ von ${group}`,
      same: 'Die Antwort Ihres Kalenders ist angekommen. Sie sagt, was wir schon wissen.',
      counter:
        'Ihr Kalender hat eine andere Zeit vorgeschlagen. Das können wir nicht weitergeben: bitte schreiben Sie den Veranstaltern.',
      delegated:
        'Ihr Kalender hat die Einladung an jemand anderen weitergegeben. Ein Platz lässt sich so nicht weitergeben: bitte sagen Sie ab, und lassen Sie die andere Person selbst antworten.',
      event_full:
        'Sie haben aus Ihrem Kalender geantwortet. Dafür gibt es keine Plätze mehr, also wurde nichts geändert.',
      event_past: 'Sie haben aus Ihrem Kalender geantwortet, aber es ist vorbei: nichts wurde geändert.',
      event_cancelled: 'Sie haben aus Ihrem Kalender geantwortet, aber es ist abgesagt.',
      rsvp_closed: 'Sie haben nach Anmeldeschluss aus Ihrem Kalender geantwortet: nichts wurde geändert.',
      rsvp_not_open: 'Sie haben vor Beginn der Anmeldung aus Ihrem Kalender geantwortet: nichts wurde geändert.',
      invalid:
        'Sie haben aus Ihrem Kalender geantwortet. Die Veranstalter fragen mehr, als ein Kalender sagen kann; bitte antworten Sie auf der Seite.',
      other: 'Sie haben aus Ihrem Kalender geantwortet. Das ging nicht: bitte sehen Sie auf der Seite nach.',
    },
    unsubscribe: (group) => `Keine Erinnerungen und Nachrichten von ${group} mehr`,
    noMore: 'Keine solchen Mails mehr',
    signIn: {
      subject: 'Bei Convene anmelden',
      open: 'Öffnen Sie das in dem Browser, in dem Sie darum gebeten haben',
      button: 'Anmelden',
      code: (code) =>
        `Sie lesen auf einem anderen Gerät? Tippen Sie diesen Code dort ein, wo Sie darum gebeten haben: ${code}`,
      once: 'Beides gilt zehn Minuten und einmal. Sie haben nicht darum gebeten? Dann hat jemand Ihre Adresse eingetippt; Sie müssen nichts tun.',
    },
    digest: {
      confirmSubject: 'Bitte bestätigen Sie Ihre Adresse',
      confirmSaid:
        'Jemand, hoffentlich Sie, möchte an diese Adresse eine Mail im Monat darüber, was eine Gruppe plant und was war.',
      confirmButton: 'Ja, schicken Sie sie mir',
      confirmOrNot: 'Wenn Sie es nicht waren, tun Sie nichts: dann kommt nichts mehr dazu.',
      subject: (group, month) => `${group}: ${month}`,
      streamSubject: ({ title }) => `Bald live: ${title}`,
      streamSaid: ({ title, group }) => `„${title}“ von ${group} ist bald live.`,
      coming: 'Was kommt',
      done: 'Was war',
      talks: 'Vorträge',
      nothing: 'Noch sind keine Termine geplant.',
      page: 'Alles, und der Kalender zum Abonnieren',
    },
  },
}
