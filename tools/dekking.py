"""Schrijft `docs/standaarden/dekking.md`: hoeveel van elke standaard er is, en wat nog komt.

Gebruik: `python tools/dekking.py`.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tools import zgw_regels
from tools.vergelijk import afwijkingen, alle_apis, eigen, gevonden, standaard, zonder_namen

DOEL = Path(__file__).parents[1] / "docs" / "standaarden" / "dekking.md"
KOP = """# Dekking van de standaarden

Gemaakt met `python tools/dekking.py` uit de declaraties van de registraties en de feiten in `tests/contract/feiten`; een test ziet erop toe
dat dit klopt. Wat wij anders doen dan een standaard staat in [afwijkingen.md](afwijkingen.md).

Anders: in hoeveel operaties van de standaard iets bewust anders is, met de reden in afwijkingen.md (wat overal geldt niet meegeteld).
Extra: operaties die de standaard niet heeft; ook die staan daar, en zijn in het OpenAPI-document als uitbreiding gemerkt.

| API | Versie | Operaties in de standaard | Aangeboden | Anders | Extra |
| --- | --- | ---: | ---: | ---: | ---: |
"""


def dekking() -> str:
    """De tekst van de pagina."""
    apis = alle_apis()
    tellingen = {api: [len(f(api)) for f in (_daar, _aangeboden, _anders, _extra)] for api in apis}
    samen = [sum(kolom) for kolom in zip(*tellingen.values(), strict=True)]
    rijen = [_rij(api, standaard(api)["versie"], telling) for api, telling in tellingen.items()]
    delen = [KOP + "\n".join([*rijen, _rij("samen", "", samen)])]
    for api in apis:
        regels = list(_operaties(api))
        if regels:
            delen.append("\n".join([f"## Nog niet in {api}", "", *regels]))
    return "\n\n".join(delen) + "\n"


def _rij(api: str, versie: str, telling: list[int]) -> str:
    return f"| {api} | {versie} | {' | '.join(map(str, telling))} |"


def _anders(api: str) -> set[str]:
    """De operaties met een verschil dat voor deze API is uitgelegd."""
    eigen_regels = [rij for rij in afwijkingen() if rij.api == api]
    anders = {zonder_namen(deel.operatie) for deel in gevonden(api) if any(rij.past(deel) for rij in eigen_regels)}
    return anders & set(_daar(api))


def _extra(api: str) -> set[str]:
    """De operaties die alleen wij hebben; HEAD hoort bij elke GET en telt niet."""
    return {naam for naam in map(zonder_namen, eigen(api)["operaties"]) if not naam.startswith("HEAD ")} - set(
        _daar(api)
    )


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


def main() -> None:
    DOEL.parent.mkdir(parents=True, exist_ok=True)
    DOEL.write_text(dekking())
    zgw_regels.DOEL.write_text(zgw_regels.pagina())


if __name__ == "__main__":
    main()
