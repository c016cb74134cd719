"""The names of the sets in the stance lessons: what is learnt from, what nobody labelled, what only measures, and the events' sets."""

LEARNT, FREE = "learnt", "free"
MEASURED = ("held PolNeAR", "held invented", "held affairs", "layers", "stories")
EVENTS = ("UW", "UDS_IH2", "MEANTIME", "CB", "MV2", "RP")
