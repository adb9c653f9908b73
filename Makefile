# InterCommunity. `make run` and `make test` set up whatever they need first, and are quick when that is done.
#
#     make install installs everything, for `intercommunity serve`
#     make run     a forum in rehearsal on http://localhost:8000 (PORT=…, DATA=…)
#     make test    every check and every test
#     make bench   the benchmarks, against the peers that are installed
#
# For those who change it:
#
#     make format    lays out Python and web sources
#     make messages  collects the sentences to translate into the catalogues
#     make settings  writes the page that lists the options
#     make protocol  writes the lists of docs/protocol.md
#     make lock      renews the lock files of Python and the web
#     make clean     removes everything that setting up has made

PORT ?= 8000
DATA ?= data
JOBS ?= 2

venv := .venv
bin := $(venv)/bin
done := build/done
locale := src/intercommunity/locale
live := src/intercommunity/office/static/live
catalogues := $(patsubst %.po,%.mo,$(wildcard $(locale)/*/LC_MESSAGES/django.po))
web_sources := $(shell find web/src -type f 2>/dev/null) web/build.mjs $(wildcard web/build/*.mjs) web/svelte.config.js web/package.json

.DELETE_ON_ERROR:
.PHONY: help install run test bench check format messages settings protocol lock clean

help:
	@sed -n 's/^# \{0,1\}//p' Makefile | sed '/^$$/q' ; sed -n 's/^#     //p' Makefile

install: $(done)/system-run $(venv)/done-run $(catalogues) $(live)/manifest.json

run: install
	@exec $(bin)/intercommunity demo --data $(DATA) --port $(PORT)

test: check
	@echo "Running the tests …"
	@$(bin)/pytest --numprocesses $(JOBS) --dist worksteal --quiet

check: $(done)/system-run $(done)/system-test $(venv)/done-test $(catalogues) $(live)/manifest.json
	@echo "Checking Python …"
	@$(bin)/ruff check --quiet
	@$(bin)/ruff format --check --quiet
	@$(bin)/mypy --no-error-summary
	@$(bin)/lint-imports --no-logo
	@echo "Checking the web client …"
	@setup/npm run --silent lint
	@setup/npm run --silent check
	@setup/npm run --silent test

bench: $(done)/system-run $(done)/system-bench $(venv)/done-bench $(catalogues) $(live)/manifest.json
	@$(bin)/python -m bench

format: $(venv)/done-test web/node_modules/.done
	@$(bin)/ruff check --fix --quiet || true
	@$(bin)/ruff format --quiet
	@setup/npm run --silent format

messages: $(venv)/done-test
	@$(bin)/python setup/messages.py

settings: $(venv)/done-run
	@$(bin)/python setup/settings.py

protocol: $(venv)/done-run
	@$(bin)/python setup/protocol.py

lock: $(venv)/done-test
	@$(bin)/uv pip compile $(lock_options) --extra build --output-file requirements.lock
	@$(bin)/uv pip compile $(lock_options) --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	@$(bin)/uv pip compile $(lock_options) --extra bench --constraint requirements-dev.lock --output-file requirements-bench.lock
	@rm -rf build/lock && mkdir -p build/lock && cp web/package.json web/.npmrc build/lock
	@setup/npm --prefix ../build/lock install --package-lock-only --silent && cp build/lock/package-lock.json web/

# npm's lock is made beside no installed packages: from those it would leave out what other platforms need.

# No host and no address in a lock: whoever installs says where packages come from.
lock_options := pyproject.toml --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-annotate --no-header

clean:
	rm -rf .venv build web/node_modules $(live) $(catalogues)

# ---- setting up ------------------------------------------------------------------------------------------------------
# Where packages are missing that only root may install, no stamp is left: it is looked at again the next time.

$(done)/system-%: setup/%.txt
	@setup/system $* $@

$(venv)/done-run: requirements.lock pyproject.toml | $(done)/system-run
	@setup/python requirements.lock
	@touch $@

$(venv)/done-test: requirements-dev.lock pyproject.toml | $(done)/system-run
	@setup/python requirements-dev.lock
	@touch $(venv)/done-run $@

$(venv)/done-bench: requirements-bench.lock pyproject.toml | $(venv)/done-run
	@setup/python requirements-bench.lock
	@touch $@

web/node_modules/.done: web/package-lock.json web/package.json | $(venv)/done-run
	@echo "Installing web packages …"
	@setup/npm ci --loglevel=error >/dev/null
	@touch $@

$(live)/manifest.json: $(web_sources) | web/node_modules/.done
	@echo "Building the web client …"
	@setup/npm run --silent build

%.mo: %.po | $(venv)/done-run
	@$(bin)/pybabel --quiet compile --input-file $< --output-file $@
