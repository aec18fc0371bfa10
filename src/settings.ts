/** Settings that would put people's data at risk, each with how to mend it. Pure. */

export type Checked = {
  baseUrl: string
  adminToken?: string | undefined
  mailUrl?: string | undefined
  mailInSecret?: string | undefined
}

export const ADMIN_TOKEN_MIN = 32
const SECRET_MIN = 32
const DISTINCT_MIN = 10

/** What no stranger can reach by its name, or nobody owns (RFC 2606, RFC 6761, RFC 8375). */
const LOCAL =
  /^(localhost|127\.[\d.]+|\[::1\]|10\.[\d.]+|192\.168\.[\d.]+|172\.(1[6-9]|2\d|3[01])\.[\d.]+|[^.]+|.*\.(localhost|test|example|invalid|local|internal|lan|home\.arpa))$/

/** What must be mended before the first request is answered; none where all is well. */
export function unsafeSettings({ baseUrl, adminToken, mailUrl, mailInSecret }: Checked): string[] {
  const faults: string[] = []
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null
  if (!url || !/^https?:$/.test(url.protocol)) return [`BASE_URL must be an address such as https://events.example.org`]
  const isPublic = !LOCAL.test(url.hostname)
  if (isPublic && url.protocol === 'http:')
    faults.push(
      `BASE_URL must begin with https://: secret links and cookies would go over ${url.hostname} in the clear`,
    )
  if (adminToken !== undefined && adminToken.length < ADMIN_TOKEN_MIN)
    faults.push(`ADMIN_TOKEN must have at least ${ADMIN_TOKEN_MIN} characters: openssl rand -base64 32 makes one`)
  else if (isPublic && adminToken !== undefined && new Set(adminToken).size < DISTINCT_MIN)
    faults.push('ADMIN_TOKEN must be made by chance: openssl rand -base64 32 makes one')
  if (isPublic && mailInSecret && mailInSecret.length < SECRET_MIN)
    faults.push(`MAIL_IN_SECRET must have at least ${SECRET_MIN} characters: openssl rand -base64 32 makes one`)
  if (isPublic && /^(console|folder):/.test(mailUrl ?? ''))
    faults.push(
      'MAIL_URL must send mails: console: and folder: keep secret links where they are read by others (docs/mail.md)',
    )
  return faults
}

/** Settings with which nothing is started. */
export class UnsafeSettings extends Error {
  readonly faults: string[]
  constructor(faults: string[]) {
    super(faults.join('\n'))
    this.faults = faults
  }
}

/** @throws UnsafeSettings where something must be mended */
export function checkSettings(settings: Checked): void {
  const faults = unsafeSettings(settings)
  if (faults.length > 0) throw new UnsafeSettings(faults)
}
