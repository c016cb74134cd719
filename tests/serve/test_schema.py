"""Schemathesis asks the API what its description allows and what it does not: no answer is a failure or other than described."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("schemathesis")

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
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


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> schemathesis.BaseSchema:
    folder: Path = tmp_path_factory.mktemp("schema")
    with open_ledger(str(folder / "affair.db"), create=True) as ledger:
        add_affair(ledger)
    options = DeskOptions(str(folder / "affair.db"), limits=PLENTY, hosts=frozenset({"localhost"}), make_reader=FakeReader, meaning=None)
    app = make_app(open_desk(options, TokenFile(folder / "tokens.json", (WRITER[0],))), FAILURES.append)
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers={"Host": "localhost"})


schema = schemathesis.pytest.from_fixture("api")


@schema.exclude(path_regex="/readings").parametrize()
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_api_answers_as_it_is_described(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(headers={**AS_WRITER, "Host": "localhost"}, checks=[not_a_server_error])
    assert FAILURES == []
