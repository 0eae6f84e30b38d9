"""SIGTERM and Ctrl-C let the step at hand come to its end and be saved."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

ENDINGS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """An event that they set while inside. Raises SystemExit at the end where they did, so that nothing else begins."""
    stopping = threading.Event()
    before = {ending: signal.signal(ending, lambda *_: stopping.set()) for ending in ENDINGS}
    try:
        yield stopping
    finally:
        for ending, handler in before.items():
            signal.signal(ending, handler)
    if stopping.is_set():
        raise SystemExit("Stopped; the same command goes on from here.")
