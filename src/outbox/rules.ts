/**
 * Deliveries: a mail to a guest, a message to a webhook. Each is a row: `due`, claimed by one process for a while (a lease), then
 * `sent` or due again later; after ten failures it is `failed`, parked where an organizer sees it and may send it again.
 * What need not be told any more is `dropped`. A process that dies leaves its leases, and others take over when they end, so
 * everything is delivered at least once, under the same name each time.
 */

/** After so many failures a delivery is parked. */
export const TRIES_MAX = 10
/** Tries can also end with the process that made them, for another's sake: of those more are needed. */
export const CLAIMS_MAX = 30
/** How many one process claims at a time: so many may go out twice where it dies. */
export const CLAIMED_AT_ONCE = 10
/** How many are under way at once; with 25 seconds for each, all claimed are through long before the lease ends. */
export const UNDER_WAY = 5
export const LEASE_SECONDS = 120

const FIRST_SECONDS = 60
const FACTOR = 3
const LONGEST_SECONDS = 6 * 3600

/**
 * Seconds until the next try: by chance up to a bound that grows with each ("full jitter"), so that those who failed together
 * don't come back together. Ten tries take half a day.
 *
 * @param chance from 0 up to 1
 */
export const waitAfter = (tries: number, chance: number): number =>
  Math.ceil(chance * Math.min(LONGEST_SECONDS, FIRST_SECONDS * FACTOR ** (tries - 1)))
