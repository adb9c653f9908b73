"""The law of showing: what was shown before, and the changes of an event, is what is shown after, to everybody."""

from typing import Any

from intercommunity.meeting.actor import Role
from intercommunity.meeting.captions.rules import place_of
from intercommunity.meeting.log import Event
from intercommunity.meeting.meeting import Meeting
from intercommunity.meeting.replica import Replica
from intercommunity.meeting.views import (
    EVERYTHING,
    Audience,
    Touch,
    topics,
    touched,
    view,
    view_captions,
    view_captions_line,
    view_me,
)
from properties import wishes
from properties.law import Law
from properties.rooms import SNAPSHOT_EVERY, World, play, worlds

AUDIENCES = tuple(Audience(role, languages) for role in Role for languages in (("en",), ("es", "en")))


class Client:
    """One viewer, as a page keeps what it is sent: topics, lines by id, and who they are."""

    def __init__(self, meeting: Meeting, audience: Audience, person: str) -> None:
        self.audience, self.person = audience, person
        self.begin(meeting)

    def begin(self, meeting: Meeting) -> None:
        self.topics: dict[str, Any] = {}
        self.lines: dict[str, dict[str, Any]] = {}
        for topic in topics(meeting):
            self._set(topic, view(meeting, topic, self.audience))
        for track in self.audience.languages:
            lines = view_captions(meeting, track).lines
            self.lines[f"captions/{track}"] = {line.id: line for line in lines}
        self.topics["me"] = view_me(meeting, self.person, self.audience.language)

    def change(self, meeting: Meeting, touch: Touch) -> None:
        if touch.topic == EVERYTHING:
            self.begin(meeting)
        elif touch.topic == "me":
            if touch.part == self.person:
                self.topics["me"] = view_me(meeting, self.person, self.audience.language)
        elif touch.part:
            self._put(touch, view_captions_line(meeting, touch.topic, touch.part))
        else:
            self._set(touch.topic, view(meeting, touch.topic, self.audience))

    def _set(self, topic: str, shown: Any) -> None:
        if shown is None:
            self.topics.pop(topic, None)
        else:
            self.topics[topic] = shown

    def _put(self, touch: Touch, line: Any) -> None:
        lines = self.lines.get(touch.topic)
        if lines is None or line is None:
            return
        if line.struck:
            lines.pop(line.id, None)
        else:
            lines[line.id] = line

    def seen(self) -> Any:
        lines = {
            topic: sorted(lines.values(), key=lambda line: place_of(line.start, line.id))
            for topic, lines in self.lines.items()
        }
        return self.topics, lines


def check_showing(world: World, _seed: int) -> None:
    """At each node, event by event as they arrive, for every role in every language, and every person."""
    rooms = play(world, wishes.EVERYTHING)
    for held in rooms.held[:2]:
        _check_arrivals(held)


def _check_arrivals(held: list[Event]) -> None:
    replica = Replica("gateway", SNAPSHOT_EVERY)
    people = wishes.PEOPLE
    clients = [Client(replica.meeting, who, people[n % len(people)]) for n, who in enumerate(AUDIENCES)]
    for event in held:
        folded_before = replica.times_folded_again
        touches = [touch for taken in replica.receive([event]) for touch in touched(replica.meeting, taken)]
        if replica.times_folded_again > folded_before:
            touches = [Touch(EVERYTHING)]
        for client in clients:
            for touch in touches:
                client.change(replica.meeting, touch)
            now = Client(replica.meeting, client.audience, client.person)
            assert client.seen() == now.seen(), event


SHOWING = Law(worlds(wishes.LIVELY, nodes=2, most=30), check_showing, 80)
