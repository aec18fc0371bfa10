/** The organizers' start: their groups, what they are in each, and for owners who else is. */
import { Hono } from 'hono'
import type { Session } from '../accounts/queries.ts'
import { fieldsOf, signedIn } from '../accounts/requests.ts'
import { accessOfRoles } from '../accounts/rules.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { isAllowed } from '../http/auth.ts'
import { ownPages } from '../http/origin.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { type Refused, refused } from '../outcome.ts'
import { may } from '../tokens/access.ts'
import { changeRole, leaveTeam } from './change-role.ts'
import { inviteToTeam, withdrawInvitation } from './invite.ts'
import { InviteForm, OpenInvitations, Team } from './parts.tsx'
import { readTeam, readTeamInvitations } from './queries.ts'
import { NewInvitation, RolePatch } from './schema.ts'

export const teamPages = new Hono<AppEnv>()
teamPages.use('/manage/*', ownPages)

teamPages.get('/manage', async (c) => {
  const session = await signedIn(c)
  if (session instanceof Response) return session
  const access = accessOfRoles(session.roles)
  return showPage(
    c,
    { title: 'Your groups', isPrivate: true },
    <>
      <h1>Your groups</h1>
      {session.roles.length === 0 ? (
        <p class="muted">You are in no group’s team. Its owners invite to it.</p>
      ) : (
        <ul class="list">
          {session.roles.map(({ groupId, slug, name, role }) => (
            <li class="card">
              <p class="title">
                <a href={`/manage/groups/${slug}`}>{name}</a> <span class="badge">{role}</span>
              </p>
              {may(access, 'team', groupId) ? (
                <p>
                  <a href={`/manage/groups/${slug}/team`}>Team</a>
                </p>
              ) : null}
              <form method="post" action={`/manage/groups/${slug}/leave`}>
                <button class="quiet" type="submit">
                  Leave the team
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href="/account">Your account</a> · <a href="/sign-out">Sign out</a>
      </p>
    </>,
  )
})

/** Who is signed in and what they are in the group of the address; a group in whose team they are not is none. */
async function roleHere(c: AppContext): Promise<{ session: Session; groupId: string; name: string } | Response> {
  const session = await signedIn(c)
  if (session instanceof Response) return session
  const role = session.roles.find(({ slug }) => slug === c.req.param('slug'))
  if (!role) return showRefusal(c, refused('not_found'))
  c.set('access', accessOfRoles(session.roles))
  return { session, groupId: role.groupId, name: role.name }
}

teamPages.post('/manage/groups/:slug/leave', async (c) => {
  const here = await roleHere(c)
  if (here instanceof Response) return here
  const outcome = await leaveTeam(c.env, { groupId: here.groupId, accountId: here.session.accountId })
  return outcome.ok ? c.redirect('/manage', 303) : showRefusal(c, outcome)
})

teamPages.get('/manage/groups/:slug/team', async (c) => {
  const here = await roleHere(c)
  if (here instanceof Response) return here
  return isAllowed(c, here.groupId) ? showTeam(c, here) : showRefusal(c, refused('forbidden'))
})

teamPages.post('/manage/groups/:slug/team', async (c) => {
  const here = await roleHere(c)
  if (here instanceof Response) return here
  const { groupId } = here
  if (!isAllowed(c, groupId)) return showRefusal(c, refused('forbidden'))
  const field = await fieldsOf(c)
  const member = { groupId, accountId: field('account') }
  const outcome = await act()
  return outcome.ok ? c.redirect(`/manage/groups/${c.req.param('slug')}/team`, 303) : showRefusal(c, outcome)

  async function act(): Promise<{ ok: true } | Refused> {
    if (field('do') === 'remove') return leaveTeam(c.env, member)
    if (field('do') === 'withdraw') return withdrawInvitation(c.env, groupId, field('invitation'))
    const fields = field('do') === 'change' ? RolePatch.safeParse({ role: field('role') }) : null
    if (fields?.success) return changeRole(c.env, member, fields.data.role)
    const asked = NewInvitation.safeParse({ email: field('email'), role: field('role') })
    if (field('do') === 'invite' && asked.success) return inviteToTeam(c.env, groupId, asked.data)
    const issues = fields?.error.issues ?? asked.error?.issues ?? []
    return { ...refused('invalid'), errors: issues.map(({ path, message }) => ({ path: path.join('.'), message })) }
  }
})

async function showTeam(
  c: AppContext,
  { session, groupId, name }: { session: Session; groupId: string; name: string },
) {
  const [team, open] = await Promise.all([
    readTeam(c.env.db, groupId),
    readTeamInvitations(c.env.db, groupId, c.env.now()),
  ])
  const action = `/manage/groups/${c.req.param('slug')}/team`
  return showPage(
    c,
    { title: `The team of ${name}`, isPrivate: true },
    <>
      <p>
        <a href="/manage">Your groups</a>
      </p>
      <h1>The team of {name}</h1>
      <Team action={action} team={team} self={session.accountId} />
      <h2>Ask somebody to join</h2>
      {c.env.mailer ? null : <p class="notice">No mail goes out from here: nobody would get the invitation.</p>}
      <InviteForm action={action} />
      <OpenInvitations action={action} open={open} />
    </>,
  )
}
