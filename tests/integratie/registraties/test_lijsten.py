"""Elke lijst van elke registratie kost bij 1 en bij 100 per pagina evenveel vragen aan de database, met elke `expand`.

De lijsten en hun `expand` komen uit de declaraties, met de diepere paden die de standaard noemt. Die van de Zaken API, waar documenten
en types bij opgehaald worden, staan in `zaken/test_vragen.py`.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

import pytest

from dienstverlening.delen import DELEN
from integratie.producttypen import ProducttypenClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kit import Bron
from registraties.referentielijsten.laden import laad, voorbeeldset
from tests.integratie.registraties.rechten import PROEF, geef_rechten
from tests.integratie.registraties.typen import RSIN, maak_typen
from tests.integratie.registraties.verveelvoudigen import verveelvoudig
from tests.integratie.registraties.voorbeelden import APIS, Gemaakt, registratie
from tests.integratie.registraties.zaken.hulp import maak_document, maak_zaak

AANTALLEN = (1, 100)
MEESTE = 3  # de pagina, de telling, en bij producten de producttypen erbij
EIGEN = (*APIS, "referentielijsten")
ZGW = ("catalogi", "documenten", "besluiten", "autorisaties", "notificaties")
# Van deze zijn er maar een paar.
KLEIN = {"contentlabels", "zaakobjecttypen", "communicatiekanalen", "procestypen", "resultaattypeomschrijvingen"}


@pytest.fixture
def vol(installatie: Installatie) -> Gemaakt:
    """Van alles meer dan een pagina."""
    gemaakt = Gemaakt(installatie).alles()
    bestand = {"producttype_uuid": gemaakt.rij("producttype", "producttypen")["uuid"]}
    client = ProducttypenClient(installatie, namens="proef")
    client._http.post(
        client.url("bestanden"), data=bestand, files={"bestand": ("folder.pdf", b"%PDF-1")}, auth=client._auth
    )
    for deel in DELEN:
        if deel.naam in APIS and deel.tabellen is not None:
            verveelvoudig(installatie, deel.tabellen)
    laad(installatie, voorbeeldset())
    return gemaakt


@pytest.fixture
def vragen(installatie: Installatie) -> Iterator[list[str]]:
    gesteld: list[str] = []

    def onthoud(_verbinding: Any, _cursor: Any, opdracht: str, *_rest: Any) -> None:
        gesteld.append(opdracht)

    with installatie.db.meeluisteren(onthoud):
        yield gesteld


def lijsten(apis: Sequence[str]) -> Iterator[tuple[str, str, str, bool]]:
    """(API, pad, expand, gepagineerd) van elke lijst: zonder, met elke relatie, en met alle tegelijk."""
    for api in apis:
        for bron in registratie(api).bronnen:
            if "lijst" in bron.operaties:
                yield from ((api, bron.pad, expand, bron.gepagineerd) for expand in _keuzen(bron))
    if "objecten" in apis:
        yield "objecten", "objects", "", True


def _keuzen(bron: Bron) -> list[str]:
    relaties = list(bron.expandpaden or bron.expand)
    return ["", *relaties, *([",".join(relaties)] if len(relaties) > 1 else [])]


def test_de_lijsten_komen_uit_de_declaraties() -> None:
    """Wie een registratie toevoegt, krijgt haar lijsten hier vanzelf bij."""
    alle = {deel.naam for deel in DELEN if deel.pakket.startswith("registraties.") and "/api/" in deel.pad}
    assert {*EIGEN, *ZGW, "zaken"} == alle


def test_elke_lijst_heeft_een_vast_aantal_vragen(vol: Gemaakt, vragen: list[str]) -> None:
    assert list(_te_veel(vol, vragen, EIGEN)) == []


def test_elke_zgw_lijst_heeft_een_vast_aantal_vragen(installatie: Installatie, vragen: list[str]) -> None:
    vul_zgw(installatie)
    for deel in DELEN:
        if deel.naam in ZGW and deel.tabellen is not None:
            verveelvoudig(installatie, deel.tabellen)
    assert list(_te_veel(Gemaakt(installatie), vragen, ZGW)) == []


def _te_veel(vol: Gemaakt, vragen: list[str], apis: Sequence[str]) -> Iterator[tuple[str, str, list[int]]]:
    """De lijsten die bij een grotere bladzij meer vragen stellen dan de telling erbij, of te veel."""
    for api, pad, expand, gepagineerd in lijsten(apis):
        aantallen = []
        for grootte in AANTALLEN:
            params = {registratie(api).grootteveld: grootte} if gepagineerd and "{" not in pad else {}
            url = f"{_ingevuld(vol, api, pad)}?{urlencode({**params, **({'expand': expand} if expand else {})})}"
            vol.stuur(api, "GET", url)
            vragen.clear()
            antwoord = vol.stuur(api, "GET", url)
            aantallen.append(len(vragen))
            assert antwoord.status_code == 200, (url, antwoord.text)
            assert not params or pad in KLEIN or len(antwoord.json()["results"]) == grootte, url
        if max(aantallen) > MEESTE + _stappen(expand) or aantallen[1] > aantallen[0] + 1:
            yield f"{api} {pad}", expand, aantallen


def vul_zgw(installatie: Installatie) -> None:
    """Een zaaktype met alles, een zaak met een besluit en documenten, een applicatie en een kanaal."""
    geef_rechten(installatie)
    typen = maak_typen(installatie)
    zaak = maak_zaak(ZakenClient(installatie, namens=PROEF), typen)["url"]
    document = maak_document(installatie, typen.informatieobjecttype)
    gemaakt = Gemaakt(installatie)
    besluit = {"verantwoordelijkeOrganisatie": RSIN, "besluittype": typen.besluittype, "zaak": zaak}
    besluit |= {"datum": "2026-01-05", "ingangsdatum": "2026-01-06"}
    url = gemaakt.stuur("besluiten", "POST", "besluiten", besluit).json()["url"]
    kanaal = {"naam": "proef", "documentatieLink": "https://voorbeeld.nl"}
    for api, pad, lichaam in (
        ("besluiten", "besluitinformatieobjecten", {"besluit": url, "informatieobject": document}),
        ("documenten", "gebruiksrechten", {"informatieobject": document, "startdatum": "2026-01-05T00:00:00Z", "omschrijvingVoorwaarden": "x"}),
        ("documenten", "verzendingen", {"informatieobject": document, "betrokkene": "https://voorbeeld.nl/1", "aardRelatie": "geadresseerde", "verzenddatum": "2026-01-06", "contactPersoon": "https://voorbeeld.nl/2", "telefoonnummer": "0612345678"}),
        ("notificaties", "kanaal", kanaal),
    ):  # fmt: skip
        antwoord = gemaakt.stuur(api, "POST", pad, lichaam)
        assert antwoord.status_code == 201, (pad, antwoord.text)


def _stappen(expand: str) -> int:
    """Hoeveel relaties er worden opgehaald: elk pad, en elk niveau daarvoor."""
    paden = [pad.split(".") for pad in expand.split(",") if pad]
    return len({tuple(pad[:diepte]) for pad in paden for diepte in range(1, len(pad) + 1)})


def _ingevuld(vol: Gemaakt, api: str, pad: str) -> str:
    begin, accolade, rest = pad.partition("{")
    if not accolade:
        return pad
    ouder, _, eind = rest.partition("}")
    return f"{begin}{vol.rij(ouder.removesuffix('_uuid').replace('_', ''), api)['uuid']}{eind}"
