"""What participants ask, from the asking to the answer; knows no other feature."""
