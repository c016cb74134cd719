"""Every error onrecord raises::

    OnRecordError                 has a stable `code`, a message that says what to do, and the facts in `context`
    ├── ItemError                 this document failed; the run goes on and the failure becomes a Rejection
    │   ├── ReadError             it could not be read                              read.*
    │   └── SelectorError         a passage is not where it is said to be           selector.*
    └── RunError                  the run cannot go on
        ├── UsageError            the caller asked for something impossible         usage.*
        ├── ClusterError          the Ray cluster cannot do what is asked of it     cluster.*
        ├── LedgerError           the ledger cannot be used                         ledger.*
        ├── ServeError            the desk cannot run, or not answer this request   serve.*
        └── WeightsError          a model file is missing or damaged                weights.*

Every code and what it means: CODES. Exit statuses of the commands: EXIT_STATUS.
"""

from __future__ import annotations

from typing import Any

EXIT_STATUS = {"read": 0, "some_rejected": 1, "usage": 2, "failed": 3, "interrupted": 130}

CODES: dict[str, str] = {
    "onrecord": "Something failed that has no code of its own.",
    "cluster": "The cluster failed in a way that has no code of its own.",
    "cluster.not_reached": "There is no Ray cluster at that address, or it does not let this program in.",
    "cluster.no_workers": "No worker of the cluster became ready: no core is free, or it cannot start one.",
    "cluster.other_version": "A worker of the cluster has another version of the program, or other models.",
    "cluster.worker_died": "The workers that compared one document with the ledger died, one after the other.",
    "item": "One document failed; the run went on.",
    "run": "The run could not go on.",
    "ledger": "The ledger failed in a way that has no code of its own.",
    "ledger.abandoned": "Nobody waits any more for the answer for which the ledger was asked.",
    "ledger.ambiguous": "Several things in the ledger have that name, or begin with that id.",
    "ledger.bad_url": "The place of the ledger is a URL that cannot hold one.",
    "ledger.damaged": "The ledger does not hold together: rows or digests do not fit.",
    "ledger.excerpts": "Only excerpts of the document are kept, so that it cannot be read again.",
    "ledger.exists": "There is something already where a backup or a restored ledger is to be.",
    "ledger.full": "The disk on which the ledger lies is full, or broken.",
    "ledger.locked": "Another program keeps the ledger locked.",
    "ledger.missing": "There is no ledger at that place.",
    "ledger.newer": "The ledger was written by a newer version of the program.",
    "ledger.not_a_ledger": "The file or database holds something else.",
    "ledger.not_found": "Nothing in the ledger has that name.",
    "ledger.not_installed": "The ledger needs a package that is not installed.",
    "ledger.not_reached": "The database of the ledger cannot be reached.",
    "ledger.not_writable": "The ledger, or the folder it lies in, cannot be written.",
    "ledger.older": "The ledger is of an older version and can be read once it is brought up.",
    "ledger.removed": "The document was removed from the ledger by hand. Warning: it is not added again.",
    "read.bad_address": "An address that cannot be fetched: it is none, or not one of http or https.",
    "read.bad_date": "A date that no calendar has, or a time that no clock has. Warning: the document is read without it.",
    "read.bad_feed": "The file looks like a feed and cannot be read as one.",
    "read.bad_field": "A field of a JSON document has the wrong type.",
    "read.bad_front_matter": "The front matter of a Markdown file is not YAML that can be read.",
    "read.bad_mail": "A letter is too damaged to be read.",
    "read.bad_response": "A server gave an answer that is broken, or breaks off.",
    "read.binary": "The bytes are not text.",
    "read.bomb": "A packed file unpacks to far more than it can honestly hold.",
    "read.damaged": "A packed file, archive or PDF is damaged, or not whole.",
    "read.empty": "There is nothing to read, or only white space.",
    "read.encoding": "The character set was guessed, or some bytes do not fit it. Warning: some letters may be wrong.",
    "read.failed": "Reading the document failed in a way that nobody foresaw; the other documents are not touched.",
    "read.http_status": "A server does not give what was asked for, or not now.",
    "read.locked": "A password is needed.",
    "read.no_article": "The page holds no article: no paragraph that is more than links.",
    "read.no_documents": "The folder or packed file holds nothing that can be read.",
    "read.no_entries": "A feed has no entries.",
    "read.no_text": 'A JSON document has no "text".',
    "read.no_text_layer": "The pages of a PDF are pictures.",
    "read.not_english": "The document is not in English. Warning: it is kept, and its record is empty.",
    "read.not_followed": "The page behind an entry of a feed could not be had. Warning: the entry is read as the feed gives it.",
    "read.not_found": "There is no such file or folder.",
    "read.not_installed": "Reading this needs a package that is not installed.",
    "read.not_json": "A line is not a JSON object.",
    "read.not_reached": "A server cannot be reached, or its name is not known.",
    "read.not_readable": "The file or folder may not be opened, or broke off while it was read.",
    "read.passed_over": "Records of a web archive that hold no page. Warning: they are not read.",
    "read.redirects": "An address leads to others without end.",
    "read.refused_address": "An address of this machine or this network, which is not fetched without --allow-private.",
    "read.robots": "The site does not want this address fetched (robots.txt), or does not say now whether it does.",
    "read.timeout": "A server did not answer in time.",
    "read.too_large": "An answer from the web is larger than the largest that is taken.",
    "read.too_long": "The document is longer than the longest that is read.",
    "read.too_slow": "Reading the document takes too long and was broken off.",
    "read.undated": "The document has no creation time. Warning: its relative dates stay unresolved.",
    "read.unsupported": "A format that this version does not read.",
    "run.state": "The state file of onrecord watch cannot be used.",
    "selector.not_found": "A quoted passage is not, or not only once, in the text.",
    "serve": "The desk cannot do that.",
    "serve.bad_cursor": "The cursor of a page of answers is none that was given out.",
    "serve.bad_request": "A request to the desk is wrong: a value is missing, unknown or impossible.",
    "serve.busy": "More people ask at once than the desk can answer.",
    "serve.cross_site": "A page of another site sent a form to the desk. It was refused.",
    "serve.failed": "The desk failed in a way that nobody foresaw.",
    "serve.host": "The request is for a host that the desk does not answer for.",
    "serve.method": "The address is there, but not for this method of HTTP.",
    "serve.not_allowed": "The token may read, and not write.",
    "serve.not_found": "The desk has nothing at that address.",
    "serve.not_installed": "The desk needs packages that are not installed.",
    "serve.not_yours": "The saved search is another's: whoever saved it may mark it as seen, or end it.",
    "serve.port": "The port on which the desk is to listen cannot be had.",
    "serve.token": "A token is needed, or the one that was given is not known.",
    "serve.token_file": "The file of tokens cannot be read or written.",
    "serve.token_name": "There is no token of that name, or there is one already.",
    "serve.too_large": "What was sent to the desk is larger than what it takes.",
    "serve.too_many": "Too many requests in a short time.",
    "serve.too_slow": "Answering took longer than the desk allows.",
    "serve.unprotected": "The desk is to listen beyond this machine, and nothing says who may read.",
    "usage": "The call is wrong.",
    "usage.bad_export": "An export that cannot be: a place is needed or taken, or the format does not take an option.",
    "usage.bad_judgement": "What a person wants to correct, decide or undo cannot be.",
    "usage.bad_people": "The list of people and bodies that `--people` names cannot be read, or a line of it is wrong.",
    "usage.bad_question": "What is asked of the ledger cannot be: a day, stance, status or type that is none, or nothing to ask for.",
    "usage.bad_records": "A file of records that is to be loaded is not there, or cannot be read.",
    "usage.bad_setting": "A setting is unknown, or its value cannot be.",
    "usage.not_installed": "What is asked for needs a package that is not installed.",
    "usage.not_writable": "The folder that `--records` names cannot be written.",
    "weights.damaged": "A shipped model file is not what it should be.",
    "weights.missing": "A shipped model file is missing.",
}


class OnRecordError(Exception):
    """Base of all: `code` is stable and may be tested for, `message` is for people."""

    code = "onrecord"

    def __init__(self, message: str, *, code: str | None = None, **context: Any) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.context = context

    def __reduce__(self) -> tuple[Any, ...]:
        return _remade, (type(self), self.message, self.code, self.context)


def _remade(kind: type[OnRecordError], message: str, code: str, context: dict[str, Any]) -> OnRecordError:
    return kind(message, code=code, **context)


class ItemError(OnRecordError):
    """This document failed: go on with the next."""

    code = "item"


class ReadError(ItemError):
    """The bytes could not be made a document."""

    code = "read.not_readable"


class SelectorError(ItemError):
    """The quoted passage is not, or not only once, in the text."""

    code = "selector.not_found"


class RunError(OnRecordError):
    """The run cannot go on."""

    code = "run"
    exit_status = EXIT_STATUS["failed"]


class UsageError(RunError):
    """The call itself is wrong."""

    code = "usage"
    exit_status = EXIT_STATUS["usage"]


class ClusterError(RunError):
    """The Ray cluster cannot be reached, or cannot do its work."""

    code = "cluster"


class LedgerError(RunError):
    """The ledger cannot be used, or not in this way."""

    code = "ledger"


class ServeError(RunError):
    """The desk cannot run, or cannot answer a request."""

    code = "serve"


class WeightsError(RunError):
    """A shipped model file is missing or damaged."""

    code = "weights.missing"
