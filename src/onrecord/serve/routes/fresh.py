"""What has not changed since whoever asks saw it is not made again."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from onrecord.serve.desk import DeskHere
from onrecord.serve.headers import etag_of, is_known


class NotModified(Exception):  # noqa: N818  # no error: the answer is known
    """Whoever asks has the answer already; `tag` names it."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


def fresh(request: Request, desk: DeskHere) -> None:
    """Marks the answer with what names it; raises NotModified where it is known."""
    if request.method not in ("GET", "HEAD"):
        return
    tag = etag_of(request, desk)
    request.scope["etag"] = tag
    if is_known(request, tag):
        raise NotModified(tag)


Fresh = Annotated[None, Depends(fresh)]
