"""The lines of every track; knows no other feature."""
