"""zrc-021: de negen afleidingswijzen van de archiefactiedatum, en opnieuw bepalen als een bron wijzigt (regels 2.2)."""

from collections.abc import Callable
from typing import Any

import pytest

from integratie.besluiten import BesluitenClient
from integratie.catalogi import CatalogiClient
from integratie.documenten import DocumentenClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from tests.integratie.registraties.rechten import PROEF, fouten_van, geef_rechten
from tests.integratie.registraties.typen import RSIN, Typen, maak_typen, resultaattype_invoer
from tests.integratie.registraties.zaken.hulp import maak_document, maak_zaak, sluit, zet_resultaat, zet_status

NFE = "nonFieldErrors"
NIET_TE_BEPALEN = {NFE: "archiefactiedatum-error"}
Maker = Callable[..., Typen]


@pytest.fixture
def met_wijze(installatie: Installatie) -> Maker:
    """Een zaaktype waarvan het resultaattype deze afleidingswijze heeft."""

    def maak(wijze: str, naam: str = "", resultaat: dict[str, Any] | None = None, **procedure: Any) -> Typen:
        velden = {"brondatum_archiefprocedure": {"afleidingswijze": wijze, **procedure}, **(resultaat or {})}
        return maak_typen(installatie, naam or wijze.upper()[:20], resultaat=velden)

    return maak


def eindstatus(zaak: str, typen: Typen) -> dict[str, Any]:
    return {"zaak": zaak, "statustype": typen.eind, "datumStatusGezet": "2026-01-07T09:00:00+01:00"}


def archief(client: ZakenClient, zaak: str) -> tuple[Any, Any]:
    nu = client.vraag("GET", zaak)
    return nu["startdatumBewaartermijn"], nu["archiefactiedatum"]


def weiger_sluiten(client: ZakenClient, zaak: str, typen: Typen) -> dict[str, str]:
    zet_resultaat(client, zaak, typen.resultaattype)
    return fouten_van(client, "POST", "statussen", eindstatus(zaak, typen))


def test_afgehandeld(baas: ZakenClient, met_wijze: Maker) -> None:
    typen = met_wijze("afgehandeld")
    zaak = maak_zaak(baas, typen)["url"]
    sluit(baas, zaak, typen)
    assert archief(baas, zaak) == ("2026-01-07", "2036-01-07")


def test_termijn(baas: ZakenClient, met_wijze: Maker) -> None:
    """Kalenderrekening: anderhalf jaar na de einddatum, en dan tien jaar."""
    typen = met_wijze("termijn", procestermijn="P1Y6M")
    zaak = maak_zaak(baas, typen)["url"]
    sluit(baas, zaak, typen)
    assert archief(baas, zaak) == ("2027-07-07", "2037-07-07")


def test_ander_datumkenmerk(baas: ZakenClient, met_wijze: Maker) -> None:
    """Wordt met de hand ingevuld: bij sluiten leeg, daarna volgt de actiedatum (zrc-026 (bewaren))."""
    typen = met_wijze("ander_datumkenmerk", datumkenmerk="x", objecttype="pand", registratie="BAG")
    zaak = maak_zaak(baas, typen)["url"]
    sluit(baas, zaak, typen)
    assert archief(baas, zaak) == (None, None)
    baas.vraag("PATCH", zaak, json={"startdatumBewaartermijn": "2030-02-01"})
    assert archief(baas, zaak) == ("2030-02-01", "2040-02-01")


@pytest.mark.parametrize(("waarde", "verwacht"), [("20300228", "2030-02-28"), ("2030-02-28", "2030-02-28")])
def test_eigenschap(baas: ZakenClient, met_wijze: Maker, waarde: str, verwacht: str) -> None:
    """ztc-015 schrijft JJJJMMDD; de vorm met streepjes is ook te lezen. Wijzigt de waarde later, dan volgt de datum."""
    typen = met_wijze("eigenschap", datumkenmerk="bewaardatum")
    zaak = maak_zaak(baas, typen)["url"]
    pad = f"{zaak}/zaakeigenschappen"
    eigenschap = baas.vraag("POST", pad, json={"eigenschap": typen.eigenschap, "waarde": waarde})["url"]
    sluit(baas, zaak, typen)
    assert archief(baas, zaak)[0] == verwacht
    baas.vraag("PATCH", eigenschap, json={"waarde": "20310301"})
    assert archief(baas, zaak) == ("2031-03-01", "2041-03-01")
    baas.vraag("DELETE", eigenschap)
    assert archief(baas, zaak) == (None, None)


def test_eigenschap_ontbreekt_of_is_geen_datum(baas: ZakenClient, met_wijze: Maker) -> None:
    typen = met_wijze("eigenschap", datumkenmerk="bewaardatum")
    leeg, fout = (maak_zaak(baas, typen)["url"] for _ in range(2))
    sluit(baas, leeg, typen)
    assert archief(baas, leeg) == (None, None)
    baas.vraag("POST", f"{fout}/zaakeigenschappen", json={"eigenschap": typen.eigenschap, "waarde": "ooit"})
    assert weiger_sluiten(baas, fout, typen) == NIET_TE_BEPALEN
    assert baas.vraag("GET", fout)["einddatum"] is None


def test_hoofdzaak(baas: ZakenClient, met_wijze: Maker) -> None:
    """Zolang de hoofdzaak open is leeg; sluit of heropent zij, dan volgt de deelzaak, met een eigen regel in de audittrail."""
    typen, gewoon = met_wijze("hoofdzaak"), met_wijze("afgehandeld")
    assert weiger_sluiten(baas, maak_zaak(baas, typen)["url"], typen) == NIET_TE_BEPALEN
    hoofd = maak_zaak(baas, gewoon)["url"]
    deel = maak_zaak(baas, typen, hoofdzaak=hoofd)["url"]
    sluit(baas, deel, typen)
    assert archief(baas, deel) == (None, None)
    sluit(baas, hoofd, gewoon, "2026-01-09T09:00:00Z")
    assert archief(baas, deel) == ("2026-01-09", "2036-01-09")
    regel = baas.vraag("GET", f"{deel}/audittrail")[-1]
    assert (regel["actie"], regel["resource"]) == ("partial_update", "zaak")
    assert regel["wijzigingen"]["nieuw"]["archiefactiedatum"] == "2036-01-09"
    zet_status(baas, hoofd, gewoon.begin, "2026-01-10T09:00:00Z")
    assert archief(baas, deel) == (None, None)


def test_gerelateerde_zaak(baas: ZakenClient, met_wijze: Maker, werk_outbox_af: Callable[[], int]) -> None:
    """De grootste einddatum van de relevante zaken; sluit er later een, dan volgt deze zaak."""
    typen, gewoon = met_wijze("gerelateerde_zaak"), met_wijze("afgehandeld")
    assert weiger_sluiten(baas, maak_zaak(baas, typen)["url"], typen) == NIET_TE_BEPALEN
    een, twee = (maak_zaak(baas, gewoon)["url"] for _ in range(2))
    sluit(baas, een, gewoon, "2026-01-08T09:00:00Z")
    relaties = [{"url": url, "aardRelatie": "vervolg"} for url in (een, twee)]
    zaak = maak_zaak(baas, typen, relevanteAndereZaken=relaties)["url"]
    sluit(baas, zaak, typen)
    assert archief(baas, zaak) == ("2026-01-08", "2036-01-08")
    sluit(baas, twee, gewoon, "2026-02-01T09:00:00Z")
    werk_outbox_af()
    assert archief(baas, zaak) == ("2026-02-01", "2036-02-01")


@pytest.fixture
def besluiten(installatie: Installatie) -> BesluitenClient:
    return BesluitenClient(installatie, namens="besluiten")


def maak_besluit(client: BesluitenClient, typen: Typen, zaak: str, **velden: Any) -> str:
    json = {
        "verantwoordelijkeOrganisatie": RSIN,
        "besluittype": typen.besluittype,
        "datum": "2026-01-05",
        "ingangsdatum": "2026-01-06",
        "zaak": zaak,
        **velden,
    }
    return str(client.vraag("POST", "besluiten", json=json)["url"])


def test_ingangsdatum_besluit(
    baas: ZakenClient, besluiten: BesluitenClient, met_wijze: Maker, werk_outbox_af: Callable[[], int]
) -> None:
    """De grootste ingangsdatum; wijzigt het besluit, dan bepaalt de zaak haar archiefdatum opnieuw."""
    typen = met_wijze("ingangsdatum_besluit")
    assert weiger_sluiten(baas, maak_zaak(baas, typen)["url"], typen) == NIET_TE_BEPALEN
    zaak = maak_zaak(baas, typen)["url"]
    maak_besluit(besluiten, typen, zaak)
    laatste = maak_besluit(besluiten, typen, zaak, ingangsdatum="2026-03-01")
    sluit(baas, zaak, typen)
    assert archief(baas, zaak) == ("2026-03-01", "2036-03-01")
    besluiten.vraag("PATCH", laatste, json={"ingangsdatum": "2026-04-01"})
    werk_outbox_af()
    assert archief(baas, zaak) == ("2026-04-01", "2036-04-01")
    besluiten.vraag("DELETE", laatste)
    assert archief(baas, zaak) == ("2026-01-06", "2036-01-06")


def test_vervaldatum_besluit(
    baas: ZakenClient, besluiten: BesluitenClient, met_wijze: Maker, werk_outbox_af: Callable[[], int]
) -> None:
    """Zonder besluit of vervaldatum blijft de datum leeg, en die volgt als er later een komt of verdwijnt."""
    typen = met_wijze("vervaldatum_besluit")
    zaak = maak_zaak(baas, typen)["url"]
    besluit = maak_besluit(besluiten, typen, zaak)
    sluit(baas, zaak, typen)
    assert archief(baas, zaak) == (None, None)
    for vervaldatum, verwacht in (("2027-05-01", ("2027-05-01", "2037-05-01")), (None, (None, None))):
        besluiten.vraag("PATCH", besluit, json={"vervaldatum": vervaldatum})
        werk_outbox_af()
        assert archief(baas, zaak) == verwacht


def test_zaakobject(installatie: Installatie, baas: ZakenClient, met_wijze: Maker) -> None:
    """De grootste datum op het (geneste) pad in de objecten van dit type, achter de URL of in de objectIdentificatie."""
    typen = met_wijze("zaakobject", datumkenmerk="integriteit/datum", objecttype="overige")
    zaak = maak_zaak(baas, typen)["url"]
    assert weiger_sluiten(baas, zaak, typen) == NIET_TE_BEPALEN
    integriteit = {"algoritme": "sha_256", "waarde": "x", "datum": "2028-06-01"}
    document = maak_document(installatie, typen.informatieobjecttype, integriteit=integriteit)
    json = {"zaak": zaak, "objectType": "overige", "objectTypeOverige": "stuk", "object": document}
    eerste = baas.vraag("POST", "zaakobjecten", json=json)["url"]
    zet_status(baas, zaak, typen.eind, "2026-01-07T09:00:00+01:00")
    assert archief(baas, zaak) == ("2028-06-01", "2038-06-01")
    later = maak_document(installatie, typen.informatieobjecttype, integriteit={**integriteit, "datum": "2029-01-01"})
    baas.vraag("POST", "zaakobjecten", json={**json, "object": later})
    assert archief(baas, zaak) == ("2029-01-01", "2039-01-01")
    documenten = DocumentenClient(installatie, namens="documenten")
    lock = documenten.vraag("POST", f"{later}/lock")["lock"]
    documenten.vraag("PATCH", later, json={"lock": lock, "integriteit": {**integriteit, "datum": "2029-09-01"}})
    baas.vraag("POST", f"{zaak}/archief_herberekenen")
    assert archief(baas, zaak) == ("2029-09-01", "2039-09-01")
    baas.vraag("DELETE", baas.vraag("GET", "zaakobjecten", params={"zaak": zaak})["results"][1]["url"])
    assert archief(baas, zaak) == ("2028-06-01", "2038-06-01")
    assert baas.vraag("GET", eerste)["object"] == document


def test_blijvend_bewaren_hoeft_geen_datum(baas: ZakenClient, met_wijze: Maker) -> None:
    """Zonder archiefactietermijn of bij `blijvend_bewaren` sluit de zaak ook als de brondatum er niet is."""
    bewaren = {"archiefnominatie": "blijvend_bewaren"}
    typen = met_wijze("hoofdzaak", resultaat={**bewaren, "archiefactietermijn": None})
    zaak = maak_zaak(baas, typen)["url"]
    sluit(baas, zaak, typen)
    nu = baas.vraag("GET", zaak)
    assert (nu["archiefnominatie"], nu["archiefactiedatum"]) == ("blijvend_bewaren", None)


def test_met_de_hand_gekozen_actiedatum_blijft(baas: ZakenClient, met_wijze: Maker) -> None:
    typen = met_wijze("eigenschap", datumkenmerk="bewaardatum")
    zaak = maak_zaak(baas, typen, archiefactiedatum="2099-01-01")["url"]
    pad = f"{zaak}/zaakeigenschappen"
    eigenschap = baas.vraag("POST", pad, json={"eigenschap": typen.eigenschap, "waarde": "20300101"})["url"]
    sluit(baas, zaak, typen)
    assert archief(baas, zaak) == ("2030-01-01", "2099-01-01")
    baas.vraag("PATCH", eigenschap, json={"waarde": "20310101"})
    assert archief(baas, zaak) == ("2031-01-01", "2099-01-01")


def test_een_tweede_eindstatus_verschuift_de_datum(baas: ZakenClient, met_wijze: Maker) -> None:
    typen = met_wijze("afgehandeld")
    zaak = maak_zaak(baas, typen)["url"]
    sluit(baas, zaak, typen)
    zet_status(baas, zaak, typen.eind, "2026-02-07T09:00:00+01:00")
    nu = baas.vraag("GET", zaak)
    assert (nu["einddatum"], nu["archiefactiedatum"]) == ("2026-02-07", "2036-02-07")


def test_herberekenen_van_een_open_zaak_doet_niets(baas: ZakenClient, met_wijze: Maker) -> None:
    zaak = maak_zaak(baas, met_wijze("afgehandeld"))["url"]
    baas.vraag("POST", f"{zaak}/archief_herberekenen")
    assert archief(baas, zaak) == (None, None)


def test_vervaldatum_zonder_einde(
    baas: ZakenClient, besluiten: BesluitenClient, met_wijze: Maker, werk_outbox_af: Callable[[], int]
) -> None:
    """`9999-12-31` betekent dat het besluit niet vervalt: de zaak sluit, en de actiedatum is er pas als er een einde is."""
    typen = met_wijze("vervaldatum_besluit")
    zaak = maak_zaak(baas, typen)["url"]
    besluit = maak_besluit(besluiten, typen, zaak, vervaldatum="9999-12-31")
    sluit(baas, zaak, typen)
    assert archief(baas, zaak) == ("9999-12-31", None)
    besluiten.vraag("PATCH", besluit, json={"vervaldatum": "2030-01-01"})
    werk_outbox_af()
    assert archief(baas, zaak) == ("2030-01-01", "2040-01-01")
    baas.vraag("PATCH", zaak, json={"startdatumBewaartermijn": "9999-12-31"})
    assert archief(baas, zaak) == ("9999-12-31", None)


def test_met_de_hand_ingevuld_begin_blijft(baas: ZakenClient, met_wijze: Maker) -> None:
    """Bij `ander_datumkenmerk` is er geen bron: niets wat daarna gebeurt wist wat iemand invulde."""
    typen = met_wijze("ander_datumkenmerk", datumkenmerk="x", objecttype="pand", registratie="BAG")
    zaak = maak_zaak(baas, typen)["url"]
    sluit(baas, zaak, typen)
    baas.vraag("PATCH", zaak, json={"startdatumBewaartermijn": "2030-02-01"})
    baas.vraag("POST", f"{zaak}/zaakeigenschappen", json={"eigenschap": typen.eigenschap, "waarde": "20300101"})
    baas.vraag("POST", f"{zaak}/archief_herberekenen")
    zet_status(baas, zaak, typen.eind, "2026-02-07T09:00:00+01:00")
    assert archief(baas, zaak) == ("2030-02-01", "2040-02-01")


def test_een_ander_resultaat_op_een_gesloten_zaak(
    installatie: Installatie, baas: ZakenClient, met_wijze: Maker
) -> None:
    """Na het verbeteren van het resultaat geldt de bewaartermijn van het nieuwe; wat met de hand gekozen is blijft."""
    typen = met_wijze("afgehandeld")
    anders = resultaattype_invoer(
        typen.zaaktype, "Geweigerd", archiefnominatie="blijvend_bewaren", archiefactietermijn="P20Y"
    )
    geef_rechten(installatie, {"component": "ztc", "scopes": ["catalogi.lezen", "catalogi.geforceerd-schrijven"]})
    beter = CatalogiClient(installatie, namens=PROEF).zorg_voor_resultaattype(anders).url
    zaak, gekozen = (maak_zaak(baas, typen, **velden)["url"] for velden in ({}, {"archiefactiedatum": "2099-01-01"}))
    stand = {}
    for url in (zaak, gekozen):
        sluit(baas, url, typen)
        baas.vraag("DELETE", baas.vraag("GET", url)["resultaat"])
        leeg = baas.vraag("GET", url)
        assert (leeg["einddatum"], leeg["archiefnominatie"]) == ("2026-01-07", None)
        zet_resultaat(baas, url, beter)
        nu = baas.vraag("GET", url)
        stand[url] = (nu["archiefnominatie"], nu["startdatumBewaartermijn"], nu["archiefactiedatum"])
    assert stand == {
        zaak: ("blijvend_bewaren", "2026-01-07", "2046-01-07"),
        gekozen: ("blijvend_bewaren", "2026-01-07", "2099-01-01"),
    }
    spoor = [(deel["actie"], deel["resource"]) for deel in baas.vraag("GET", f"{zaak}/audittrail")][-4:]
    assert sorted(spoor) == [
        ("create", "resultaat"),
        ("destroy", "resultaat"),
        ("partial_update", "zaak"),
        ("partial_update", "zaak"),
    ]
