"""What the organiser described, and its start, restart and end; knows no other feature."""
