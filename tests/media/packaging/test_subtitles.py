from intercommunity.media.packaging.subtitles import Caption, segment


def test_caption_is_whole_in_every_segment_it_touches():
    caption = Caption("hub-1", 3_500, 4_700, "Two <segments> & more", "Ana Ruiz")
    cue = "hub-1\n00:00:02.500 --> 00:00:03.700\n<v Ana Ruiz>Two &lt;segments&gt; &amp; more\n"
    head = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n"
    assert segment([caption], 2_000, 4_000, 1_000) == f"{head}\n{cue}"
    assert segment([caption], 4_000, 6_000, 1_000) == f"{head}\n{cue}"
    assert segment([caption], 6_000, 8_000, 1_000) == head


def test_words_cannot_end_a_cue():
    assert (
        "\n\n00:00" not in segment([Caption("a", 0, 10, "one\n\n00:00:00.000 --> 00:01:00.000\ntwo")], 0, 100, 0)[50:]
    )
