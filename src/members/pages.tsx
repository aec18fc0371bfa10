/** Who is a member of a group, and how one becomes one. */
import { Hono } from 'hono'
import { findGroup } from '../groups/queries.ts'
import type { AppEnv } from '../http/app-env.ts'
import { renderMarkdown } from '../http/markdown.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'
import { formatDate } from '../time/english.ts'
import { toIso } from '../time/zone.ts'
import { anonymous } from '../tokens/access.ts'
import { type MemberRow, readMembers } from './queries.ts'

const SHOWN_MAX = 500

export const memberPages = new Hono<AppEnv>()

const Members = ({ members }: { members: MemberRow[] }) => (
  <ul class="list">
    {members.map(({ name, nick, role, url, affiliation, joinedOn, leftOn }) => (
      <li>
        {url ? (
          <a href={url} rel="nofollow ugc noopener noreferrer">
            {name}
          </a>
        ) : (
          name
        )}
        {nick ? ` (${nick})` : ''}
        <p class="meta">
          {[
            ...(role === 'member' ? [] : [role]),
            ...(affiliation ? [affiliation] : []),
            `since ${formatDate(joinedOn)}`,
            ...(leftOn ? [`until ${formatDate(leftOn)}`] : []),
          ].join(' · ')}
        </p>
      </li>
    ))}
  </ul>
)

memberPages.get('/g/:slug/members', async (c) => {
  const group = await findGroup(c.env.db, c.req.param('slug'), anonymous)
  if (!group) return showRefusal(c, refused('not_found'))
  if (group.deletedAt !== null) return showRefusal(c, refused('gone'))
  const rows = await readMembers(c.env.db, group.id, { showsHidden: false }, SHOWN_MAX)
  const today = toIso(c.env.now()).slice(0, 10)
  const isThere = ({ leftOn }: MemberRow) => leftOn === null || leftOn > today
  const [current, gone] = [rows.filter(isThere), rows.filter((one) => !isThere(one))]
  return showPage(
    c,
    { title: `Members of ${group.name}`, description: `Who is in ${group.name}, and how to join.` },
    <>
      <p class="kind">
        <a href={`/g/${group.slug}`}>{group.name}</a>
      </p>
      <h1>Members</h1>
      {group.howToJoin ? (
        <section aria-labelledby="join">
          <h2 id="join">How to join</h2>
          {renderMarkdown(group.howToJoin)}
        </section>
      ) : null}
      {current.length > 0 ? <Members members={current} /> : <p class="muted">Nobody is shown here yet.</p>}
      {gone.length > 0 ? (
        <>
          <h2>Before</h2>
          <Members members={gone} />
        </>
      ) : null}
    </>,
  )
})
