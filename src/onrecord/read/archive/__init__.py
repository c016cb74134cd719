"""Web archives: WARC and ARC."""
