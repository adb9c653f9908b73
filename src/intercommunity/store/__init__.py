"""The log of each meeting on disk, its single writer, and the way to it for other processes; knows no viewer."""
