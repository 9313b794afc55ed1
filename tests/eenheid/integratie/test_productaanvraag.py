"""De productaanvraag in de Objecten API heen en terug."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import ValidationError

from integratie.urn import urn_bsn, urn_kvk, urn_zaak
from integratie.verzoeken.productaanvraag import Productaanvraag, lees_aanvraag, schrijf_aanvraag
from integratie.verzoeken.schemas import VerzoekUit

RSIN, BSN = "517439943", "999990019"
TYPE = "https://gemeente.example/verzoeken/api/v1/verzoektypen/1"
DOCUMENT = "https://gemeente.example/documenten/api/v1/enkelvoudiginformatieobjecten/"
PDF, BIJLAGE = uuid4(), uuid4()
AANVRAAG: dict[str, Any] = {
    "bron": {"naam": "Open Formulieren", "kenmerk": "K-1"},
    "type": "verhuizing",
    "aanvraaggegevens": {"stap-1": {"adres": "Dorpsstraat 1"}},
    "taal": "eng",
    "zaakgegevens": {"identificatie": "ZAAK-1", "communicatiekanaal": "website"},
    "betrokkenen": [
        {"inpBsn": BSN, "rolOmschrijvingGeneriek": "initiator"},
        {"kvkNummer": "69599084", "rolOmschrijvingGeneriek": "mede_initiator"},
        {"medewerkerIdentificatie": "M1", "rolOmschrijvingGeneriek": "klantcontacter"},
    ],
    "betaling": {
        "kenmerk": "B-1",
        "bedrag": 19.2,
        "status": "geslaagd",
        "transactieId": "T-1",
        "transactiedatumtijd": "2026-01-01T10:00:00Z",
    },
    "geometry": {"type": "Point", "coordinates": [4.9, 52.4]},
    "pdf": f"{DOCUMENT}{PDF}",
    "csv": "",
    "bijlagen": [f"{DOCUMENT}{BIJLAGE}?versie=1"],
}


def test_lezen() -> None:
    verzoek = lees_aanvraag(Productaanvraag.model_validate(AANVRAAG), verzoektype=TYPE, rsin=RSIN)
    assert (verzoek.verzoek_type, verzoek.verzoek_taal, verzoek.kanaal) == (TYPE, "en", "website")
    assert (verzoek.initiator, verzoek.mede_initiator) == (urn_bsn(BSN), urn_kvk("69599084"))
    assert verzoek.verzoek_informatie_object == f"urn:nld:{RSIN}:informatieobject:uuid:{PDF}"
    assert [deel.informatie_object for deel in verzoek.bijlagen] == [f"urn:nld:{RSIN}:informatieobject:uuid:{BIJLAGE}"]
    assert [deel.urn for deel in verzoek.is_gerelateerd_aan] == [urn_zaak(RSIN, "ZAAK-1")]
    betaling = verzoek.verzoek_betaling
    assert betaling is not None
    assert (str(betaling.bedrag), betaling.voltooid, betaling.transactie_referentie) == ("19.2", True, "T-1")


def test_lezen_van_het_minste() -> None:
    kaal = {naam: AANVRAAG[naam] for naam in ("bron", "type", "aanvraaggegevens")}
    verzoek = lees_aanvraag(Productaanvraag.model_validate(kaal), verzoektype=TYPE, rsin=RSIN)
    assert (verzoek.verzoek_taal, verzoek.initiator, verzoek.bijlagen, verzoek.verzoek_betaling) == ("nl", "", [], None)
    with pytest.raises(ValidationError):
        Productaanvraag.model_validate({"type": "verhuizing", "aanvraaggegevens": {}})


def test_heen_en_terug() -> None:
    """Wat de Verzoeken API bewaart, komt er weer uit; een betrokkene die zij niet kent (een medewerker) niet."""
    verzoek = lees_aanvraag(Productaanvraag.model_validate(AANVRAAG), verzoektype=TYPE, rsin=RSIN)
    bewaard = VerzoekUit.model_validate(
        {**verzoek.als_json(), "url": "https://v/1", "urn": "urn:nld:x:y", "uuid": UUID(int=1), "versie": 1}
        | {"verzoekTypeUrn": "urn:nld:x:y", "geregistreerdOp": "2026-01-01T10:00:00Z"}
    )
    data = schrijf_aanvraag(bewaard, soort="verhuizing", document_url=lambda uuid: f"{DOCUMENT}{uuid}")
    assert data["betaling"] == {**AANVRAAG["betaling"], "transactiedatumtijd": "2026-01-01T10:00:00+00:00"}
    assert len(data["betrokkenen"]) == 2
    opnieuw = lees_aanvraag(Productaanvraag.model_validate(data), verzoektype=TYPE, rsin=RSIN)
    assert opnieuw == verzoek
