"""How a command ends: its exit status, and what is said when it could not go on."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from onrecord.cli.output import Complaints, OutputFormat
from onrecord.errors import EXIT_STATUS, RunError


def status_of(run: Callable[[], int], output_format: OutputFormat) -> int:
    """The exit status of what `run` does; a failure is told on standard error."""
    try:
        status = run()
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        _leave_quietly()
        return EXIT_STATUS["read"]
    except KeyboardInterrupt:
        return EXIT_STATUS["interrupted"]
    except RunError as error:
        return _failed(output_format, error.code, error.message, error.exit_status)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            return _failed(output_format, "run", f"The run failed ({_where(error)}). Please report this.", EXIT_STATUS["failed"])
        _leave_quietly()
        message = "The output cannot be written: there is no space left on its disk. Free some and run the same command again."
        return _failed(output_format, "run", message, EXIT_STATUS["failed"])
    except Exception as error:  # noqa: BLE001  # a reporter is told what failed, not shown the program's insides
        return _failed(output_format, "run", f"The run failed ({_where(error)}). Please report this.", EXIT_STATUS["failed"])
    return status


def _failed(output_format: OutputFormat, code: str, message: str, status: int) -> int:
    """Say why the run ended, unless nobody listens any more."""
    try:
        Complaints(output_format).write_failure(code, message)
    except BrokenPipeError:
        _leave_quietly()
    return status


def _where(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error}, in {Path(last.filename).name}, line {last.lineno}"


def _leave_quietly() -> None:
    """Whoever read the output has gone: what is still held back goes nowhere, so that nothing fails at the exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())
