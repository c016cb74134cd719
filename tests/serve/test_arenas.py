"""The desk's threads share few heaps, where the C library has such."""

from __future__ import annotations

import platform
import re
import subprocess
import sys

import pytest

HEAPS = """
import ctypes, threading
from onrecord.serve.arenas import share_arenas
assert share_arenas()
library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
met = threading.Barrier(12)
def work():
    met.wait()
    for size in range(20_000):
        library.free(ctypes.c_void_p(library.malloc(size % 3000)))
    met.wait()
threads = [threading.Thread(target=work) for _ in range(12)]
for one in threads: one.start()
for one in threads: one.join()
library.malloc_stats()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only the GNU C library has arenas")
def test_many_threads_use_two_heaps() -> None:
    shown = subprocess.run([sys.executable, "-c", HEAPS], capture_output=True, text=True, check=True).stderr
    assert set(re.findall(r"^Arena (\d+):", shown, re.MULTILINE)) <= {"0", "1"}
