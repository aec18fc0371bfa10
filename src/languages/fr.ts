/** French. */
import type { Words } from './index.ts'

const along = (guests: number) => (guests > 0 ? `, avec ${guests} de plus` : '')
const ORDINALS: Record<number, string> = {
  1: 'premier',
  2: 'deuxième',
  3: 'troisième',
  4: 'quatrième',
  5: 'cinquième',
  [-1]: 'dernier',
  [-2]: 'avant-dernier',
}
const UNITS = { day: 'jours', week: 'semaines', month: 'mois', year: 'ans' }
const rank = (n: number | null) => (n === 1 ? '1er' : `${n}e`)

export const fr: Words = {
  name: 'Français',
  colon: ' : ',
  to: 'au',
  repeats({ unit, interval, days, until, count }) {
    const on = days.map(({ nth, name }) => (nth ? `${ORDINALS[nth]} ${name}` : name)).join(' et ')
    const end = count ? `, ${count} fois` : until ? `, jusqu’au ${until}` : ''
    const often =
      interval > 1
        ? `tous les ${interval} ${UNITS[unit]}`
        : unit === 'week' && on
          ? ''
          : `chaque ${{ day: 'jour', week: 'semaine', month: 'mois', year: 'année' }[unit]}`
    if (unit === 'week' && interval === 1 && on) return `chaque ${on}${end}`
    return `${on ? `${often}, le ${on}` : often}${end}`
  },
  rule: (rule) => `se répète : ${rule}`,
  place: {
    declined: 'Vous ne venez pas.',
    skipped: 'Vous sautez cette date.',
    maybe: ({ guests }) => `Vous viendrez peut-être${along(guests)}. « Peut-être » ne réserve pas de place.`,
    seat: ({ isHybrid, everyDate, guests }) =>
      `Vous avez une place${isHybrid ? ' dans la salle' : ''}${everyDate ? ' à chaque date' : ''}${along(guests)}.`,
    remote: ({ everyDate, guests }) =>
      `Vous participez à distance${everyDate ? ' à chaque date' : ''}${along(guests)}.`,
    remoteInLine: ({ guests, rank: n }) =>
      `Vous participez à distance${along(guests)} et vous êtes ${rank(n)} dans la file pour une place dans la salle.`,
    inLine: ({ isHybrid, isRemote, guests, rank: n }) =>
      `Vous êtes ${rank(n)} sur la liste d’attente${isHybrid ? (isRemote ? ' pour participer à distance' : ' pour la salle') : ''}${along(guests)}.`,
    lineRule: 'Une place libre va au premier de la liste dont tout le groupe tient ; qui est passé garde son rang.',
    approval: 'Votre réponse attend l’accord des organisateurs.',
    noPlaceYet: 'D’ici là, vous n’avez pas de place.',
    unconfirmed: 'Votre réponse n’est pas encore confirmée.',
    confirmForPlace: 'Confirmez-la : vous aurez une place s’il en reste, sinon un rang sur la liste d’attente.',
    heldUntil: (time, zone) => `Une place vous est gardée jusqu’à ${time} (${zone}). Confirmez d’ici là.`,
  },
  mail: {
    when: 'Quand',
    forYou: 'À votre heure',
    where: 'Où',
    join: 'Rejoindre',
    noDate: 'aucune date',
    everyDate: 'chaque date',
    next: (rule, date) => `${rule} ; prochaine date : ${date}`,
    see: 'Voir, modifier ou annuler votre réponse',
    reason: (reason) => `Les organisateurs précisent : ${reason}`,
    event: 'L’événement',
    more: 'En savoir plus',
    confirm: {
      subject: ({ title }) => `Veuillez confirmer votre réponse : ${title}`,
      said: ({ title, group }) =>
        `Quelqu’un, vous espérons-nous, a répondu à « ${title} » de ${group} avec cette adresse.`,
      doIt: 'Si c’était vous, ouvrez ce lien et confirmez. Une place est gardée une heure au plus.',
      button: 'Confirmer ma réponse',
      orNot: 'Si ce n’était pas vous, ne faites rien : la réponse ne compte pas.',
    },
    answered: {
      subject: ({ title }) => `Votre réponse : ${title}`,
      said: ({ title, group }) => `Merci de votre réponse à « ${title} » de ${group}.`,
    },
    cancelled: {
      subject: ({ title }) => `Vous ne venez pas : ${title}`,
      said: ({ title, group, when }) => `Votre réponse à « ${title} » de ${group} (${when}) est annulée.`,
    },
    changed: {
      subject: ({ title }) => `Votre réponse a changé : ${title}`,
      said: ({ title, group }) => `Votre réponse à « ${title} » de ${group} a été modifiée.`,
    },
    promoted: {
      subject: ({ title }) => `Une place est à vous : ${title}`,
      said: ({ title, group }) => `Une place pour « ${title} » de ${group} s’est libérée, et elle est à vous.`,
      orNot: 'Si vous ne pouvez plus venir, dites-le : la personne suivante aura la place.',
    },
    linkRequested: {
      subject: ({ title }) => `Votre lien : ${title}`,
      said: ({ title, group }) =>
        `Quelqu’un, vous espérons-nous, a de nouveau répondu à « ${title} » de ${group} avec cette adresse. Rien n’a été modifié.`,
    },
    eventCancelled: {
      subject: ({ title }) => `Annulé : ${title}`,
      said: ({ title, group, when }) => `« ${title} » de ${group} (${when}) est annulé.`,
      deleted: ({ title, group, when }) => `« ${title} » de ${group} (${when}) n’a pas lieu.`,
    },
    eventChanged: {
      subject: ({ title }) => `Modifié : ${title}`,
      said: ({ title, group }) => `« ${title} » de ${group} a changé. Voici ce qui vaut maintenant.`,
    },
    reminder: {
      subject: ({ title }) => `Rappel : ${title}`,
      said: ({ title, group }) => `« ${title} » de ${group}, c’est bientôt.`,
    },
    over: {
      subject: ({ title }) => `Ce qu’il en reste : ${title}`,
      said: ({ title, group, when }) => `« ${title} » de ${group} (${when}) est passé. Voici ce qui est en ligne.`,
      minutes: 'Compte rendu',
      recording: 'Enregistrement',
      slides: 'Diapositives',
      howWasIt: 'Comment était-ce ? Dites-le aux organisateurs en une phrase',
    },
    message: { why: ({ title, group }) => `Vous recevez ce message car vous avez répondu à « ${title} » de ${group}.` },
    replied: {
      subject: ({ title }) => `À propos de votre réponse : ${title}`,
      said: ({ title, group }) => `« ${title} » de ${group}`,
      same: 'La réponse de votre agenda est arrivée. Elle dit ce que nous savions déjà.',
      counter:
        'Votre agenda a proposé un autre horaire. Nous ne pouvons pas le transmettre : écrivez aux organisateurs, s’il vous plaît.',
      delegated:
        'Votre agenda a transmis l’invitation à quelqu’un d’autre. Une place ne se transmet pas ainsi : annulez votre réponse et laissez cette personne répondre elle-même.',
      event_full: 'Vous avez répondu depuis votre agenda. Il ne reste pas assez de places : rien n’a été modifié.',
      event_past: 'Vous avez répondu depuis votre agenda, mais c’est passé : rien n’a été modifié.',
      event_cancelled: 'Vous avez répondu depuis votre agenda, mais cela n’a pas lieu.',
      rsvp_closed: 'Vous avez répondu depuis votre agenda après la clôture des réponses : rien n’a été modifié.',
      rsvp_not_open: 'Vous avez répondu depuis votre agenda avant l’ouverture des réponses : rien n’a été modifié.',
      invalid:
        'Vous avez répondu depuis votre agenda. Les organisateurs demandent plus qu’un agenda ne peut dire : répondez sur la page, s’il vous plaît.',
      other: 'Vous avez répondu depuis votre agenda. Cela n’a pas pu se faire : voyez la page, s’il vous plaît.',
    },
    unsubscribe: (group) => `Plus de rappels ni de messages de ${group}`,
    noMore: 'Plus de messages de ce genre',
    signIn: {
      subject: 'Se connecter à Convene',
      open: 'Ouvrez ce lien dans le navigateur où vous l’avez demandé',
      button: 'Se connecter',
      code: (code) => `Vous lisez sur un autre appareil ? Tapez ce code là où vous l’avez demandé : ${code}`,
      once: 'Les deux valent dix minutes et une seule fois. Vous n’avez rien demandé ? Quelqu’un a tapé votre adresse ; il n’y a rien à faire.',
    },
    digest: {
      confirmSubject: 'Veuillez confirmer votre adresse',
      confirmSaid:
        'Quelqu’un, vous espérons-nous, a demandé pour cette adresse un message mensuel sur ce qu’un groupe prévoit et a fait.',
      confirmButton: 'Oui, envoyez-le-moi',
      confirmOrNot: 'Si ce n’était pas vous, ne faites rien : vous ne recevrez plus rien à ce sujet.',
      subject: (group, month) => `${group} : ${month}`,
      streamSubject: ({ title }) => `Bientôt en direct : ${title}`,
      streamSaid: ({ title, group }) => `« ${title} » de ${group} commence bientôt en direct.`,
      coming: 'À venir',
      done: 'Ce qui a eu lieu',
      talks: 'Présentations',
      nothing: 'Aucune date n’est encore prévue.',
      page: 'Le tout, et l’agenda auquel s’abonner',
    },
  },
}
