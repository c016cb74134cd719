"""Which character set bytes are in that do not say it themselves, or say it wrongly."""

from __future__ import annotations

import codecs
import re
import unicodedata

from onrecord.read.language import is_evidently_english

_LOOKED_AT = 1 << 16

# Names in use -> the set that holds all of it: pages that say Latin-1 mean Windows-1252 (WHATWG Encoding Standard).
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
}
_OTHER_NAMES = {"x-sjis": "cp932", "windows-31j": "cp932", "ks_c_5601-1987": "cp949", "x-gbk": "gb18030", "x-mac-roman": "mac-roman"}
_KNOWN = frozenset(
    {
        *("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"),
        *(f"cp{number}" for number in (1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 866, 874, 932, 949)),
        *(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
        *("koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"),
        *("gb18030", "big5", "big5hkscs", "euc_jp", "euc_jis_2004", "iso2022_jp"),
    }
)
_SHOWN_NAMES = {"cp932": "Shift-JIS", "cp949": "EUC-KR", "big5hkscs": "Big5", "euc_jis_2004": "EUC-JP", "cp874": "TIS-620"}
# What is asked of the bytes alone: the sets that texts of the last thirty years are found in, by chardet's names.
_GUESSED = (
    *(f"cp{number}" for number in (1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 866, 874, 932, 949)),
    *(f"iso8859-{part}" for part in (1, 2, 5, 6, 7, 8, 9, 13, 15, 16)),
    *("koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "gb18030", "big5hkscs", "euc_jis_2004", "euc_kr"),
)

_JAPANESE_ESCAPE = (b"\x1b$B", b"\x1b$@")
_TYPOGRAPHIC = re.compile(rb"[\x80\x85\x91-\x97\xa0\xa3\xa9\xab\xae\xb7\xbb]")
_ANCHORS = re.compile("[ \n\u3001\u3002\uff0c\u300c]")
_IN_ENGLISH = re.compile("[“”‘’–—…•£€©®°·\u00a0½¼¾]|(?<=[a-z])[ß-öø-ÿœšž](?=[a-z]|\\b)|\\b[ÀÁÄÅÇÉÍÓÖØÜŠŽ](?=[a-z])")


def codec_of(declared: str | None) -> str | None:
    """The codec of a declared character set (`ISO-8859-1`, `x-sjis`); None where the name says nothing that is read."""
    if not declared:
        return None
    name = declared.strip().strip("'\"").lower()
    try:
        codec = codecs.lookup(_OTHER_NAMES.get(name, name)).name
    except (LookupError, ValueError):
        return None
    codec = _WIDER.get(codec, codec)
    return codec if codec in _KNOWN else None


def shown_name(codec: str) -> str:
    """The name that people know: `Windows-1252`."""
    number = re.fullmatch(r"cp(125[0-8])", codec)
    return f"Windows-{number[1]}" if number else _SHOWN_NAMES.get(codec, codec.upper().replace("_", "-").replace("ISO8859", "ISO-8859"))


def wide_codec(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte order mark, told by where the spaces and line breaks stand."""
    sample = data[: _LOOKED_AT // 16]
    for codec, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        whole = sample[: len(sample) - len(sample) % width]
        try:
            text = codecs.getincrementaldecoder(codec)().decode(whole)
        except UnicodeDecodeError:
            continue
        if text and _is_prose(text, codec):
            return codec
    return None


def _is_prose(text: str, codec: str) -> bool:
    """Letters that there are, with spaces or stops between them, and not pairs of ASCII letters taken for Chinese."""
    odd = sum(unicodedata.category(character) in ("Cn", "Co", "Cs", "Cc") and character not in "\t\n\r\x0c" for character in text)
    if odd > 0.01 * len(text):
        return False
    if text.isascii():
        return True
    pairs = sum(0x20 <= ord(one) >> 8 < 0x7F and 0x20 <= ord(one) & 0xFF < 0x7F for one in text) if codec.startswith("utf-16") else 0
    return pairs < 0.5 * len(text) and len(_ANCHORS.findall(text)) >= max(1, 0.01 * len(text))


def is_japanese_mail(data: bytes) -> bool:
    """ISO-2022-JP: seven bits, with escapes between the alphabets."""
    return any(escape in data for escape in _JAPANESE_ESCAPE)


def guessed_codec(data: bytes) -> str:
    """The likeliest one-byte or East Asian set of bytes that are no Unicode.

    English is decided by rule, since the bytes that are no ASCII are too few to count: its quotation marks and accents
    are where Windows-1252 has them, or where Mac Roman had them before the year 2000. So is what holds no others than
    the quotation marks and dashes of Windows-1252. The rest is asked of chardet.
    """
    sample = data[:_LOOKED_AT]
    if is_evidently_english(sample.decode("ascii", "replace")):
        return max(("cp1252", "mac-roman"), key=lambda codec: len(_IN_ENGLISH.findall(sample.decode(codec, "replace"))))
    if _TYPOGRAPHIC.sub(b"", sample).isascii():
        return "cp1252"
    return _asked(sample)


def _asked(sample: bytes) -> str:
    import chardet  # noqa: PLC0415  # its tables take a moment to load, and most files are UTF-8

    answer = chardet.detect(sample, include_encodings=_GUESSED, compat_names=False)
    return codec_of(answer["encoding"]) or "cp1252"
