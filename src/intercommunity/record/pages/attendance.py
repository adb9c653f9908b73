"""Who was there: by country, and room by room."""

from collections.abc import Iterator
from typing import NamedTuple

from intercommunity.meeting.description import Node
from intercommunity.record.content import Content
from intercommunity.record.pages.page import Page
from intercommunity.record.reader import Reader


class Room(NamedTuple):
    """`counted` is None where nobody reported a head count."""

    node: Node
    country: str
    counted: int | None
    connected: int


class Country(NamedTuple):
    name: str
    joined: int
    connected: int


def attendance_page(reader: Reader, content: Content) -> Page:
    rooms = tuple(_rooms(reader, content))
    context = {
        "rooms": rooms,
        "countries": tuple(_countries(reader, content)),
        "people": content.attendance.most.people,
        "joined": sum(content.attendance.joined.values()),
        "in_rooms": sum(room.counted or 0 for room in rooms),
    }
    return Page("attendance.html", "attendance.html", reader.tell("Who was there"), context)


def _rooms(reader: Reader, content: Content) -> Iterator[Room]:
    counted, connected = content.attendance.rooms, content.attendance.most.nodes
    for node in content.description.nodes:
        yield Room(node, reader.country(node.country), counted.get(node.id), connected.get(node.id, 0))


def _countries(reader: Reader, content: Content) -> list[Country]:
    """Most people first; who did not say where they are comes last."""
    joined, connected = content.attendance.joined, content.attendance.most.countries
    found = [Country(reader.country(code), joined.get(code, 0), connected.get(code, 0)) for code in joined | connected]
    return sorted(found, key=lambda each: (not each.name, -max(each.joined, each.connected), each.name))
