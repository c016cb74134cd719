"""Schemathesis asks the API what its description allows and what it does not: no answer is a failure or other than described."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("schemathesis")

import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance
from tests.find.affair import add_affair
from tests.run.fake_reader import FakeReader
from tests.serve.asking import AS_WRITER, WRITER

from onrecord.record.ledger import open_ledger
from onrecord.serve.app import make_app
from onrecord.serve.desk import DeskOptions, Limits, open_desk
from onrecord.serve.tokens import TokenFile

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
PLENTY = Limits(reads_a_second=1e6, reads_at_once=10**6, writes_a_second=1e6, writes_at_once=10**6)
FAILURES: list[str] = []
EXAMPLES = 12  # for each operation
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder: Path = tmp_path_factory.mktemp("schema")
    with open_ledger(str(folder / "affair.db"), create=True) as ledger:
        add_affair(ledger)
    options = DeskOptions(str(folder / "affair.db"), limits=PLENTY, hosts=frozenset({"localhost"}), make_reader=FakeReader, meaning=None)
    desk = open_desk(options, TokenFile(folder / "tokens.json", (WRITER[0],)))
    app = make_app(desk, FAILURES.append)
    yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers={"Host": "localhost"})
    desk.close()


def test_the_api_answers_as_it_is_described(api: Any) -> None:
    operations = [found.ok() for found in api.get_all_operations()]
    assert len(operations) >= 20
    for operation in operations:

        @settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(case=some.one_of(operation.as_strategy(), operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)))
        def check(case: Any) -> None:
            answer = case.call(headers={**AS_WRITER, "Host": "localhost"})
            case.validate_response(answer, checks=CHECKS)

        check()
        assert FAILURES == [], operation.label
