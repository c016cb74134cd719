"""Ledger -> answers: who said it, when, in which words; nothing here writes."""
