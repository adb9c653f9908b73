"""The answers of the office, one file a kind of page."""
