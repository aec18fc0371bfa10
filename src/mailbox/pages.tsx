/** The mailbox of who tries Convene out. Without one, as wherever mails go out, its addresses are unknown. */
import { Hono } from 'hono'
import PostalMime, { type Email } from 'postal-mime'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { showPage, showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'

const SHOWN = ['from', 'to', 'reply-to', 'date', 'message-id']
export const mailboxPages = new Hono<AppEnv>()

/** The mailbox, for who asks for it under the name that it is configured with: no website reaches it by another one (DNS rebinding). */
const mailboxOf = (c: AppContext) =>
  new URL(c.req.url).host === new URL(c.env.baseUrl).host ? c.env.mailbox : undefined

const lost = (c: AppContext) => showRefusal(c, refused('not_found'))

async function mailOf(c: AppContext, name: string): Promise<Email | null> {
  const raw = await mailboxOf(c)?.read(`${name}.eml`)
  return raw ? PostalMime.parse(raw) : null
}

mailboxPages.get('/dev/mail', async (c) => {
  const mailbox = mailboxOf(c)
  if (!mailbox) return lost(c)
  const mails = await Promise.all(
    (await mailbox.list()).map(async ({ name }) => {
      const id = name.replace('.eml', '')
      return { id, mail: await mailOf(c, id) }
    }),
  )
  return showPage(
    c,
    { title: 'Mails', isPrivate: true },
    <>
      <h1>Mails</h1>
      <p>What would have gone out. This page is only where somebody tries Convene out.</p>
      {mails.length === 0 ? <p>None yet: answer an event with any address.</p> : null}
      <ul>
        {mails.map(({ id, mail }) => (
          <li>
            <a href={`/dev/mail/${id}`}>{mail?.subject || 'No subject'}</a> to {mail?.to?.[0]?.address}
          </li>
        ))}
      </ul>
    </>,
  )
})

mailboxPages.get('/dev/mail/:id{[0-9a-f]+}', async (c) => {
  const id = c.req.param('id')
  const mail = await mailOf(c, id)
  if (!mail) return lost(c)
  return showPage(
    c,
    { title: mail.subject || 'No subject', isPrivate: true },
    <>
      <p>
        <a href="/dev/mail">All mails</a>
      </p>
      <h1>{mail.subject || 'No subject'}</h1>
      <dl>
        {mail.headers
          .filter(({ key }) => SHOWN.includes(key))
          .map(({ key, value }) => (
            <>
              <dt>{key}</dt>
              <dd>{value}</dd>
            </>
          ))}
      </dl>
      <pre>{withLinks(mail.text ?? '', c.env.baseUrl)}</pre>
      {mail.html ? (
        <details>
          <summary>As HTML</summary>
          {/* It runs nothing, and our CSP holds in it too: nothing is loaded. Links open tabs of their own. */}
          <iframe
            srcdoc={`<base target="_blank">${mail.html}`}
            title="The mail as HTML"
            sandbox="allow-popups allow-popups-to-escape-sandbox"
          />
        </details>
      ) : null}
      {mail.attachments.map(({ filename, mimeType, method }) => (
        <p>
          With {filename ?? 'a part'}: {mimeType} {method}
        </p>
      ))}
      <p>
        <a href={`/dev/mail/${id}.eml`}>The message</a>
      </p>
    </>,
  )
})

mailboxPages.get('/dev/mail/:file{[0-9a-f]+\\.eml}', async (c) => {
  const raw = await mailboxOf(c)?.read(c.req.param('file'))
  if (!raw) return lost(c)
  return c.body(raw as Uint8Array<ArrayBuffer>, 200, {
    'Content-Type': 'message/rfc822',
    'Content-Disposition': `attachment; filename="${c.req.param('file')}"`,
    'Cache-Control': 'no-store',
  })
})

/** Our own addresses in the text as links; others stay text. */
const withLinks = (text: string, baseUrl: string) =>
  text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/)
    .map((part) => (part.startsWith(`${baseUrl}/`) ? <a href={part}>{part}</a> : part))
