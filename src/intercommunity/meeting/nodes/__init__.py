"""What rooms report of themselves, and who was there; knows no other feature."""
