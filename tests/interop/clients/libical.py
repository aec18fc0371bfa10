"""libical through GObject introspection. It expands a rule with its EXDATEs; overrides are the caller's work, so they are done here."""
import datetime as dt
import urllib.request

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib as I
from wire import UTC, answer, instance, window

Kind = I.PropertyKind


def vevents(calendar):
    event = calendar.get_first_component(I.ComponentKind.VEVENT_COMPONENT)
    while event:
        yield event
        event = calendar.get_next_component(I.ComponentKind.VEVENT_COMPONENT)


def seconds(calendar, event, kind, time):
    """Unix seconds of a time in the zone that its property names; a date as if in UTC."""
    parameter = event.get_first_property(kind).get_first_parameter(I.ParameterKind.TZID_PARAMETER)
    if time.is_date() or time.is_utc() or not parameter:
        return time.as_timet()
    return time.as_timet_with_zone(calendar.get_timezone(parameter.get_tzid()))


def expand(ask):
    with urllib.request.urlopen(ask["url"]) as feed:
        calendar = I.Component.new_from_string(feed.read().decode())
    events = list(vevents(calendar))
    overridden = {
        (event.get_uid(), seconds(calendar, event, Kind.RECURRENCEID_PROPERTY, event.get_recurrenceid()))
        for event in events
        if event.get_first_property(Kind.RECURRENCEID_PROPERTY)
    }
    for event in events:
        if event.get_first_property(Kind.RECURRENCEID_PROPERTY):
            start = seconds(calendar, event, Kind.DTSTART_PROPERTY, event.get_dtstart())
            spans = [(start, seconds(calendar, event, Kind.DTEND_PROPERTY, event.get_dtend()))]
        else:
            spans = [span for span in spans_of(event, *window(ask)) if (event.get_uid(), span[0]) not in overridden]
        for start, end in spans:
            yield read(event, start, end, event.get_dtstart().is_date())


def spans_of(event, begin, end):
    spans = []
    utc = I.Timezone.get_utc_timezone()
    bounds = [I.Time.new_from_timet_with_zone(int(at.timestamp()), 0, utc) for at in (begin, end)]
    event.foreach_recurrence(*bounds, lambda _, span, __: spans.append((span.get_start(), span.get_end())), None)
    return spans


def read(event, start, end, is_date):
    moments = [dt.datetime.fromtimestamp(at, UTC) for at in (start, end)]
    status = event.get_first_property(Kind.STATUS_PROPERTY)
    return instance(
        event.get_uid(),
        *(moment.date() if is_date else moment for moment in moments),
        event.get_summary(),
        event.get_description(),
        status and status.get_value_as_string(),
    )


answer(expand)
