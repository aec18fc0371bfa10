import { sendSignInMails, sendTeamInvitations } from '../accounts/send.ts'
import type { Deps } from '../deps.ts'
import { collectMails } from './collect.ts'
import { sendNotices } from './notify.ts'
import { sendDueMails } from './send.ts'

/** Makes and sends the mails that are due; nothing where no mail goes out. Any number of processes may do it at once. */
export async function deliverMails(deps: Deps): Promise<void> {
  if (!deps.mailer) return
  while ((await sendSignInMails(deps, deps.mailer)) || (await sendTeamInvitations(deps, deps.mailer))) {
    // The next twenty of each.
  }
  await collectMails(deps)
  await sendDueMails(deps, deps.mailer)
  await sendNotices(deps, deps.mailer)
}
