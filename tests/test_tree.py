"""What holds for the whole tree: layers, locks, budgets, and that what is listed twice is the same."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from intercommunity.office.pages import PAGES

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src/intercommunity"
LIVE = SOURCES / "office/static/live"
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-bench.lock", "web/package-lock.json"]
SCRIPT_BUDGET = 30 * 1024


def sentences_opening(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text())) or "").strip()


def test_layers_hold():
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_module_opens_with_what_it_is():
    silent = [str(path.relative_to(ROOT)) for path in SOURCES.rglob("*.py") if not sentences_opening(path)]
    assert silent == []


def test_no_module_is_longer_than_500_lines():
    sources = [*SOURCES.rglob("*.py"), *(ROOT / "web/src").rglob("*.ts"), *(ROOT / "web/src").rglob("*.svelte")]
    long = [str(path.relative_to(ROOT)) for path in sources if len(path.read_text().splitlines()) > 500]
    assert long == []


@pytest.mark.parametrize("name", LOCKS[:3])
def test_lock_names_no_host_and_no_place(name):
    """Whoever installs says where packages come from."""
    lines = (ROOT / name).read_text().splitlines()
    assert [line for line in lines if re.search(r"://|--index|--find-links|@ ", line)] == []


def test_npm_lock_names_no_host_and_no_place():
    """Beside the addresses where people ask for support, which are no places to fetch from."""
    packages = json.loads((ROOT / "web/package-lock.json").read_text())["packages"]
    fetched = {name: {**package, "funding": None} for name, package in packages.items()}
    assert len(fetched) > 20
    assert re.findall(r"[^\"]*(?:://|file:)[^\"]*|resolved", json.dumps(fetched)) == []


@pytest.mark.parametrize("name", LOCKS[:3])
def test_lock_gives_a_hash_for_every_package(name):
    packages = re.split(r"\n(?=\S)", (ROOT / name).read_text())
    assert len(packages) > 20
    assert [package for package in packages if "--hash=sha256:" not in package] == []


def test_npm_lock_gives_a_hash_for_every_package_that_any_platform_needs():
    packages = json.loads((ROOT / "web/package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []
    held = {name.rpartition("node_modules/")[2] for name in packages}
    needed = {
        name
        for package in packages.values()
        for kind in ("dependencies", "optionalDependencies")
        for name in package.get(kind, ())
    }
    assert sorted(needed - held) == []


def test_locks_agree_with_each_other():
    def pinned(name: str) -> dict[str, str]:
        return dict(re.findall(r"^(\S+)==([^\s;]+)", (ROOT / name).read_text(), re.MULTILINE))

    run = pinned("requirements.lock")
    for name in LOCKS[1:3]:
        other = pinned(name)
        assert {package: other.get(package) for package in run if package in other} == {
            package: version for package, version in run.items() if package in other
        }


def test_every_page_of_the_office_is_built():
    manifest = json.loads((LIVE / "manifest.json").read_text())
    assert sorted(set(PAGES) - set(manifest)) == []


@pytest.mark.parametrize("form", ["gz", "br"])
def test_watch_page_keeps_to_its_budget_in_one_request(form):
    script = json.loads((LIVE / "manifest.json").read_text())["watch"]["script"]
    assert (LIVE / f"{script}.{form}").stat().st_size <= SCRIPT_BUDGET
    assert not re.search(r"\bimport\s*\(|\bimport\s*[{\"']", (LIVE / script).read_text())
