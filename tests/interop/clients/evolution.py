"""evolution-data-server (Evolution, GNOME Calendar): subscribes to each feed and asks for its instances."""
import os
import time
from datetime import datetime
from urllib.parse import urlsplit

os.environ.update(GSETTINGS_BACKEND="memory", GIO_USE_NETWORK_MONITOR="base")

import gi

gi.require_version("ECal", "2.0")
gi.require_version("EDataServer", "1.2")
gi.require_version("ICalGLib", "3.0")
from gi.repository import ECal, EDataServer
from gi.repository import ICalGLib as I
from wire import UTC, answer, instance, window

SOURCE = """[Data Source]
DisplayName={name}
Enabled=true
Parent=webcal-stub
[Calendar]
BackendName=webcal
[Authentication]
Host={host}
Port={port}
Method=none
[Security]
Method=none
[WebDAV Backend]
ResourcePath={path}
ResourceQuery={query}
[Refresh]
Enabled=false
[Offline]
StaySynchronized=true
"""
# The feed is waited for below; -1 as the unsigned number it is taken for.
CONNECT_SECONDS = 0xFFFFFFFF
POLL_SECONDS = 0.1
POLLS = 150
ZONE = I.Timezone.get_utc_timezone()
registry = None


def subscribe(asks):
    """Writes the subscriptions where the registry finds them when it starts."""
    global registry
    folder = f"{os.environ['XDG_CONFIG_HOME']}/evolution/sources"
    os.makedirs(folder)
    for ask in asks:
        name, parts = name_of(ask), urlsplit(ask["url"])
        with open(f"{folder}/{name}.source", "w") as file:
            file.write(
                SOURCE.format(name=name, host=parts.hostname, port=parts.port, path=parts.path, query=parts.query)
            )
    registry = EDataServer.SourceRegistry.new_sync(None)


def name_of(ask):
    return f"feed{ask['number']}"


def expand(ask):
    source = registry.ref_source(name_of(ask))
    client = ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, CONNECT_SECONDS, None)
    client.set_default_timezone(ZONE)
    client.refresh_sync(None)
    wait_until_read(client)
    begin, end = window(ask)
    found = []

    def keep(event, start, until, *_):
        found.append(read(event, start, until))
        return True

    client.generate_instances_sync(int(begin.timestamp()), int(end.timestamp()), None, keep, None)
    return found


def wait_until_read(client):
    """A refresh is asked for, not waited for: the feed is there when its events are and no more of them come."""
    before = 0
    for _ in range(POLLS):
        _, events = client.get_object_list_sync("#t", None)
        if events and len(events) == before:
            return
        before = len(events)
        time.sleep(POLL_SECONDS)
    raise TimeoutError("the feed did not come")


def read(event, start, until):
    status = event.get_first_property(I.PropertyKind.STATUS_PROPERTY)
    return instance(
        event.get_uid(),
        moment(start),
        moment(until),
        event.get_summary(),
        event.get_description(),
        status and status.get_value_as_string(),
    )


def moment(time):
    if time.is_date():
        return datetime.fromtimestamp(time.as_timet(), UTC).date()
    return datetime.fromtimestamp(time.as_timet_with_zone(time.get_timezone() or ZONE), UTC)


answer(expand, subscribe)
