"""Sessions of the models' runtime, which tells nobody of its use: onnxruntime reports to its makers unless it is told not to."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # it looks when it is imported: it opens a queue on the disk, and sends it

import onnxruntime as ort  # after the above

ort.disable_telemetry_events()  # another package may have imported it before

__all__ = ["ort", "session"]

_SLOWER = ("SkipLayerNormFusion",)  # a fused operator that takes a sixth to a third of a model's time; its parts take a fortieth


def session(path: Path, *, threads: int = 1, is_arena_kept: bool = True) -> ort.InferenceSession:
    """A session of the model at a path.

    Args:
        path: the model.
        threads: how many one answer is shared by.
        is_arena_kept: keep the memory of the largest batch for the next one.
    """
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # batches are of all shapes, and a pattern would be kept for each
    options.enable_cpu_mem_arena = is_arena_kept
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=list(_SLOWER))
