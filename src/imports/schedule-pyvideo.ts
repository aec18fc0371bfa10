/** The JSON of pyvideo (https://github.com/pyvideo/data): one video, a list of them, or a category with its videos. */
import { z } from 'zod'
import { faults } from '../http/faults.ts'
import { isListOf, isObject, listOf, named, readEach, text } from './json-in.ts'
import { type ScheduleFormat, type ScheduleRead, unreadable } from './schedule.ts'
import { eventWith, lasting } from './schedule-event.ts'
import { readSource } from './schedule-source.ts'

const video = z.looseObject({
  id: text,
  slug: text,
  title: text,
  summary: text,
  description: text,
  language: text,
  recorded: text,
  duration: text,
  speakers: listOf(named),
  tags: listOf(text),
  related_urls: listOf(
    z.union([
      z.string().transform((url) => ({ url, label: '' })),
      z.looseObject({ url: text, label: text }).transform(({ url, label }) => ({ url, label })),
    ]),
  ),
  videos: listOf(z.looseObject({ type: text, url: text })),
})
type Video = z.output<typeof video>

const head = z.looseObject({
  category: z.looseObject({ title: text, url: text }).nullish(),
  videos: listOf(z.unknown()),
})

const isVideo = (value: unknown): boolean =>
  isObject(value) && Array.isArray(value.videos) && Object.hasOwn(value, 'speakers')

export const schedulePyvideo = {
  name: 'pyvideo',
  extension: 'json',
  isWhole: false,
  recognizes: (parsed: unknown) =>
    (isObject(parsed) && Array.isArray(parsed.videos)) || isListOf(parsed, 'videos', 'speakers'),
  read(parsed: unknown, timeZone: string): ScheduleRead {
    const isOne = isVideo(parsed)
    const checked = head.safeParse(isOne ? { videos: [parsed] } : Array.isArray(parsed) ? { videos: parsed } : parsed)
    if (!checked.success) return unreadable(...faults(checked.error.issues))
    const { category, videos } = checked.data
    const each = readEach(videos, video, isOne ? '' : 'videos')
    const days = each.read.map(({ recorded }) => recorded.slice(0, 10)).sort()
    return readSource(
      {
        title: category?.title ?? '',
        url: category?.url ?? '',
        start: days.find((day) => day !== '') ?? '',
        end: days.at(-1) ?? '',
        days: [{ index: '', date: '', rooms: [], events: each.read.map(eventOf) }],
        faults: each.faults,
      },
      timeZone,
    )
  },
} as const satisfies ScheduleFormat

/** The day of a recording is no time of a talk: it only tells the days of the conference. */
function eventOf({ id, slug, title, summary, description, language, tags, ...video }: Video) {
  return eventWith({
    place: `video ${slug || id || title}`,
    id: slug || id || video.videos[0]?.url || title,
    slug,
    title,
    abstract: summary,
    description,
    language,
    keywords: tags,
    duration: lasting(Number(video.duration) / 60),
    persons: video.speakers.map((name) => ({ id: '', name })),
    links: [
      ...video.videos.map(({ url }) => ({ url, title: '', type: 'recording' })),
      ...video.related_urls.map(({ url, label }) => ({ url, title: label, type: '' })),
    ],
  })
}
