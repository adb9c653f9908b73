"""A webcast to measure: a programme that flashes and beeps at known times, who sends it, and who watches it."""
