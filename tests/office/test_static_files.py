"""Built files: compressed beforehand, cached for good by their hashed names."""


def test_a_hashed_file_is_kept_for_good_and_closed_to_other_sites(browser):
    answer = browser.get("/static/live/watch-0123456789ab.js")
    assert answer.content == b"'plain'" * 100
    assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_file_is_sent_as_it_was_compressed(browser):
    answer = browser.get("/static/live/watch-0123456789ab.js", headers={"Accept-Encoding": "gzip"})
    assert answer.content == b"compressed"
    assert answer.headers["Content-Encoding"] == "gzip"


def test_a_file_without_hash_is_asked_for_again(browser):
    assert "immutable" not in browser.get("/static/live/manifest.json").headers["Cache-Control"]


def test_nothing_outside_the_folder_is_served(browser):
    for path in ("/static/../settings.py", "/static/%2e%2e/settings.py", "/static/live/", "/static/live/none.js"):
        assert browser.get(path).status_code == 404
