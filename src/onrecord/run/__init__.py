"""The same pipeline on this machine, in one process or in several."""
