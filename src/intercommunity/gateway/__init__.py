"""Viewers in and out: what they follow, what they wish, and the sockets that carry both."""
