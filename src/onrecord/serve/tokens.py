"""Who may use the desk: named tokens in a file, kept as digests alone, so that whoever reads the file can use none of them.

A token is 256 random bits, which no guessing finds; so its digest is a plain SHA-256. The file is read again whenever it changes: what is
revoked is refused at once.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hmac import compare_digest
from pathlib import Path

from onrecord.errors import ServeError, UsageError

_MARK = "onr_"  # by which scanners for secrets can know one
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret: whose it is, and whether it may write. What its holder judges is kept under the name."""

    name: str
    digest: str
    may_write: bool
    made_at: str


@dataclass(slots=True)
class TokenFile:
    """The tokens in a file; `more` are some that hold for one run of the desk alone."""

    path: Path
    more: tuple[Token, ...] = ()
    _read: tuple[tuple[int, int] | None, tuple[Token, ...]] = field(default=(None, ()))

    def all(self) -> tuple[Token, ...]:
        """The tokens as they are now."""
        mark = _mark(self.path)
        if mark != self._read[0]:
            self._read = mark, tokens_in(self.path)
        return (*self._read[1], *self.more)

    def holder(self, secret: str) -> Token | None:
        """The token with that secret; every one is compared, so that the time tells nothing."""
        digest = digest_of(secret)
        found = [one for one in self.all() if compare_digest(one.digest, digest)]
        return found[0] if found else None


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode("utf8", "surrogatepass")).hexdigest()


def new_token(name: str, *, may_write: bool) -> tuple[Token, str]:
    """A token and its secret, which is kept nowhere.

    Raises:
        UsageError: the name is empty, too long, or holds signs that do not print.
    """
    wanted = name.strip()
    if not wanted or len(wanted) > _LONGEST_NAME or not wanted.isprintable():
        raise UsageError(f"A token needs a name of 1 to {_LONGEST_NAME} printable characters.", code="serve.token_name")
    secret = _MARK + secrets.token_urlsafe(32)
    return Token(wanted, digest_of(secret), may_write, datetime.now(UTC).isoformat(timespec="seconds")), secret


def added(path: Path, name: str, *, may_write: bool) -> str:
    """Adds a token to the file; its secret.

    Raises:
        ServeError: there is one of that name, or the file cannot be read or written.
    """
    before = tokens_in(path)
    token, secret = new_token(name, may_write=may_write)
    if any(one.name == token.name for one in before):
        raise ServeError(f"There is a token {token.name!r} already. Revoke it first, or give another name.", code="serve.token_name")
    _write(path, (*before, token))
    return secret


def revoked(path: Path, name: str) -> None:
    """Takes a token out of the file.

    Raises:
        ServeError: there is none of that name, or the file cannot be read or written.
    """
    before = tokens_in(path)
    kept = tuple(one for one in before if one.name != name.strip())
    if len(kept) == len(before):
        raise ServeError(f"There is no token {name!r}. `onrecord token list` shows all.", code="serve.token_name")
    _write(path, kept)


def tokens_in(path: Path) -> tuple[Token, ...]:
    """The tokens in the file; none where there is no file.

    Raises:
        ServeError: it cannot be read, or is no file of tokens.
    """
    try:
        return tuple(Token(**one) for one in json.loads(path.read_text(encoding="utf8"))["tokens"])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ServeError(f"The file of tokens {path} cannot be read ({error}).", code="serve.token_file") from error


def _write(path: Path, tokens: Iterable[Token]) -> None:
    """The file anew, for this user's eyes alone; it is whole at every moment."""
    text = json.dumps({"tokens": [asdict(one) for one in tokens]}, ensure_ascii=False, indent=1)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # made with mode 0600
        try:
            with os.fdopen(number, "w", encoding="utf8") as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(number)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise ServeError(f"The file of tokens {path} cannot be written ({error}).", code="serve.token_file") from error


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino
