import type { Mail } from '../../src/mail/mailer.ts'

/** Mails to several guests go out at the same time: in the order of the changes that they tell of, and of the answers. */
export function inOrder(sent: Mail[]): Mail[] {
  const keyOf = ({ messageId }: Mail) => /^<(\d+)\.(\w+)/.exec(messageId)!.slice(1) as [string, string]
  return sent.sort((a, b) => {
    const [[seqA, idA], [seqB, idB]] = [keyOf(a), keyOf(b)]
    return Number(seqA) - Number(seqB) || (idA < idB ? -1 : 1)
  })
}
