/** Each way to send mail, to real listeners: what arrives, and which answers mean that a mail is not tried again. */
import { createHash, createHmac } from 'node:crypto'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { app } from '../../src/app.ts'
import { type Mail, type Mailer, MailRefused } from '../../src/mail/mailer.ts'
import { connect } from '../../src/server.ts'
import { cloudflareMailer } from '../../src/transports/cloudflare.ts'
import { mailerOf, transports } from '../../src/transports/index.ts'
import { postmarkMailer } from '../../src/transports/postmark.ts'
import { resendMailer } from '../../src/transports/resend.ts'
import { sesMailer } from '../../src/transports/ses.ts'
import { ADMIN } from '../support/world.ts'

const FROM = 'Sæby group <events@convene.test>'
const KEY = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'se/cr+et=', region: 'eu-west-1' }
const CALENDAR = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n'
const MAIL: Mail = {
  messageId: '<7.01abc@convene.test>',
  to: 'ada@example.org',
  subject: 'Møde <b>',
  text: 'Hello & welcome ☕\n',
  html: '<p>Hello &amp; welcome ☕</p>',
  unsubscribe: 'https://convene.test/rsvp/rsvp_x/mails',
  replyTo: 'reply+secret@convene.test',
  calendar: { method: 'REQUEST', text: CALENDAR },
}

type Asked = { path: string; headers: IncomingHttpHeaders; body: string }

describe('a provider’s API', () => {
  let asked: Asked[] = []
  let answer: { status: number; body?: string; headers?: Record<string, string> } = { status: 200 }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (data) => {
      body += data
    })
    request.on('end', () => {
      asked.push({ path: request.url!, headers: request.headers, body })
      response.writeHead(answer.status, answer.headers).end(answer.body ?? '{}')
    })
  })
  let url: string
  let mailers: Record<string, Mailer>
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    mailers = {
      resend: resendMailer('re_Key', FROM, url),
      postmark: postmarkMailer('Server-Token', FROM, 'outbound', url),
      ses: sesMailer(KEY, FROM, url),
    }
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  beforeEach(() => {
    asked = []
    answer = { status: 200 }
  })
  const file = Buffer.from(CALENDAR).toString('base64')
  const type = 'text/calendar; charset=utf-8; method=REQUEST'

  it('of Resend gets one mail to one address', async () => {
    await mailers.resend!.send(MAIL)
    const [{ path, headers, body }] = asked as [Asked]
    expect([path, headers.authorization, headers['idempotency-key']]).toEqual([
      '/emails',
      'Bearer re_Key',
      MAIL.messageId,
    ])
    expect(JSON.parse(body)).toEqual({
      from: FROM,
      to: ['ada@example.org'],
      subject: 'Møde <b>',
      text: MAIL.text,
      html: MAIL.html,
      reply_to: MAIL.replyTo,
      attachments: [{ filename: 'invite.ics', content: file, content_type: type }],
      headers: {
        'Message-ID': MAIL.messageId,
        'Auto-Submitted': 'auto-generated',
        'List-Unsubscribe': `<${MAIL.unsubscribe}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    })
  })

  it('of Postmark gets one mail to one address, under our name', async () => {
    await mailers.postmark!.send(MAIL)
    const [{ path, headers, body }] = asked as [Asked]
    expect([path, headers['x-postmark-server-token']]).toEqual(['/email', 'Server-Token'])
    expect(JSON.parse(body)).toEqual({
      From: FROM,
      To: 'ada@example.org',
      Subject: 'Møde <b>',
      TextBody: MAIL.text,
      HtmlBody: MAIL.html,
      MessageStream: 'outbound',
      ReplyTo: MAIL.replyTo,
      Attachments: [{ Name: 'invite.ics', Content: file, ContentType: type }],
      Headers: [
        { Name: 'Message-ID', Value: MAIL.messageId },
        { Name: 'X-PM-KeepID', Value: 'true' },
        { Name: 'Auto-Submitted', Value: 'auto-generated' },
        { Name: 'List-Unsubscribe', Value: `<${MAIL.unsubscribe}>` },
        { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
      ],
    })
  })

  it('of Amazon SES gets the whole message, signed as AWS wants it', async () => {
    await mailers.ses!.send(MAIL)
    const [{ path, headers, body }] = asked as [Asked]
    expect(path).toBe('/v2/email/outbound-emails')
    const { FromEmailAddress, Destination, Content } = JSON.parse(body)
    expect([FromEmailAddress, Destination]).toEqual([FROM, { ToAddresses: ['ada@example.org'] }])
    await expectMessage(Buffer.from(Content.Raw.Data, 'base64'))
    expect(headers.authorization).toBe(authorizationOf(path, headers, body))
  })

  it.each([
    ['resend', { status: 422 }, { status: 500 }],
    ['resend', { status: 422 }, { status: 429 }],
    ['postmark', { status: 422, body: '{"ErrorCode":406}' }, { status: 422, body: '{"ErrorCode":405}' }],
    ['postmark', { status: 422, body: '{"ErrorCode":300}' }, { status: 503, body: '<html>' }],
    ['ses', { status: 400, headers: { 'x-amzn-errortype': 'MessageRejected' } }, { status: 429 }],
    ['ses', { status: 400, headers: { 'x-amzn-errortype': 'MessageRejected:http://x' } }, { status: 403 }],
  ])('of %s: %j is for good, %j is tried again, and neither names the guest', async (name, refusal, failure) => {
    const failed = async (given: typeof answer) => {
      answer = given
      return mailers[name]!.send(MAIL).then(
        () => null,
        (error: Error) => error,
      )
    }
    const [forGood, later] = [await failed(refusal), await failed(failure)]
    expect(forGood).toBeInstanceOf(MailRefused)
    expect(later).toBeInstanceOf(Error)
    expect(later).not.toBeInstanceOf(MailRefused)
    expect(`${forGood} ${later}`).not.toMatch(/ada|re_Key|Server-Token|se\/cr/)
  })

  it('is chosen by the scheme of MAIL_URL', () => {
    expect(Object.keys(transports)).toEqual(['console:', 'resend:', 'postmark:', 'ses:'])
    for (const address of ['postmark://Token', 'postmark://Token/bulk', 'ses://KEY:se%2Fcr@eu-west-1', 'resend://re_x'])
      expect(mailerOf(address, FROM)).toBeDefined()
    expect(() => mailerOf('ses://KEY@eu-west-1', FROM)).toThrow('ses://KEY:SECRET@REGION')
    expect(() => mailerOf('postmark://Token', undefined)).toThrow('MAIL_FROM')
  })

  it('of Cloudflare gets the whole message, and the bare address', async () => {
    const sent: [string, string, string][] = []
    await cloudflareMailer(async (...message) => void sent.push(message), FROM).send(MAIL)
    const [[from, to, raw]] = sent as [[string, string, string]]
    expect([from, to]).toEqual(['events@convene.test', 'ada@example.org'])
    await expectMessage(raw)
  })
})

describe('a folder', () => {
  let folder: string
  let close = () => {}
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convene-folder-'))
  })
  afterAll(async () => {
    close()
    await rm(folder, { recursive: true, force: true })
  })
  const opened = async (baseUrl: string) => {
    const { deps, close: end } = await connect({
      databaseUrl: `file:${join(folder, `${new URL(baseUrl).hostname}.db`)}`,
      baseUrl,
      adminToken: ADMIN,
      mailUrl: `folder:${join(folder, 'mail')}`,
    })
    close = end
    return { deps, get: (path: string, base = baseUrl) => app.request(`${base}${path}`, {}, deps) }
  }

  it('takes mails as files, one for each however often it is tried, and shows them to who tries Convene out', async () => {
    const { deps, get } = await opened('http://localhost:8787')
    const script = '<script>alert(1)</script><img src=x onerror=alert(1)>'
    const text = `Hello\nhttp://localhost:8787/rsvp/rsvp_x\nhttps://evil.example/${script}\n`
    for (let n = 0; n < 3; n++)
      await deps.mailer!.send({ ...MAIL, subject: `Hi ${script}`, text, html: `<p>Hello ${script}</p>` })
    const [name, ...others] = await readdir(join(folder, 'mail'))
    expect(others).toEqual([])
    expect((await stat(join(folder, 'mail', name!))).mode & 0o077).toBe(0)

    const list = await (await get('/dev/mail')).text()
    expect(list).toContain('ada@example.org')
    const [, path] = /href="(\/dev\/mail\/[0-9a-f]{32})"/.exec(list)!
    const page = await get(path!)
    const html = await page.text()
    expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'none'; script-src 'self'")
    expect(page.headers.get('Cache-Control')).toBe('no-store')
    expect(`${list}${html}`).not.toMatch(/<script>alert|<img/)
    expect(html).toContain('<a href="http://localhost:8787/rsvp/rsvp_x">')
    expect(html).not.toContain('href="https://evil.example')
    expect(html).toMatch(
      /<iframe srcdoc="[^"]*&lt;p&gt;Hello[^"]*" title="[^"]*" sandbox="allow-popups allow-popups-to-escape-sandbox"/,
    )
    const message = await get(`${path}.eml`)
    expect([message.headers.get('Content-Type'), message.headers.get('Content-Disposition')]).toEqual([
      'message/rfc822',
      expect.stringContaining('attachment'),
    ])
    expect((await PostalMime.parse(await message.arrayBuffer())).messageId).toBe(MAIL.messageId)
    for (const unknown of ['/dev/mail/00', '/dev/mail/..%2Ftest.db', '/dev/mail/00000000000000000000000000000000.eml'])
      expect((await get(unknown)).status).toBe(404)
    // Another name for this machine, as a hostile website would have it.
    expect((await get('/dev/mail', 'http://rebound.example:8787')).status).toBe(404)
    close()
  })

  it('shows nothing where others could look', async () => {
    const { deps, get } = await opened('https://convene.test')
    await deps.mailer!.send(MAIL)
    const [name] = await readdir(join(folder, 'mail'))
    for (const path of ['/dev/mail', `/dev/mail/${name}`, `/dev/mail/${name!.replace('.eml', '')}`])
      expect((await get(path)).status).toBe(404)
  })
})

async function expectMessage(raw: string | Buffer): Promise<void> {
  const mail = await PostalMime.parse(raw)
  expect([mail.messageId, mail.subject, mail.from]).toEqual([
    MAIL.messageId,
    MAIL.subject,
    { name: 'Sæby group', address: 'events@convene.test' },
  ])
  expect([mail.to, mail.cc, mail.bcc]).toEqual([[{ name: '', address: 'ada@example.org' }], undefined, undefined])
  expect(mail.replyTo).toEqual([{ name: '', address: MAIL.replyTo }])
  expect(mail.text!.trim()).toBe(MAIL.text.trim())
  expect(mail.attachments.map(({ mimeType, method }) => [mimeType, method])).toEqual([
    ['text/calendar', 'REQUEST'],
    ['application/ics', undefined],
  ])
}

/** The header that AWS wants (Signature Version 4), made from its specification, not by the library that signs. */
function authorizationOf(path: string, headers: IncomingHttpHeaders, body: string): string {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex')
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
  const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization!)![1]!
  expect(signed.split(';')).toEqual(expect.arrayContaining(['host', 'x-amz-date']))
  const canonical = signed.split(';').map((name) => `${name}:${headers[name]}\n`)
  const request = ['POST', path, '', canonical.join(''), signed, hash(body)].join('\n')
  const at = String(headers['x-amz-date'])
  const scope = `${at.slice(0, 8)}/${KEY.region}/ses/aws4_request`
  const key = [at.slice(0, 8), KEY.region, 'ses', 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${KEY.secretAccessKey}`,
  )
  const signature = hmac(key, ['AWS4-HMAC-SHA256', at, scope, hash(request)].join('\n')).toString('hex')
  return `AWS4-HMAC-SHA256 Credential=${KEY.accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`
}
