# Tout ce qu’il faut : Python 3.11 ou plus récent, pip et make.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 3
PYTEST_ARGS ?=
LOCK_ARGS ?=

RUN = .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help demo test lock

help:
	@echo "make demo   installe, prépare et sert la démonstration (Ctrl-C pour l’arrêter)"
	@echo "            PORT=8001 choisit un autre port, HOST=0.0.0.0 ouvre au réseau local"
	@echo "make test   installe, vérifie le style et lance tous les tests"
	@echo "            PYTEST_ARGS=\"-k sla\" en choisit, WORKERS=0 les lance un par un"
	@echo "            DATABASE_URL=postgres://… les lance sur PostgreSQL"
	@echo "make lock   recalcule les verrous de requirements/"
	@echo "            LOCK_ARGS=--upgrade prend les versions les plus récentes"

demo: .venv/.base
	@$(RUN) manage.py demo --host $(HOST) --port $(PORT)

# Some tests wait for real processes or for Chromium: on two cores, a third worker goes on meanwhile,
# and takes what is queued behind them.
test: .venv/.test
	@$(RUN) -m ruff check
	@$(RUN) -m ruff format --check
	@$(RUN) -m pytest -n $(WORKERS) --dist worksteal $(PYTEST_ARGS)

# Debian splits venv in two: where its second half is missing, the machine's own pip does the work.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Il faut Python 3.11 ou plus récent : make PYTHON=/chemin/vers/python3"; exit 1; }
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 \
		|| { $(PYTHON) -m venv --clear --without-pip .venv \
		&& $(PYTHON) -m pip --python .venv/bin/python install -qq pip; }

.venv/.base .venv/.test: .venv/.%: requirements/%.lock | .venv/bin/python
	@echo "Installation des bibliothèques dans .venv : une à deux minutes, la première fois seulement."
	@$(RUN) -m pip install -qq --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

# The tests run on the very versions that are installed in production.
lock:
	@echo "Calcul des verrous : quelques secondes."
	@set -e; tools=$$(mktemp -d); trap 'rm -rf "$$tools"' EXIT; \
	$(PYTHON) -m venv "$$tools"; \
	"$$tools/bin/python" -m pip install -qq --disable-pip-version-check uv; \
	compile="$$tools/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(LOCK_ARGS)"; \
	cd requirements; \
	$$compile base.in --output-file base.lock; \
	$$compile test.in --constraints base.lock --output-file test.lock
