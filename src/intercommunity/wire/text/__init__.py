"""Caption text as others write and send it, to and from caption pieces; no clock, no network, no meeting."""
