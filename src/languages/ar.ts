/** Arabic. */
import type { Words } from './index.ts'
import { counted } from './shape.ts'

const along = (guests: number) =>
  guests > 0
    ? counted('ar', guests, {
        one: '، ومعك شخص آخر',
        two: '، ومعك شخصان آخران',
        few: '، ومعك # أشخاص آخرين',
        many: '، ومعك # شخصًا آخر',
        other: '، ومعك # شخص آخر',
      })
    : ''
const ORDINALS: Record<number, string> = {
  1: 'الأول',
  2: 'الثاني',
  3: 'الثالث',
  4: 'الرابع',
  5: 'الخامس',
  [-1]: 'الأخير',
  [-2]: 'قبل الأخير',
}
const EVERY = { day: 'كل يوم', week: 'كل أسبوع', month: 'كل شهر', year: 'كل سنة' }
const UNITS = {
  day: { one: 'كل يوم', two: 'كل يومين', few: 'كل # أيام', other: 'كل # يومًا' },
  week: { one: 'كل أسبوع', two: 'كل أسبوعين', few: 'كل # أسابيع', other: 'كل # أسبوعًا' },
  month: { one: 'كل شهر', two: 'كل شهرين', few: 'كل # أشهر', other: 'كل # شهرًا' },
  year: { one: 'كل سنة', two: 'كل سنتين', few: 'كل # سنوات', other: 'كل # سنة' },
}

export const ar: Words = {
  name: 'العربية',
  colon: ': ',
  to: 'إلى',
  repeats({ unit, interval, days, until, count }) {
    const on = days.map(({ nth, name }) => (nth ? `${name} ${ORDINALS[nth]}` : name)).join(' و')
    const end = count ? `، ${count} مرات` : until ? `، حتى ${until}` : ''
    const often = interval > 1 ? counted('ar', interval, UNITS[unit]) : EVERY[unit]
    return `${on ? `${often}، ${on}` : often}${end}`
  },
  rule: (rule) => `يتكرر: ${rule}`,
  place: {
    declined: 'أنت لن تحضر.',
    skipped: 'تتخطى هذا الموعد.',
    maybe: ({ guests }) => `ربما تحضر${along(guests)}. «ربما» لا تحجز مقعدًا.`,
    seat: ({ isHybrid, everyDate, guests }) =>
      `لديك مقعد${isHybrid ? ' في القاعة' : ''}${everyDate ? ' في كل موعد' : ''}${along(guests)}.`,
    remote: ({ everyDate, guests }) => `تشارك عن بُعد${everyDate ? ' في كل موعد' : ''}${along(guests)}.`,
    remoteInLine: ({ guests, rank }) =>
      `تشارك عن بُعد${along(guests)}، ورقمك ${rank} في قائمة الانتظار لمقعد في القاعة.`,
    inLine: ({ isHybrid, isRemote, guests, rank }) =>
      `رقمك ${rank} في قائمة الانتظار${isHybrid ? (isRemote ? ' للمشاركة عن بُعد' : ' للقاعة') : ''}${along(guests)}.`,
    lineRule: 'المقعد الشاغر لأول من في القائمة ممن تتسع الأماكن لمجموعته كلها؛ ومن تم تجاوزه يحتفظ بمكانه.',
    approval: 'ردك بانتظار موافقة المنظمين.',
    noPlaceYet: 'ليس لديك مقعد حتى ذلك الحين.',
    unconfirmed: 'لم يُؤكَّد ردك بعد.',
    confirmForPlace: 'أكِّده لتحصل على مقعد إن وُجد، وإلا فعلى مكان في قائمة الانتظار.',
    heldUntil: (time, zone) => `يُحفظ لك مقعد حتى ${time} (${zone}). أكِّد قبل ذلك.`,
  },
  mail: {
    when: 'متى',
    forYou: 'بتوقيتك',
    where: 'أين',
    join: 'انضم',
    noDate: 'لا موعد',
    everyDate: 'كل موعد',
    next: (rule, date) => `${rule}؛ الموعد التالي: ${date}`,
    see: 'اطّلع على ردك أو غيّره أو ألغه',
    reason: (reason) => `يقول المنظمون: ${reason}`,
    event: 'الفعالية',
    more: 'المزيد',
    confirm: {
      subject: ({ title }) => `يرجى تأكيد ردك: ${title}`,
      said: ({ title, group }) => `أجاب شخص، نرجو أن يكون أنت، على «${title}» من ${group} بهذا العنوان.`,
      doIt: 'إن كنت أنت، فافتح هذا الرابط وأكِّد. يُحفظ المقعد ساعة على الأكثر.',
      button: 'أكِّد ردي',
      orNot: 'إن لم تكن أنت فلا تفعل شيئًا: الرد لا يُحتسب.',
    },
    answered: {
      subject: ({ title }) => `ردك: ${title}`,
      said: ({ title, group }) => `شكرًا لردك على «${title}» من ${group}.`,
    },
    cancelled: {
      subject: ({ title }) => `أنت لن تحضر: ${title}`,
      said: ({ title, group, when }) => `أُلغي ردك على «${title}» من ${group} (${when}).`,
    },
    changed: {
      subject: ({ title }) => `تغيّر ردك: ${title}`,
      said: ({ title, group }) => `تغيّر ردك على «${title}» من ${group}.`,
    },
    promoted: {
      subject: ({ title }) => `صار لك مقعد: ${title}`,
      said: ({ title, group }) => `شغر مقعد في «${title}» من ${group}، وهو لك.`,
      orNot: 'إن لم يعد بإمكانك الحضور فأخبرنا من فضلك: ليحصل التالي على المقعد.',
    },
    linkRequested: {
      subject: ({ title }) => `رابطك: ${title}`,
      said: ({ title, group }) =>
        `أجاب شخص، نرجو أن يكون أنت، مرة أخرى على «${title}» من ${group} بهذا العنوان. لم يتغير شيء.`,
    },
    eventCancelled: {
      subject: ({ title }) => `أُلغي: ${title}`,
      said: ({ title, group, when }) => `أُلغي «${title}» من ${group} (${when}).`,
      deleted: ({ title, group, when }) => `لن يُقام «${title}» من ${group} (${when}).`,
    },
    eventChanged: {
      subject: ({ title }) => `تغيير: ${title}`,
      said: ({ title, group }) => `تغيّر «${title}» من ${group}. هذا هو الوضع الآن.`,
    },
    reminder: {
      subject: ({ title }) => `تذكير: ${title}`,
      said: ({ title, group }) => `اقترب موعد «${title}» من ${group}.`,
    },
    over: {
      subject: ({ title }) => `ما بقي منه: ${title}`,
      said: ({ title, group, when }) => `انتهى «${title}» من ${group} (${when}). هذا ما هو متاح منه الآن.`,
      minutes: 'المحضر',
      recording: 'التسجيل',
      slides: 'الشرائح',
      howWasIt: 'كيف كان؟ أخبر المنظمين في جملة',
    },
    message: { why: ({ title, group }) => `تصلك هذه الرسالة لأنك أجبت على «${title}» من ${group}.` },
    replied: {
      subject: ({ title }) => `بخصوص ردك: ${title}`,
      said: ({ title, group }) => `«${title}» من ${group}`,
      same: 'وصل رد تقويمك، وهو يقول ما نعرفه من قبل.',
      counter: 'اقترح تقويمك وقتًا آخر. لا يمكننا نقل ذلك: اكتب إلى المنظمين من فضلك.',
      delegated:
        'أحال تقويمك الدعوة إلى شخص آخر. لا يمكن نقل المقعد هكذا: ألغِ ردك من فضلك، ودع الشخص الآخر يجيب بنفسه.',
      event_full: 'أجبت من تقويمك. لم تبق أماكن تكفي، فلم يتغير شيء.',
      event_past: 'أجبت من تقويمك، لكن الموعد انتهى: لم يتغير شيء.',
      event_cancelled: 'أجبت من تقويمك، لكن الموعد أُلغي.',
      rsvp_closed: 'أجبت من تقويمك بعد إغلاق الردود: لم يتغير شيء.',
      rsvp_not_open: 'أجبت من تقويمك قبل فتح الردود: لم يتغير شيء.',
      invalid: 'أجبت من تقويمك. يسأل المنظمون عما لا يستطيع التقويم قوله، فأجب على الصفحة من فضلك.',
      other: 'أجبت من تقويمك، ولم يمكن تنفيذ ذلك: انظر الصفحة من فضلك.',
    },
    unsubscribe: (group) => `لا مزيد من التذكيرات والرسائل من ${group}`,
    noMore: 'لا مزيد من هذه الرسائل',
    signIn: {
      subject: 'الدخول إلى Convene',
      open: 'افتح هذا في المتصفح الذي طلبته منه',
      button: 'الدخول',
      code: (code) => `تقرأ على جهاز آخر؟ اكتب هذا الرمز حيث طلبته: ${code}`,
      once: 'كلاهما صالح عشر دقائق ولمرة واحدة. لم تطلبه؟ كتب شخص عنوانك إذن، وليس عليك فعل شيء.',
    },
    digest: {
      confirmSubject: 'يرجى تأكيد عنوانك',
      confirmSaid: 'طلب شخص، نرجو أن يكون أنت، رسالة شهرية إلى هذا العنوان عما تخطط له مجموعة وما أنجزته.',
      confirmButton: 'نعم، أرسلوها إليّ',
      confirmOrNot: 'إن لم تكن أنت فلا تفعل شيئًا: لن تصلك رسائل أخرى عن ذلك.',
      subject: (group, month) => `${group}: ${month}`,
      streamSubject: ({ title }) => `قريبًا على الهواء: ${title}`,
      streamSaid: ({ title, group }) => `«${title}» من ${group} على الهواء قريبًا.`,
      coming: 'ما هو قادم',
      done: 'ما كان',
      talks: 'العروض',
      nothing: 'لا مواعيد مخططة بعد.',
      page: 'الكل، والتقويم للاشتراك فيه',
    },
  },
}
