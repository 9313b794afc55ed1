"""Wie welke zaak opent: het team van het zaaktype, wie er een taak of rol bij heeft, de teamleider, of iedereen."""

from collections.abc import Iterator

import pytest

from integratie.catalogi import CatalogiClient
from integratie.zaken import ZakenClient
from integratie.zaken.schemas import RolIn, ZaakUit
from kern.instellingen import Instellingen
from tests.integratie.behandelen.hulp import (
    BAS,
    NADIA,
    TESSA,
    Browser,
    browser,
    kapot,
    losse_taak,
    pad_zaak,
    registratie,
)
from tests.reishulp import Gemeente

GEWEIGERD = "Deze zaak is van een ander team"


@pytest.fixture
def nadia(gemeente: Gemeente) -> Iterator[Browser]:
    """Behandelaar van een ander team."""
    with browser(gemeente.installatie, NADIA) as nadia:
        yield nadia


@pytest.mark.parametrize("wie", [BAS, TESSA])
def test_het_team_en_de_teamleider(gemeente: Gemeente, geregistreerd: ZaakUit, wie: str) -> None:
    """Bij een zaak die rechtdoor ging hoort geen taak: het zaaktype hoort bij het team."""
    with browser(gemeente.installatie, wie) as collega:
        assert collega.naar(pad_zaak(geregistreerd)).status == 200


def test_een_ander_team_ziet_niets(geregistreerd: ZaakUit, nadia: Browser) -> None:
    assert nadia.naar(pad_zaak(geregistreerd)).status == 403
    assert GEWEIGERD in nadia.tekst
    assert "Aanvrager" not in nadia.tekst
    assert nadia.naar(f"{pad_zaak(geregistreerd)}/documenten/{geregistreerd.uuid}").status == 403
    assert nadia.stuur(f"{pad_zaak(geregistreerd)}/acties", proces="x").status == 403
    nadia.naar("/behandelen/")
    assert nadia.stuur("/behandelen/zoeken", q=geregistreerd.identificatie).status == 403
    assert "This case belongs to another team" in nadia.naar(f"{pad_zaak(geregistreerd)}?taal=en").tekst


@pytest.mark.parametrize("velden", [{"kandidaatgroepen": ["wonen"]}, {"kandidaatgroepen": ["x"], "behandelaar": NADIA}])
def test_wie_er_een_taak_bij_heeft(gemeente: Gemeente, nadia: Browser, velden: dict[str, object]) -> None:
    zaak = registratie(gemeente)
    assert nadia.naar(pad_zaak(zaak)).status == 403
    losse_taak(gemeente.installatie, f"Advies {zaak.identificatie}", zaaknummer=zaak.identificatie, **velden)
    assert nadia.naar(pad_zaak(zaak)).status == 200


def test_wie_er_een_rol_in_heeft(gemeente: Gemeente, nadia: Browser) -> None:
    zaak = registratie(gemeente)
    roltypen = CatalogiClient(gemeente.installatie, namens="processen").roltypen(zaak.zaaktype)
    behandelaar = next(soort.url for soort in roltypen if soort.omschrijving_generiek == "behandelaar")
    rol = RolIn.model_validate(
        {
            "zaak": zaak.url,
            "roltype": behandelaar,
            "betrokkene_type": "medewerker",
            "betrokkene_identificatie": {"identificatie": NADIA, "achternaam": "Ouali"},
            "roltoelichting": "Advies",
        }
    )
    ZakenClient(gemeente.installatie, namens="processen").voeg_rol_toe(rol, sleutel=f"advies-{zaak.uuid}")
    assert nadia.naar(pad_zaak(zaak)).status == 200


def test_een_bron_die_hapert_is_geen_nee(gemeente: Gemeente, geregistreerd: ZaakUit, bas: Browser) -> None:
    with kapot(gemeente.installatie, "objecten"):
        assert bas.naar(pad_zaak(geregistreerd)).status == 503


def test_de_instelling_opent_alles(gemeente: Gemeente, geregistreerd: ZaakUit, nadia: Browser) -> None:
    gewoon: Instellingen = gemeente.installatie.instellingen
    gemeente.installatie.instellingen = gewoon.model_copy(update={"zaken_openen": "iedereen"})
    try:
        assert nadia.naar(pad_zaak(geregistreerd)).status == 200
    finally:
        gemeente.installatie.instellingen = gewoon
