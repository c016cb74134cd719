"""Invented feeds for tests."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr


def rss(*entries: tuple[str, str], links: dict[str, str] | None = None, more: str = "", dated: bool = True) -> str:
    """A feed of the Lesk Courier; an entry is its guid and its text, `links` gives guids an address."""
    date = "<pubDate>Tue, 04 Mar 2031 10:00:00 GMT</pubDate>" if dated else ""
    items = "".join(
        f'<item><guid isPermaLink="false">{escape(guid)}</guid><title>Bridge {escape(guid)}</title>{date}'
        f"{f'<link>{escape(links[guid])}</link>' if links and guid in links else ''}<description>{escape(text)}</description></item>"
        for guid, text in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Lesk Courier</title>{more}{items}</channel></rss>'


def opml(*addresses: str) -> str:
    """A list of feeds as feed readers export it."""
    outlines = "".join(f'<outline type="rss" text="Lesk" xmlUrl={quoteattr(address)}/>' for address in addresses)
    return f'<?xml version="1.0"?><opml version="2.0"><head/><body><outline text="News">{outlines}</outline></body></opml>'
