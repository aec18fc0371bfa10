import groupsEventsAndChanges from '../../migrations/0001_groups_events_and_changes.sql'
import tokensAndIdempotency from '../../migrations/0002_tokens_and_idempotency.sql'
import rsvps from '../../migrations/0003_rsvps.sql'
import talkArchive from '../../migrations/0004_talk_archive.sql'
import importSources from '../../migrations/0005_import_sources.sql'
import icsUntil from '../../migrations/0006_ics_until.sql'
import subscriptions from '../../migrations/0007_subscriptions.sql'
import minutes from '../../migrations/0008_minutes.sql'
import talkFeeds from '../../migrations/0009_talk_feeds.sql'
import calendarSources from '../../migrations/0010_calendar_sources.sql'
import rsvpRules from '../../migrations/0011_rsvp_rules.sql'
import mail from '../../migrations/0012_mail.sql'
import retention from '../../migrations/0013_retention.sql'
import doorLinks from '../../migrations/0014_door_links.sql'
import personalFeeds from '../../migrations/0015_personal_feeds.sql'
import standingWaits from '../../migrations/0016_standing_waits.sql'
import scheduleVersions from '../../migrations/0017_schedule_versions.sql'
import lookedAfterLinks from '../../migrations/0018_links_that_are_looked_after.sql'
import restores from '../../migrations/0019_restores.sql'
import talksAndPersons from '../../migrations/0020_talks_and_persons.sql'
import invitationsByMail from '../../migrations/0021_invitations_by_mail.sql'
import reminders from '../../migrations/0022_reminders.sql'
import searchAndCaptions from '../../migrations/0023_search_and_captions.sql'
import accountsAndTeams from '../../migrations/0024_accounts_and_teams.sql'
import webhooks from '../../migrations/0025_webhooks.sql'
import languagesAndDigests from '../../migrations/0026_languages_and_digests.sql'
import recordsOfMeetings from '../../migrations/0027_records_of_meetings.sql'
import streams from '../../migrations/0028_streams.sql'
import audit from '../../migrations/0029_audit.sql'
import limits from '../../migrations/0030_limits.sql'
import passkeys from '../../migrations/0031_passkeys.sql'

/** The folder `migrations/`, in order; a test holds the two together. */
export const migrations: readonly { name: string; sql: string }[] = [
  { name: '0001_groups_events_and_changes.sql', sql: groupsEventsAndChanges },
  { name: '0002_tokens_and_idempotency.sql', sql: tokensAndIdempotency },
  { name: '0003_rsvps.sql', sql: rsvps },
  { name: '0004_talk_archive.sql', sql: talkArchive },
  { name: '0005_import_sources.sql', sql: importSources },
  { name: '0006_ics_until.sql', sql: icsUntil },
  { name: '0007_subscriptions.sql', sql: subscriptions },
  { name: '0008_minutes.sql', sql: minutes },
  { name: '0009_talk_feeds.sql', sql: talkFeeds },
  { name: '0010_calendar_sources.sql', sql: calendarSources },
  { name: '0011_rsvp_rules.sql', sql: rsvpRules },
  { name: '0012_mail.sql', sql: mail },
  { name: '0013_retention.sql', sql: retention },
  { name: '0014_door_links.sql', sql: doorLinks },
  { name: '0015_personal_feeds.sql', sql: personalFeeds },
  { name: '0016_standing_waits.sql', sql: standingWaits },
  { name: '0017_schedule_versions.sql', sql: scheduleVersions },
  { name: '0018_links_that_are_looked_after.sql', sql: lookedAfterLinks },
  { name: '0019_restores.sql', sql: restores },
  { name: '0020_talks_and_persons.sql', sql: talksAndPersons },
  { name: '0021_invitations_by_mail.sql', sql: invitationsByMail },
  { name: '0022_reminders.sql', sql: reminders },
  { name: '0023_search_and_captions.sql', sql: searchAndCaptions },
  { name: '0024_accounts_and_teams.sql', sql: accountsAndTeams },
  { name: '0025_webhooks.sql', sql: webhooks },
  { name: '0026_languages_and_digests.sql', sql: languagesAndDigests },
  { name: '0027_records_of_meetings.sql', sql: recordsOfMeetings },
  { name: '0028_streams.sql', sql: streams },
  { name: '0029_audit.sql', sql: audit },
  { name: '0030_limits.sql', sql: limits },
  { name: '0031_passkeys.sql', sql: passkeys },
]
