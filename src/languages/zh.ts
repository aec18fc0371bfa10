/** Chinese, in simplified characters. */
import type { Words } from './index.ts'

const along = (guests: number) => (guests > 0 ? `，另带 ${guests} 人` : '')
const UNITS = { day: '天', week: '周', month: '个月', year: '年' }
const EVERY = { day: '每天', week: '每周', month: '每月', year: '每年' }
const nthOf = (nth: number) => (nth === -1 ? '最后一个' : nth < 0 ? `倒数第 ${-nth} 个` : `第 ${nth} 个`)

export const zh: Words = {
  name: '中文',
  colon: '：',
  to: '至',
  repeats({ unit, interval, days, until, count }) {
    const on = days.map(({ nth, name }) => (nth ? `${nthOf(nth)}${name}` : name)).join('和')
    const end = count ? `，共 ${count} 次` : until ? `，至 ${until}` : ''
    return `${interval > 1 ? `每 ${interval} ${UNITS[unit]}` : EVERY[unit]}${on ? ` ${on}` : ''}${end}`
  },
  rule: (rule) => `重复规则：${rule}`,
  place: {
    declined: '您不参加。',
    skipped: '您跳过这一次。',
    maybe: ({ guests }) => `您可能参加${along(guests)}。“可能”不保留名额。`,
    seat: ({ isHybrid, everyDate, guests }) =>
      `您${everyDate ? '每一次都' : ''}有${isHybrid ? '现场' : ''}名额${along(guests)}。`,
    remote: ({ everyDate, guests }) => `您${everyDate ? '每一次都' : ''}远程参加${along(guests)}。`,
    remoteInLine: ({ guests, rank }) => `您远程参加${along(guests)}，并在现场名额的候补名单上排第 ${rank} 位。`,
    inLine: ({ isHybrid, isRemote, guests, rank }) =>
      `您在${isHybrid ? (isRemote ? '远程' : '现场') : ''}候补名单上排第 ${rank} 位${along(guests)}。`,
    lineRule: '空出的名额给名单上第一个能全组容纳的人；被越过的人保留原来的位置。',
    approval: '您的回复正等待组织者批准。',
    noPlaceYet: '在此之前您没有名额。',
    unconfirmed: '您的回复尚未确认。',
    confirmForPlace: '请确认：有空位即得名额，否则进入候补名单。',
    heldUntil: (time, zone) => `名额为您保留到 ${time}（${zone}）。请在此之前确认。`,
  },
  mail: {
    when: '时间',
    forYou: '您当地时间',
    where: '地点',
    join: '加入',
    noDate: '没有日期',
    everyDate: '每一次',
    next: (rule, date) => `${rule}；下一次：${date}`,
    see: '查看、修改或取消您的回复',
    reason: (reason) => `组织者说明：${reason}`,
    event: '活动页面',
    more: '详情',
    confirm: {
      subject: ({ title }) => `请确认您的回复：${title}`,
      said: ({ title, group }) => `有人（希望是您）用这个地址回复了 ${group} 的“${title}”。`,
      doIt: '如果是您，请打开此链接并确认。名额最多保留一小时。',
      button: '确认我的回复',
      orNot: '如果不是您，无需理会：该回复不算数。',
    },
    answered: {
      subject: ({ title }) => `您的回复：${title}`,
      said: ({ title, group }) => `感谢您回复 ${group} 的“${title}”。`,
    },
    cancelled: {
      subject: ({ title }) => `您不参加：${title}`,
      said: ({ title, group, when }) => `您对 ${group} 的“${title}”（${when}）的回复已取消。`,
    },
    changed: {
      subject: ({ title }) => `您的回复已更改：${title}`,
      said: ({ title, group }) => `您对 ${group} 的“${title}”的回复已更改。`,
    },
    promoted: {
      subject: ({ title }) => `您得到了名额：${title}`,
      said: ({ title, group }) => `${group} 的“${title}”空出了一个名额，现在归您。`,
      orNot: '如果您不能来了，请告知：名额将给下一位。',
    },
    linkRequested: {
      subject: ({ title }) => `您的链接：${title}`,
      said: ({ title, group }) => `有人（希望是您）用这个地址再次回复了 ${group} 的“${title}”。没有任何更改。`,
    },
    eventCancelled: {
      subject: ({ title }) => `已取消：${title}`,
      said: ({ title, group, when }) => `${group} 的“${title}”（${when}）已取消。`,
      deleted: ({ title, group, when }) => `${group} 的“${title}”（${when}）不再举行。`,
    },
    eventChanged: {
      subject: ({ title }) => `有变动：${title}`,
      said: ({ title, group }) => `${group} 的“${title}”有变动。现在的安排如下。`,
    },
    reminder: {
      subject: ({ title }) => `提醒：${title}`,
      said: ({ title, group }) => `${group} 的“${title}”即将开始。`,
    },
    over: {
      subject: ({ title }) => `会后资料：${title}`,
      said: ({ title, group, when }) => `${group} 的“${title}”（${when}）已结束。现有资料如下。`,
      minutes: '会议纪要',
      recording: '录像',
      slides: '幻灯片',
      howWasIt: '感觉如何？用一句话告诉组织者',
    },
    message: { why: ({ title, group }) => `您收到此邮件，是因为您回复了 ${group} 的“${title}”。` },
    replied: {
      subject: ({ title }) => `关于您的回复：${title}`,
      said: ({ title, group }) => `${group} 的“${title}”`,
      same: '您的日历的回复已收到，内容与我们所知一致。',
      counter: '您的日历提议了另一个时间。我们无法转达：请写信给组织者。',
      delegated: '您的日历把邀请转给了别人。名额不能这样转让：请取消您的回复，并让对方自己回复。',
      event_full: '您从日历中回复。名额已满，没有任何更改。',
      event_past: '您从日历中回复，但活动已结束：没有任何更改。',
      event_cancelled: '您从日历中回复，但活动已取消。',
      rsvp_closed: '您从日历中回复时报名已截止：没有任何更改。',
      rsvp_not_open: '您从日历中回复时报名尚未开始：没有任何更改。',
      invalid: '您从日历中回复。组织者需要的信息日历无法提供，请在页面上回复。',
      other: '您从日历中回复，但未能处理：请查看页面。',
    },
    unsubscribe: (group) => `不再接收 ${group} 的提醒和消息`,
    noMore: '不再接收此类邮件',
    signIn: {
      subject: '登录 Convene',
      open: '请在您提出请求的浏览器中打开',
      button: '登录',
      code: (code) => `在别的设备上阅读？请在提出请求的地方输入此代码：${code}`,
      once: '两者十分钟内有效，且只能用一次。不是您请求的？那是有人输入了您的地址，无需理会。',
    },
    digest: {
      confirmSubject: '请确认您的地址',
      confirmSaid: '有人（希望是您）为这个地址订阅了一个小组的每月邮件，内容是计划和已做的事。',
      confirmButton: '是的，请发给我',
      confirmOrNot: '如果不是您，无需理会：您不会再收到相关邮件。',
      subject: (group, month) => `${group}：${month}`,
      streamSubject: ({ title }) => `即将直播：${title}`,
      streamSaid: ({ title, group }) => `${group} 的“${title}”即将直播。`,
      coming: '即将举行',
      done: '已举行',
      talks: '演讲',
      nothing: '尚无计划的日期。',
      page: '全部内容，以及可订阅的日历',
    },
  },
}
