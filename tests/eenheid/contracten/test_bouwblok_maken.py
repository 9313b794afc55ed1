"""De handleiding klopt: het voorbeeld uit `docs/bouwblok-maken.md` werkt zoals het er staat."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest

from contracten import Bouwblokken, BpmnFout, Onherstelbaar, Opdracht
from contracten.sjabloon import documentatie, element_template
from kern.installatie import Installatie
from tests.eenheid.processen.hulp import begin, codes
from tests.procesmodel import bpmn, dienst, einde, start

HANDLEIDING = Path(__file__).parents[3] / "docs" / "bouwblok-maken.md"


@pytest.fixture(scope="module")
def voorbeeld() -> dict[str, Any]:
    code = re.search(r"```python\n(.*?)```", HANDLEIDING.read_text(), re.DOTALL)
    assert code is not None
    ruimte: dict[str, Any] = {"__name__": "voorbeeld"}
    exec(compile(code.group(1), str(HANDLEIDING), "exec"), ruimte)  # noqa: S102  # het voorbeeld uit onze eigen handleiding
    return ruimte


def _opdracht(voorbeeld: dict[str, Any], kamers: int) -> Opdracht[Any, Any]:
    return Opdracht(
        installatie=cast("Installatie", None),
        configuratie=voorbeeld["Instellingen"](voorvoegsel="TV"),
        invoer=voorbeeld["Invoer"](aantal_kamers=kamers),
        sleutel=UUID(int=7),
        moment=datetime(2026, 1, 1, tzinfo=UTC),
        instantie=UUID(int=8),
        bedrijfssleutel="b",
        definitie="p",
        element="a",
    )


def test_het_blok_doet_wat_de_handleiding_zegt(voorbeeld: dict[str, Any]) -> None:
    (klasse,) = voorbeeld["bouwblokken"]()
    blok = klasse()
    eerste, tweede = (blok.voer_uit(_opdracht(voorbeeld, 3)).nummer for _ in range(2))
    assert eerste == tweede
    assert re.fullmatch(r"TV-[0-9a-f]{8}", eerste)
    with pytest.raises(BpmnFout):
        blok.voer_uit(_opdracht(voorbeeld, 21))
    with pytest.raises(Onherstelbaar):
        blok.voer_uit(_opdracht(voorbeeld, -1))


def test_sjabloon_uitleg_en_controle_komen_uit_de_klasse(voorbeeld: dict[str, Any]) -> None:
    blok = voorbeeld["NummerMaken"]()
    namen = [eigenschap.get("id") for eigenschap in element_template(blok)["properties"]]
    assert {"configuratie-voorvoegsel", "invoer-aantalKamers", "uitvoer-nummer"} <= set(namen)
    assert "`te-groot`" in documentatie(blok)
    goed = dienst("a", blok.sleutel, {"aantalKamers": "=kamers"}, {"nummer": "=nummer"}, koppen={"voorvoegsel": "TV"})
    fout = dienst("a", blok.sleutel, {"aantalKamers": "=kamers"})
    pijl = "start > a > einde"
    assert codes(bpmn("p", start(), fout, einde(), pijl), Bouwblokken([blok])) == {("a", "configuratie")}
    u = begin(bpmn("p", start(), goed, einde(), pijl), Bouwblokken([blok]), kamers=3)
    assert [werk["verwerker"] for werk in u.gevolgen.werk] == ["processen.bouwblok"]
