"""What a command cannot do, in words for the person at the terminal."""


class Complaint(Exception):  # noqa: N818 - for people, not a fault of the program
    """Says what is the matter and what to do next; printed as it is."""
