import re
import stat

import pytest

from intercommunity.store.secret import Secret, load_secret, token_hash


def test_link_token_is_the_same_every_time_and_another_for_every_link():
    secret = Secret(b"s" * 32)
    tokens = [
        secret.link_token("forum", "host"),
        secret.link_token("forum", "host", 1),
        secret.link_token("forum", "desk"),
        secret.link_token("other", "host"),
        secret.link_token("forumh", "ost"),
        Secret(b"t" * 32).link_token("forum", "host"),
    ]
    assert secret.link_token("forum", "host") == tokens[0]
    assert len(set(tokens)) == len(tokens)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32}", token) for token in tokens)


def test_token_hash_is_sha256_in_hex_of_any_text():
    assert token_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert len(token_hash("\ud800\0é")) == 64


def test_secret_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "secret.key"
    token = load_secret(path).link_token("forum", "host")
    assert load_secret(path).link_token("forum", "host") == token
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["secret.key"]
    assert load_secret(tmp_path / "other.key").link_token("forum", "host") != token


def test_secret_that_was_cut_off_is_not_used(tmp_path):
    path = tmp_path / "secret.key"
    path.write_bytes(b"short")
    with pytest.raises(ValueError, match="should hold 32 bytes"):
        load_secret(path)
