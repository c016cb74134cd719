"""Errors over HTTP: one status for every code, one shape for programs (problem+json, RFC 9457), one page for people."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus

from onrecord.errors import OnRecordError

PROBLEM = "application/problem+json"

_BY_STATUS: dict[int, tuple[str, ...]] = {
    400: (
        *("serve.bad_cursor", "serve.bad_request", "usage", "usage.bad_export", "usage.bad_judgement", "usage.bad_question"),
        "usage.bad_setting",
    ),
    401: ("serve.token",),
    403: ("serve.cross_site", "serve.not_allowed", "serve.not_yours"),
    404: ("ledger.not_found", "serve.not_found", "serve.token_name"),
    405: ("serve.method",),
    409: ("ledger.ambiguous", "ledger.exists", "ledger.excerpts", "ledger.removed"),
    413: ("read.too_large", "read.too_long", "serve.too_large"),
    421: ("serve.host",),
    422: (
        *("item", "read.bad_address", "read.bad_date", "read.bad_feed", "read.bad_field", "read.bad_front_matter", "read.bad_mail"),
        *("read.binary", "read.bomb", "read.damaged", "read.empty", "read.encoding", "read.failed", "read.locked", "read.no_article"),
        *("read.no_documents", "read.no_entries", "read.no_text", "read.no_text_layer", "read.not_english", "read.not_json"),
        *("read.passed_over", "read.too_slow", "read.undated", "read.unsupported", "selector.not_found", "usage.bad_people"),
        "usage.bad_records",
    ),
    429: ("serve.too_many",),
    500: (
        *("ledger", "ledger.bad_url", "ledger.damaged", "ledger.missing", "ledger.newer", "ledger.not_a_ledger", "ledger.not_installed"),
        *("ledger.older", "onrecord", "read.bad_response", "read.http_status", "read.not_followed", "read.not_found", "read.not_installed"),
        *("read.not_reached", "read.not_readable", "read.redirects", "read.refused_address", "read.robots", "read.timeout", "run"),
        *("run.state", "serve", "serve.failed", "serve.not_installed", "serve.port", "serve.token_file", "serve.unprotected"),
        *("cluster", "cluster.no_workers", "cluster.not_reached", "cluster.other_version", "cluster.worker_died"),
        *("usage.not_installed", "usage.not_writable", "weights.damaged", "weights.missing"),
    ),
    503: ("ledger.abandoned", "ledger.locked", "ledger.not_reached", "ledger.not_writable", "serve.busy", "serve.too_slow"),
    507: ("ledger.full",),
}
STATUSES = {code: status for status, codes in _BY_STATUS.items() for code in codes}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a request has no answer. `headers` go with it."""

    code: str
    detail: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The HTTP status; 500 for what has none."""
        return STATUSES.get(self.code, 500)

    @property
    def title(self) -> str:
        """The status in words."""
        return HTTPStatus(self.status).phrase

    def value(self) -> dict[str, object]:
        """The problem as JSON values."""
        return {"type": "about:blank", "title": self.title, "status": self.status, "code": self.code, "detail": self.detail}


def problem_of(error: OnRecordError) -> Problem:
    """What an error of the program says over HTTP. Where the ledger lies, and what else is only for its owner, stays here."""
    if STATUSES.get(error.code, 500) in (500, 503, 507) and not error.code.startswith("serve."):
        return Problem(error.code, "The ledger cannot answer now. Whoever runs the desk sees why in its output.")
    headers = {name: str(value) for name, value in error.context.get("headers", {}).items()}
    return Problem(error.code, error.message, headers)
