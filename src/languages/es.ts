/** Spanish. */
import type { Words } from './index.ts'

const along = (guests: number) => (guests > 0 ? `, con ${guests} más` : '')
const ORDINALS: Record<number, string> = {
  1: 'primer',
  2: 'segundo',
  3: 'tercer',
  4: 'cuarto',
  5: 'quinto',
  [-1]: 'último',
  [-2]: 'penúltimo',
}
const EVERY = { day: 'cada día', week: 'cada semana', month: 'cada mes', year: 'cada año' }
const UNITS = { day: 'días', week: 'semanas', month: 'meses', year: 'años' }

export const es: Words = {
  name: 'Español',
  colon: ': ',
  to: 'a',
  repeats({ unit, interval, days, until, count }) {
    const on = days.map(({ nth, name }) => (nth ? `${ORDINALS[nth]} ${name}` : name)).join(' y ')
    const end = count ? `, ${count} veces` : until ? `, hasta el ${until}` : ''
    if (unit === 'week' && interval === 1 && on) return `cada ${on}${end}`
    const often = interval > 1 ? `cada ${interval} ${UNITS[unit]}` : EVERY[unit]
    return `${on ? `${often}, el ${on}` : often}${end}`
  },
  rule: (rule) => `se repite: ${rule}`,
  place: {
    declined: 'No vienes.',
    skipped: 'Te saltas esta fecha.',
    maybe: ({ guests }) => `Quizá vengas${along(guests)}. «Quizá» no reserva plaza.`,
    seat: ({ isHybrid, everyDate, guests }) =>
      `Tienes plaza${isHybrid ? ' en la sala' : ''}${everyDate ? ' en cada fecha' : ''}${along(guests)}.`,
    remote: ({ everyDate, guests }) => `Participas a distancia${everyDate ? ' en cada fecha' : ''}${along(guests)}.`,
    remoteInLine: ({ guests, rank }) =>
      `Participas a distancia${along(guests)} y ocupas el puesto ${rank} en la lista de espera de la sala.`,
    inLine: ({ isHybrid, isRemote, guests, rank }) =>
      `Ocupas el puesto ${rank} en la lista de espera${isHybrid ? (isRemote ? ' para participar a distancia' : ' de la sala') : ''}${along(guests)}.`,
    lineRule:
      'Una plaza libre es para el primero de la lista cuyo grupo entero cabe; quien no cabe conserva su puesto.',
    approval: 'Tu respuesta espera la aprobación de los organizadores.',
    noPlaceYet: 'Hasta entonces no tienes plaza.',
    unconfirmed: 'Tu respuesta aún no está confirmada.',
    confirmForPlace: 'Confírmala y tendrás plaza si queda alguna, o un puesto en la lista de espera.',
    heldUntil: (time, zone) => `Se te guarda una plaza hasta las ${time} (${zone}). Confirma antes de esa hora.`,
  },
  mail: {
    when: 'Cuándo',
    forYou: 'En tu hora',
    where: 'Dónde',
    join: 'Unirse',
    noDate: 'ninguna fecha',
    everyDate: 'cada fecha',
    next: (rule, date) => `${rule}; próxima fecha: ${date}`,
    see: 'Ver, cambiar o cancelar tu respuesta',
    reason: (reason) => `Los organizadores dicen: ${reason}`,
    event: 'El evento',
    more: 'Más',
    confirm: {
      subject: ({ title }) => `Confirma tu respuesta: ${title}`,
      said: ({ title, group }) =>
        `Alguien, esperamos que tú, ha respondido a «${title}» de ${group} con esta dirección.`,
      doIt: 'Si fuiste tú, abre este enlace y confirma. La plaza se guarda una hora como mucho.',
      button: 'Confirmar mi respuesta',
      orNot: 'Si no fuiste tú, no hagas nada: la respuesta no cuenta.',
    },
    answered: {
      subject: ({ title }) => `Tu respuesta: ${title}`,
      said: ({ title, group }) => `Gracias por tu respuesta a «${title}» de ${group}.`,
    },
    cancelled: {
      subject: ({ title }) => `No vienes: ${title}`,
      said: ({ title, group, when }) => `Tu respuesta a «${title}» de ${group} (${when}) está cancelada.`,
    },
    changed: {
      subject: ({ title }) => `Tu respuesta ha cambiado: ${title}`,
      said: ({ title, group }) => `Se ha cambiado tu respuesta a «${title}» de ${group}.`,
    },
    promoted: {
      subject: ({ title }) => `Tienes plaza: ${title}`,
      said: ({ title, group }) => `Ha quedado libre una plaza en «${title}» de ${group}, y es tuya.`,
      orNot: 'Si ya no puedes venir, dilo, por favor: la plaza será para quien sigue en la lista.',
    },
    linkRequested: {
      subject: ({ title }) => `Tu enlace: ${title}`,
      said: ({ title, group }) =>
        `Alguien, esperamos que tú, ha respondido otra vez a «${title}» de ${group} con esta dirección. No se ha cambiado nada.`,
    },
    eventCancelled: {
      subject: ({ title }) => `Cancelado: ${title}`,
      said: ({ title, group, when }) => `«${title}» de ${group} (${when}) está cancelado.`,
      deleted: ({ title, group, when }) => `«${title}» de ${group} (${when}) no se celebra.`,
    },
    eventChanged: {
      subject: ({ title }) => `Cambios: ${title}`,
      said: ({ title, group }) => `«${title}» de ${group} ha cambiado. Así queda ahora.`,
    },
    reminder: {
      subject: ({ title }) => `Recordatorio: ${title}`,
      said: ({ title, group }) => `«${title}» de ${group} es pronto.`,
    },
    over: {
      subject: ({ title }) => `Lo que queda: ${title}`,
      said: ({ title, group, when }) => `«${title}» de ${group} (${when}) ha terminado. Esto es lo que hay ahora.`,
      minutes: 'Acta',
      recording: 'Grabación',
      slides: 'Diapositivas',
      howWasIt: '¿Qué tal fue? Cuéntaselo a los organizadores en una frase',
    },
    message: { why: ({ title, group }) => `Recibes esto porque respondiste a «${title}» de ${group}.` },
    replied: {
      subject: ({ title }) => `Sobre tu respuesta: ${title}`,
      said: ({ title, group }) => `«${title}» de ${group}`,
      same: 'Ha llegado la respuesta de tu calendario. Dice lo que ya sabíamos.',
      counter: 'Tu calendario propuso otra hora. No podemos pasarlo: escribe a los organizadores, por favor.',
      delegated:
        'Tu calendario pasó la invitación a otra persona. Una plaza no se puede pasar así: cancela tu respuesta y deja que esa persona responda.',
      event_full: 'Respondiste desde tu calendario. No quedan plazas para eso, así que no se ha cambiado nada.',
      event_past: 'Respondiste desde tu calendario, pero ya pasó: no se ha cambiado nada.',
      event_cancelled: 'Respondiste desde tu calendario, pero se canceló.',
      rsvp_closed: 'Respondiste desde tu calendario cuando ya no se admitían respuestas: no se ha cambiado nada.',
      rsvp_not_open: 'Respondiste desde tu calendario antes de que se admitieran respuestas: no se ha cambiado nada.',
      invalid:
        'Respondiste desde tu calendario. Los organizadores preguntan más de lo que un calendario puede decir: responde en la página, por favor.',
      other: 'Respondiste desde tu calendario. No se pudo hacer: mira la página, por favor.',
    },
    unsubscribe: (group) => `No más recordatorios ni mensajes de ${group}`,
    noMore: 'No más correos como este',
    signIn: {
      subject: 'Entrar en Convene',
      open: 'Abre esto en el navegador en el que lo pediste',
      button: 'Entrar',
      code: (code) => `¿Lees en otro dispositivo? Escribe este código donde lo pediste: ${code}`,
      once: 'Ambos valen diez minutos y una sola vez. ¿No lo pediste? Alguien escribió tu dirección; no tienes que hacer nada.',
    },
    digest: {
      confirmSubject: 'Confirma tu dirección',
      confirmSaid:
        'Alguien, esperamos que tú, ha pedido para esta dirección un correo al mes con lo que un grupo prevé y ha hecho.',
      confirmButton: 'Sí, enviádmelo',
      confirmOrNot: 'Si no fuiste tú, no hagas nada: no recibirás más correos sobre ello.',
      subject: (group, month) => `${group}: ${month}`,
      streamSubject: ({ title }) => `Pronto en directo: ${title}`,
      streamSaid: ({ title, group }) => `«${title}» de ${group} empieza pronto en directo.`,
      coming: 'Lo que viene',
      done: 'Lo que hubo',
      talks: 'Charlas',
      nothing: 'Aún no hay fechas previstas.',
      page: 'Todo, y el calendario al que suscribirse',
    },
  },
}
