"""Hoe snel is een klantbeeld uit de Klantinteracties API, met 100.000 partijen en 1.000.000 klantcontacten?

Elke aanroep die het klantbeeld en de balie doen, met hun eigen token, telkens voor een andere klant, en die van de drukste klant (872
contacten). Wat er per aanroep gemeten wordt staat in `hulp/meting.py`.

    klantinteracties.py [--partijen 100000] [--contacten 1000000] [--seconden 1] [--data MAP] [--alleen-vullen] [--plannen]
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[2]))
from kern.machines import eigen_geheim
from tools.bench.hulp.klanten import Klanten, klanten, vul
from tools.bench.hulp.meetplaats import lezer, meetplaats
from tools.bench.hulp.meting import Proef, meet

BASIS = "/klantinteracties/api/v1"
PARTIJ = "hadBetrokkene__wasPartij__"
MET_RELATIES = {
    "expand": "hadBetrokkenen,gingOverOnderwerpobjecten,leiddeTotInterneTaken",
    "ordering": "-plaatsgevondenOp",
}
Criteria = Mapping[str, Any]


def _zoek(naam: str, bron: str, criteria: Callable[[int], Criteria], aantal: int = 10) -> Proef:
    """Wat op nummers van mensen zoekt, staat in het lichaam."""
    return Proef(naam, lambda _: f"{BASIS}/{bron}/_zoek?pageSize={aantal}", criteria)


def _contacten(naam: str, criteria: Callable[[int], Criteria], aantal: int = 10) -> Proef:
    return _zoek(naam, "klantcontacten", lambda nr: {**criteria(nr), **MET_RELATIES}, aantal)


def _taken(naam: str, criteria: Callable[[int], Criteria]) -> Proef:
    def pad(nr: int) -> str:
        vraag = {**criteria(nr), "status": "te_verwerken", "ordering": "-toegewezenOp", "pageSize": 50}
        return f"{BASIS}/internetaken?{urlencode(vraag)}"

    return Proef(naam, pad)


def proeven(data: Klanten) -> list[Proef]:
    """De aanroepen van het klantbeeld en de balie; klant 0 is de drukste en komt in de eigen proeven."""

    def om_de_beurt(lijst: Sequence[str], nummer: int) -> str:
        return lijst[1 + (nummer * 613) % (len(lijst) - 1)]

    def bsn(begin: str, nummer: int) -> Criteria:
        return {f"{begin}codeSoortObjectId": "bsn", f"{begin}objectId": om_de_beurt(data.bsns, nummer)}

    def partij(nummer: int) -> Criteria:
        return {f"{PARTIJ}uuid": om_de_beurt(data.partijen, nummer)}

    adressen, drukste = "digitaleadressen", {f"{PARTIJ}uuid": data.partijen[0]}
    op_zaak = "onderwerpobject__onderwerpobjectidentificatorObjectId"
    return [
        _zoek("partij bij BSN", "partijen", lambda nr: {**bsn("partijIdentificator__", nr), "expand": "digitaleAdressen"}),
        _zoek("partij bij e-mail", adressen, lambda nr: {"adres": f"klant{1 + nr % len(data.bsns)}@voorbeeld.nl"}),
        _zoek("deel van e-mail", adressen, lambda nr: {"adres__icontains": f"KLANT{10000 + nr % 90000}@"}),
        _zoek("adressen van partij", adressen, lambda nr: {"verstrektDoorPartij__uuid": om_de_beurt(data.partijen, nr)}, 100),
        _contacten("contacten bij BSN", lambda nr: bsn(f"{PARTIJ}partijIdentificator__", nr)),
        _contacten("contacten van partij", partij),
        _contacten("idem, 872 contacten", lambda _: drukste),
        _contacten("idem, pagina van 100", lambda _: drukste, 100),
        _contacten("contacten bij zaak", lambda nr: {op_zaak: om_de_beurt(data.zaken, nr)}),
        _contacten("taken van partij", lambda nr: {**partij(nr), "leiddeTotInterneTaken": True}),
        _taken("open taken van afdeling", lambda nr: {"toegewezenAanActor__uuid": om_de_beurt(data.actoren, nr)}),
        _taken("alle open taken", lambda _: {}),
        _contacten("nieuwste contacten", lambda _: {"kanaal": "telefoon"}, 50),
    ]  # fmt: skip


def main() -> None:
    opties = lezer()
    opties.add_argument("--partijen", type=int, default=100_000)
    opties.add_argument("--contacten", type=int, default=1_000_000)
    keuze = opties.parse_args()
    omvang = (keuze.partijen, keuze.contacten)
    with meetplaats(keuze, f"klanten-{omvang[0]}-{omvang[1]}", lambda plek: vul(plek, *omvang)) as installatie:
        if not keuze.alleen_vullen:
            balie = eigen_geheim(installatie, "dienstverlening-kcc", "token")
            meet(installatie, proeven(klanten(*omvang)), balie, keuze)


if __name__ == "__main__":
    main()
