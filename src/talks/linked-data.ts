/** The archive as schema.org has it, for search engines: events, videos and persons. */
import { summaryOf } from '../formats/plain-text.ts'
import { toIso, toOffsetString } from '../time/zone.ts'
import type { Medium, Resource } from './media.ts'
import type { ConferenceRow, FullTalk } from './queries.ts'
import type { SpeakerRow } from './speakers.ts'

const CONTEXT = 'https://schema.org'

/** Members that say nothing are left out. */
const said = (data: Record<string, unknown>): object =>
  Object.fromEntries(
    Object.entries(data).filter(
      ([, value]) => value !== null && value !== undefined && value !== '' && !isEmpty(value),
    ),
  )
const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0

const personOf = (baseUrl: string, { slug, name }: { slug: string; name: string }) => ({
  '@type': 'Person',
  name,
  url: `${baseUrl}/speakers/${slug}`,
})

const placeOf = (...parts: (string | null)[]) => {
  const [name, ...rest] = parts.filter(Boolean)
  return name ? said({ '@type': 'Place', name, address: rest.join(', ') || name }) : null
}

type Home = Pick<ConferenceRow, 'slug' | 'title' | 'startsOn' | 'endsOn' | 'venue' | 'city' | 'sourceUrl'>

const conferenceOf = (baseUrl: string, conference: Home) =>
  said({
    '@type': 'Event',
    name: conference.title,
    url: `${baseUrl}/conferences/${conference.slug}`,
    startDate: conference.startsOn,
    endDate: conference.endsOn,
    location: placeOf(conference.venue, conference.city),
    sameAs: conference.sourceUrl,
  })

export const conferenceData = (baseUrl: string, conference: Home & { description: string }) => ({
  '@context': CONTEXT,
  ...conferenceOf(baseUrl, conference),
  ...said({ description: summaryOf(conference.description) }),
})

type Recorded = {
  talk: FullTalk
  conference: Home | null
  speakers: { slug: string; name: string }[]
  resources: Resource[]
}
type When = { startsAt: number; endsAt: number | null; timeZone: string } | null

/** The page of a licence that is one name; an expression of several has none. */
const licenceUrl = (licence: string | null): string | null =>
  licence && /^[\w.-]+$/.test(licence) ? `https://spdx.org/licenses/${licence}.html` : null

/** A talk as an event, with its recording where there is one. */
export function talkData(
  baseUrl: string,
  { talk, conference, speakers, resources }: Recorded,
  when: When,
  media: Medium[],
) {
  const url = `${baseUrl}/talks/${talk.slug}`
  const performer = speakers.map((one) => personOf(baseUrl, one))
  const description = summaryOf(talk.abstract || talk.description)
  const recordings = resources.filter(({ type }) => type === 'recording')
  const video =
    recordings.length > 0
      ? said({
          '@type': 'VideoObject',
          name: talk.title,
          description: description || talk.title,
          uploadDate: toIso(when?.startsAt ?? talk.createdAt),
          contentUrl: media[0]?.url,
          encodingFormat: media[0]?.mimeType,
          embedUrl: `${baseUrl}/embed/talks/${talk.slug}`,
          inLanguage: talk.language,
          license: licenceUrl(talk.licence),
          actor: performer,
        })
      : null
  return {
    '@context': CONTEXT,
    ...said({
      '@type': 'Event',
      name: talk.title,
      alternateName: talk.subtitle,
      url,
      description,
      startDate: when ? toOffsetString(when.startsAt, when.timeZone) : null,
      endDate: when?.endsAt ? toOffsetString(when.endsAt, when.timeZone) : null,
      eventStatus: when && `${CONTEXT}/${talk.status === 'cancelled' ? 'EventCancelled' : 'EventScheduled'}`,
      inLanguage: talk.language,
      keywords: (JSON.parse(talk.keywords) as string[]).join(', '),
      location: placeOf(talk.room, conference?.venue ?? null, conference?.city ?? null),
      performer,
      superEvent: conference && conferenceOf(baseUrl, conference),
      recordedIn: video,
      workFeatured: resources
        .filter(({ type }) => type === 'slides' || type === 'paper')
        .map((one) =>
          said({ '@type': 'CreativeWork', name: one.title || one.type, url: one.url, encodingFormat: one.mimeType }),
        ),
    }),
  }
}

export const speakerData = (baseUrl: string, speaker: SpeakerRow, talks: FullTalk[]) => ({
  '@context': CONTEXT,
  ...personOf(baseUrl, speaker),
  ...said({
    alternateName: JSON.parse(speaker.aliases) as string[],
    description: summaryOf(speaker.biography),
    sameAs: speaker.url,
    performerIn: talks.slice(0, 50).map(({ slug, title }) => ({
      '@type': 'Event',
      name: title,
      url: `${baseUrl}/talks/${slug}`,
    })),
  }),
})
