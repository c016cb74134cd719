"""The state of a ledger is another one after every change, and the same as long as nothing happens."""

from __future__ import annotations

from tests.find.affair import NEVER, NO, link
from tests.find.invented import MARA, add, article

from onrecord.record.corrections import Changes, correct, undo
from onrecord.record.ledger import Ledger, open_ledger
from onrecord.record.marks import Mark
from onrecord.record.removal import remove
from onrecord.record.searches import end, look, save
from onrecord.record.state import state_of


def state(ledger: Ledger) -> str:
    with ledger.reading() as connection:
        return state_of(connection)


def test_every_change_shows_in_the_state(ledger_url: str) -> None:
    with open_ledger(ledger_url, create=True) as ledger:
        seen = [state(ledger), state(ledger)]
        add(ledger, article("courier", "2031-03-10", (MARA, NO)), article("star", "2031-03-11", (MARA, NEVER)))
        seen.append(state(ledger))
        link(ledger, "denies", NEVER, NO)
        seen.append(state(ledger))
        with ledger.reading() as connection:
            from onrecord.record.named import documents_named  # noqa: PLC0415
            from onrecord.record.stored import current_statements  # noqa: PLC0415

            key = connection.execute(current_statements()).mappings().first()["key"]  # type: ignore[index]
            document = documents_named(connection, "star")[0]["key"]
        number = correct(ledger, key, Changes(stance="denies"), "Ida Brook")
        seen.append(state(ledger))
        undo(ledger, number, "Ida Brook")
        seen.append(state(ledger))
        guards, tolls = (save(ledger, name, {}, "Ida Brook") for name in ("Guards", "Tolls"))
        seen.append(state(ledger))
        look(ledger, guards, Mark(2), "Ida Brook")
        seen.append(state(ledger))
        for one in (tolls, guards):
            end(ledger, one, "Ida Brook")
            seen.append(state(ledger))
        remove(ledger, document, "Ida Brook", "a court order")
        seen.append(state(ledger))
    assert seen[0] == seen[1]
    assert len(set(seen[1:])) == len(seen) - 1
