"""Rechten per zaaktype en vertrouwelijkheid, overal waar een zaak te zien is (zrc-006, regels 1.9)."""

from dataclasses import dataclass
from typing import Any

import pytest

from integratie.autorisaties import AutorisatiesClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from tests.integratie.registraties.rechten import geef_rechten, status_van
from tests.integratie.registraties.typen import Typen, maak_typen
from tests.integratie.registraties.zaken.hulp import maak_document, maak_zaak, rol_json, zaak_json, zet_status

LEZEN = ["zaken.lezen"]


@dataclass(frozen=True)
class Opstelling:
    """Vier zaken: van het eigen type (openbaar, geheim) en van een ander type; de lezer mag alleen het eerste zien."""

    typen: Typen
    ander: Typen
    openbaar: str
    geheim: str
    vreemd: str
    lezer: ZakenClient


def zrc(typen: Typen, *scopes: str, va: str = "intern") -> dict[str, Any]:
    return {
        "component": "zrc",
        "scopes": list(scopes),
        "zaaktype": typen.zaaktype,
        "maxVertrouwelijkheidaanduiding": va,
    }


@pytest.fixture
def opstelling(installatie: Installatie, baas: ZakenClient, typen: Typen) -> Opstelling:
    ander = maak_typen(installatie, "ANDER")
    openbaar = maak_zaak(baas, typen, vertrouwelijkheidaanduiding="openbaar")["url"]
    geheim = maak_zaak(baas, typen, vertrouwelijkheidaanduiding="geheim", hoofdzaak=openbaar)["url"]
    vreemd = maak_zaak(baas, ander, vertrouwelijkheidaanduiding="openbaar")["url"]
    for zaak, soort in ((openbaar, typen), (geheim, typen), (vreemd, ander)):
        zet_status(baas, zaak, soort.begin)
        baas.vraag("POST", "rollen", json=rol_json(zaak, soort.rollen["initiator"]))
    # Schrijfrecht op het andere type geeft geen leesrecht, en zijn ruime grens geldt niet voor het eigen type.
    geef_rechten(
        installatie,
        zrc(typen, "zaken.lezen", "zaken.bijwerken", "zaken.aanmaken", "zaken.verwijderen", "audittrails.lezen"),
        zrc(ander, "zaken.aanmaken", va="zeer_geheim"),
        namens="lezer",
    )
    return Opstelling(typen, ander, openbaar, geheim, vreemd, ZakenClient(installatie, namens="lezer"))


def test_lijst_en_telling(opstelling: Opstelling) -> None:
    o = opstelling
    antwoord = o.lezer.vraag("GET", "zaken")
    assert (antwoord["count"], [zaak["url"] for zaak in antwoord["results"]]) == (1, [o.openbaar])
    for pad in ("statussen", "rollen"):
        rijen = o.lezer.vraag("GET", pad)
        assert (rijen["count"], [rij["zaak"] for rij in rijen["results"]]) == (1, [o.openbaar])
        assert o.lezer.vraag("GET", pad, params={"zaak": o.geheim})["count"] == 0
    assert o.lezer.vraag("GET", "zaken", params={"zaaktype": o.ander.zaaktype})["count"] == 0


def test_zoeken(opstelling: Opstelling) -> None:
    o = opstelling
    ids = [url.rpartition("/")[2] for url in (o.openbaar, o.geheim, o.vreemd)]
    antwoord = o.lezer.vraag("POST", "zaken/_zoek", json={"uuid__in": ids})
    assert (antwoord["count"], [zaak["url"] for zaak in antwoord["results"]]) == (1, [o.openbaar])


def test_detail_en_schrijven(baas: ZakenClient, opstelling: Opstelling) -> None:
    o = opstelling
    for zaak in (o.geheim, o.vreemd):
        rol = next(iter(baas.rollen(zaak))).url
        for methode, pad in (("GET", zaak), ("PATCH", zaak), ("DELETE", zaak), ("GET", rol), ("DELETE", rol)):
            assert status_van(o.lezer, methode, pad, {}) == 403, (methode, pad)
        assert status_van(o.lezer, "GET", f"{zaak}/audittrail") == 403
        assert status_van(o.lezer, "POST", "resultaten", {"zaak": zaak, "resultaattype": o.typen.resultaattype}) == 403
        assert o.lezer.vraag("GET", f"{zaak}/zaakeigenschappen") == []
    assert o.lezer.vraag("GET", f"{o.openbaar}/audittrail")
    assert o.lezer.vraag("POST", "rollen", json=rol_json(o.openbaar, o.typen.rollen["behandelaar"]))


def test_nieuwe_va_moet_ook_mogen(opstelling: Opstelling) -> None:
    """Aanmaken en wijzigen toetsen op de va na afleiding."""
    o = opstelling
    assert status_van(o.lezer, "PATCH", o.openbaar, {"vertrouwelijkheidaanduiding": "geheim"}) == 403
    json = zaak_json(o.typen, vertrouwelijkheidaanduiding="vertrouwelijk")
    assert status_van(o.lezer, "POST", "zaken", json) == 403
    assert o.lezer.vraag("POST", "zaken", json=zaak_json(o.typen))["vertrouwelijkheidaanduiding"] == "intern"
    assert o.lezer.vraag("GET", "zaken")["count"] == 2


def test_een_deelzaak_die_niet_weg_mag_houdt_haar_hoofdzaak_vast(baas: ZakenClient, opstelling: Opstelling) -> None:
    """Verwijderen neemt de deelzaken mee (zrc-023), dus vraagt het recht daarvoor ook."""
    o = opstelling
    assert status_van(o.lezer, "DELETE", o.openbaar) == 403
    assert baas.vraag("GET", o.geheim)["hoofdzaak"] == o.openbaar
    baas.vraag("DELETE", o.geheim)
    o.lezer.vraag("DELETE", o.openbaar)
    assert status_van(baas, "GET", o.openbaar) == 404


def test_expand(installatie: Installatie, baas: ZakenClient, opstelling: Opstelling) -> None:
    """Ook in `_expand` staat alleen wat de aanroeper mag zien: eigen resources, documenten en typen."""
    o = opstelling
    zaak = o.lezer.vraag("GET", o.openbaar, params={"expand": "deelzaken,zaaktype,status.statustype"})
    assert zaak["deelzaken"] == [o.geheim]
    assert zaak["_expand"]["deelzaken"] == []
    assert zaak["_expand"]["zaaktype"]["identificatie"] == "AANVRAAG"  # ztc-014
    assert zaak["_expand"]["status"]["_expand"]["statustype"] == {}  # zonder catalogi.lezen
    documenten = [
        maak_document(installatie, o.typen.informatieobjecttype, vertrouwelijkheidaanduiding=va)
        for va in ("openbaar", "geheim")
    ]
    for document in documenten:
        baas.vraag("POST", "zaakinformatieobjecten", json={"zaak": o.openbaar, "informatieobject": document})
    params = {"expand": "zaakinformatieobjecten.informatieobject"}

    def zichtbaar() -> list[str]:
        zaak = o.lezer.vraag("GET", o.openbaar, params=params)
        delen = [deel["_expand"]["informatieobject"] for deel in zaak["_expand"]["zaakinformatieobjecten"]]
        return [deel["url"] for deel in delen if deel]

    assert zichtbaar() == []
    drc = {
        "component": "drc",
        "scopes": ["documenten.lezen"],
        "informatieobjecttype": o.typen.informatieobjecttype,
        "maxVertrouwelijkheidaanduiding": "intern",
    }
    geef_rechten(installatie, zrc(o.typen, *LEZEN), drc, namens="documentlezer")
    lezer = ZakenClient(installatie, namens="documentlezer")
    zaak = lezer.vraag("GET", o.openbaar, params=params)
    delen = [deel["_expand"]["informatieobject"] for deel in zaak["_expand"]["zaakinformatieobjecten"]]
    assert [deel.get("url") for deel in delen] == [documenten[0], None]


def test_zonder_scope(installatie: Installatie, opstelling: Opstelling) -> None:
    o = opstelling
    geef_rechten(installatie, zrc(o.typen, "zaken.bijwerken", va="zeer_geheim"), namens="schrijver")
    schrijver = ZakenClient(installatie, namens="schrijver")
    onbekend = ZakenClient(installatie, namens="onbekend")
    for client in (schrijver, onbekend):
        for methode, pad in (
            ("GET", "zaken"),
            ("GET", o.openbaar),
            ("POST", "zaken/_zoek"),
            ("POST", "zaken"),
            ("DELETE", o.openbaar),
        ):
            assert status_van(client, methode, pad, {"identificatie": "x"}) == 403
    assert status_van(schrijver, "GET", f"{o.openbaar}/audittrail") == 403


def test_ingetrokken_recht_geldt_meteen(installatie: Installatie, opstelling: Opstelling) -> None:

    ac = AutorisatiesClient(installatie, namens="autorisaties")
    applicatie = ac.applicatie("dienstverlening-lezer")
    assert applicatie is not None
    assert opstelling.lezer.vraag("GET", "zaken")["count"] == 1
    ac.verwijder_applicatie(applicatie.url)
    assert status_van(opstelling.lezer, "GET", "zaken") == 403
