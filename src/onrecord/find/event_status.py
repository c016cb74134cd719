"""What several documents together make of an event, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from onrecord.data import EventStatus, Stance


class Voice(Protocol):
    """Who says so."""

    @property
    def speaker_name(self) -> str | None: ...
    @property
    def speaker_key(self) -> str | None: ...
    @property
    def stance(self) -> str: ...


class Told(Protocol):
    """What one document says."""

    @property
    def document(self) -> str: ...
    @property
    def publisher(self) -> str | None: ...
    @property
    def known_on(self) -> str: ...
    @property
    def status(self) -> EventStatus: ...
    @property
    def voices(self) -> tuple[Voice, ...]: ...


@dataclass(slots=True)
class _Account:
    """Who stands for the event and who against it, as known after so many documents: {key: as named}."""

    announced: dict[str, str] = field(default_factory=dict)
    denied: dict[str, str] = field(default_factory=dict)
    cancelled: tuple[str, str] | None = None  # by whom, the day on which it was known
    moved: str | None = None
    confirmed: str | None = None
    taken_back: str | None = None

    def add(self, one: Told) -> None:
        """Takes in what the next document says."""
        if one.status is EventStatus.CANCELLED:
            self.cancelled = (_named(one), one.known_on)
            return
        if self.cancelled is not None and one.known_on > self.cancelled[1] and one.status is not EventStatus.DENIED:
            self._begin_again()
        if one.status in (EventStatus.CONFIRMED, EventStatus.MOVED):
            self.denied.clear()
        if one.status is EventStatus.CONFIRMED:
            self.confirmed = _named(one)
        if one.status is EventStatus.MOVED:
            self.moved = _named(one)
        self._hear(one)

    def _begin_again(self) -> None:
        self.announced, self.denied = {}, {}
        self.cancelled = self.moved = self.confirmed = self.taken_back = None

    def _hear(self, one: Told) -> None:
        """Of each speaker the last word counts. A denial by nobody named is the document's own."""
        against = [voice for voice in one.voices if _denies(one, voice)]
        for key, name in [(_key(voice), _name(voice)) for voice in against] or ([(one.document, _outlet(one))] if _has_denial(one) else []):
            if self.announced.pop(key, None) and not self.announced:
                self.taken_back = name
            self.denied[key] = name
        if one.status is EventStatus.DENIED:
            return
        speaking = [voice for voice in one.voices if voice not in against]
        for key, name in [(_key(voice), _name(voice)) for voice in speaking] or [(f" {one.document}", _outlet(one))]:
            self.denied.pop(key, None)
            self.announced[key] = name

    def verdict(self) -> tuple[EventStatus, str]:
        """The status, and the sentence that says why."""
        if self.cancelled is not None:
            return EventStatus.CANCELLED, f"according to {self.cancelled[0]}"
        if self.denied and self.announced:
            return EventStatus.DISPUTED, f"announced by {_list(self.announced)}, denied by {_list(self.denied)}"
        if self.denied:
            taken = f"announced and then denied by {self.taken_back}"
            return (EventStatus.CANCELLED, taken) if self.taken_back else (EventStatus.DENIED, f"denied by {_list(self.denied)}")
        if self.moved:
            return EventStatus.MOVED, f"according to {self.moved}"
        people = {key: name for key, name in self.announced.items() if not key.startswith(" ")}
        if self.confirmed or len(people) > 1:
            return EventStatus.CONFIRMED, f"announced by {_list(people)}" if len(people) > 1 else f"according to {self.confirmed}"
        return EventStatus.PLANNED, f"announced by {_list(people or self.announced)}"


def combined(told: Iterable[Told]) -> tuple[EventStatus, str]:
    """The status that several documents together give an event, and why; they come in the order of their days.

    A cancellation stands until a later document announces the event again. What one announces and another denies is disputed until a
    document tells that it is confirmed or moved, and what only its announcer takes back is cancelled. What two different speakers announce
    is confirmed.
    """
    account = _Account()
    for one in told:
        account.add(one)
    return account.verdict()


def _has_denial(one: Told) -> bool:
    return one.status in (EventStatus.DENIED, EventStatus.DISPUTED)


def _denies(one: Told, voice: Voice) -> bool:
    """Whether the voice is against it: all are where a document only denies, else those whose words deny."""
    return one.status is EventStatus.DENIED or (one.status is EventStatus.DISPUTED and voice.stance in (Stance.DENIES, Stance.REFUSES))


def _key(voice: Voice) -> str:
    return voice.speaker_key or (voice.speaker_name or "").casefold()


def _name(voice: Voice) -> str:
    return voice.speaker_name or "nobody named"


def _outlet(one: Told) -> str:
    return one.publisher or one.document


def _named(one: Told) -> str:
    """Who says so in a document: its speakers, else its outlet, with the day."""
    said = dict.fromkeys(_name(voice) for voice in one.voices)
    return f"{', '.join(said) or _outlet(one)}, {one.known_on}"


def _list(names: dict[str, str]) -> str:
    return ", ".join(dict.fromkeys(names.values()))
