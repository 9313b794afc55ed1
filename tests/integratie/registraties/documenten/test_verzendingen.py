"""Verzendingen van documenten (regels 4.4): precies één adres, hoogstens één afzender, met ontvangstdatum."""

from typing import Any

import pytest

from integratie.documenten import DocumentenClient
from kern.installatie import Installatie
from tests.integratie.registraties.documenten.conftest import Maker
from tests.integratie.registraties.documenten.test_documenten import drc_recht
from tests.integratie.registraties.rechten import PROEF, fouten_van, geef_rechten, status_van
from tests.integratie.registraties.typen import Typen

PAD = "verzendingen"
PERSOON = "https://personen.example/1"
POSTADRES = {
    "postBusOfAntwoordnummer": 12,
    "postadresPostcode": "1234AB",
    "postadresType": "postbusnummer",
    "woonplaatsnaam": "Utrecht",
}
BINNENLAND = {"huisnummer": 1, "naamOpenbareRuimte": "Dorpsstraat", "woonplaatsnaam": "Utrecht"}
BUITENLAND = {"adresBuitenland1": "Rue 1", "landPostadres": "https://landen.example/FR"}


def verzending(url: str, **velden: Any) -> dict[str, Any]:
    return {
        "betrokkene": PERSOON,
        "informatieobject": url,
        "aardRelatie": "geadresseerde",
        "contactPersoon": PERSOON,
        "emailadres": "jan@example.nl",
        **velden,
    }


def zonder_adres(url: str, **velden: Any) -> dict[str, Any]:
    return verzending(url, emailadres=None, **velden)


def test_aanmaken_lezen_wijzigen_en_verwijderen(drc: DocumentenClient, document: Maker) -> None:
    url = document()["url"]
    gemaakt = drc.vraag("POST", PAD, json=zonder_adres(url, binnenlandsCorrespondentieadres=BINNENLAND))
    assert gemaakt["binnenlandsCorrespondentieadres"] == BINNENLAND | {
        "huisletter": "",
        "huisnummerToevoeging": "",
        "postcode": "",
    }
    assert (gemaakt["correspondentiePostadres"], gemaakt["emailadres"], gemaakt["mijnOverheid"]) == (None, None, False)
    assert drc.vraag("GET", gemaakt["url"]) == gemaakt
    gewijzigd = drc.vraag("PATCH", gemaakt["url"], json={"toelichting": "Aangetekend", "verzenddatum": "2026-01-06"})
    assert gewijzigd == gemaakt | {"toelichting": "Aangetekend", "verzenddatum": "2026-01-06"}
    vervangen = drc.vraag("PUT", gemaakt["url"], json=verzending(url))
    assert (vervangen["emailadres"], vervangen["toelichting"]) == ("jan@example.nl", "")
    assert [regel["resource"] for regel in drc.vraag("GET", f"{url}/audittrail")][1:] == ["verzending"] * 3
    drc.verwijder(gemaakt["url"])
    assert status_van(drc, "GET", gemaakt["url"]) == 404


@pytest.mark.parametrize(
    "adres",
    [
        {"binnenlandsCorrespondentieadres": BINNENLAND},
        {"buitenlandsCorrespondentieadres": BUITENLAND},
        {"correspondentiePostadres": POSTADRES},
        {"faxnummer": "030-1234567"},
        {"emailadres": "jan@example.nl"},
        {"mijnOverheid": True},
        {"telefoonnummer": "030-1234567"},
    ],
)
def test_precies_een_adres(drc: DocumentenClient, document: Maker, adres: dict[str, Any]) -> None:
    url = document()["url"]
    fout = {"nonFieldErrors": "invalid-address"}
    assert fouten_van(drc, "POST", PAD, zonder_adres(url)) == fout
    goed = drc.vraag("POST", PAD, json=zonder_adres(url) | adres)
    ander = {"telefoonnummer": "1"} if "telefoonnummer" not in adres else {"faxnummer": "1"}
    assert fouten_van(drc, "POST", PAD, zonder_adres(url) | adres | ander) == fout
    assert fouten_van(drc, "PATCH", goed["url"], ander) == fout
    leeg: Any = False if "mijnOverheid" in adres else None
    assert fouten_van(drc, "PATCH", goed["url"], dict.fromkeys(adres, leeg)) == fout


def test_een_afzender_met_ontvangstdatum(drc: DocumentenClient, document: Maker) -> None:
    url, ander = document()["url"], document()["url"]
    ontvangen = {"aardRelatie": "afzender", "ontvangstdatum": "2026-01-06"}
    assert fouten_van(drc, "POST", PAD, verzending(url, aardRelatie="afzender")) == {"ontvangstdatum": "required"}
    een = drc.vraag("POST", PAD, json=verzending(url, **ontvangen))
    assert fouten_van(drc, "POST", PAD, verzending(url, **ontvangen)) == {"nonFieldErrors": "unique"}
    assert fouten_van(drc, "PATCH", een["url"], {"ontvangstdatum": None}) == {"ontvangstdatum": "required"}
    drc.vraag("POST", PAD, json=verzending(ander, **ontvangen))
    twee = [drc.vraag("POST", PAD, json=verzending(url))["url"] for _ in range(2)]
    assert fouten_van(drc, "PATCH", twee[0], ontvangen) == {"nonFieldErrors": "unique"}


def test_het_document_is_vast_en_de_velden_kloppen(drc: DocumentenClient, document: Maker) -> None:
    een, twee = document()["url"], document()["url"]
    gemaakt = drc.vraag("POST", PAD, json=verzending(een))
    assert fouten_van(drc, "PATCH", gemaakt["url"], {"informatieobject": twee}) == {
        "informatieobject": "wijzigen-niet-toegelaten"
    }
    assert fouten_van(drc, "POST", PAD, verzending(een[:-4] + "0000")) == {"informatieobject": "no_match"}
    fout = zonder_adres(een, aardRelatie="x", correspondentiePostadres=POSTADRES | {"postadresType": "bus"})
    assert fouten_van(drc, "POST", PAD, fout) == {
        "aardRelatie": "invalid_choice",
        "correspondentiePostadres.postadresType": "invalid_choice",
    }


def test_filters_en_expand(drc: DocumentenClient, document: Maker) -> None:
    een, twee = document()["url"], document()["url"]
    for url in (een, twee):
        drc.vraag("POST", PAD, json=verzending(url))
    drc.vraag("POST", PAD, json=verzending(een, betrokkene="https://personen.example/2"))

    def aantal(**criteria: Any) -> int:
        gevonden: int = drc.vraag("GET", PAD, params=criteria)["count"]
        return gevonden

    assert aantal(informatieobject=een) == 2
    assert aantal(betrokkene=PERSOON) == 2
    assert aantal(aardRelatie="afzender") == 0
    pagina = drc.vraag("GET", PAD, params={"expand": "informatieobject.informatieobjecttype", "pageSize": 1})
    document_ = pagina["results"][0]["_expand"]["informatieobject"]
    assert document_["url"] == een
    assert document_["_expand"]["informatieobjecttype"]["omschrijving"] == "Aanvraagformulier"
    assert pagina["next"]


def test_rechten_zijn_die_van_het_document(
    drc: DocumentenClient, document: Maker, installatie: Installatie, typen: Typen
) -> None:
    openbaar, geheim = (document(vertrouwelijkheidaanduiding=va)["url"] for va in ("openbaar", "geheim"))
    gemaakt = {url: drc.vraag("POST", PAD, json=verzending(url))["url"] for url in (openbaar, geheim)}
    scopes = ("documenten.lezen", "documenten.geforceerd-bijwerken")
    geef_rechten(installatie, drc_recht(typen, *scopes, va="intern"))
    proef = DocumentenClient(installatie, namens=PROEF)
    assert [deel["url"] for deel in proef.vraag("GET", PAD)["results"]] == [gemaakt[openbaar]]
    assert status_van(proef, "GET", gemaakt[geheim]) == 403
    assert status_van(proef, "POST", PAD, verzending(openbaar)) == 403
    assert status_van(proef, "PATCH", gemaakt[openbaar], {"toelichting": "x"}) == 403  # geforceerd geldt hier niet
    assert status_van(proef, "DELETE", gemaakt[openbaar]) == 403
