/** Mail over the HTTP API of Amazon SES (version 2), on both runtimes. */
import { AwsClient } from 'aws4fetch'
import type { Mailer } from '../mail/mailer.ts'
import { ask, base64, settled } from './provider.ts'
import { rawOf } from './raw.ts'

export type SesKey = { accessKeyId: string; secretAccessKey: string; region: string }

/**
 * Sends whole messages, so that invitations are what mail programs expect, with a key that may `ses:SendEmail`. SES gives each
 * mail a Message-ID of its own, so a try whose answer was lost can come twice.
 *
 * @param api another address in tests
 */
export function sesMailer(
  { region, ...key }: SesKey,
  from: string,
  api = `https://email.${region}.amazonaws.com`,
): Mailer {
  const aws = new AwsClient({ ...key, region, service: 'ses', retries: 0 })
  return {
    async send(mail) {
      const url = `${api}/v2/email/outbound-emails`
      const body = JSON.stringify({
        FromEmailAddress: from,
        Destination: { ToAddresses: [mail.to] },
        Content: { Raw: { Data: base64(await rawOf(mail, from)) } },
      })
      const headers = { 'Content-Type': 'application/json' }
      const signed = await aws.sign(url, { method: 'POST', headers, body })
      const answer = await ask(url, { headers: signed.headers, body })
      await settled('Amazon SES', answer, () => /^MessageRejected\b/.test(answer.headers.get('x-amzn-errortype') ?? ''))
    },
  }
}
