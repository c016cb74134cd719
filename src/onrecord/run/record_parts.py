"""A folder of records in Parquet, in parts that are there whole or not at all: what was read is not read again, whatever ended the run.

Each part has the records of some documents that followed each other, and says in its own head which program made them. `manifest.json`
names the parts with the digests of their bytes; it is written, whole, when a run ends.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from onrecord.data import Document, Record
from onrecord.errors import ReadError, UsageError
from onrecord.export.record_table import document_digest, record_at
from onrecord.record.ledger import Program
from onrecord.record.whole_file import sha256_of, take_place, unfinished

MANIFEST = "manifest.json"
_PROGRAM = b"onrecord program"
_UNUSABLE = (OSError, pyarrow.ArrowException, KeyError)


class RecordParts:
    """The parts in a folder that one program made."""

    def __init__(self, folder: Path, program: Program) -> None:
        """Looks at what is there.

        Raises:
            UsageError: the folder cannot be used.
        """
        self._folder, self._program = folder, program
        self._places: dict[str, tuple[Path, int]] = {}
        self._ours: list[Path] = []
        self._last: tuple[Path, Any] | None = None
        with _told(folder):
            folder.mkdir(parents=True, exist_ok=True)
            for part in sorted(folder.glob("part-*.parquet")):
                self._places |= {digest: (part, place) for place, digest in enumerate(self._digests(part))}

    def record_of(self, document: Document) -> Record | None:
        """The record of the document, if it is here; a part that is damaged or gone since has none."""
        if not self._places or (found := self._places.get(document_digest(document))) is None:
            return None
        part, place = found
        try:
            if self._last is None or self._last[0] != part:
                self._last = part, parquet.read_table(part)
            return record_at(self._last[1], place)
        except (*_UNUSABLE, ReadError):
            return None

    def keep(self, tables: Sequence[Any]) -> None:
        """Write the records, as a part.

        Raises:
            UsageError: the folder cannot be written.
        """
        whole = pyarrow.concat_tables(tables)
        whole = whole.replace_schema_metadata({_PROGRAM: self._program.digest.encode()})
        file = self._folder / f"part-{secrets.token_hex(8)}.parquet"
        with _told(self._folder), unfinished(file) as part:
            parquet.write_table(whole, part, compression="zstd")
            take_place(part, file)
        self._ours.append(file)

    def finish(self) -> None:
        """Write the manifest.

        Raises:
            UsageError: the folder cannot be written.
        """
        with _told(self._folder):
            told = [
                {"file": part.name, "records": parquet.read_metadata(part).num_rows, "sha256": sha256_of(part)}
                for part in sorted(self._ours)
            ]
            made_by = {"program": self._program.name, "models": dict(self._program.models), "digest": self._program.digest}
            whole = {"made_by": made_by | {"min_probability": self._program.min_probability}, "parts": told}
            file = self._folder / MANIFEST
            with unfinished(file) as new:
                new.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf8")
                take_place(new, file)

    def remove(self) -> None:
        """Take the parts away, and the folder if nothing else is in it: their records are in the ledger."""
        for file in (*self._ours, self._folder / MANIFEST):
            file.unlink(missing_ok=True)
        with suppress(OSError):
            self._folder.rmdir()

    def _digests(self, part: Path) -> list[str]:
        """Of the documents in the part; none where another program made it, or it is damaged."""
        with suppress(*_UNUSABLE):
            if (parquet.read_schema(part).metadata or {}).get(_PROGRAM) != self._program.digest.encode():
                return []
            found = [str(one) for one in parquet.read_table(part, columns=["digest"])["digest"].to_pylist()]
            self._ours.append(part)
            return found
        return []


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"The records cannot be kept in {folder} ({error}). Give another folder with --records, or make room.",
            code="usage.not_writable",
            path=str(folder),
        ) from error
