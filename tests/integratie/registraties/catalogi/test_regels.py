"""De regels van de Catalogi API, elk door de hele API heen."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from dienstverlening.samenstellen import maak_platform
from integratie.basis import ApiFout
from integratie.besluiten import BesluitenClient
from integratie.catalogi import CatalogiClient
from integratie.catalogi.schemas import BesluitTypeUit, ZaakTypeUit
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.machines import Ondertekening
from kern.tabellen import OutboxTabel
from registraties.catalogi.modellen import Zaaktype
from tests.integratie.registraties.rechten import PROEF, fouten_van, geef_rechten, status_van
from tests.integratie.registraties.typen import (
    BEGIN,
    RSIN,
    Herhaal,
    Typen,
    maak_catalogus,
    maak_typen,
    resultaattype_invoer,
    zaaktype_invoer,
)
from tests.integratie.registraties.zaken.hulp import maak_document, maak_zaak, rol_json, zet_status

NFE = "nonFieldErrors"


@pytest.fixture
def client(installatie: Installatie) -> CatalogiClient:
    """Een beheerder met gewone rechten: schrijven, zonder geforceerde scopes."""
    scopes = ["catalogi.lezen", "catalogi.schrijven"]
    geef_rechten(installatie, {"component": "ztc", "scopes": scopes})
    return CatalogiClient(installatie, namens=PROEF)


@pytest.fixture
def baas(installatie: Installatie) -> CatalogiClient:
    """Wie ook de geforceerde scopes bij naam heeft."""
    scopes = ["lezen", "schrijven", "geforceerd-schrijven", "geforceerd-verwijderen"]
    geef_rechten(installatie, {"component": "ztc", "scopes": [f"catalogi.{deel}" for deel in scopes]}, namens="baas")
    return CatalogiClient(installatie, namens="baas")


@pytest.fixture
def typen(herhaal: Herhaal) -> Typen:
    return herhaal(maak_typen)


@pytest.fixture
def catalogus(client: CatalogiClient) -> str:
    return maak_catalogus(client)


def maak_zaaktype(
    client: CatalogiClient, catalogus: str, identificatie: str = "AANVRAAG", **velden: Any
) -> ZaakTypeUit:
    return client.maak("zaaktypen", zaaktype_invoer(catalogus, identificatie, **velden), ZaakTypeUit)


def zaaktype_json(catalogus: str, **velden: Any) -> dict[str, Any]:
    return zaaktype_invoer(catalogus).als_json(alleen_gezet=True) | velden


# catalogus


def test_catalogus_domein_en_rsin_zijn_samen_uniek(client: CatalogiClient, catalogus: str) -> None:
    invoer = {"domein": "ALGEM", "rsin": RSIN, "contactpersoonBeheerNaam": "B"}
    assert fouten_van(client, "POST", "catalogussen", invoer) == {NFE: "unique"}
    assert fouten_van(client, "POST", "catalogussen", {"domein": "klein", "rsin": "123456789"}) == {
        "domein": "invalid",
        "rsin": "invalid",
        "contactpersoonBeheerNaam": "required",
    }
    assert client.vraag("PATCH", catalogus, json={"naam": "Anders"})["naam"] == "Anders"


def test_ztc_017_alleen_een_lege_catalogus_verdwijnt(client: CatalogiClient, catalogus: str) -> None:
    """Ook een concept houdt haar vast; met het laatste type mag zij weg."""
    zaaktype = maak_zaaktype(client, catalogus).url
    with pytest.raises(ApiFout) as fout:
        client.vraag("DELETE", catalogus)
    assert (fout.value.status, fout.value.code) == (409, "CATALOG_NOT_EMPTY")
    client.vraag("DELETE", zaaktype)
    client.vraag("DELETE", catalogus)
    assert status_van(client, "GET", catalogus) == 404


# versies en publiceren


def test_gepubliceerd_zaaktype_is_vast(client: CatalogiClient, typen: Typen) -> None:
    """ztc-009."""
    for pad, json in (
        (typen.zaaktype, zaaktype_json(typen.catalogus, omschrijving="Anders")),
        (typen.zaaktype, zaaktype_json(typen.catalogus)),
    ):
        assert fouten_van(client, "PUT", pad, json) == {NFE: "non-concept-object"}
    for pad in (typen.zaaktype, typen.besluittype, typen.informatieobjecttype):
        assert fouten_van(client, "PATCH", pad, {"omschrijving": "Anders"}) == {NFE: "non-concept-object"}
        assert fouten_van(client, "DELETE", pad) == {NFE: "non-concept-object"}
        assert client.vraag("PATCH", pad, json={"eindeGeldigheid": "2099-12-31"})["eindeGeldigheid"] == "2099-12-31"


def test_correctie_vult_alleen_aan(baas: CatalogiClient, typen: Typen) -> None:
    """Regels 3.4: met de geforceerde scope groeit een gepubliceerd type, maar verdwijnt er niets."""
    nieuw = baas.vraag("PATCH", typen.zaaktype, json={"trefwoorden": ["huis"], "toelichting": "Aangevuld"})
    assert (nieuw["trefwoorden"], nieuw["toelichting"]) == (["huis"], "Aangevuld")
    assert nieuw["besluittypeOmschrijving"] == ["Vergunning"]
    pogingen: list[dict[str, Any]] = [
        {"besluittypen": []},
        {"trefwoorden": []},
        {"identificatie": "X"},
        {"beginGeldigheid": "2019-01-01"},
        {"opschortingEnAanhoudingMogelijk": False},
    ]
    for anders in pogingen:
        assert fouten_van(baas, "PATCH", typen.zaaktype, anders) == {NFE: "non-concept-object"}


def test_publiceren_vraagt_een_compleet_zaaktype(
    installatie: Installatie, client: CatalogiClient, catalogus: str
) -> None:
    """Met `PUBLICEER_MET_ONDERDELEN=true`; de standaard vraagt het niet."""
    zaaktype = maak_zaaktype(client, catalogus)
    assert zaaktype.concept is True
    gemist = {"roltypen": "min_length", "resultaattypen": "min_length", "statustypen": "min_length"}
    streng = maak_platform(installatie.instellingen.model_copy(update={"publiceer_met_onderdelen": True}))
    try:
        strenge = CatalogiClient(streng, namens="catalogi")
        assert fouten_van(strenge, "POST", f"{zaaktype.url}/publish") == gemist
    finally:
        streng.sluit()
    assert client.haal(zaaktype.url, ZaakTypeUit).concept is True
    client.publiceer(zaaktype.url)
    assert client.haal(zaaktype.url, ZaakTypeUit).concept is False


def test_versies_overlappen_niet(client: CatalogiClient, typen: Typen) -> None:
    """ztc-016: begin en einde tellen mee, bij publiceren en bij een andere einddatum."""
    json = {
        "catalogus": typen.catalogus,
        "omschrijving": "Vergunning",
        "publicatieIndicatie": False,
        "informatieobjecttypen": [],
        "beginGeldigheid": "2026-01-01",
    }
    nieuw = client.vraag("POST", "besluittypen", json=json)["url"]
    assert fouten_van(client, "POST", f"{nieuw}/publish") == {"beginGeldigheid": "overlap"}
    client.vraag("PATCH", typen.besluittype, json={"eindeGeldigheid": "2026-01-01"})
    assert fouten_van(client, "POST", f"{nieuw}/publish") == {"beginGeldigheid": "overlap"}
    client.vraag("PATCH", typen.besluittype, json={"eindeGeldigheid": "2025-12-31"})
    client.publiceer(nieuw)
    assert fouten_van(client, "PATCH", typen.besluittype, {"eindeGeldigheid": None}) == {"eindeGeldigheid": "overlap"}
    assert client.haal(nieuw, BesluitTypeUit).begin_object == BEGIN
    assert client.haal(typen.besluittype, BesluitTypeUit).einde_object is None


def test_verwijzingen_wijzen_naar_de_versie_van_de_dag(
    client: CatalogiClient, typen: Typen, klok: VerzetbareKlok
) -> None:
    """Regels 3.3: op naam bewaard, als URL van de versie die vandaag of op `datumGeldigheid` geldt."""
    morgen = klok.vandaag() + timedelta(days=1)
    json = {
        "catalogus": typen.catalogus,
        "omschrijving": "Vergunning",
        "publicatieIndicatie": True,
        "informatieobjecttypen": [],
        "beginGeldigheid": morgen.isoformat(),
    }
    nieuw = client.vraag("POST", "besluittypen", json=json)["url"]
    client.vraag("PATCH", typen.besluittype, json={"eindeGeldigheid": klok.vandaag().isoformat()})
    client.publiceer(nieuw)

    def besluittypen(**params: Any) -> list[str]:
        return client.haal(typen.zaaktype, ZaakTypeUit, **params).besluittypen

    assert besluittypen() == [typen.besluittype]
    assert besluittypen(datumGeldigheid=morgen.isoformat()) == [nieuw]
    assert besluittypen(datumGeldigheid="2019-01-01") == []
    klok.verzet(timedelta(days=1))
    assert besluittypen() == [nieuw]
    assert client.besluittype("Vergunning", klok.vandaag()) == client.haal(nieuw, BesluitTypeUit)
    rijen = client.vraag("GET", "zaaktypen", params={"datumGeldigheid": morgen.isoformat()})["results"]
    assert rijen[0]["besluittypen"] == [nieuw]
    assert status_van(client, "GET", typen.zaaktype, datumGeldigheid="gisteren") == 400
    assert status_van(client, "GET", typen.zaaktype, datum="2020-01-01") == 400


def test_verwijzingen_op_naam_en_op_url(client: CatalogiClient, typen: Typen) -> None:
    """Beide dialecten: de naam van de standaard en de URL die anderen sturen."""
    relatie = {"zaaktype": "AANVRAAG", "aardRelatie": "vervolg", "toelichting": "Eerst dit"}
    een = maak_zaaktype(client, typen.catalogus, "EEN", besluittypen=["Vergunning"], deelzaaktypen=["AANVRAAG"])
    twee = client.vraag(
        "POST",
        "zaaktypen",
        json=zaaktype_json(
            typen.catalogus,
            identificatie="TWEE",
            besluittypen=[typen.besluittype],
            deelzaaktypen=[typen.zaaktype, "EEN", "TWEE"],
            gerelateerdeZaaktypen=[relatie, relatie | {"zaaktype": "EEN"}],
        ),
    )
    assert een.besluittypen == twee["besluittypen"] == [typen.besluittype]
    assert een.deelzaaktypen == [typen.zaaktype]
    # EEN en TWEE zijn nog concept: een concept toont ze, een gepubliceerd type niet
    assert sorted(twee["deelzaaktypen"]) == sorted([typen.zaaktype, een.url, twee["url"]])
    assert twee["deelzaaktypeIdentificaties"] == ["AANVRAAG", "EEN", "TWEE"]
    weergave = relatie | {"zaaktype": typen.zaaktype, "zaaktypeIdentificatie": "AANVRAAG"}
    met_een = weergave | {"zaaktype": een.url, "zaaktypeIdentificatie": "EEN"}
    assert twee["gerelateerdeZaaktypen"] == [weergave, met_een]
    bijgewerkt = client.vraag("PATCH", twee["url"], json={"doel": "Anders"})
    assert bijgewerkt["deelzaaktypeIdentificaties"] == ["AANVRAAG", "EEN", "TWEE"]
    assert client.vraag("PATCH", twee["url"], json={"besluittypen": []})["besluittypen"] == []


def test_twee_soorten_relatie_met_hetzelfde_zaaktype(
    installatie: Installatie, client: CatalogiClient, catalogus: str
) -> None:
    """Bewaard zoals gegeven; in antwoorden staan alleen gepubliceerde zaaktypen (3.3)."""
    for naam in ("EERSTE", "TWEEDE"):
        maak_zaaktype(client, catalogus, naam)
    soorten = [("EERSTE", "vervolg"), ("EERSTE", "bijdrage"), ("TWEEDE", "onderwerp")]
    relaties = [{"zaaktype": naam, "aardRelatie": soort} for naam, soort in soorten]
    json = zaaktype_invoer(catalogus, "DERDE").als_json() | {"gerelateerdeZaaktypen": relaties}
    client.vraag("POST", "zaaktypen", json=json)
    with installatie.db.lezen() as verbinding:
        bewaard = verbinding.scalar(select(Zaaktype.relaties).where(Zaaktype.identificatie == "DERDE"))
    assert [(deel["zaaktypeIdentificatie"], deel["aardRelatie"]) for deel in bewaard or ()] == soorten
    json = json | {
        "identificatie": "VIERDE",
        "gerelateerdeZaaktypen": [{"zaaktype": "NIETS", "aardRelatie": "vervolg"}],
    }
    assert fouten_van(client, "POST", "zaaktypen", json) == {"gerelateerdeZaaktypen.0.zaaktype": "does_not_exist"}


def test_verwijzing_die_niets_aanwijst(client: CatalogiClient, typen: Typen) -> None:
    elders = maak_catalogus(client, "ANDER")
    anders = maak_zaaktype(client, elders, "ELDERS").url
    json = zaaktype_json(
        typen.catalogus,
        identificatie="DRIE",
        besluittypen=["Vergunning", "Onbekend"],
        deelzaaktypen=[f"{typen.zaaktype[:-4]}0000"],
    )
    verwacht = {"besluittypen.1": "does_not_exist", "deelzaaktypen.0": "does_not_exist"}
    assert fouten_van(client, "POST", "zaaktypen", json) == verwacht
    kruis = json | {"besluittypen": [], "deelzaaktypen": [anders]}
    assert fouten_van(client, "POST", "zaaktypen", kruis) == {NFE: "relations-incorrect-catalogus"}


def test_velden_die_bij_elkaar_horen(client: CatalogiClient, catalogus: str) -> None:
    json = zaaktype_json(
        catalogus,
        eindeGeldigheid="2019-12-31",
        verlengingMogelijk=True,
        broncatalogus={"domein": "X", "rsin": "1"},
        doorlooptijd="P0D",
        servicenorm="P1.5D",
    )
    with pytest.raises(Exception, match="date-mismatch") as fout:
        client.vraag("POST", "zaaktypen", json=json)
    codes = sorted(deel.code for deel in fout.value.fouten)  # type: ignore[attr-defined]  # ApiFout
    assert codes == [
        "date-mismatch",
        "empty-duration",
        "invalid-bronzaaktype-for-broncatalogus",
        "vague-duration",
        "verlenging-mismatch",
    ]


def test_lijsten_tonen_alleen_wat_definitief_is(client: CatalogiClient, typen: Typen) -> None:
    concept = maak_zaaktype(client, typen.catalogus, "CONCEPT", trefwoorden=["huis", "tuin"]).url

    def urls(**params: str) -> list[str]:
        return [rij["url"] for rij in client.vraag("GET", "zaaktypen", params=params)["results"]]

    assert urls() == [typen.zaaktype]
    assert urls(status="concept") == [concept]
    assert urls(status="alles") == [typen.zaaktype, concept]
    assert urls(status="alles", trefwoorden="huis,tuin") == [concept]
    assert urls(status="alles", trefwoorden="huis,boom") == []
    assert urls(status="alles", catalogus=typen.catalogus, identificatie="CONCEPT") == [concept]
    assert urls(datumGeldigheid="2019-12-31") == []
    assert status_van(client, "GET", "zaaktypen", status="nieuw") == 400
    assert status_van(client, "GET", "zaaktypen", onbekend="1") == 400


# onderdelen


ONDERDELEN: dict[str, dict[str, Any]] = {
    "statustypen": {"omschrijving": "Extra", "volgnummer": 9},
    "roltypen": {"omschrijving": "Extra", "omschrijvingGeneriek": "adviseur"},
    "eigenschappen": {
        "naam": "extra",
        "definitie": "Extra",
        "specificatie": {"formaat": "tekst", "lengte": "10", "kardinaliteit": "1"},
    },
    "zaaktype-informatieobjecttypen": {
        "informatieobjecttype": "Aanvraagformulier",
        "volgnummer": 9,
        "richting": "intern",
    },
    "zaakobjecttypen": {
        "anderObjecttype": True,
        "objecttype": "https://objecttypen.example/1",
        "relatieOmschrijving": "Gaat over",
    },
    "resultaattypen": {
        naam: waarde
        for naam, waarde in resultaattype_invoer("x", "Extra").als_json(alleen_gezet=True).items()
        if naam != "zaaktype"
    },
}


@pytest.mark.parametrize("pad", ONDERDELEN)
def test_onderdeel_van_gepubliceerd_zaaktype_is_vast(
    client: CatalogiClient, baas: CatalogiClient, typen: Typen, pad: str
) -> None:
    """ztc-010, met de geforceerde scope als uitzondering; en zolang het zaaktype concept is mag alles."""
    json = ONDERDELEN[pad] | {"zaaktype": typen.zaaktype}
    assert fouten_van(client, "POST", pad, json) == {NFE: "non-concept-zaaktype"}
    url = baas.vraag("POST", pad, json=json)["url"]
    assert fouten_van(client, "PUT", url, json) == {NFE: "non-concept-zaaktype"}
    assert fouten_van(client, "PATCH", url, {"zaaktype": typen.zaaktype}) == {NFE: "non-concept-zaaktype"}
    assert fouten_van(client, "DELETE", url) == {NFE: "non-concept-zaaktype"}
    baas.vraag("DELETE", url)
    concept = maak_zaaktype(client, typen.catalogus, "CONCEPT").url
    gemaakt = client.vraag("POST", pad, json=ONDERDELEN[pad] | {"zaaktype": concept})
    assert gemaakt["zaaktypeIdentificatie"] == "CONCEPT"
    assert gemaakt["catalogus"] == typen.catalogus
    filters = {"zaaktype": concept} | ({} if pad == "zaakobjecttypen" else {"status": "alles"})
    assert [rij["url"] for rij in client.vraag("GET", pad, params=filters)["results"]] == [gemaakt["url"]]
    anders = fouten_van(client, "PATCH", gemaakt["url"], {"zaaktype": typen.zaaktype})
    assert anders["zaaktype"] == "wijzigen-niet-toegelaten"
    client.vraag("DELETE", gemaakt["url"])
    assert status_van(client, "GET", gemaakt["url"]) == 404


@pytest.mark.parametrize(
    ("pad", "veld"), [("statustypen", NFE), ("eigenschappen", NFE), ("zaaktype-informatieobjecttypen", NFE)]
)
def test_uniek_per_zaaktype(client: CatalogiClient, typen: Typen, pad: str, veld: str) -> None:
    concept = maak_zaaktype(client, typen.catalogus, "CONCEPT").url
    json = ONDERDELEN[pad] | {"zaaktype": concept}
    client.vraag("POST", pad, json=json)
    assert fouten_van(client, "POST", pad, json) == {veld: "unique"}


def test_geldigheid_komt_van_het_zaaktype(client: CatalogiClient, catalogus: str) -> None:
    zaaktype = maak_zaaktype(client, catalogus).url
    elders = maak_catalogus(client, "ANDER")
    json = {"zaaktype": zaaktype, "omschrijving": "Rol", "omschrijvingGeneriek": "adviseur"}
    assert fouten_van(client, "POST", "roltypen", json | {"beginGeldigheid": "2021-01-01"}) == {
        "beginGeldigheid": "date-mismatch"
    }
    assert fouten_van(client, "POST", "roltypen", json | {"catalogus": elders}) == {
        NFE: "relations-incorrect-catalogus"
    }
    rol = client.vraag("POST", "roltypen", json=json | {"beginGeldigheid": "2020-01-01", "catalogus": catalogus})
    assert (rol["beginGeldigheid"], rol["catalogus"]) == ("2020-01-01", catalogus)


def test_statustype_hoort_bij_hetzelfde_zaaktype(client: CatalogiClient, typen: Typen) -> None:
    concept = maak_zaaktype(client, typen.catalogus, "CONCEPT").url
    for pad in ("eigenschappen", "zaaktype-informatieobjecttypen"):
        json = ONDERDELEN[pad] | {"zaaktype": concept, "statustype": typen.begin}
        assert fouten_van(client, "POST", pad, json) == {NFE: "relations-incorrect-zaaktype"}
    json = ONDERDELEN["statustypen"] | {"zaaktype": concept, "eigenschappen": [typen.eigenschap]}
    assert fouten_van(client, "POST", "statustypen", json) == {NFE: "relations-incorrect-zaaktype"}
    eigenschap = client.vraag("POST", "eigenschappen", json=ONDERDELEN["eigenschappen"] | {"zaaktype": concept})["url"]
    status = client.vraag("POST", "statustypen", json=json | {"eigenschappen": [eigenschap]})
    assert status["eigenschappen"] == [eigenschap]
    assert client.vraag("GET", eigenschap)["statustype"] == status["url"]
    assert client.vraag("PATCH", status["url"], json={"toelichting": "x"})["eigenschappen"] == [eigenschap]
    assert client.vraag("PATCH", status["url"], json={"eigenschappen": []})["eigenschappen"] == []


@pytest.mark.parametrize(("formaat", "lengte"), [("datum", "10"), ("datum_tijd", "8")])
def test_datum_eigenschap_heeft_vaste_lengte(client: CatalogiClient, catalogus: str, formaat: str, lengte: str) -> None:
    """ztc-015."""
    zaaktype = maak_zaaktype(client, catalogus).url
    specificatie = {"formaat": formaat, "lengte": lengte, "kardinaliteit": "1"}
    json = ONDERDELEN["eigenschappen"] | {"zaaktype": zaaktype, "specificatie": specificatie}
    assert fouten_van(client, "POST", "eigenschappen", json) == {"specificatie.lengte": "invalid"}


# archivering


WIJZEN: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "afgehandeld": ({}, {"datumkenmerk": "x", "einddatumBekend": True, "procestermijn": "P1D"}),
    "ander_datumkenmerk": (
        {"datumkenmerk": "x", "objecttype": "pand", "registratie": "BAG"},
        {"procestermijn": "P1D"},
    ),
    "eigenschap": ({"datumkenmerk": "x"}, {"objecttype": "pand", "registratie": "BAG"}),
    "gerelateerde_zaak": ({}, {"datumkenmerk": "x"}),
    "hoofdzaak": ({}, {"registratie": "x"}),
    "ingangsdatum_besluit": ({}, {"objecttype": "pand"}),
    "termijn": ({"procestermijn": "P5Y"}, {"einddatumBekend": True}),
    "vervaldatum_besluit": ({}, {"procestermijn": "P1D"}),
    "zaakobject": ({"datumkenmerk": "x", "objecttype": "pand"}, {"registratie": "x"}),
}


@pytest.mark.parametrize("wijze", WIJZEN)
def test_brondatum_past_bij_afleidingswijze(client: CatalogiClient, catalogus: str, wijze: str) -> None:
    """ztc-004 tot en met ztc-008."""
    zaaktype = maak_zaaktype(client, catalogus).url
    goed, leeg = WIJZEN[wijze]

    def json(**velden: Any) -> dict[str, Any]:
        invoer = resultaattype_invoer(zaaktype).als_json(alleen_gezet=True)
        return invoer | {"brondatumArchiefprocedure": {"afleidingswijze": wijze, **velden}}

    fout = {f"brondatumArchiefprocedure.{naam}": "must-be-empty" for naam in leeg}
    assert fouten_van(client, "POST", "resultaattypen", json(**goed, **leeg)) == fout
    if goed:
        gemist = {f"brondatumArchiefprocedure.{naam}": "required" for naam in goed}
        assert fouten_van(client, "POST", "resultaattypen", json()) == gemist
    procedure = client.vraag("POST", "resultaattypen", json=json(**goed))["brondatumArchiefprocedure"]
    assert procedure["afleidingswijze"] == wijze


def test_zonder_brondatum_alleen_bij_blijvend_bewaren(client: CatalogiClient, catalogus: str) -> None:
    zaaktype = maak_zaaktype(client, catalogus).url
    json = resultaattype_invoer(zaaktype).als_json(alleen_gezet=True) | {"brondatumArchiefprocedure": None}
    assert fouten_van(client, "POST", "resultaattypen", json) == {"brondatumArchiefprocedure": "required"}
    bewaren = json | {"archiefnominatie": "blijvend_bewaren", "archiefactietermijn": None}
    assert client.vraag("POST", "resultaattypen", json=bewaren)["brondatumArchiefprocedure"] is None


# rechten


def test_rechten(installatie: Installatie, typen: Typen) -> None:
    """Regels 1.10, met ztc-014: wie zaken of documenten leest, leest ook zaaktypen, en verder niets."""
    zaakautorisatie = {"zaaktype": typen.zaaktype, "maxVertrouwelijkheidaanduiding": "openbaar"}
    geef_rechten(installatie, {"component": "zrc", "scopes": ["zaken.lezen"], **zaakautorisatie}, namens="zaaklezer")
    geef_rechten(installatie, {"component": "ztc", "scopes": ["catalogi.lezen"]}, namens="lezer")
    zaaklezer = CatalogiClient(installatie, namens="zaaklezer")
    lezer = CatalogiClient(installatie, namens="lezer")
    onbekend = CatalogiClient(installatie, namens="onbekend")
    assert zaaklezer.type_bij_url(typen.zaaktype).url == typen.zaaktype
    assert zaaklezer.vraag("GET", "zaaktypen")["count"] == 1
    for pad in (typen.begin, "statustypen", "catalogussen", "besluittypen"):
        assert status_van(zaaklezer, "GET", pad) == 403
        assert lezer.vraag("GET", pad)
    for methode, pad in (("DELETE", typen.zaaktype), ("POST", f"{typen.zaaktype}/publish"), ("POST", "roltypen")):
        assert status_van(lezer, methode, pad, {}) == 403
        assert status_van(zaaklezer, methode, pad, {}) == 403
    assert status_van(onbekend, "GET", "zaaktypen") == 403


def test_verwijderen_van_een_type(client: CatalogiClient, baas: CatalogiClient, typen: Typen) -> None:
    """Een concept verdwijnt met alles eraan; een gepubliceerd type alleen met de geforceerde scope."""
    concept = maak_zaaktype(client, typen.catalogus, "CONCEPT").url
    client.vraag("DELETE", concept)
    assert status_van(client, "GET", concept) == 404
    baas.vraag("DELETE", typen.zaaktype)
    assert status_van(client, "GET", typen.begin) == 404


def test_een_type_in_gebruik_verdwijnt_niet(installatie: Installatie, baas: CatalogiClient, typen: Typen) -> None:
    """Regels 3.2: ook niet met de geforceerde scope; een duidelijke 400, en alles staat er nog."""
    zaken = ZakenClient(installatie, namens="zaken")
    zaak = str(maak_zaak(zaken, typen)["url"])
    zet_status(zaken, zaak, typen.begin)
    zaken.vraag("POST", "rollen", json=rol_json(zaak, typen.rollen["initiator"]))
    maak_document(installatie, typen.informatieobjecttype)
    besluit = {"verantwoordelijkeOrganisatie": RSIN, "besluittype": typen.besluittype}
    datums = {"datum": "2026-01-05", "ingangsdatum": "2026-01-06"}
    BesluitenClient(installatie, namens="besluiten").vraag("POST", "besluiten", json=besluit | datums)
    in_gebruik = [typen.zaaktype, typen.besluittype, typen.informatieobjecttype]
    in_gebruik += [typen.begin, typen.rollen["initiator"], typen.eigenschap]
    for url in in_gebruik:
        assert fouten_van(baas, "DELETE", url) == {NFE: "pending-relations"}, url
        assert baas.vraag("GET", url)["url"] == url
    for url in (typen.midden, typen.resultaattype):  # daar is nog niets mee
        baas.verwijder(url)
        assert status_van(baas, "GET", url) == 404


def test_ztc_012_een_zaaktype_noemt_alleen_gepubliceerde_types(
    installatie: Installatie, client: CatalogiClient, typen: Typen
) -> None:
    """In 1.3.2 ingetrokken, in de praktijk nog getoetst: met `PUBLICEER_COMPLEET=false` mag het wel."""
    document = {"omschrijving": "Nieuw document", "vertrouwelijkheidaanduiding": "intern"}
    document |= {"catalogus": typen.catalogus, "informatieobjectcategorie": "Brief", "beginGeldigheid": "2020-01-01"}
    soort = client.vraag("POST", "informatieobjecttypen", json=document)["url"]
    besluit = {"catalogus": typen.catalogus, "omschrijving": "Nieuw besluit", "publicatieIndicatie": False}
    besluittype = client.vraag(
        "POST", "besluittypen", json=besluit | {"informatieobjecttypen": [], "beginGeldigheid": "2020-01-01"}
    )["url"]
    zaaktype = maak_zaaktype(client, typen.catalogus, "NIEUW", besluittypen=["Nieuw besluit"]).url
    for pad in ("roltypen", "resultaattypen", "statustypen"):
        client.vraag("POST", pad, json=ONDERDELEN[pad] | {"zaaktype": zaaktype})
    client.vraag("POST", "statustypen", json={"zaaktype": zaaktype, "omschrijving": "Eind", "volgnummer": 10})
    ziot = {"zaaktype": zaaktype, "informatieobjecttype": "Nieuw document", "volgnummer": 1, "richting": "intern"}
    client.vraag("POST", "zaaktype-informatieobjecttypen", json=ziot)
    with pytest.raises(ApiFout) as fout:
        client.publiceer(zaaktype)
    redenen = [(deel.naam, deel.code, deel.reden) for deel in fout.value.fouten]
    assert redenen == [
        (NFE, "concept-relation", "Publiceer eerst: Nieuw besluit."),
        (NFE, "concept-relation", "Publiceer eerst: Nieuw document."),
    ]
    client.publiceer(soort)
    vrij = installatie.instellingen.model_copy(update={"publiceer_compleet": False})
    ander = maak_platform(vrij, installatie.klok)
    CatalogiClient(ander, namens="catalogi").publiceer(zaaktype)
    ander.sluit()
    assert client.vraag("GET", zaaktype)["concept"] is False
    assert client.vraag("GET", besluittype)["concept"] is True


def test_ztc_013_een_besluittype_noemt_alleen_documenttypen_uit_zijn_catalogus(
    client: CatalogiClient, typen: Typen
) -> None:
    """Met een URL uit een andere catalogus, en met een naam die alleen daar bestaat."""
    elders = maak_catalogus(client, "ANDER")
    json = {
        "catalogus": elders,
        "omschrijving": "Besluit",
        "publicatieIndicatie": False,
        "beginGeldigheid": "2020-01-01",
    }
    kruis = json | {"informatieobjecttypen": [typen.informatieobjecttype]}
    assert fouten_van(client, "POST", "besluittypen", kruis) == {NFE: "relations-incorrect-catalogus"}
    naam = json | {"informatieobjecttypen": ["Aanvraagformulier"]}
    assert fouten_van(client, "POST", "besluittypen", naam) == {"informatieobjecttypen.0": "does_not_exist"}
    leeg = client.vraag("POST", "besluittypen", json=json | {"informatieobjecttypen": []})["url"]
    anders = {"informatieobjecttypen": [typen.informatieobjecttype]}
    assert fouten_van(client, "PATCH", leeg, anders) == {NFE: "relations-incorrect-catalogus"}
    concept = maak_zaaktype(client, elders, "ELDERS").url
    ziot = ONDERDELEN["zaaktype-informatieobjecttypen"] | {"zaaktype": concept}
    assert fouten_van(
        client, "POST", "zaaktype-informatieobjecttypen", ziot | {"informatieobjecttype": typen.informatieobjecttype}
    ) == {NFE: "relations-incorrect-catalogus"}


def test_een_statustypenummer_bestaat_een_keer(client: CatalogiClient, catalogus: str) -> None:
    """Regels 3.2: ook bij wijzigen, en bij acht tegelijk: één lukt, de andere krijgen een duidelijke 400."""
    zaaktype = maak_zaaktype(client, catalogus).url
    json = {"zaaktype": zaaktype, "omschrijving": "Status", "volgnummer": 1}
    een = client.vraag("POST", "statustypen", json=json)
    twee = client.vraag("POST", "statustypen", json=json | {"volgnummer": 2})
    assert (een["isEindstatus"], twee["isEindstatus"]) == (True, True)  # ieder was bij aanmaken de laatste
    assert client.vraag("GET", een["url"])["isEindstatus"] is False
    assert fouten_van(client, "PATCH", twee["url"], {"volgnummer": 1}) == {NFE: "unique"}
    assert fouten_van(client, "PUT", twee["url"], json) == {NFE: "unique"}

    def maak(_nummer: int) -> str:
        try:
            client.vraag("POST", "statustypen", json=json | {"volgnummer": 3})
        except ApiFout as fout:
            return f"{fout.status} {fout.fouten[0].code}"
        return "gemaakt"

    with ThreadPoolExecutor(8) as draden:
        assert sorted(draden.map(maak, range(8))) == ["400 unique"] * 7 + ["gemaakt"]


def test_filters_van_open_zaak(client: CatalogiClient, typen: Typen) -> None:
    """Regels 9."""
    for pad, params, aantal in (
        ("zaaktypen", {"omschrijving__icontains": "BEHANDELEN"}, 1),
        ("zaaktypen", {"identificatie__icontains": "vraag"}, 1),
        ("zaaktypen", {"identificatie__icontains": "100%"}, 0),
        ("informatieobjecttypen", {"omschrijving__icontains": "formulier"}, 1),
        ("informatieobjecttypen", {"zaaktype": typen.zaaktype}, 1),
        ("informatieobjecttypen", {"zaaktype": "ANDERS"}, 0),
        ("roltypen", {"omschrijving": "init"}, 1),
        ("zaakobjecttypen", {"status": "concept"}, 0),
    ):
        assert client.vraag("GET", pad, params=params)["count"] == aantal, (pad, params)


def test_publiceren_meldt_en_vernieuwt_de_versie(
    installatie: Installatie, client: CatalogiClient, typen: Typen
) -> None:
    sleutel = installatie.redis_sleutel("versie", "catalogi")
    voor = installatie.redis.get(sleutel)
    client.vraag("PATCH", typen.zaaktype, json={"eindeGeldigheid": "2099-01-01"})
    assert installatie.redis.get(sleutel) != voor
    assert client.zaaktype("AANVRAAG", date(2100, 1, 1)) is None


def test_notificatie_van_een_type(installatie: Installatie, client: CatalogiClient, typen: Typen) -> None:
    """Regels 1.12: zaaktypen, besluittypen en informatieobjecttypen melden, met hun catalogus; onderdelen niet."""
    with installatie.db.lezen() as verbinding:
        berichten = list(verbinding.execute(select(OutboxTabel.inhoud).order_by(OutboxTabel.id)).scalars())
    berichten = [bericht for bericht in berichten if bericht.get("registratie") == "catalogi"]
    gemeld = [(bericht["kanaal"], bericht["actie"]) for bericht in berichten]
    kanalen = ("informatieobjecttypen", "besluittypen", "zaaktypen")
    assert gemeld == [(kanaal, "create") for kanaal in kanalen] + [(kanaal, "update") for kanaal in kanalen]
    catalogus = installatie.diensten.naar_opslag(typen.catalogus)
    assert all(bericht["kenmerken"] == {"catalogus": catalogus} for bericht in berichten)


def test_van_acht_versies_die_overlappen_wordt_er_een_definitief(client: CatalogiClient, catalogus: str) -> None:
    """ztc-016, ook als ze tegelijk gepubliceerd worden."""
    json = {
        "catalogus": catalogus,
        "omschrijving": "Besluit",
        "publicatieIndicatie": False,
        "informatieobjecttypen": [],
        "beginGeldigheid": "2026-01-01",
    }
    versies = [client.vraag("POST", "besluittypen", json=json)["url"] for _ in range(8)]

    def publiceer(url: str) -> list[str]:
        try:
            client.publiceer(url)
        except ApiFout as fout:
            return [deel.code for deel in fout.fouten]
        return []

    with ThreadPoolExecutor(8) as draden:
        assert sorted(draden.map(publiceer, versies)) == [[]] + [["overlap"]] * 7
    assert client.vraag("GET", "besluittypen")["count"] == 1


def test_zorg_voor_maakt_niets_dubbel(installatie: Installatie, typen: Typen) -> None:
    """Een procespakket dat nog eens geplaatst wordt, vindt alles terug."""
    assert maak_typen(installatie) == typen
    baas = CatalogiClient(installatie, namens="catalogi")
    for pad in ("zaaktypen", "statustypen", "roltypen", "eigenschappen", "zaaktype-informatieobjecttypen"):
        verwacht = {"statustypen": 3, "roltypen": 2}.get(pad, 1)
        assert baas.vraag("GET", pad, params={"status": "alles"})["count"] == verwacht


def test_expand_en_etag(baas: CatalogiClient, typen: Typen) -> None:
    """Vanaf 1.3.2: elk type naar zijn relaties, ook genest."""
    params = {"expand": "catalogus,statustypen,besluittypen.informatieobjecttypen"}
    zaaktype = baas.vraag("GET", typen.zaaktype, params=params)["_expand"]
    assert zaaktype["catalogus"]["domein"] == "ALGEM"
    assert [status["volgnummer"] for status in zaaktype["statustypen"]] == [1, 2, 3]
    genest = zaaktype["besluittypen"][0]["_expand"]["informatieobjecttypen"]
    assert [soort["url"] for soort in genest] == [typen.informatieobjecttype]
    assert status_van(baas, "GET", typen.zaaktype, expand="verantwoordelijke") == 404


def test_filters_op_verwijzingen(baas: CatalogiClient, typen: Typen) -> None:
    """Besluittypen en ZIOT's zijn te vinden op de naam en op de URL van een type."""
    for pad, params in (
        ("besluittypen", {"zaaktypen": typen.zaaktype}),
        ("besluittypen", {"zaaktypen": "AANVRAAG", "informatieobjecttypen": typen.informatieobjecttype}),
        ("zaaktype-informatieobjecttypen", {"informatieobjecttype": "Aanvraagformulier", "richting": "inkomend"}),
        ("zaaktype-informatieobjecttypen", {"informatieobjecttype": typen.informatieobjecttype}),
        ("roltypen", {"omschrijvingGeneriek": "initiator", "zaaktypeIdentificatie": "AANVRAAG"}),
        ("resultaattypen", {"zaaktype_identificatie": "AANVRAAG", "datum_geldigheid": "2026-01-01"}),
    ):
        assert baas.vraag("GET", pad, params=params)["count"] == 1, (pad, params)
    assert baas.vraag("GET", "besluittypen", params={"zaaktypen": "ANDERS"})["count"] == 0
    assert baas.vraag("GET", "roltypen", params={"datumGeldigheid": "2019-01-01"})["count"] == 0
    assert status_van(baas, "GET", "zaaktype-informatieobjecttypen", richting="omhoog") == 400


def test_nieuw_statustype_achteraan_waarschuwt(installatie: Installatie, typen: Typen) -> None:
    """Regels 3.4: bij een gepubliceerd zaaktype verandert dat de eindstatus van lopende zaken."""
    auth = Ondertekening(installatie, installatie.diensten["catalogi"], "catalogi")
    url = f"{installatie.diensten['catalogi'].basis}/statustypen"
    json = {"zaaktype": typen.zaaktype, "omschrijving": "Later", "volgnummer": 9}
    antwoord = installatie.http.post(url, json=json, auth=auth)
    assert antwoord.status_code == 201
    assert "eindstatus" in antwoord.headers["X-Warning"]
    tussen = installatie.http.post(url, json=json | {"volgnummer": 8}, auth=auth)
    assert "X-Warning" not in tussen.headers


def test_documenttype_als_url(installatie: Installatie, client: CatalogiClient, typen: Typen) -> None:
    """De standaard noemt het documenttype van een zaaktype bij naam; GZAC haalt een URL op, zoals Open Zaak die geeft."""
    pad, params = "zaaktype-informatieobjecttypen", {"zaaktype": typen.zaaktype}
    (gewoon,) = client.vraag("GET", pad, params=params)["results"]
    assert gewoon["informatieobjecttype"] == "Aanvraagformulier"
    met_url = installatie.instellingen.model_copy(update={"documenttype_als_url": True})
    ander = maak_platform(met_url, installatie.klok)
    try:
        gzac = CatalogiClient(ander, namens="catalogi")
        (ziot,) = gzac.vraag("GET", pad, params=params)["results"]
        assert ziot == gewoon | {"informatieobjecttype": typen.informatieobjecttype}
        assert gzac.vraag("GET", ziot["url"], params={"expand": "zaaktype"})["informatieobjecttype"] == (
            typen.informatieobjecttype
        )
        concept = maak_zaaktype(gzac, typen.catalogus, "MET-URL").url
        json = {"informatieobjecttype": "Aanvraagformulier", "volgnummer": 1, "richting": "intern"}
        nieuw = gzac.vraag("POST", pad, json=json | {"zaaktype": concept})
        assert nieuw["informatieobjecttype"] == typen.informatieobjecttype
        gewijzigd = gzac.vraag("PATCH", nieuw["url"], json={"volgnummer": 2})
        assert gewijzigd == nieuw | {"volgnummer": 2}
    finally:
        ander.sluit()
    assert client.vraag("GET", nieuw["url"])["informatieobjecttype"] == "Aanvraagformulier"
