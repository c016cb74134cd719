"""E-mail (RFC 5322): a letter or a mailbox of letters -> one document each, without what it answers and without its signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default as default_policy
from email.utils import parseaddr

from onrecord.data import Document, Rejection
from onrecord.errors import ReadError
from onrecord.read.decode import decoded
from onrecord.read.facts import Facts, made
from onrecord.read.files import Found
from onrecord.read.instants import instant
from onrecord.read.letter import words_of_letter
from onrecord.read.markup import text_of_markup
from onrecord.read.plain import most_markup, raw_sha256, too_long, whole_markup
from onrecord.read.stream import PIECE, Stream
from onrecord.settings import ReadOptions

_LETTER_OPENS = re.compile(rb"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ")
_MULTIPART = re.compile(rb"^content-type:[ \t]*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_MOST_MULTIPART = 500
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_MOST_PARTS = 1000
_LONGEST_HEADER = 2000


def mail_documents(stream: Stream, found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    """The one letter in the file, after its warnings.

    Raises:
        ReadError: too long, or there are no words in it.
    """
    yield from _letter(whole_markup(stream, options.longest_document), found, options)


def mailbox_documents(stream: Stream, found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    """The letters of a mailbox (mbox, RFC 4155), one after the other.

    Raises:
        ReadError: there is none in it.
    """
    number = 0
    for number, data in enumerate(_letters(stream, most_markup(options.longest_document)), 1):
        inside = replace(found, name=f"{found.name}-{number}", place=f"{found.locator}#{number}")
        try:
            if data is None:
                raise too_long(options.longest_document)
            yield from _letter(data, inside, options)
        except ReadError as error:
            yield Rejection(inside.locator, error.code, f"Letter {number}: {error.message}")
    if not number:
        raise ReadError("There is no letter in this mailbox. Check that it was saved whole.", code="read.no_documents")


def _letters(stream: Stream, most: int) -> Iterator[bytes | None]:
    """The bytes of each letter; None for one longer than `most`, which is passed over without being held."""
    lines: list[bytes] = []
    size = 0
    opened = False
    after_blank = True
    while line := stream.line(PIECE):
        if after_blank and _LETTER_OPENS.match(line):
            if opened:
                yield _joined(lines, size, most)
            lines, size, opened = [], 0, True
        elif opened:
            size += len(line)
            if size <= most:
                lines.append(line)
        after_blank = not line.strip()
    if opened:
        yield _joined(lines, size, most)


def _joined(lines: list[bytes], size: int, most: int) -> bytes | None:
    return None if size > most else _QUOTED_FROM.sub(rb"\1", b"".join(lines))


def _letter(data: bytes, found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    if len(_MULTIPART.findall(data)) > _MOST_MULTIPART:
        raise ReadError("The letter is parts in parts in parts, without end. Save its words as plain text.", code="read.bad_mail")
    try:
        message = BytesParser(EmailMessage, policy=default_policy).parsebytes(data)
        text, complaint = _words(message)
    except ReadError:
        raise
    except (MessageError, ValueError, LookupError, RecursionError, IndexError, AttributeError, TypeError, AssertionError) as error:
        # The standard library's parser of headers fails in many ways where they are broken.
        raise ReadError(
            f"The letter is damaged ({type(error).__name__}: {error}). Save its words as plain text.", code="read.bad_mail"
        ) from error
    name, address = parseaddr(_header(message, "from"))
    written = _header(message, "date")
    facts = Facts(
        words_of_letter(text),
        raw_sha256(data),
        title=_header(message, "subject"),
        author=name or address,
        creation_time=instant(written) or written,
        complaint=complaint,
    )
    yield from made(facts, found, options)


def _header(message: EmailMessage, name: str) -> str:
    """The decoded header in one line; as it stands where it is too broken to be decoded."""
    try:
        return " ".join(str(message.get(name, ""))[:_LONGEST_HEADER].split())
    except (MessageError, ValueError, LookupError, IndexError, AttributeError, TypeError, AssertionError):
        raw = next((value for key, value in message.raw_items() if key.lower() == name), "")
        return " ".join(str(raw)[:_LONGEST_HEADER].split())


def _words(message: EmailMessage) -> tuple[str, str | None]:
    """The plain part, or else the words of the HTML part; attachments are not read."""
    plain: list[EmailMessage] = []
    pages: list[EmailMessage] = []
    for count, part in enumerate(message.walk()):
        if count > _MOST_PARTS:
            raise ReadError("The letter has more than a thousand parts. Save its words as plain text.", code="read.bad_mail")
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        (plain if kind == "text/plain" else pages if kind == "text/html" else []).append(part)
    texts = [_characters(part) for part in plain]
    if not any(text.strip() for text, _ in texts):
        texts = [(text_of_markup(text), complaint) for text, complaint in map(_characters, pages)]
    if not texts:
        raise ReadError("There are no words in this letter, only attachments. Save these and read them.", code="read.empty")
    return "\n\n".join(text for text, _ in texts), next((complaint for _, complaint in texts if complaint), None)


def _characters(part: EmailMessage) -> tuple[str, str | None]:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    return decoded(data, part.get_content_charset())
