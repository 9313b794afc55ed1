"""Zaakobjecten, zaakbesluiten, klantcontacten, contactmomenten, verzoeken, notities, substatussen en gereserveerde nummers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from integratie.besluiten import BesluitenClient
from integratie.catalogi import CatalogiClient
from integratie.catalogi.schemas import ZaakObjectTypeIn
from integratie.klantinteracties import KlantinteractiesClient
from integratie.zaken import ZakenClient
from integratie.zaken.objecten import DINGEN
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from registraties.zaken.modellen import ZaakBesluit
from tests.integratie.registraties.rechten import fouten_van, geef_rechten, status_van
from tests.integratie.registraties.typen import RSIN, Typen, maak_typen
from tests.integratie.registraties.zaken.hulp import (
    BSN,
    maak_document,
    maak_zaak,
    rol_json,
    sluit,
    zaak_json,
    zet_status,
)

NFE = "nonFieldErrors"
ADRES = {"wplWoonplaatsNaam": "Duindorp", "gorOpenbareRuimteNaam": "Kerkstraat"}
MET_ID = {"identificatie": "0123"}
AOA = {**ADRES, "aoaHuisnummer": 1}
WOZ = {"wozObjectNummer": "12", "aanduidingWozObject": {**AOA, "aoaIdentificatie": "9"}}
KADASTER = {"kadastraleIdentificatie": "K1", "kadastraleAanduiding": "DDP01 A 1"}
IDENTIFICATIES: dict[str, dict[str, Any]] = {
    "adres": {**MET_ID, **ADRES, "huisnummer": 1},
    "buurt": {"buurtCode": "01", "buurtNaam": "Noord", "gemGemeenteCode": "9999", "wykWijkCode": "02"},
    "gemeente": {"gemeenteNaam": "Duindorp", "gemeenteCode": "9999"},
    "gemeentelijke_openbare_ruimte": {**MET_ID, "openbareRuimteNaam": "Plein"},
    "huishouden": {"nummer": "1", "isGehuisvestIn": {**MET_ID, "adresAanduidingGrp": {**AOA, "oaoIdentificatie": "7"}}},
    "inrichtingselement": {**MET_ID, "type": "paal"},
    "kadastrale_onroerende_zaak": KADASTER,
    "kunstwerkdeel": {**MET_ID, "type": "sluis", "naam": "Sluis 1"},
    "maatschappelijke_activiteit": {"kvkNummer": "12345678", "handelsnaam": "Bakker"},
    "openbare_ruimte": {**MET_ID, **ADRES},
    "pand": MET_ID,
    "spoorbaandeel": {**MET_ID, "type": "breedspoor"},
    "terreindeel": {**MET_ID, "type": "gras"},
    "terrein_gebouwd_object": {**MET_ID, "adresAanduidingGrp": {**AOA, "aoaIdentificatie": "7"}},
    "waterdeel": {**MET_ID, "typeWaterdeel": "zee"},
    "wegdeel": {**MET_ID, "type": "fietspad"},
    "wijk": {"wijkCode": "01", "wijkNaam": "Oost", "gemGemeenteCode": "9999"},
    "woonplaats": {**MET_ID, "woonplaatsNaam": "Duindorp"},
    "woz_deelobject": {"nummerWozDeelObject": "1", "isOnderdeelVan": WOZ},
    "woz_object": WOZ,
    "woz_waarde": {"waardepeildatum": "20260101", "isVoor": WOZ},
    "zakelijk_recht": {
        **MET_ID,
        "avgAard": "eigendom",
        "heeftBetrekkingOp": KADASTER,
        "heeftAlsGerechtigde": {"natuurlijkPersoon": {"inpBsn": BSN}},
    },
    "overige": {"overigeData": {"boom": {"soort": "eik"}}},
    "natuurlijk_persoon": {"inpBsn": BSN},
    "niet_natuurlijk_persoon": {"innNnpId": RSIN, "innRechtsvorm": "stichting"},
    "vestiging": {"vestigingsNummer": "000012345678", "handelsnaam": ["Bakker"]},
    "organisatorische_eenheid": {"identificatie": "VTH", "naam": "Vergunningen"},
    "medewerker": {"identificatie": "jan", "achternaam": "Jansen"},
}
PERSONEN = sorted(set(IDENTIFICATIES) - set(DINGEN))


@pytest.fixture
def zaak(baas: ZakenClient, typen: Typen) -> str:
    return str(maak_zaak(baas, typen)["url"])


def object_json(zaak: str, soort: str, **velden: Any) -> dict[str, Any]:
    eigen = {"objectTypeOverige": "boom"} if soort == "overige" else {}
    return {"zaak": zaak, "objectType": soort, "objectIdentificatie": IDENTIFICATIES[soort], **eigen, **velden}


def bevat(heel: Any, deel: Any) -> bool:
    """Staat elke waarde van `deel` ook in `heel`?"""
    if isinstance(deel, dict):
        return all(bevat(heel[naam], waarde) for naam, waarde in deel.items())
    return bool(heel == deel)


# zaakobjecten


def test_elk_objecttype_heeft_zijn_eigen_identificatie(baas: ZakenClient, zaak: str) -> None:
    """Wat erin gaat komt er met zijn volledige structuur weer uit; bij elk type is een leeg object met verplichte velden fout."""
    assert len(IDENTIFICATIES) == 28
    for soort, identificatie in IDENTIFICATIES.items():
        gemaakt = baas.vraag("POST", "zaakobjecten", json=object_json(zaak, soort))
        assert bevat(gemaakt["objectIdentificatie"], identificatie), soort
        assert (gemaakt["betrokkeneIdentificatie"] is not None) == (soort in PERSONEN), soort
        fouten = fouten_van(baas, "POST", "zaakobjecten", object_json(zaak, soort, objectIdentificatie="tekst"))
        assert fouten == {"objectIdentificatie": "invalid"}, soort
    assert len(baas.vraag("GET", zaak)["zaakobjecten"]) == len(IDENTIFICATIES)


def test_fouten_in_een_identificatie_hebben_hun_pad(baas: ZakenClient, zaak: str) -> None:
    adres = object_json(zaak, "adres", objectIdentificatie={"identificatie": "x" * 101, "huisnummer": 100000})
    assert fouten_van(baas, "POST", "zaakobjecten", adres) == {
        "objectIdentificatie.identificatie": "max_length",
        "objectIdentificatie.wplWoonplaatsNaam": "required",
        "objectIdentificatie.gorOpenbareRuimteNaam": "required",
        "objectIdentificatie.huisnummer": "max_value",
    }
    kunstwerk = object_json(zaak, "kunstwerkdeel", objectIdentificatie={**MET_ID, "type": "x", "naam": "y"})
    assert fouten_van(baas, "POST", "zaakobjecten", kunstwerk) == {"objectIdentificatie.type": "invalid_choice"}
    assert fouten_van(baas, "POST", "zaakobjecten", {"zaak": zaak, "objectType": "x"})["objectType"] == "invalid_choice"


@pytest.mark.parametrize("soort", PERSONEN)
def test_persoon_als_object_mag_onder_beide_namen(baas: ZakenClient, zaak: str, soort: str) -> None:
    """Het OpenAPI-bestand noemt dit veld bij personen `betrokkeneIdentificatie`."""
    json = object_json(zaak, soort)
    json["betrokkeneIdentificatie"] = json.pop("objectIdentificatie")
    gemaakt = baas.vraag("POST", "zaakobjecten", json=json)
    assert bevat(gemaakt["objectIdentificatie"], IDENTIFICATIES[soort])
    assert gemaakt["objectIdentificatie"] == gemaakt["betrokkeneIdentificatie"]


def test_object_url_of_identificatie(installatie: Installatie, baas: ZakenClient, typen: Typen, zaak: str) -> None:
    geen = {"zaak": zaak, "objectType": "pand"}
    assert fouten_van(baas, "POST", "zaakobjecten", geen) == {NFE: "invalid-zaakobject"}
    for url in ("https://elders.example/1", f"{zaak[:-4]}0000", "geen-url"):
        assert fouten_van(baas, "POST", "zaakobjecten", geen | {"object": url})["object"] == "bad-url"
    document = maak_document(installatie, typen.informatieobjecttype)
    json = {"zaak": zaak, "objectType": "enkelvoudig_document", "object": document}
    gemaakt = baas.vraag("POST", "zaakobjecten", json=json)
    assert (gemaakt["object"], gemaakt["objectIdentificatie"]) == (document, None)
    assert baas.vraag("GET", "zaakobjecten", params={"object": document})["count"] == 1
    assert baas.vraag("GET", "zaakobjecten", params={"objectType": "pand"})["count"] == 0
    uitgebreid = baas.vraag("GET", gemaakt["url"], params={"expand": "object,zaak"})
    assert uitgebreid["_expand"]["object"]["titel"] == "Aanvraag"


def test_zaakobject_wijzigen_en_verwijderen(baas: ZakenClient, typen: Typen, zaak: str) -> None:
    gemaakt = baas.vraag("POST", "zaakobjecten", json=object_json(zaak, "pand"))
    ander = maak_zaak(baas, typen)["url"]
    anders = {"zaak": ander, "objectType": "adres", "objectIdentificatie": IDENTIFICATIES["adres"]}
    assert fouten_van(baas, "PATCH", gemaakt["url"], anders) == {
        "zaak": "wijzigen-niet-toegelaten",
        "objectType": "wijzigen-niet-toegelaten",
    }
    nieuw = {"relatieomschrijving": "Buurhuis", "objectIdentificatie": {"identificatie": "0456"}}
    gewijzigd = baas.vraag("PATCH", gemaakt["url"], json=nieuw)
    assert gewijzigd == gemaakt | nieuw
    vervangen = baas.vraag("PUT", gemaakt["url"], json=object_json(zaak, "pand"))
    assert vervangen["relatieomschrijving"] == ""
    assert baas.vraag("DELETE", gemaakt["url"]) is None
    assert status_van(baas, "GET", gemaakt["url"]) == 404


def test_overige_vraagt_een_eigen_type(baas: ZakenClient, zaak: str) -> None:
    zonder = object_json(zaak, "overige", objectTypeOverige="")
    assert fouten_van(baas, "POST", "zaakobjecten", zonder) == {NFE: "missing-object-type-overige"}
    teveel = object_json(zaak, "pand", objectTypeOverige="boom")
    assert fouten_van(baas, "POST", "zaakobjecten", teveel) == {NFE: "invalid-object-type-overige-usage"}
    vorm = object_json(zaak, "overige", objectTypeOverige="Boom 1")
    assert fouten_van(baas, "POST", "zaakobjecten", vorm) == {"objectTypeOverige": "invalid"}


def test_object_past_bij_de_definitie_van_zijn_type(
    installatie: Installatie, baas: ZakenClient, typen: Typen, zaak: str
) -> None:
    """objectTypeOverigeDefinitie: het schema en de gegevens staan achter URL's, op paden zoals jq ze schrijft."""
    document = maak_document(installatie, typen.informatieobjecttype)
    definitie = {"url": typen.zaaktype, "schema": ".referentieproces", "objectData": ".titel"}
    json = {"zaak": zaak, "objectType": "overige", "object": document, "objectTypeOverigeDefinitie": definitie}
    gemaakt = baas.vraag("POST", "zaakobjecten", json=json)
    assert gemaakt["objectTypeOverigeDefinitie"] == definitie
    fouten = {
        ("schema", ".bestaat.niet"): {"objectTypeOverigeDefinitie.schema": "invalid"},
        ("objectData", ".record | keys"): {"objectTypeOverigeDefinitie.objectData": "invalid"},
        ("url", f"{typen.zaaktype[:-4]}0000"): {"objectTypeOverigeDefinitie.url": "bad-url"},
        ("schema", ".identificatie"): {"objectTypeOverigeDefinitie.schema": "invalid-schema"},
    }
    for (veld, waarde), verwacht in fouten.items():
        fout = json | {"objectTypeOverigeDefinitie": definitie | {veld: waarde}}
        assert fouten_van(baas, "POST", "zaakobjecten", fout) == verwacht
    zonder = {naam: waarde for naam, waarde in json.items() if naam != "object"}
    assert fouten_van(baas, "POST", "zaakobjecten", zonder | {"objectIdentificatie": {"overigeData": {}}}) == {
        "object": "required"
    }


def test_zaakobjecttype_hoort_bij_het_zaaktype(installatie: Installatie, baas: ZakenClient, zaak: str) -> None:
    catalogi = CatalogiClient(installatie, namens="catalogi")
    ander = maak_typen(installatie, "ANDER")
    soort = ZaakObjectTypeIn(
        ander_objecttype=False, objecttype="https://o.example/1", relatie_omschrijving="over", zaaktype=ander.zaaktype
    )
    url = catalogi.vraag("POST", "zaakobjecttypen", json=soort)["url"]
    json = object_json(zaak, "pand", zaakobjecttype=url)
    assert fouten_van(baas, "POST", "zaakobjecten", json) == {NFE: "zaaktype-mismatch"}
    goed = maak_zaak(baas, ander)["url"]
    assert baas.vraag("POST", "zaakobjecten", json=json | {"zaak": goed})["zaakobjecttype"] == url


# zaakbesluiten (brc-006)


@pytest.fixture
def besluiten(installatie: Installatie) -> BesluitenClient:
    return BesluitenClient(installatie, namens="besluiten")


def besluit_json(typen: Typen, zaak: str) -> dict[str, Any]:
    basis = {"verantwoordelijkeOrganisatie": RSIN, "besluittype": typen.besluittype, "zaak": zaak}
    return {**basis, "datum": "2026-01-05", "ingangsdatum": "2026-01-06"}


def test_besluit_staat_ook_bij_de_zaak(baas: ZakenClient, besluiten: BesluitenClient, typen: Typen, zaak: str) -> None:
    """brc-006 en brc-009: met het besluit komt en gaat de relatie, en beide staan in de audittrail van de zaak."""
    besluit = besluiten.vraag("POST", "besluiten", json=besluit_json(typen, zaak))
    [relatie] = baas.vraag("GET", f"{zaak}/besluiten")
    assert relatie["besluit"] == besluit["url"]
    assert baas.vraag("GET", relatie["url"], params={"expand": "besluit"})["_expand"]["besluit"] == besluit
    assert fouten_van(baas, "POST", f"{zaak}/besluiten", {"besluit": besluit["url"]}) == {NFE: "unique"}
    assert fouten_van(baas, "DELETE", relatie["url"]) == {NFE: "inconsistent-relation"}
    assert status_van(baas, "PATCH", relatie["url"], {}) == 405
    besluiten.vraag("DELETE", besluit["url"])
    assert baas.vraag("GET", f"{zaak}/besluiten") == []
    acties = [(regel["actie"], regel["resource"]) for regel in baas.vraag("GET", f"{zaak}/audittrail")]
    assert acties == [("create", "zaak"), ("create", "zaakbesluit"), ("destroy", "zaakbesluit")]


def test_zaakbesluit_alleen_voor_het_besluit_van_deze_zaak(
    baas: ZakenClient, besluiten: BesluitenClient, typen: Typen, zaak: str
) -> None:
    ander = maak_zaak(baas, typen)["url"]
    elders = besluiten.vraag("POST", "besluiten", json=besluit_json(typen, ander))["url"]
    los = besluiten.vraag("POST", "besluiten", json=besluit_json(typen, ""))["url"]
    for besluit in (elders, los):
        assert fouten_van(baas, "POST", f"{zaak}/besluiten", {"besluit": besluit}) == {NFE: "inconsistent-relation"}
    for besluit, code in ((f"{los[:-4]}0000", "bad-url"), (ander, "invalid-resource")):
        assert fouten_van(baas, "POST", f"{zaak}/besluiten", {"besluit": besluit})["besluit"] == code
    weg = f"{zaak[:-4]}0000"
    assert status_van(baas, "POST", f"{weg}/besluiten", {"besluit": los}) == 404


def test_besluit_mislukt_als_de_zaak_het_weigert(
    installatie: Installatie, baas: ZakenClient, besluiten: BesluitenClient, typen: Typen, zaak: str
) -> None:
    """brc-006: alles of niets; bij een gesloten zaak zonder geforceerde rechten (zrc-007) blijft er nergens iets achter."""
    sluit(baas, zaak, typen)
    brc = {"component": "brc", "besluittype": typen.besluittype, "scopes": ["besluiten.aanmaken", "besluiten.lezen"]}
    geef_rechten(installatie, brc, namens="beslisser")
    beslisser = BesluitenClient(installatie, namens="beslisser")
    assert status_van(beslisser, "POST", "besluiten", besluit_json(typen, zaak)) == 403
    assert besluiten.vraag("GET", "besluiten")["count"] == 0
    besluit = besluiten.vraag("POST", "besluiten", json=besluit_json(typen, zaak))["url"]
    assert [deel["besluit"] for deel in baas.vraag("GET", f"{zaak}/besluiten")] == [besluit]


def test_zaak_met_besluiten_blijft(
    installatie: Installatie, baas: ZakenClient, besluiten: BesluitenClient, typen: Typen, zaak: str
) -> None:
    """zrc-023 [OZ]: ook als het besluit onder een deelzaak hangt; zonder besluiten is het verwijderen weer goed."""
    deel = maak_zaak(baas, typen, hoofdzaak=zaak)["url"]
    besluit = besluiten.vraag("POST", "besluiten", json=besluit_json(typen, deel))["url"]
    for url in (zaak, deel):
        assert fouten_van(baas, "DELETE", url) == {NFE: "related-besluiten"}
    besluiten.vraag("DELETE", besluit)
    baas.vraag("DELETE", zaak)
    with installatie.db.lezen() as verbinding:
        assert verbinding.execute(select(func.count()).select_from(ZaakBesluit)).scalar_one() == 0


# klantcontacten, contactmomenten en verzoeken


def test_klantcontact(baas: ZakenClient, zaak: str, klok: VerzetbareKlok) -> None:
    json = {"zaak": zaak, "datumtijd": "2026-01-06T10:00:00Z", "kanaal": "balie", "onderwerp": "Vraag"}
    contact = baas.vraag("POST", "klantcontacten", json=json)
    assert len(contact["identificatie"]) == 14
    assert baas.vraag("GET", "klantcontacten", params={"zaak": zaak})["results"] == [contact]
    assert fouten_van(baas, "POST", "klantcontacten", json | {"identificatie": contact["identificatie"]}) == {
        "identificatie": "unique"
    }
    morgen = (klok.nu() + timedelta(days=1)).isoformat()
    assert fouten_van(baas, "POST", "klantcontacten", json | {"datumtijd": morgen}) == {
        "datumtijd": "future_not_allowed"
    }
    assert status_van(baas, "DELETE", contact["url"]) == 405


@pytest.mark.parametrize(("pad", "veld"), [("zaakcontactmomenten", "contactmoment"), ("zaakverzoeken", "verzoek")])
def test_contactmomenten_en_verzoeken(
    installatie: Installatie, baas: ZakenClient, typen: Typen, zaak: str, pad: str, veld: str
) -> None:
    """zrc-024 en zrc-025 (contactmoment): de relatie wijst naar iets dat bestaat, en is er één keer."""
    elders = maak_document(installatie, typen.informatieobjecttype)
    json = {"zaak": zaak, veld: elders}
    relatie = baas.vraag("POST", pad, json=json)
    assert baas.vraag("GET", pad, params={"zaak": zaak, veld: elders}) == [relatie]
    assert fouten_van(baas, "POST", pad, json) == {NFE: "unique"}
    for url in (f"{elders[:-4]}0000", "https://elders.example/1", "https://127.0.0.1/1"):
        assert fouten_van(baas, "POST", pad, json | {veld: url}) == {veld: "bad-url"}
    assert status_van(baas, "PATCH", relatie["url"], {}) == 405
    baas.vraag("DELETE", relatie["url"])
    assert baas.vraag("GET", pad) == []


def test_contactmoment_in_de_eigen_registratie(installatie: Installatie, baas: ZakenClient, zaak: str) -> None:
    """Ook een klantcontact uit Klantinteracties is een contactmoment: zij heeft een andere aanmelding."""
    klanten = KlantinteractiesClient(installatie, namens="klantinteracties")
    contact = {"kanaal": "telefoon", "onderwerp": "Vraag", "taal": "nld", "vertrouwelijk": False}
    url = klanten.vraag("POST", "klantcontacten", json=contact)["url"]
    json = {"zaak": zaak, "contactmoment": url}
    assert baas.vraag("POST", "zaakcontactmomenten", json=json)["contactmoment"] == url


# notities


def test_notitie(baas: ZakenClient, typen: Typen, zaak: str, klok: VerzetbareKlok) -> None:
    """Alleen te wijzigen zolang zij concept is; de datums zet het systeem."""
    json = {
        "onderwerp": "Gebeld",
        "tekst": "Belt terug",
        "gerelateerdAan": zaak,
        "aanmaakdatum": "2020-01-01T00:00:00Z",
    }
    notitie = baas.vraag("POST", "zaaknotities", json=json)
    assert (notitie["status"], notitie["notitieType"]) == ("concept", "intern")
    assert notitie["aanmaakdatum"] == notitie["wijzigingsdatum"] > "2026"
    klok.verzet(timedelta(minutes=5))
    later = baas.vraag("PATCH", notitie["url"], json={"tekst": "Belde terug"})
    assert later["wijzigingsdatum"] > later["aanmaakdatum"] == notitie["aanmaakdatum"]
    for filter_ in ({"tekst__icontains": "terug"}, {"gerelateerdAan": zaak}, {"wijzigingsdatum__gt": "2026-01-01"}):
        waarde = {naam: f"{deel}T00:00:00Z" if "datum" in naam else deel for naam, deel in filter_.items()}
        assert baas.vraag("GET", "zaaknotities", params=waarde)["count"] == 1, filter_
    assert baas.vraag("GET", "zaaknotities", params={"status": "definitief"})["count"] == 0
    ander = maak_zaak(baas, typen)["url"]
    verhuis = {"gerelateerdAan": "wijzigen-niet-toegelaten"}
    assert fouten_van(baas, "PATCH", notitie["url"], {"gerelateerdAan": ander}) == verhuis
    baas.vraag("PATCH", notitie["url"], json={"status": "definitief"})
    assert fouten_van(baas, "PATCH", notitie["url"], {"status": "concept"}) == {"status": "invalid"}
    baas.vraag("DELETE", notitie["url"])


# substatussen


def test_substatus(baas: ZakenClient, typen: Typen, zaak: str, klok: VerzetbareKlok) -> None:
    """[OZ]: hoort bij een status van dezelfde zaak, zonder opgave bij die van nu."""
    json = {"zaak": zaak, "omschrijving": "Wacht op advies", "tijdstip": "2026-01-07T10:00:00+01:00"}
    assert fouten_van(baas, "POST", "substatussen", json) == {"status": "required"}
    status = zet_status(baas, zaak, typen.begin)["url"]
    substatus = baas.vraag("POST", "substatussen", json=json)
    assert (substatus["status"], substatus["doelgroep"]) == (status, "betrokkenen")
    assert baas.vraag("GET", "substatussen", params={"zaak": zaak, "status": status})["results"] == [substatus]
    ander = maak_zaak(baas, typen)["url"]
    elders = zet_status(baas, ander, typen.begin)["url"]
    assert fouten_van(baas, "POST", "substatussen", json | {"status": elders}) == {NFE: "zaak-mismatch"}
    morgen = (klok.nu() + timedelta(days=1)).isoformat()
    assert fouten_van(baas, "POST", "substatussen", json | {"tijdstip": morgen}) == {"tijdstip": "date-in-future"}


# zaaknummers


def test_gereserveerd_nummer_komt_niet_vanzelf_terug(zaken: ZakenClient, typen: Typen) -> None:
    """Zaken 1.7: alleen wie precies dat nummer noemt krijgt het; bij één een object, bij meer een lijst."""
    een = zaken.vraag("POST", "zaaknummer_reserveren", json={"bronorganisatie": RSIN})["zaaknummer"]
    meer = zaken.vraag("POST", "zaaknummer_reserveren", json={"bronorganisatie": RSIN, "aantal": 3})
    nummers = {een, *(deel["zaaknummer"] for deel in meer)}
    assert len(nummers) == 4
    gekregen = {maak_zaak(zaken, typen)["identificatie"] for _ in range(3)}
    assert not gekregen & nummers
    assert maak_zaak(zaken, typen, identificatie=een)["identificatie"] == een
    dubbel = {"identificatie": "identificatie-niet-uniek"}
    assert fouten_van(zaken, "POST", "zaken", zaak_json(typen, identificatie=een)) == dubbel
    for aantal, code in ((0, "min_value"), (1001, "max_value")):
        json = {"bronorganisatie": RSIN, "aantal": aantal}
        assert fouten_van(zaken, "POST", "zaaknummer_reserveren", json) == {"aantal": code}
    assert fouten_van(zaken, "POST", "zaaknummer_reserveren", {"bronorganisatie": "1"}) == {
        "bronorganisatie": "invalid"
    }


# wat voor alles onder een zaak geldt


def test_gesloten_zaak_beschermt_ook_deze_onderdelen(
    installatie: Installatie, zaken: ZakenClient, baas: ZakenClient, typen: Typen, zaak: str
) -> None:
    """zrc-007, en zrc-023: met de zaak verdwijnt alles."""
    document = maak_document(installatie, typen.informatieobjecttype)
    zet_status(baas, zaak, typen.begin)
    pogingen: list[tuple[str, dict[str, Any]]] = [
        ("zaakobjecten", object_json(zaak, "pand")),
        ("klantcontacten", {"zaak": zaak, "datumtijd": "2026-01-06T10:00:00Z"}),
        ("zaakcontactmomenten", {"zaak": zaak, "contactmoment": document}),
        ("zaakverzoeken", {"zaak": zaak, "verzoek": document}),
        ("zaaknotities", {"gerelateerdAan": zaak, "onderwerp": "x", "tekst": "y"}),
        ("substatussen", {"zaak": zaak, "omschrijving": "x", "tijdstip": "2026-01-07T10:00:00+01:00"}),
    ]
    sluit(baas, zaak, typen)
    for pad, json in pogingen:
        assert status_van(zaken, "POST", pad, json) == 403, pad
    gemaakt = [baas.vraag("POST", pad, json=json)["url"] for pad, json in pogingen]
    for url in gemaakt:
        if "klantcontacten" not in url and "substatussen" not in url:
            assert status_van(zaken, "DELETE", url) == 403, url
    zaken.vraag("DELETE", zaak)
    for url in gemaakt:
        assert status_van(zaken, "GET", url) == 404, url


def test_verwijderen_met_resultaat_deelzaak_en_documenten(
    installatie: Installatie,
    zaken: ZakenClient,
    baas: ZakenClient,
    typen: Typen,
    zaak: str,
    werk_outbox_af: Callable[[], int],
) -> None:
    """zrc-023: een zaak met resultaat, deelzaak, rollen en documenten gaat echt weg, met de spiegels en de audittrails."""
    deel = maak_zaak(baas, typen, hoofdzaak=zaak)["url"]
    document = maak_document(installatie, typen.informatieobjecttype)
    for url in (zaak, deel):
        baas.vraag("POST", "zaakinformatieobjecten", json={"zaak": url, "informatieobject": document})
        baas.vraag("POST", "rollen", json=rol_json(url, typen.rollen["initiator"]))
    sluit(baas, deel, typen)
    sluit(baas, zaak, typen)
    zaken.vraag("DELETE", zaak)
    werk_outbox_af()
    for url in (zaak, deel, f"{zaak}/audittrail", f"{deel}/audittrail"):
        assert status_van(baas, "GET", url) == 404, url
    documenten = BesluitenClient(installatie, namens="documenten")
    adres = f"{installatie.instellingen.adres}/documenten/api/v1"
    koppelingen = f"{adres}/objectinformatieobjecten"
    assert documenten.vraag("GET", koppelingen, params={"informatieobject": document}) == []
    assert documenten.vraag("GET", document)["titel"] == "Aanvraag"


def test_eigenschappen_staan_met_hun_eigen_url_bij_de_zaak(baas: ZakenClient, typen: Typen, zaak: str) -> None:
    json = {"eigenschap": typen.eigenschap, "waarde": "20260105"}
    eigenschap = baas.vraag("POST", f"{zaak}/zaakeigenschappen", json=json)["url"]
    gelezen = baas.vraag("GET", zaak, params={"expand": "eigenschappen"})
    assert gelezen["eigenschappen"] == [eigenschap]
    assert [deel["waarde"] for deel in gelezen["_expand"]["eigenschappen"]] == ["20260105"]
    assert baas.vraag("GET", eigenschap)["zaak"] == zaak
