"""The response headers that keep every answer of this server to itself; knows no framework and no page.

The pages show words that anybody may have typed, so they are held as if an escape had been forgotten somewhere:
nothing runs, loads or connects but from this server's own files and addresses, and nothing written into a page can
run, for there is no inline script and no inline style (the policy of CSP level 3, "strict" without exceptions).
A page may not be framed by another site, so nobody can be led to press its buttons unseen. Addresses hold meeting
names and are told to nobody (no referrer). Devices are closed until a page needs them. Sound and pictures may
come out of a script's hands (`blob:`): that is how browsers are fed a webcast piece by piece.
"""

_POLICY = """\
default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; \
media-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"""

SECURITY_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

INSIST_ON_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}
"""Only where the operator says that people reach the site by HTTPS alone: a browser remembers it for a year."""
