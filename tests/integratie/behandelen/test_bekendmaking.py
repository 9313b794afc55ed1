"""De bekendmaking op het scherm van de behandelaar: lezen zoals zij verschijnt, verbeteren, en zien waar zij staat."""

from uuid import UUID, uuid4

import pytest

from integratie.basis import ApiFout
from integratie.processen import ProcessenClient
from integratie.processen.publicaties import PublicatieIn
from integratie.zaken.schemas import ZaakUit
from tests.integratie.behandelen.hulp import Browser, pad_zaak
from tests.reishulp import Gemeente


@pytest.fixture
def concept(gemeente: Gemeente, geregistreerd: ZaakUit) -> UUID:
    publicatie = PublicatieIn(
        uuid=uuid4(), zaak=geregistreerd.url, titel="Markt op het plein", soort="kennisgeving", rubriek="evenementenvergunning",
        onderwerp="Recreatie", tekst="Er komt een markt.\n\nMail naar jan@voorbeeld.example.", locatie="Dorpsplein",
    )  # fmt: skip
    return ProcessenClient(gemeente.installatie, namens="processen").maak_publicatie(publicatie).uuid


def test_elke_verwijzing_is_van_de_registratie_waar_zij_hoort(gemeente: Gemeente, geregistreerd: ZaakUit) -> None:
    publicatie = PublicatieIn(
        uuid=uuid4(), zaak="geen zaak", besluit=geregistreerd.url, bijlagen=["https://voorbeeld.example/1"], titel="Markt",
        soort="kennisgeving", rubriek="evenementenvergunning", onderwerp="Recreatie", tekst="Er komt een markt.",
    )  # fmt: skip
    with pytest.raises(ApiFout) as fout:
        ProcessenClient(gemeente.installatie, namens="processen").maak_publicatie(publicatie)
    assert {f.naam: f.code for f in fout.value.fouten} == dict.fromkeys(("zaak", "besluit", "bijlagen.0"), "bad-url")


def test_lezen_verbeteren_en_zien_dat_zij_er_staat(
    gemeente: Gemeente, bas: Browser, geregistreerd: ZaakUit, concept: UUID
) -> None:
    pad = f"{pad_zaak(geregistreerd)}/bekendmakingen/{concept}"
    bas.naar(pad_zaak(geregistreerd))
    assert "Markt op het plein" in bas.tekst
    bas.naar(pad)
    assert "Zo komt het in het Gemeenteblad" in bas.tekst
    assert "alinea 2, woord 3: e-mailadres" in bas.tekst
    bas.stuur(pad, titel="Markt op het plein", tekst="Er komt een markt.\r\n\r\nTot dan.")
    assert "De tekst is bewaard." in bas.tekst
    assert "e-mailadres" not in bas.tekst
    client = ProcessenClient(gemeente.installatie, namens="processen")
    assert client.publicatie(concept).tekst == "Er komt een markt.\n\nTot dan."
    client.lever_aan(concept)
    gemeente.werk()
    bas.naar(pad)
    assert client.publicatie(concept).nummer in bas.tekst
    assert "Zo staat het in het Gemeenteblad" in bas.tekst
    assert "Tekst wijzigen" not in bas.tekst


def test_een_bekendmaking_van_een_andere_zaak_is_er_niet(bas: Browser, geregistreerd: ZaakUit) -> None:
    bas.naar(f"{pad_zaak(geregistreerd)}/bekendmakingen/{uuid4()}")
    assert bas.status == 404
