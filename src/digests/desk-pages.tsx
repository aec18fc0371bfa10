/** The mails of a group at the organizers' desk: each kind as guests get it, and how often organizers hear of the group. */
import { Hono } from 'hono'
import { signedIn } from '../accounts/requests.ts'
import { accessOfRoles } from '../accounts/rules.ts'
import { compose } from '../formats/letter.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { isAllowed } from '../http/auth.ts'
import { ownPages } from '../http/origin.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { DEFAULT_LANGUAGE, LANGUAGES, type Language, languageOf, wordsOf } from '../languages/index.ts'
import { kinds, mailOf } from '../mail/kinds/index.ts'
import { letterOf } from '../mail/send.ts'
import { refused } from '../outcome.ts'
import { formatSpan } from '../time/english.ts'
import { chooseOften, type Often, readOften } from './choose.ts'
import { monthOf, question } from './deliver.ts'
import { textOf } from './organizers.ts'
import { monthAt } from './rules.ts'

export const mailDesk = new Hono<AppEnv>()
mailDesk.use('/manage/groups/:slug/mails', ownPages)

/** The first mail where an event wants addresses confirmed; the others by the first change that each tells of. */
const CONFIRM = 'confirm'
/** Mails that are about no answer. */
const OTHERS: Record<string, string> = {
  'digest.ask': 'The month by mail: please confirm',
  'digest.month': 'The month by mail',
  'digest.organizers': 'What is up, for organizers',
}
const SAMPLES: string[] = [CONFIRM, ...kinds.map(({ of }) => of[0]!), ...Object.keys(OTHERS)]

const OFTEN: [Often, string][] = [
  ['day', 'Each morning'],
  ['week', 'On Mondays'],
  ['never', 'Never'],
]

async function deskOf(c: AppContext) {
  const session = await signedIn(c)
  if (session instanceof Response) return session
  const role = session.roles.find(({ slug }) => slug === c.req.param('slug'))
  if (!role) return showRefusal(c, refused('not_found'))
  c.set('access', accessOfRoles(session.roles))
  if (!isAllowed(c, role.groupId)) return showRefusal(c, refused('forbidden'))
  return { accountId: session.accountId, groupId: role.groupId, slug: role.slug, name: role.name }
}

mailDesk.get('/manage/groups/:slug/mails', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const kind = SAMPLES.find((one) => one === c.req.query('kind')) ?? CONFIRM
  const language = languageOf(c.req.query('language')) ?? DEFAULT_LANGUAGE
  const sample = await letterSample(c, kind, language, desk)
  const often = await readOften(c.env, desk.groupId, desk.accountId)
  const { name, slug } = desk
  return showPage(
    c,
    { title: `Mails of ${name}`, isPrivate: true },
    <>
      <p>
        <a href="/manage">Your groups</a> › <a href={`/manage/groups/${slug}`}>{name}</a>
      </p>
      <h1>Mails of {name}</h1>
      <h2>What guests get</h2>
      <form method="get" class="row">
        <label>
          Mail{' '}
          <select name="kind">
            {SAMPLES.map((one) => (
              <option value={one} selected={one === kind}>
                {OTHERS[one] ?? sampleOf(c, one, DEFAULT_LANGUAGE, name).subject}
              </option>
            ))}
          </select>
        </label>
        <label>
          Language{' '}
          <select name="language">
            {Object.entries(LANGUAGES).map(([code, words]) => (
              <option value={code} selected={code === language}>
                {words.name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="quiet">
          Show
        </button>
      </form>
      {sample ? (
        <Preview {...sample} language={language} />
      ) : (
        <p>There is nothing to tell at the moment: no such mail goes out.</p>
      )}
      {c.env.mailer ? null : <p class="notice">No mails go out from here: the operator has not said how.</p>}
      <h2 id="often">What you get</h2>
      <p>The next dates with their answers, and what there is to do.</p>
      <form method="post" action={`/manage/groups/${slug}/mails`} class="row">
        <label>
          How often{' '}
          <select name="often">
            {OFTEN.map(([value, label]) => (
              <option value={value} selected={value === often}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">Save</button>
      </form>
    </>,
  )
})

mailDesk.post('/manage/groups/:slug/mails', async (c) => {
  const desk = await deskOf(c)
  if (desk instanceof Response) return desk
  const { often } = await c.req.parseBody()
  const chosen = OFTEN.find(([value]) => value === often)
  if (!chosen)
    return showRefusal(c, { ...refused('invalid'), errors: [{ path: 'often', message: 'must be day, week or never' }] })
  await chooseOften(c.env, desk.groupId, desk.accountId, chosen[0])
  return c.redirect(`/manage/groups/${desk.slug}/mails#often`, 303)
})

type Letter = { subject: string; text: string; html: string }

/** A mail as it comes: its HTML in a frame that runs nothing, where our CSP holds too and nothing is loaded. */
const Preview = ({ subject, text, html, language }: Letter & { language: Language }) => (
  <>
    <p class="title" lang={language} dir="auto">
      {subject}
    </p>
    <iframe srcdoc={html} title={`The mail as HTML: ${subject}`} sandbox="" />
    <details>
      <summary>As text</summary>
      <pre lang={language} dir="auto">
        {text}
      </pre>
    </details>
  </>
)

/** Digests are made of what there is in the group; what is about an answer, of facts that are made up. */
async function letterSample(
  c: AppContext,
  kind: string,
  language: Language,
  { groupId, slug, name }: { groupId: string; slug: string; name: string },
): Promise<Letter | null> {
  const href = `${c.env.baseUrl}/digests/…`
  if (kind === 'digest.ask') return question({ language }, href)
  if (kind === 'digest.month')
    return monthOf(c.env, { language, groupId, slug, group: name }, monthAt(c.env.now(), 'UTC'), href)
  if (kind !== 'digest.organizers') return sampleOf(c, kind, language, name)
  const text = await textOf(c.env, { groupId, slug, name, digest: 'week' }, c.env.now())
  return text === null ? null : compose({ language: 'en', subject: `${name}: what is up`, parts: text.split('\n\n') })
}

const DAY = 86_400

/** A mail of this kind with facts that are made up. */
function sampleOf(c: AppContext, kind: string, language: Language, group: string) {
  const { baseUrl } = c.env
  const words = wordsOf(language)
  const startsAt = Math.floor(c.env.now() / DAY) * DAY + 7 * DAY + 16 * 3600
  return letterOf(mailOf(kind === CONFIRM ? 'rsvp.answered' : kind)!, {
    language,
    title: 'Meetup',
    group,
    when: formatSpan(startsAt, startsAt + 7200, 'Europe/Brussels', language),
    whenForThem: formatSpan(startsAt, startsAt + 7200, 'America/New_York', language),
    where: [[words.mail.where, 'Community hall, Rue de la Loi 1, Brussels']],
    place: words.place.seat({ guests: 0, isHybrid: true, isRemote: false, everyDate: false, rank: null }),
    response: 'accepted',
    isUnconfirmed: kind === CONFIRM,
    manageUrl: `${baseUrl}/rsvp/…`,
    eventUrl: `${baseUrl}/e/…`,
    reason: null,
    outcome: 'event_full',
    message: { subject: 'A word from the organizers', text: 'See you there.' },
    material: (['minutes', 'recording', 'slides'] as const).map((one) => ({ kind: one, url: `${baseUrl}/e/…` })),
  })
}
