# Alles wat een beheerder of ontwikkelaar nodig heeft. Een doel doet zelf de installatie die het nodig heeft.

POORT ?= 8000
DATA ?= data
GEVALLEN ?= $(if $(GEVALLEN_PER_API),40,10000)
GEVALLEN_PER_API ?=
CASES ?= ../shared/gegevens/dmn-tck
PYTHON ?= python3
PYTEST := .venv/bin/python -m pytest
# Een test start tientallen processen: dan hoeft niet elk zijn broncode opnieuw te vertalen.
export PYTHONDONTWRITEBYTECODE :=
ONZE_MAPPEN := platform formulieren mijngemeente kcc processen plugins tests tools

.DEFAULT_GOAL := help
.PHONY: help demo test check bench dmn-tck duurzaam pakketten recht modelleren veiligheid nachtelijk installatieproef slot docs installatie ontwikkelinstallatie

help: ## Toon deze lijst
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: installatie ## Start het platform met een voorbeeldgemeente (POORT=8000 DATA=data)
	@exec .venv/bin/dienstverlening demo --data "$(DATA)" --poort "$(POORT)"

test: ontwikkelinstallatie ## Draai alle tests op echte PostgreSQL en Redis (PROEF="-k zaken" kiest)
	@$(PYTEST) -n auto --dist loadfile --no-loadscope-reorder $(PROEF)

check: ontwikkelinstallatie ## Controleer stijl, opmaak, types en importregels
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy $(ONZE_MAPPEN)
	@.venv/bin/lint-imports --no-logo

bench: ontwikkelinstallatie ## Meet snelheid; elk script in tools/bench drukt zijn cijfers af
	@set -e; for meting in tools/bench/*.py; do .venv/bin/python "$$meting"; done

dmn-tck: installatie ## Draai de DMN-conformiteitsgevallen uit een map (CASES=map)
	@.venv/bin/dienstverlening dmn tck "$(CASES)"

duurzaam: ontwikkelinstallatie ## Kill-tests: er raakt niets kwijt en niets gebeurt dubbel
	@$(PYTEST) tests/duurzaam tests/integratie/wissel tests/integratie/processen/motor/test_kill.py -m "traag or not traag"

pakketten: ontwikkelinstallatie ## Speel alle scenario's van alle meegeleverde procespakketten
	@$(PYTEST) tests/integratie/processen/pakketten -m "traag or not traag"

recht: ontwikkelinstallatie ## De reizen over besluit, bezwaar en bekendmaking in een browser, ook de lange
	@$(PYTEST) tests/reis/recht tests/reis/behandelen/test_termijn.py -m "traag or not traag"

modelleren: ontwikkelinstallatie ## De werkbank in een browser: van niets naar een dienst die werkt
	@$(PYTEST) tests/reis/modelleren tests/integratie/processen/modelleren/test_proefdraaien.py -m "traag or not traag"

veiligheid: ontwikkelinstallatie ## Alle beveiligingstests, ook de lange; de fuzz met 100 gevallen per operatie
	@FUZZ_GEVALLEN=100 $(PYTEST) tests/veiligheid -n auto -m "traag or not traag"

nachtelijk: ontwikkelinstallatie ## Fuzz met 10.000 gevallen per operatie, elke nacht andere; na een onderbreking gaat hij verder (GEVALLEN=10000, of GEVALLEN_PER_API=10000 verdeeld over haar operaties)
	@mkdir -p .fuzz && { [ -s .fuzz/zaad ] || od -An -N4 -tu4 /dev/urandom | tr -d ' ' > .fuzz/zaad; }
	@FUZZ_ZAAD=$$(cat .fuzz/zaad) FUZZ_STAND="$(CURDIR)/.fuzz" FUZZ_GEVALLEN=$(GEVALLEN) FUZZ_GEVALLEN_PER_API=$(or $(GEVALLEN_PER_API),0) $(PYTEST) tests/veiligheid/fuzz -n auto --dist load --maxschedchunk 1
	@cat .fuzz/*/* | awk '{ verstuurd += $$1 } END { print verstuurd " verzoeken verstuurd" }'
	@rm -r .fuzz

installatieproef: ontwikkelinstallatie ## Installeer in een schone map zoals het image dat doet, en start wat dan kan
	@$(PYTEST) tests/integratie/huis -m traag

docs: ontwikkelinstallatie ## Maak de documentatie die uit de code komt opnieuw
	@.venv/bin/python tools/maak_docs.py

slot: ## Maak de sloten van de Python-pakketten opnieuw (vraagt uv)
	@$(PYTHON) tools/vergrendel.py

installatie:
	@$(PYTHON) tools/installeer.py

ontwikkelinstallatie:
	@$(PYTHON) tools/installeer.py ontwikkel
