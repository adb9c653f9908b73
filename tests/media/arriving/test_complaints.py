"""What FFmpeg and its SRT library complain of, in their own words."""

import pytest

from intercommunity.media.arriving.complaints import meaning_of, tells_of_a_stranger


@pytest.mark.parametrize(
    ("complaint", "code"),
    [
        ("x: Server returned 404 Not Found", "not_found"),
        ("x: Server returned 4XX Client Error, but not one of 40{0,1,3,4}", "not_found"),
        ("x: Server returned 403 Forbidden (access denied)", "denied"),
        ("x: Server returned 401 Unauthorized (authorization failed)", "denied"),
        ("x: Server returned 5XX Server Error reply", "server_failed"),
        ("[tcp @ 0x5] Connection to tcp://x failed: Connection refused\nx: Connection refused", "unreachable"),
        ("[tls @ 0x5] An unexpected TLS packet was received.\nx: Input/output error", "unreachable"),
        ("[srt @ 0x5] Connection to srt://x failed: Input/output error\nsrt://x: Input/output error", "unreachable"),
        ("[http @ 0x5] Stream ends prematurely at 28, should be 18446744\nx: Input/output error", "no_stream"),
        ("[mov,mp4 @ 0x5] moov atom not found\nfile:g.mp4: Invalid data found when processing input", "no_stream"),
        ("Output file #0 does not contain any stream", "no_stream"),
        ("12:00:00/SRT:RcvQ:w1!W:SRT.cn: REJECT: Incorrect passphrase\nsrt://x: Input/output error", "key_refused"),
        ("[srt @ 0x5] Connection setup failure\nsrt://x: Address already in use", "port_taken"),
        ("words that nobody has seen", "no_stream"),
        (" \n", ""),
    ],
)  # fmt: skip
def test_complaint_has_a_meaning(complaint, code):
    assert meaning_of(complaint) == code


@pytest.mark.parametrize(
    ("complaint", "stranger"),
    [
        (b"12:00:00/SRT:RcvQ:w1!W:SRT.cn: newConnection: rejected due to: INTERNAL REJECTION - ERROR:BADSECRET",
         True),
        (b"12:00:00/SRT:RcvQ:w1!W:SRT.cn: newConnection: rejected due to: INTERNAL REJECTION - ERROR:UNSECURE",
         True),
        (b"[aac @ 0x5] Input buffer exhausted before END element found", False),
    ],
)  # fmt: skip
def test_stranger_at_an_srt_port_is_noticed(complaint, stranger):
    assert tells_of_a_stranger(complaint) is stranger
