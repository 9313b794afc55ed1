"""Schrijft `docs/standaarden/dekking.md`: hoeveel van elke standaard er is, en wat nog komt.

Gebruik: `python tools/dekking.py`.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tools.vergelijk import alle_apis, eigen, gevonden, is_nog_te_bouwen, standaard, zonder_namen

DOEL = Path(__file__).parents[1] / "docs" / "standaarden" / "dekking.md"
KOP = """# Dekking van de standaarden

Gemaakt met `python tools/dekking.py` uit de declaraties van de registraties en de feiten in `tests/contract/feiten`; een test ziet erop toe
dat dit klopt. Wat wij anders doen dan een standaard staat in [afwijkingen.md](afwijkingen.md).

| API | Versie | Operaties in de standaard | Aangeboden |
| --- | --- | ---: | ---: |
"""


def dekking() -> str:
    """De tekst van de pagina."""
    apis = alle_apis()
    rijen = [f"| {api} | {standaard(api)['versie']} | {len(_daar(api))} | {len(_aangeboden(api))} |" for api in apis]
    daar, hier = (sum(len(f(api)) for api in apis) for f in (_daar, _aangeboden))
    delen = [KOP + "\n".join([*rijen, f"| samen | | {daar} | {hier} |"])]
    for api in apis:
        regels = [*_operaties(api), *_onderdelen(api)]
        if regels:
            delen.append("\n".join([f"## Nog niet in {api}", "", *regels]))
    return "\n\n".join(delen) + "\n"


def _daar(api: str) -> dict[str, str]:
    return {zonder_namen(naam): naam for naam in standaard(api)["operaties"]}


def _aangeboden(api: str) -> set[str]:
    return set(_daar(api)) & {zonder_namen(naam) for naam in eigen(api)["operaties"]}


def _operaties(api: str) -> Iterator[str]:
    per_pad: dict[str, list[str]] = defaultdict(list)
    for sleutel, naam in _daar(api).items():
        if sleutel not in _aangeboden(api):
            methode, _, pad = naam.partition(" ")
            per_pad[pad].append(methode)
    yield from (f"* `{pad}`: {', '.join(methoden)}" for pad, methoden in per_pad.items())


def _onderdelen(api: str) -> Iterator[str]:
    per_plek: dict[str, list[str]] = defaultdict(list)
    for verschil in filter(is_nog_te_bouwen, gevonden(api)):
        if verschil.plek != "operatie":
            per_plek[verschil.operatie].append(f"`{verschil.plek}`")
    yield from (f"* `{operatie}`: {', '.join(plekken)}" for operatie, plekken in per_plek.items())


def main() -> None:
    DOEL.parent.mkdir(parents=True, exist_ok=True)
    DOEL.write_text(dekking())


if __name__ == "__main__":
    main()
