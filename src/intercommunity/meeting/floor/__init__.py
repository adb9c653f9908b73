"""Which session is open and who has the floor; knows no other feature."""
