"""The site: what is filled in before a meeting and read after it, and the frame of every page; knows no log."""
