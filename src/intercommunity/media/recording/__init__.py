"""What is kept of a webcast, as files for a record; runs when the packages are complete."""
