"""The webcast: what arrives of picture and sound, packaged as HLS on one clock; knows no viewer and no page."""
