"""What comes in: RTMP, SRT, what is pulled; each source on the stage's clock; packages nothing."""
