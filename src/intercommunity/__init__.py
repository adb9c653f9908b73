"""One meeting in many rooms and many languages, on your own server."""
