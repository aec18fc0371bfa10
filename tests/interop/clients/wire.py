"""What the adapters in Python share: asks from the standard input, readings to the standard output, both JSON."""
import datetime as dt
import json
import signal
import sys

UTC = dt.timezone.utc
# The standard output is for the answer alone, whatever a library prints.
ANSWER, sys.stdout = sys.stdout, sys.stderr
# A rule that keeps a program busy for ever is a reading too.
SECONDS_FOR_ONE = 40


def answer(expand, prepare=lambda asks: None):
    """Reads each ask, numbered, with `expand(ask)`; what it raises becomes that ask's reading."""

    def late(*_):
        raise TimeoutError(f"not done within {SECONDS_FOR_ONE} seconds")

    signal.signal(signal.SIGALRM, late)
    asks = [{**ask, "number": number} for number, ask in enumerate(json.load(sys.stdin))]
    prepare(asks)
    readings = []
    for ask in asks:
        signal.alarm(SECONDS_FOR_ONE)
        try:
            readings.append({"instances": list(expand(ask))})
        except Exception as error:
            readings.append({"error": repr(error)})
        finally:
            signal.alarm(0)
    json.dump(readings, ANSWER)


def window(ask):
    return tuple(dt.datetime.fromisoformat(ask[name]).replace(tzinfo=UTC) for name in ("from", "to"))


def text_of(moment):
    """An instant in UTC with Z, a floating time without, a date as it is."""
    if not isinstance(moment, dt.datetime):
        return moment.isoformat()
    if moment.tzinfo is None:
        return moment.strftime("%Y-%m-%dT%H:%M:%S")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def instance(uid, start, end, summary, description, status):
    return {
        "uid": uid,
        "startUtc": text_of(start),
        "endUtc": text_of(end),
        "summary": str(summary or ""),
        "description": str(description or ""),
        "status": str(status or "").lower(),
    }
