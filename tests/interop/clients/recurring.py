"""python-icalendar parses, recurring-ical-events expands (over dateutil)."""
import urllib.request

import icalendar
import recurring_ical_events
from wire import answer, instance, window


def expand(ask):
    with urllib.request.urlopen(ask["url"]) as feed:
        calendar = icalendar.Calendar.from_ical(feed.read())
    for event in recurring_ical_events.of(calendar).between(*window(ask)):
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        yield instance(
            str(event["UID"]), start, end, event.get("SUMMARY"), event.get("DESCRIPTION"), event.get("STATUS")
        )


answer(expand)
