"""Packages over HTTP; knows how files are asked for, and nothing of what is in them."""
