"""vdirsyncer subscribes and khal expands, each feed in a calendar of its own. vdirsyncer gives events UIDs of its own."""
import os
import subprocess

import pytz
from khal.khalendar import CalendarCollection
from wire import answer, instance, window

SYNC = """
[general]
status_path = "{folder}/status/"
[pair feed]
a = "remote"
b = "local"
collections = null
conflict_resolution = "a wins"
[storage remote]
type = "http"
url = "{url}"
[storage local]
type = "filesystem"
path = "{folder}/feed/"
fileext = ".ics"
"""
LOCALE = {"local_timezone": pytz.UTC, "default_timezone": pytz.UTC, "unicode_symbols": True}


def subscribe(url, number):
    """Syncs a feed into a folder of files, one for each UID."""
    folder = f"{os.environ['HOME']}/{number}"
    os.makedirs(f"{folder}/feed")
    with open(f"{folder}/config", "w") as config:
        config.write(SYNC.format(folder=folder, url=url))
    for command in ("discover", "sync"):
        done = subprocess.run(
            ["vdirsyncer", "-v", "WARNING", "-c", f"{folder}/config", command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise RuntimeError(done.stdout + done.stderr)
    return folder


def expand(ask):
    folder = subscribe(ask["url"], ask["number"])
    calendars = {"feed": {"path": f"{folder}/feed/", "readonly": True, "color": "", "priority": 10}}
    collection = CalendarCollection(calendars=calendars, locale=LOCALE, dbpath=f"{folder}/khal.db")
    begin, end = window(ask)
    naive = (begin.replace(tzinfo=None), end.replace(tzinfo=None))
    for event in [*collection.get_localized(begin, end), *collection.get_floating(*naive)]:
        # khal's own end of an all-day event is its last day.
        last = event.end.fromordinal(event.end.toordinal() + 1) if event.allday else event.end
        yield instance(None, event.start, last, event.summary, event.description, event.status)


answer(expand)
