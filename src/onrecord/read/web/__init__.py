"""Fetching from the web: politely, and never from an address that was not checked."""
