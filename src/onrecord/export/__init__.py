"""Record -> file or screen, one format a file."""
