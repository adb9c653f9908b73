"""PURE: what a meeting is and how nodes agree about it; knows no clock, no disk, no network."""
