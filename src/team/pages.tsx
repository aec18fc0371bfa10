/** The organizers' start: their groups and what they are in each. */
import { Hono } from 'hono'
import { signedIn } from '../accounts/requests.ts'
import type { AppEnv } from '../http/app-env.ts'
import { ownPages } from '../http/origin.ts'
import { showPage } from '../http/page.tsx'

export const teamPages = new Hono<AppEnv>()
teamPages.use('/manage', ownPages)

teamPages.get('/manage', async (c) => {
  const session = await signedIn(c)
  if (session instanceof Response) return session
  return showPage(
    c,
    { title: 'Your groups', isPrivate: true },
    <>
      <h1>Your groups</h1>
      {session.roles.length === 0 ? (
        <p class="muted">You are in no group’s team. Its owners invite to it.</p>
      ) : (
        <ul class="list">
          {session.roles.map(({ slug, name, role }) => (
            <li class="card">
              <p class="title">
                <a href={`/g/${slug}`}>{name}</a> <span class="badge">{role}</span>
              </p>
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
