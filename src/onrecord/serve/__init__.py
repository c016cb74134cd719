"""Ledger -> HTTP: the desk, its pages and its API under /api/v1."""
