"""The secret key's file."""

from concurrent.futures import ThreadPoolExecutor

from intercommunity.office.secret import secret_key


def test_key_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "new" / "secret-key"
    first = secret_key(path)
    assert len(first) >= 64
    assert secret_key(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["secret-key"]


def test_key_is_the_same_for_all_who_start_at_once(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(secret_key, [tmp_path / "secret-key"] * 32))
    assert len(keys) == 1
