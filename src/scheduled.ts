/** What the timer on Node and the cron on Workers do: it may run never, once or twice at a time. */
import { purgeSignIns } from './accounts/purge.ts'
import { pullDueLogs } from './bots/pull.ts'
import { deliverAll } from './deliver.ts'
import type { Deps } from './deps.ts'
import { tellOrganizers } from './digests/organizers.ts'
import { planDigests } from './digests/plan.ts'
import { announceStreams } from './digests/streams.ts'
import { purgeDigests } from './digests/subscribe.ts'
import { rerenderSome } from './events/rerender.ts'
import { retireCancelled } from './events/retire.ts'
import { refreshDueCalendars } from './imports/refresh.ts'
import { purgeAudit } from './journal/audit.ts'
import { forgetLimits } from './limits/take.ts'
import { remindGuests } from './mail/remind.ts'
import { purgeAnswers } from './rsvp/purge.ts'
import { releaseDueHolds } from './rsvp/release.ts'
import { checkLinks } from './talks/check-links.ts'
import { rerenderTalks } from './talks/rerender.ts'
import { forgetDeliveries } from './webhooks/health.ts'

export async function runScheduled(deps: Deps): Promise<void> {
  await retireCancelled(deps)
  await releaseDueHolds(deps)
  await purgeAnswers(deps)
  await purgeSignIns(deps)
  await refreshDueCalendars(deps)
  await pullDueLogs(deps)
  await remindGuests(deps)
  await announceStreams(deps)
  await planDigests(deps)
  await tellOrganizers(deps)
  await purgeDigests(deps)
  await purgeAudit(deps)
  await forgetLimits(deps)
  await deliverAll(deps)
  await forgetDeliveries(deps)
  // Written by an instance of the older version while this one was being deployed.
  await rerenderSome(deps)
  await rerenderTalks(deps)
  // Last: it waits for other servers.
  await checkLinks(deps)
}
