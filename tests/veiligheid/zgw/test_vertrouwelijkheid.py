"""De autorisatiematrix over vertrouwelijkheid: elk niveau × elke grens, voor het hoofdobject en alles wat daaraan hangt.

Wat boven de grens ligt is 403, staat in geen lijst, telling, zoekuitkomst of expand; wat eronder ligt is er wel (regels 1.9).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from dienstverlening.inrichten import TYPEN
from integratie.autorisaties.schemas import Component
from integratie.basis import ApiClient, ApiFout
from integratie.besluiten import BesluitenClient
from integratie.catalogi import CatalogiClient
from integratie.catalogi.schemas import InformatieObjectTypeIn
from integratie.documenten import DocumentenClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kit import Bron
from kit.toegang import VERTROUWELIJKHEID
from tests.integratie.registraties.rechten import geef_rechten
from tests.integratie.registraties.typen import BEGIN, RSIN, Herhaal, Typen, maak_typen
from tests.integratie.registraties.zaken.hulp import maak_document, maak_zaak, rol_json, zet_resultaat, zet_status
from tests.veiligheid.zgw.plekken import Alle, registratie

SCOPES: dict[Component, list[str]] = {
    "zrc": ["zaken.lezen", "zaken.bijwerken", "audittrails.lezen"],
    "drc": ["documenten.lezen", "documenten.bijwerken", "audittrails.lezen"],
    "brc": ["besluiten.lezen", "besluiten.bijwerken", "audittrails.lezen"],
}


@dataclass
class Gezin:
    """Een hoofdobject met wat eraan hangt: per lijst de URL's."""

    hoofd: str
    kinderen: dict[str, list[str]] = field(default_factory=dict)


@pytest.fixture
def typen(herhaal: Herhaal) -> Typen:
    return herhaal(maak_typen)


def zaakgezin(installatie: Installatie, typen: Typen, va: str) -> Gezin:
    zrc = ZakenClient(installatie, namens="zaken")
    zaak = str(maak_zaak(zrc, typen, vertrouwelijkheidaanduiding=va)["url"])
    document = maak_document(installatie, typen.informatieobjecttype)
    eigenschap = {"zaak": zaak, "eigenschap": typen.eigenschap, "waarde": "20260101"}
    return Gezin(
        zaak,
        {
            "statussen": [str(zet_status(zrc, zaak, typen.begin)["url"])],
            "rollen": [zrc.vraag("POST", "rollen", json=rol_json(zaak, typen.rollen["initiator"]))["url"]],
            "resultaten": [zet_resultaat(zrc, zaak, typen.resultaattype)],
            "zaakinformatieobjecten": [
                zrc.vraag("POST", "zaakinformatieobjecten", json={"zaak": zaak, "informatieobject": document})["url"]
            ],
            f"{zaak}/zaakeigenschappen": [zrc.vraag("POST", f"{zaak}/zaakeigenschappen", json=eigenschap)["url"]],
            f"{zaak}/besluiten": [besluit_bij(installatie, typen, zaak)],
            **{pad: [zrc.vraag("POST", pad, json=json)["url"]] for pad, json in los_onderdeel(zaak).items()},
        },
    )


def los_onderdeel(zaak: str) -> dict[str, dict[str, Any]]:
    """Per lijst wat er verder aan een zaak kan hangen."""
    moment, pand = "2026-01-06T10:00:00Z", {"objectType": "pand", "objectIdentificatie": {"identificatie": "1"}}
    return {
        "zaakobjecten": {"zaak": zaak, **pand},
        "klantcontacten": {"zaak": zaak, "datumtijd": moment},
        "zaakcontactmomenten": {"zaak": zaak, "contactmoment": zaak},
        "zaakverzoeken": {"zaak": zaak, "verzoek": zaak},
        "zaaknotities": {"gerelateerdAan": zaak, "onderwerp": "x", "tekst": "y"},
        "substatussen": {"zaak": zaak, "omschrijving": "x", "tijdstip": moment},
    }


def besluit_bij(installatie: Installatie, typen: Typen, zaak: str) -> str:
    """De URL van het zaakbesluit bij een nieuw besluit."""
    besluit = {"verantwoordelijkeOrganisatie": RSIN, "besluittype": typen.besluittype, "zaak": zaak}
    datums = {"datum": "2026-01-05", "ingangsdatum": "2026-01-06"}
    BesluitenClient(installatie, namens="besluiten").vraag("POST", "besluiten", json=besluit | datums)
    (relatie,) = ZakenClient(installatie, namens="zaken").vraag("GET", f"{zaak}/besluiten")
    return str(relatie["url"])


def documentgezin(installatie: Installatie, typen: Typen, va: str) -> Gezin:
    drc = DocumentenClient(installatie, namens="documenten")
    url = maak_document(installatie, typen.informatieobjecttype, vertrouwelijkheidaanduiding=va)
    recht = {"informatieobject": url, "startdatum": "2026-01-01T00:00:00Z", "omschrijvingVoorwaarden": "Vragen"}
    post = {"informatieobject": url, "aardRelatie": "geadresseerde", "emailadres": "jan@example.nl"}
    persoon = "https://personen.example/1"
    zrc = ZakenClient(installatie, namens="zaken")
    zaak = maak_zaak(zrc, typen)["url"]
    zrc.vraag("POST", "zaakinformatieobjecten", json={"zaak": zaak, "informatieobject": url})
    return Gezin(
        url,
        {
            "gebruiksrechten": [drc.vraag("POST", "gebruiksrechten", json=recht)["url"]],
            "verzendingen": [
                drc.vraag("POST", "verzendingen", json=post | {"betrokkene": persoon, "contactPersoon": persoon})["url"]
            ],
            "objectinformatieobjecten": [deel.url for deel in drc.koppelingen(informatieobject=url)],
        },
    )


def autorisatie(installatie: Installatie, component: Component, type_: str, va: str = "") -> dict[str, Any]:
    grens = {"maxVertrouwelijkheidaanduiding": va} if va else {}
    return {"component": component, "scopes": SCOPES[component], TYPEN[component][0]: type_, **grens}


def status(client: ApiClient, methode: str, pad: str, json: Any = None) -> int:
    try:
        client.vraag(methode, pad, json=json)
    except ApiFout as fout:
        return fout.status
    return 200


def gevonden(client: ApiClient, pad: str) -> tuple[int, set[str]]:
    """De telling en de URL's van een lijst, met of zonder pagina's."""
    antwoord = client.vraag("GET", pad)
    rijen = antwoord if isinstance(antwoord, list) else antwoord["results"]
    aantal = len(rijen) if isinstance(antwoord, list) else antwoord["count"]
    return aantal, {rij["url"] for rij in rijen}


@pytest.mark.parametrize(
    ("soort", "component", "lijst"),
    [
        (ZakenClient, "zrc", "zaken"),
        (DocumentenClient, "drc", "enkelvoudiginformatieobjecten"),
    ],
)
def test_elk_niveau_bij_elke_grens(
    installatie: Installatie, typen: Typen, soort: type[ApiClient], component: Component, lijst: str
) -> None:
    maak = zaakgezin if component == "zrc" else documentgezin
    gezinnen = {va: maak(installatie, typen, va) for va in VERTROUWELIJKHEID}
    type_ = typen.zaaktype if component == "zrc" else typen.informatieobjecttype
    for nummer, grens in enumerate(VERTROUWELIJKHEID):
        geef_rechten(installatie, autorisatie(installatie, component, type_, grens), namens=f"tot-{nummer}")
        client = soort(installatie, namens=f"tot-{nummer}")
        zichtbaar = [gezinnen[va] for va in VERTROUWELIJKHEID[: nummer + 1]]
        hoofden = {gezin.hoofd for gezin in zichtbaar}
        assert gevonden(client, lijst) == (nummer + 1, hoofden)
        ids = [gezin.hoofd.rpartition("/")[2] for gezin in gezinnen.values()]
        zoek = client.vraag("POST", f"{lijst}/_zoek", json={"uuid__in": ids})
        assert (zoek["count"], {rij["url"] for rij in zoek["results"]}) == (nummer + 1, hoofden)
        for va, gezin in gezinnen.items():
            mag = VERTROUWELIJKHEID.index(va) <= nummer
            verwacht = 200 if mag else 403
            assert status(client, "GET", gezin.hoofd) == verwacht
            assert status(client, "GET", f"{gezin.hoofd}/audittrail") == verwacht
            assert (status(client, "PATCH", gezin.hoofd, {}) == 403) is not mag
            assert status(client, "DELETE", gezin.hoofd) == 403  # zonder de scope
            for kinderen in gezin.kinderen.values():
                assert {status(client, "GET", kind) for kind in kinderen} == {verwacht}
        for pad in gezinnen["openbaar"].kinderen:
            if pad.startswith("http"):
                continue
            alle = {kind for gezin in zichtbaar for kind in gezin.kinderen[pad]}
            assert gevonden(client, pad) == (len(alle), alle)


def onderdelen(gezin: Gezin, api: str) -> list[tuple[Bron, str]]:
    """Elke resource van het gezin met haar declaratie."""
    bronnen = {re.sub("{.*}", "{}", bron.pad): bron for bron in registratie(api).bronnen}
    paden = {pad: re.sub("http.*/zaken/[^/]+", "zaken/{}", pad) for pad in gezin.kinderen}
    hoofd = registratie(api).bronnen[0], gezin.hoofd
    return [hoofd, *((bronnen[paden[pad]], url) for pad, urls in gezin.kinderen.items() for url in urls)]


@pytest.mark.parametrize(("api", "component"), [("zaken", "zrc"), ("documenten", "drc")])
def test_elke_wijziging_bij_elke_grens(installatie: Installatie, typen: Typen, api: str, component: Component) -> None:
    """Met alle scopes tot een grens: elke operatie op elke resource mag precies tot en met dat niveau, en een niveau hoger niet."""
    maak, type_ = (zaakgezin, typen.zaaktype) if component == "zrc" else (documentgezin, typen.informatieobjecttype)
    alle = onderdelen(maak(installatie, typen, "openbaar"), api)
    te_beproeven = {bron.enkelvoud for bron in registratie(api).bronnen if "haal" in bron.operaties}
    assert {bron.enkelvoud for bron, _ in alle} == te_beproeven
    scopes = sorted({scope for bron in registratie(api).bronnen for deel in bron.scopes.values() for scope in deel})
    fout: list[tuple[str, str, str, int]] = []
    for nummer, grens in enumerate(VERTROUWELIJKHEID):
        rechten = autorisatie(installatie, component, type_, grens) | {"scopes": scopes}
        geef_rechten(installatie, rechten, namens=f"grens-{nummer}")
        client = Alle(installatie, api, namens=f"grens-{nummer}")
        for va in VERTROUWELIJKHEID[nummer : nummer + 2]:
            for bron, url in reversed(onderdelen(maak(installatie, typen, va), api)):
                fout += [
                    (f"{grens} op {va}", bron.enkelvoud, operatie, gekregen)
                    for operatie, gekregen in beproef(client, bron, url)
                    if (gekregen == 403) is (va == grens)
                ]
    assert not fout, "\n".join(map(str, fout))


def beproef(client: ApiClient, bron: Bron, url: str) -> Iterator[tuple[str, int]]:
    """(operatie, status) van elke operatie op deze resource; een lichaam dat niet klopt verandert niets."""
    methoden = {"haal": "GET", "wijzig": "PATCH", "vervang": "PUT", "verwijder": "DELETE"}
    for operatie, methode in methoden.items():
        if operatie in bron.operaties:
            yield operatie, status(client, methode, url, {} if methode in ("PATCH", "PUT") else None)


def test_expand_toont_niets_boven_de_grens(installatie: Installatie, typen: Typen) -> None:
    """Een deelzaak, een relevante zaak en een document boven de grens zijn niet te zien in de expand van wat eronder ligt."""
    zrc = ZakenClient(installatie, namens="zaken")
    hoofd = maak_zaak(zrc, typen, vertrouwelijkheidaanduiding="openbaar")["url"]
    geheim = maak_document(installatie, typen.informatieobjecttype, vertrouwelijkheidaanduiding="geheim")
    open_ = maak_document(installatie, typen.informatieobjecttype, vertrouwelijkheidaanduiding="openbaar")
    for document in (geheim, open_):
        zrc.vraag("POST", "zaakinformatieobjecten", json={"zaak": hoofd, "informatieobject": document})
    buur = maak_zaak(zrc, typen, vertrouwelijkheidaanduiding="geheim")["url"]
    zrc.wijzig_zaak(hoofd, relevanteAndereZaken=[{"url": buur, "aardRelatie": "vervolg"}])
    geef_rechten(
        installatie,
        autorisatie(installatie, "zrc", typen.zaaktype, "intern"),
        autorisatie(installatie, "drc", typen.informatieobjecttype, "intern"),
        namens="lezer",
    )
    client = ZakenClient(installatie, namens="lezer")
    paden = "zaakinformatieobjecten.informatieobject,relevanteAndereZaken,zaaktype"
    zaak = client.vraag("GET", hoofd, params={"expand": paden})
    koppelingen = zaak["_expand"]["zaakinformatieobjecten"]
    documenten = [koppeling["_expand"]["informatieobject"].get("url") for koppeling in koppelingen]
    assert sorted(filter(None, documenten)) == [open_]
    assert zaak["_expand"]["relevanteAndereZaken"] == []
    assert zaak["_expand"]["zaaktype"]["url"] == typen.zaaktype


def test_besluiten_per_type(installatie: Installatie, typen: Typen) -> None:
    brc = BesluitenClient(installatie, namens="besluiten")
    invoer = {
        "verantwoordelijkeOrganisatie": RSIN,
        "besluittype": typen.besluittype,
        "datum": "2026-01-05",
        "ingangsdatum": "2026-01-06",
    }
    besluit = brc.vraag("POST", "besluiten", json=invoer)["url"]
    for naam, type_, mag in (("wel", typen.besluittype, True), ("niet", typen.besluittype[:-4] + "0000", False)):
        geef_rechten(installatie, autorisatie(installatie, "brc", type_), namens=naam)
        client = BesluitenClient(installatie, namens=naam)
        assert gevonden(client, "besluiten") == ((1, {besluit}) if mag else (0, set()))
        assert {status(client, "GET", pad) for pad in (besluit, f"{besluit}/audittrail")} == {200 if mag else 403}


def test_scopes_en_grenzen_van_verschillende_autorisaties_blijven_apart(installatie: Installatie, typen: Typen) -> None:
    """Lezen tot openbaar en bijwerken tot geheim is niet: lezen tot geheim (regels 18, punt 6)."""
    gezin = {va: documentgezin(installatie, typen, va) for va in ("openbaar", "geheim")}
    basis = autorisatie(installatie, "drc", typen.informatieobjecttype)
    geef_rechten(
        installatie,
        basis | {"scopes": ["documenten.lezen"], "maxVertrouwelijkheidaanduiding": "openbaar"},
        basis | {"scopes": ["documenten.bijwerken"], "maxVertrouwelijkheidaanduiding": "geheim"},
        namens="apart",
    )
    client = DocumentenClient(installatie, namens="apart")
    assert gevonden(client, "enkelvoudiginformatieobjecten") == (1, {gezin["openbaar"].hoofd})
    assert status(client, "GET", gezin["geheim"].hoofd) == 403
    assert status(client, "PATCH", gezin["geheim"].hoofd, {"titel": "x"}) == 400  # mag, maar is niet vergrendeld


def test_rechten_per_catalogus_gelden_ook_voor_een_nieuw_type(installatie: Installatie, typen: Typen) -> None:
    """Regels 9: één autorisatie voor alle types in een catalogus, ook toekomstige; een andere catalogus telt niet mee."""
    catalogi = CatalogiClient(installatie, namens="catalogi")
    ander = maak_typen(installatie, "ANDERS", domein="ANDER")
    geef_rechten(installatie, autorisatie(installatie, "drc", typen.catalogus, "intern"), namens="lezer")
    lezer = DocumentenClient(installatie, namens="lezer")
    een = maak_document(installatie, typen.informatieobjecttype)
    vreemd = maak_document(installatie, ander.informatieobjecttype)
    geheim = maak_document(installatie, typen.informatieobjecttype, vertrouwelijkheidaanduiding="geheim")
    assert gevonden(lezer, "enkelvoudiginformatieobjecten") == (1, {een})
    assert {status(lezer, "GET", url) for url in (vreemd, geheim)} == {403}
    nieuw = catalogi.zorg_voor_informatieobjecttype(
        InformatieObjectTypeIn(
            catalogus=typen.catalogus,
            omschrijving="Morgen pas bedacht",
            vertrouwelijkheidaanduiding="intern",
            informatieobjectcategorie="Brief",
            begin_geldigheid=BEGIN,
        )
    ).url
    catalogi.publiceer(nieuw)
    twee = maak_document(installatie, nieuw)
    assert gevonden(lezer, "enkelvoudiginformatieobjecten") == (2, {een, twee})
