"""Feeds: RSS, Atom and JSON Feed, one document an entry, and lists of feeds."""
