import { ABILITIES, ROLES, type Role, roleNames } from '../tokens/access.ts'
import type { InvitationRow, TeamMember } from './queries.ts'

const RoleChoice = ({ id, chosen }: { id: string; chosen: Role }) => (
  <select id={id} name="role">
    {roleNames.map((role) => (
      <option value={role} selected={role === chosen}>
        {role}
      </option>
    ))}
  </select>
)

/** Who is in a team, each with a form to change or end that. */
export const Team = ({ action, team, self }: { action: string; team: TeamMember[]; self: string }) => (
  <ul class="list">
    {team.map(({ accountId, name, email, role }) => (
      <li class="card">
        <p class="title">
          {name} <span class="badge">{role}</span> {accountId === self ? <span class="badge">you</span> : null}
        </p>
        {email && email !== name ? <p class="meta">{email}</p> : null}
        <form method="post" action={action}>
          <input type="hidden" name="account" value={accountId} />
          <div class="field">
            <label for={`role-${accountId}`}>Role</label>
            <RoleChoice id={`role-${accountId}`} chosen={role} />
          </div>
          <button type="submit" name="do" value="change">
            Change
          </button>{' '}
          <button class="bad" type="submit" name="do" value="remove">
            Take out of the team
          </button>
        </form>
      </li>
    ))}
  </ul>
)

/** The form that invites, and what each role may do. */
export const InviteForm = ({ action }: { action: string }) => (
  <form method="post" action={action}>
    <div class="field">
      <label for="email">E-mail address</label>
      <input id="email" name="email" type="email" required maxlength={254} />
    </div>
    <div class="field">
      <label for="new-role">Role</label>
      <RoleChoice id="new-role" chosen="organizer" />
    </div>
    <button type="submit" name="do" value="invite">
      Invite
    </button>
    <details>
      <summary>What each role may do</summary>
      <dl class="facts">
        {roleNames.map((role) => (
          <>
            <dt>{role}</dt>
            <dd>{ROLES[role].map((ability) => ABILITIES[ability]).join('; ')}</dd>
          </>
        ))}
      </dl>
    </details>
  </form>
)

export const OpenInvitations = ({ action, open }: { action: string; open: InvitationRow[] }) =>
  open.length === 0 ? null : (
    <>
      <h2>Asked, and not yet here</h2>
      <ul class="list">
        {open.map(({ id, email, role }) => (
          <li class="card">
            <p class="title">
              {email} <span class="badge">{role}</span>
            </p>
            <form method="post" action={action}>
              <input type="hidden" name="invitation" value={id} />
              <button class="bad" type="submit" name="do" value="withdraw">
                Take it back
              </button>
            </form>
          </li>
        ))}
      </ul>
    </>
  )
