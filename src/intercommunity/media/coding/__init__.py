"""Coded sound and pictures, and what holds them: codecs, FLV, MP4; knows no meeting."""
