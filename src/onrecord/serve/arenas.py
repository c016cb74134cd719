"""How much memory the desk's many threads keep for themselves.

The C library gives each thread that finds the heap in use a heap of its own (an arena), up to eight for each processor, and keeps what is
freed in it for that thread: of short answers by many threads most of what is held is free. Two arenas hold half as much at no cost in time.
It also learns, from large pieces that are freed, to take ever larger ones from the heap, between small ones that stay; large ones have
pages of their own here, which go back to the system with them.
"""

from __future__ import annotations

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # of <malloc.h>
_ARENAS = 2
_LARGE = 1 << 17  # bytes; where it begins as long as nothing was learnt


def share_arenas() -> bool:
    """Has all threads of this process share two arenas, and large pieces of memory go back to the system; whether that could be set.

    Only the GNU C library has them.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
        return all(bool(mallopt(*one)) for one in ((_ARENA_MAX, _ARENAS), (_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _LARGE)))
    except (OSError, AttributeError, TypeError):  # another library, or a system on which no library is the program's own
        return False
