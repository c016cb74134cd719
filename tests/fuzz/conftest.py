"""How long is fuzzed: some examples in every run of the tests, thousands with `make fuzz`."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

ODD = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("fuzz", max_examples=2000, deadline=None, suppress_health_check=ODD, print_blob=True)
