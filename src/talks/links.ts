/** What a check says of a link, when it is looked at again, and where else one may look once it is dead. */
import { toBasic } from '../time/zone.ts'

const DAY = 86_400
const MONTH = 30 * DAY
/** A server may have a bad weekend. */
const FAILURES_TO_DIE = 3

/** What asking for an address found: `unclear` where somebody is there and does not let us in, or we may not ask. */
export type Finding =
  | { kind: 'alive' }
  | { kind: 'unclear'; detail: string }
  /** `isSilent`: no server answered, which may be for want of our own network. */
  | { kind: 'gone'; detail: string; isSilent?: boolean }

export type LinkStatus = 'unknown' | 'ok' | 'dead'
export type LinkState = {
  status: LinkStatus
  detail: string | null
  failures: number
  checkedAt: number | null
  okAt: number | null
  nextAt: number
}

/** A link after a check. It is dead after three that found nothing, a day apart, and alive again after one that did. */
export function afterCheck(before: LinkState, finding: Finding, now: number): LinkState {
  if (finding.kind === 'alive')
    return { status: 'ok', detail: null, failures: 0, checkedAt: now, okAt: now, nextAt: now + MONTH }
  const { detail } = finding
  if (finding.kind === 'unclear')
    return { ...before, status: 'unknown', detail, failures: 0, checkedAt: now, nextAt: now + MONTH }
  const failures = before.failures + 1
  const isDead = before.status === 'dead' || failures >= FAILURES_TO_DIE
  return {
    ...before,
    status: isDead ? 'dead' : before.status,
    detail,
    failures,
    checkedAt: now,
    nextAt: now + (isDead ? 7 * DAY : DAY),
  }
}

/** What the status of an answer says. To be sent away as a program (401, 403, 429 …) is no death. */
export function findingOf(status: number): Finding {
  // 416: there is a file, and it is empty.
  if ((status >= 200 && status < 300) || status === 416) return { kind: 'alive' }
  const isGone = status === 404 || status === 410 || status >= 500
  return { kind: isGone ? 'gone' : 'unclear', detail: `answers with status ${status}` }
}

/** The Internet Archive's copy of an address from about when it was last seen. */
export const archivedCopy = (url: string, seenAt: number | null): string =>
  `https://web.archive.org/web/${seenAt ? toBasic(seenAt).replace(/\D/g, '') : 2}/${url}`

type Resource = { type: string; url: string; status?: string | undefined }

/** Where to look instead of a dead link: another resource of the same type that is not, else the Internet Archive. */
export const fallbackOf = (dead: Resource, all: Resource[], seenAt: number | null): string =>
  all.find(({ type, url, status }) => type === dead.type && url !== dead.url && status !== 'dead')?.url ??
  archivedCopy(dead.url, seenAt)
