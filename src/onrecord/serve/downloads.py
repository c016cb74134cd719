"""A table -> a file to save."""

from __future__ import annotations

from fastapi.responses import Response


def csv_file(name: str, table: str) -> Response:
    """The table as a CSV file with that name; half a surrogate pair is a question mark."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(table.encode("utf8", "replace"), media_type="text/csv; charset=utf-8", headers=headers)
