/* global ChromeUtils, Ci, Services: runs inside Thunderbird, with its privileges. */
const POLL_MS = 100
const POLLS = 150

/** Subscribes to each feed and asks Thunderbird's calendar manager for its dates in the window. */
globalThis.readFeeds = async (asks) => {
  const { cal } = ChromeUtils.importESModule('resource:///modules/calendar/calUtils.sys.mjs')
  const { ITEM_FILTER_TYPE_EVENT, ITEM_FILTER_CLASS_OCCURRENCES } = Ci.calICalendar

  const midnight = (day) => cal.createDateTime(`${day.replaceAll('-', '')}T000000Z`)
  const pad = (number) => String(number).padStart(2, '0')
  const moment = (time) => {
    if (time.isDate) return `${time.year}-${pad(time.month + 1)}-${pad(time.day)}`
    const text = new Date(time.nativeTime / 1000).toISOString().slice(0, 19)
    return time.timezone.isFloating ? text : `${text}Z`
  }
  const read = (item) => ({
    uid: item.id,
    startUtc: moment(item.startDate),
    endUtc: moment(item.endDate),
    summary: item.title ?? '',
    description: item.getProperty('DESCRIPTION') ?? '',
    status: (item.status ?? '').toLowerCase(),
  })

  const subscribe = async (url) => {
    const calendar = cal.manager.createCalendar('ics', Services.io.newURI(url))
    calendar.name = url
    calendar.readOnly = true
    cal.manager.registerCalendar(calendar)
    for (let poll = 0; poll < POLLS; poll++) {
      if ((await calendar.getItemsAsArray(ITEM_FILTER_TYPE_EVENT, 0, null, null)).length > 0) return calendar
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
    throw new Error('the feed did not come')
  }

  const readings = []
  for (const { url, from, to } of asks) {
    try {
      const calendar = await subscribe(url)
      const filter = ITEM_FILTER_TYPE_EVENT | ITEM_FILTER_CLASS_OCCURRENCES
      const items = await calendar.getItemsAsArray(filter, 0, midnight(from), midnight(to))
      readings.push({ instances: items.map(read) })
      cal.manager.unregisterCalendar(calendar)
    } catch (error) {
      readings.push({ error: String(error) })
    }
  }
  return readings
}
