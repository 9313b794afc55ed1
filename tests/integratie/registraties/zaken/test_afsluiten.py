"""Afsluiten en heropenen (zrc-007, zrc-008), deelzaken en relevante zaken (zrc-011, zrc-013), en rollen van elk soort."""

from datetime import UTC, datetime
from typing import Any

import pytest

from integratie.basis import ApiFout
from integratie.catalogi import CatalogiClient
from integratie.catalogi.schemas import StatusTypeIn
from integratie.documenten import DocumentenClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.machines import Ondertekening
from tests.integratie.registraties.rechten import fouten_van, geef_rechten, status_van
from tests.integratie.registraties.typen import Typen, maak_typen
from tests.integratie.registraties.zaken.hulp import (
    BSN,
    maak_document,
    maak_zaak,
    rol_json,
    sluit,
    zaak_json,
    zet_resultaat,
    zet_status,
)

NFE = "nonFieldErrors"
GEZET = "2026-01-07T09:00:00+01:00"


@pytest.fixture
def zaak(baas: ZakenClient, typen: Typen) -> str:
    return str(maak_zaak(baas, typen)["url"])


def eindstatus(zaak: str, typen: Typen) -> dict[str, Any]:
    return {"zaak": zaak, "statustype": typen.eind, "datumStatusGezet": GEZET}


def codes(client: ZakenClient, json: dict[str, Any]) -> set[str]:
    """Alle codes van een status die geweigerd wordt; meer fouten kunnen onder dezelfde naam staan."""
    with pytest.raises(ApiFout) as fout:
        client.vraag("POST", "statussen", json=json)
    return {deel.code for deel in fout.value.fouten}


def test_vergrendeld_document_houdt_de_zaak_open(
    installatie: Installatie, baas: ZakenClient, typen: Typen, zaak: str
) -> None:
    """zrc-007 [OZ]."""
    document = maak_document(installatie, typen.informatieobjecttype)
    baas.vraag("POST", "zaakinformatieobjecten", json={"zaak": zaak, "informatieobject": document})
    documenten = DocumentenClient(installatie, namens="documenten")
    lock = documenten.vraag("POST", f"{document}/lock")["lock"]
    zet_resultaat(baas, zaak, typen.resultaattype)
    assert fouten_van(baas, "POST", "statussen", eindstatus(zaak, typen)) == {NFE: "informatieobject-locked"}
    documenten.vraag("POST", f"{document}/unlock", json={"lock": lock})
    baas.vraag("POST", "statussen", json=eindstatus(zaak, typen))


def test_open_deelzaak_houdt_de_hoofdzaak_open(baas: ZakenClient, typen: Typen, zaak: str) -> None:
    """zrc-007 [OZ]: elke deelzaak is gesloten en heeft een resultaat; alle redenen komen tegelijk."""
    deel = maak_zaak(baas, typen, hoofdzaak=zaak)["url"]
    assert codes(baas, eindstatus(zaak, typen)) == {
        "resultaat-does-not-exist",
        "deelzaken-not-closed",
        "deelzaak-resultaat-does-not-exist",
    }
    zet_resultaat(baas, zaak, typen.resultaattype)
    sluit(baas, deel, typen)
    baas.vraag("POST", "statussen", json=eindstatus(zaak, typen))
    assert baas.vraag("GET", zaak)["einddatum"] == "2026-01-07"


def test_deelzaak_heropent_na_haar_hoofdzaak(baas: ZakenClient, typen: Typen, zaak: str) -> None:
    """zrc-008 [OZ]."""
    deel = maak_zaak(baas, typen, hoofdzaak=zaak)["url"]
    sluit(baas, deel, typen)
    sluit(baas, zaak, typen)
    json = {"zaak": deel, "statustype": typen.midden, "datumStatusGezet": "2026-01-09T09:00:00Z"}
    assert fouten_van(baas, "POST", "statussen", json) == {NFE: "hoofdzaak-closed"}
    zet_status(baas, zaak, typen.midden, "2026-01-08T09:00:00Z")
    baas.vraag("POST", "statussen", json=json)
    assert baas.vraag("GET", deel)["einddatum"] is None


def test_eindstatus_is_het_hoogste_volgnummer(installatie: Installatie, baas: ZakenClient) -> None:
    """zrc-007: een status die in volgorde van aanmaken de laatste is maar niet het hoogste volgnummer heeft, sluit niet."""
    typen = maak_typen(installatie, "VOLGORDE")
    catalogi = CatalogiClient(installatie, namens="catalogi")
    nieuw = StatusTypeIn(zaaktype=typen.zaaktype, omschrijving="Archief", volgnummer=9)
    hoogste = catalogi.vraag("POST", "statustypen", json=nieuw)["url"]
    zaak = maak_zaak(baas, typen)["url"]
    zet_resultaat(baas, zaak, typen.resultaattype)
    zet_status(baas, zaak, typen.eind, "2026-01-07T09:00:00Z")
    assert baas.vraag("GET", zaak)["einddatum"] is None
    zet_status(baas, zaak, hoogste, "2026-01-08T09:00:00Z")
    assert baas.vraag("GET", zaak)["einddatum"] == "2026-01-08"


def test_gesloten_zaak_met_geforceerd_recht(installatie: Installatie, baas: ZakenClient, typen: Typen) -> None:
    """Zonder `zaken.heropenen` maar met `zaken.geforceerd-bijwerken` mag alles op een gesloten zaak."""
    autorisatie = {"component": "zrc", "zaaktype": typen.zaaktype, "maxVertrouwelijkheidaanduiding": "zeer_geheim"}
    geef_rechten(
        installatie,
        {**autorisatie, "scopes": ["zaken.geforceerd-bijwerken", "zaken.lezen", "zaken.statussen.toevoegen"]},
        namens="sterk",
    )
    sterk = ZakenClient(installatie, namens="sterk")
    zaak = maak_zaak(baas, typen)["url"]
    sluit(baas, zaak, typen)
    assert sterk.vraag("PATCH", zaak, json={"omschrijving": "x"})["omschrijving"] == "x"
    zet_status(sterk, zaak, typen.midden, "2026-01-08T09:00:00Z")
    assert sterk.vraag("GET", zaak)["einddatum"] is None


def test_twee_statussen_op_hetzelfde_moment(baas: ZakenClient, typen: Typen, zaak: str) -> None:
    """Uniek op tijdstip, ook in een andere tijdzone; op een fractie van een seconde verschil kan het wel."""
    zet_status(baas, zaak, typen.begin, "2026-01-06T09:00:00.000001Z")
    for gezet in ("2026-01-06T09:00:00.000001Z", "2026-01-06T10:00:00.000001+01:00"):
        json = {"zaak": zaak, "statustype": typen.midden, "datumStatusGezet": gezet}
        assert fouten_van(baas, "POST", "statussen", json) == {NFE: "unique"}
    zet_status(baas, zaak, typen.midden, "2026-01-06T09:00:00.000002Z")
    assert baas.vraag("GET", "statussen", params={"zaak": zaak, "indicatieLaatstGezetteStatus": True})["count"] == 1


# deelzaken en relevante zaken


def test_deelzaken_een_niveau_diep(installatie: Installatie, baas: ZakenClient, typen: Typen, zaak: str) -> None:
    """zrc-013."""
    deel = maak_zaak(baas, typen, hoofdzaak=zaak)
    assert baas.vraag("GET", zaak)["deelzaken"] == [deel["url"]]
    fout = {"hoofdzaak": "deelzaak-als-hoofdzaak"}
    assert fouten_van(baas, "POST", "zaken", zaak_json(typen, hoofdzaak=deel["url"])) == fout
    ander = maak_zaak(baas, typen)["url"]
    assert fouten_van(baas, "PATCH", zaak, {"hoofdzaak": ander}) == fout  # heeft zelf al een deelzaak
    assert fouten_van(baas, "PATCH", ander, {"hoofdzaak": ander}) == {"hoofdzaak": "self-forbidden"}
    assert fouten_van(baas, "PATCH", ander, {"hoofdzaak": f"{zaak[:-4]}0000"}) == {"hoofdzaak": "no_match"}
    assert baas.vraag("PATCH", deel["url"], json={"hoofdzaak": None})["hoofdzaak"] is None


def test_deelzaak_is_van_een_deelzaaktype(installatie: Installatie, baas: ZakenClient, typen: Typen) -> None:
    """zrc-013 [OZ]: alleen als het zaaktype van de hoofdzaak deelzaaktypen noemt."""
    hoofdtype = maak_typen(installatie, "HOOFD", deelzaaktypen=["AANVRAAG"])
    ander = maak_typen(installatie, "ANDER")
    hoofd = maak_zaak(baas, hoofdtype)["url"]
    assert maak_zaak(baas, typen, hoofdzaak=hoofd)["hoofdzaak"] == hoofd
    assert fouten_van(baas, "POST", "zaken", zaak_json(ander, hoofdzaak=hoofd)) == {"hoofdzaak": "invalid-deelzaaktype"}


def test_relevante_zaken(baas: ZakenClient, typen: Typen, zaak: str) -> None:
    """zrc-011: bestaat, is een zaak, en is niet de zaak zelf; bij `overig` staat welke relatie het is [OZ]."""

    def relaties(*urls: str, **velden: str) -> dict[str, Any]:
        return {"relevanteAndereZaken": [{"url": url, "aardRelatie": "vervolg", **velden} for url in urls]}

    ander = maak_zaak(baas, typen)["url"]
    fouten = fouten_van(baas, "PATCH", zaak, relaties(ander, zaak, f"{zaak[:-4]}0000", typen.zaaktype, "x"))
    assert fouten == {
        "relevanteAndereZaken.1.url": "self-forbidden",
        "relevanteAndereZaken.2.url": "bad-url",
        "relevanteAndereZaken.3.url": "bad-url",
        "relevanteAndereZaken.4.url": "bad-url",
    }
    overig = relaties(ander, aardRelatie="overig")
    assert fouten_van(baas, "PATCH", zaak, overig) == {
        "relevanteAndereZaken.0.overigeRelatie": "overigerelatie-required"
    }
    goed = relaties(ander, aardRelatie="overig", overigeRelatie="zelfde adres", toelichting="hoek")
    assert baas.vraag("PATCH", zaak, json=goed)["relevanteAndereZaken"] == goed["relevanteAndereZaken"]
    uitgebreid = baas.vraag("GET", zaak, params={"expand": "relevanteAndereZaken"})
    assert [deel["url"] for deel in uitgebreid["_expand"]["relevanteAndereZaken"]] == [ander]


# rollen

ADRES = {
    "aoaIdentificatie": "0123",
    "wplWoonplaatsNaam": "Duindorp",
    "gorOpenbareRuimteNaam": "Kerkstraat",
    "aoaHuisnummer": 1,
}
BUITENLAND = {"lndLandcode": "DE", "lndLandnaam": "Duitsland", "subAdresBuitenland_1": "Hauptstrasse 1"}
BETROKKENEN: dict[str, dict[str, Any]] = {
    "natuurlijk_persoon": {
        "inpBsn": BSN,
        "inpA_nummer": "1234567890",
        "geslachtsaanduiding": "v",
        "verblijfsadres": ADRES,
        "subVerblijfBuitenland": BUITENLAND,
    },
    "niet_natuurlijk_persoon": {
        "annIdentificatie": "1",
        "statutaireNaam": "Stichting",
        "innRechtsvorm": "stichting",
        "kvkNummer": "12345678",
        "vestigingsNummer": "000012345678",
        "subVerblijfBuitenland": BUITENLAND,
    },
    "vestiging": {
        "vestigingsNummer": "000012345678",
        "handelsnaam": ["Bakker", "Broodje"],
        "kvkNummer": "12345678",
        "verblijfsadres": ADRES,
    },
    "organisatorische_eenheid": {"identificatie": "VTH", "naam": "Vergunningen", "isGehuisvestIn": "Stadhuis"},
    "medewerker": {"identificatie": "jan", "achternaam": "Jansen", "voorletters": "J.", "voorvoegselAchternaam": "de"},
}
FOUT: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "natuurlijk_persoon": (
        {"inpBsn": "123456789", "inpA_nummer": "0", "geslachtsaanduiding": "x", "verblijfsadres": {}},
        {
            "inpBsn": "invalid",
            "inpA_nummer": "invalid",
            "geslachtsaanduiding": "invalid_choice",
            **{f"verblijfsadres.{naam}": "required" for naam in ADRES},
        },
    ),
    "niet_natuurlijk_persoon": (
        {"innRechtsvorm": "bv", "innNnpId": "x" * 10},
        {"innRechtsvorm": "invalid_choice", "innNnpId": "max_length"},
    ),
    "vestiging": (
        {"handelsnaam": "Bakker", "kvkNummer": "123456789"},
        {"handelsnaam": "not_a_list", "kvkNummer": "max_length"},
    ),
    "organisatorische_eenheid": ({"identificatie": "x" * 25}, {"identificatie": "max_length"}),
    "medewerker": ({"identificatie": 7}, {"identificatie": "invalid"}),
}


@pytest.mark.parametrize("soort", BETROKKENEN)
def test_elke_betrokkene_heeft_zijn_eigen_vorm(baas: ZakenClient, typen: Typen, zaak: str, soort: str) -> None:
    """Wat erin gaat komt er met zijn volledige structuur weer uit; elke fout heeft zijn pad."""
    json = rol_json(zaak, typen.rollen["initiator"], betrokkeneType=soort, betrokkeneIdentificatie=BETROKKENEN[soort])
    rol = baas.vraag("POST", "rollen", json=json)
    for naam, waarde in BETROKKENEN[soort].items():
        gelezen = rol["betrokkeneIdentificatie"][naam]
        assert waarde.items() <= gelezen.items() if isinstance(waarde, dict) else waarde == gelezen, naam
    assert baas.vraag("GET", rol["url"]) == rol
    invoer, verwacht = FOUT[soort]
    fouten = fouten_van(baas, "POST", "rollen", json | {"betrokkeneIdentificatie": invoer})
    assert fouten == {f"betrokkeneIdentificatie.{naam}": code for naam, code in verwacht.items()}


def test_authenticatiecontext(baas: ZakenClient, typen: Typen, zaak: str) -> None:
    """[OZ]: een mandaat hoort bij wie vertegenwoordigt, en die staat als gemachtigde in de rol."""
    context = {
        "source": "eherkenning",
        "levelOfAssurance": "urn:etoegang:core:assurance-class:loa3",
        "representee": {"identifierType": "kvkNummer", "identifier": "12345678"},
        "actingSubject": "pseudoniem",
    }
    json = rol_json(zaak, typen.rollen["initiator"], authenticatieContext=context)
    assert fouten_van(baas, "POST", "rollen", json) == {"authenticatieContext": "invalid"}
    context["mandate"] = {"services": [{"id": "urn:etoegang:DV:1"}]}
    assert fouten_van(baas, "POST", "rollen", json) == {"indicatieMachtiging": "indicatie-machtiging-invalid"}
    rol = baas.vraag("POST", "rollen", json=json | {"indicatieMachtiging": "gemachtigde"})
    assert rol["authenticatieContext"]["representee"] == context["representee"]
    assert rol["authenticatieContext"]["mandate"]["services"][0]["id"] == "urn:etoegang:DV:1"
    kort = context | {"representee": {"identifierType": "bsn", "identifier": "12345678"}}
    fout = json | {"authenticatieContext": kort, "indicatieMachtiging": "gemachtigde"}
    assert fouten_van(baas, "POST", "rollen", fout) == {"authenticatieContext.representee": "invalid"}
    onbekend = json | {"authenticatieContext": {"source": "wachtwoord"}}
    assert fouten_van(baas, "POST", "rollen", onbekend) == {"authenticatieContext.source": "invalid_choice"}


def test_rol_bijwerken(baas: ZakenClient, typen: Typen, zaak: str) -> None:
    """[OZ] kent PUT; zaak, roltype en soort blijven, en de initiator mag zichzelf bijwerken."""
    json = rol_json(zaak, typen.rollen["initiator"], beginGeldigheid="2026-01-01", eindeGeldigheid="2026-02-01")
    rol = baas.vraag("POST", "rollen", json=json)
    nieuw = baas.vraag("PUT", rol["url"], json=json | {"roltoelichting": "Nieuw"})
    assert nieuw == rol | {"roltoelichting": "Nieuw"}
    anders = json | {"roltype": typen.rollen["behandelaar"], "betrokkeneType": "medewerker"}
    assert fouten_van(baas, "PUT", rol["url"], anders) == {
        "roltype": "wijzigen-niet-toegelaten",
        "betrokkeneType": "wijzigen-niet-toegelaten",
    }
    terug = json | {"eindeGeldigheid": "2025-01-01"}
    assert fouten_van(baas, "PUT", rol["url"], terug) == {"eindeGeldigheid": "date-mismatch"}
    assert fouten_van(baas, "POST", "rollen", json | {"betrokkene": "geen url"})["betrokkene"] == "invalid"
    assert status_van(baas, "PATCH", rol["url"], {}) == 405


def test_eigenschap_die_niet_past_geeft_een_waarschuwing(installatie: Installatie, typen: Typen, zaak: str) -> None:
    """Zaken 1.7: bewaren, met `X-Warning`."""
    adres = f"{zaak}/zaakeigenschappen"
    koppen = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
    auth = Ondertekening(installatie, installatie.diensten["zaken"], "zaken")
    for waarde, gewaarschuwd in (("20260105", False), ("5 januari", True)):
        json = {"eigenschap": typen.eigenschap, "waarde": waarde}
        antwoord = installatie.http.request("POST", adres, json=json, auth=auth, headers=koppen)
        assert antwoord.status_code == 201
        assert ("X-Warning" in antwoord.headers) is gewaarschuwd


def test_archiveren_houdt_statussen_en_documenten_tegen(
    installatie: Installatie, baas: ZakenClient, typen: Typen, zaak: str
) -> None:
    """zrc-004 en zrc-022: een gearchiveerde zaak krijgt geen status of document meer."""
    compleet = {"archiefstatus": "gearchiveerd", "archiefnominatie": "vernietigen", "archiefactiedatum": "2030-01-01"}
    baas.vraag("PATCH", zaak, json=compleet)
    document = maak_document(installatie, typen.informatieobjecttype)
    fout = {NFE: "zaak-archiefstatus-invalid"}
    koppeling = {"zaak": zaak, "informatieobject": document}
    assert fouten_van(baas, "POST", "zaakinformatieobjecten", koppeling) == fout
    json = {"zaak": zaak, "statustype": typen.begin, "datumStatusGezet": datetime(2026, 1, 7, tzinfo=UTC).isoformat()}
    assert fouten_van(baas, "POST", "statussen", json) == fout
