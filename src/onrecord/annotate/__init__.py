"""Document -> attributions and time expressions: spans only, nobody named and nothing judged yet."""
