"""The webcast: what arrives of picture and sound, packaged as HLS on the meeting's clock; knows no viewer and no page."""
