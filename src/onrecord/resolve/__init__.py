"""Spans -> statements and events: who, when, through whom, with which stance."""
