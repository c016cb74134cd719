"""Named pipes: they are read like files, but nobody waits for ever until something is written into one."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import ReadError

WAIT_SECONDS = 30.0


def opened_pipe(path: Path) -> BinaryIO:
    """The pipe, once something has opened it to write.

    Raises:
        ReadError: nothing does.
        OSError: it may not be opened.
    """
    opened: list[BinaryIO | OSError] = []
    waiting = threading.Thread(target=_open, args=(path, opened), daemon=True)
    waiting.start()
    waiting.join(WAIT_SECONDS)
    if waiting.is_alive():
        os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK))  # a writer, so that the thread wakes up
        waiting.join()
        for pipe in opened:
            if not isinstance(pipe, OSError):
                pipe.close()
        raise ReadError(f"It is a pipe, and for {WAIT_SECONDS:.0f} seconds nothing wrote into it. Start what does, then read it.")
    (pipe,) = opened
    if isinstance(pipe, OSError):
        raise pipe
    return pipe


def _open(path: Path, opened: list[BinaryIO | OSError]) -> None:
    try:
        opened.append(path.open("rb"))
    except OSError as error:
        opened.append(error)
