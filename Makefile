# Recipes longer than a line stand in .ci/. Variables go along: make demo PORT=8001
.PHONY: help setup demo phone test messages lock verify-imports verify-papers verify-twins verify-race verify-offline \
	verify-figures verify-weight

help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

setup: ## install the locked packages, make .env and the database; what is current is left alone
	@.ci/setup

demo: ## set up, load the sample and serve it at http://127.0.0.1:8000 (PORT=…)
	@.ci/demo

phone: ## serve the sample over HTTPS to a phone in the same network (PORT=…, ADDRESS=…)
	@.ci/phone

test: ## set up and run every check and test, on SQLite and PostgreSQL and in a browser
	@.ci/test

messages: ## bring the Vietnamese catalogue in line with code and templates: new strings come in empty
	@.venv/bin/python manage.py makemessages

lock: ## lock the dependencies of pyproject.toml (UPGRADE=1: to their newest versions)
	@.ci/lock

verify-papers: setup ## CPU seconds of a review as Word, PDF and Excel, and whether its Word file keeps the form (N=…)
	@.ci/verify-papers $(if $(N),--times $(N))

verify-imports: setup ## import many more patrols than the tests do (N=…)
	@.venv/bin/python -m reports.verify_imports $(if $(N),--patrols $(N))

verify-race: setup ## copies of records and editors of one record at once, on SQLite and PostgreSQL (N=5000)
	@.ci/install-tools
	@.venv/bin/python -m reports.verify_race $(if $(N),--records $(N))

verify-offline: ## random scripts on a phone, through a network that fails (N=300, SEED=…)
	@.ci/setup --dev && .ci/setup && .ci/install-tools
	@.venv/bin/python -m reports.verify_offline $(if $(N),--scripts $(N)) $(if $(SEED),--seed $(SEED))

verify-twins: setup ## find second records of one patrol among many, and leave alone what only looks like one (N=…)
	@.venv/bin/python -m patrols.verify_twins $(if $(N),--patrols $(N))

verify-figures: ## sign, edit and amend in any order: nothing may change a signed figure (N=5000, SEED=…)
	@.ci/setup --dev
	@.venv/bin/python -m reports.verify_figures $(if $(N),--runs $(N)) $(if $(SEED),--seed $(SEED))

verify-weight: ## print what a first and a later load of the patrol form weigh, and when it can be used
	@.ci/setup --dev
	@.ci/test-env python -m pytest -q -s --log-level=WARNING -m browser reports/tests/test_weight.py
