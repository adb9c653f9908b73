"""A source's end of the RTMP port or of what is pulled: keeps what it is told, and decodes nothing."""


class Heard:
    """`said`: in order, what came and the codes that were noted."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def connected(self):
        self.said.append("connected")

    def take(self, arrived):
        self.said.append("arrived")

    def gone(self):
        self.said.append("gone")

    def note(self, code, value=""):
        self.said.append(code)
