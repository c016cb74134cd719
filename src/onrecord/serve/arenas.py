"""How much memory the desk's many threads keep for themselves.

The C library gives each thread that finds the heap in use a heap of its own (an arena), up to eight for each processor, and keeps what is
freed in it for that thread: of short answers by many threads most of what is held is free. Two arenas hold half as much at no cost in time.
"""

from __future__ import annotations

import ctypes

_ARENA_MAX = -8  # M_ARENA_MAX of <malloc.h>
_ARENAS = 2


def share_arenas() -> bool:
    """Has all threads of this process share two arenas; whether that could be set. Only the GNU C library has them."""
    try:
        return bool(ctypes.CDLL(None).mallopt(_ARENA_MAX, _ARENAS))
    except (OSError, AttributeError, TypeError):  # another library, or a system on which no library is the program's own
        return False
