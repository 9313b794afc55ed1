"""De productcatalogus in het KCC: zoeken zoals de inwoner, en lezen wat alleen voor medewerkers is."""

import pytest

from integratie.producttypen import ProducttypenClient
from kern.installatie import Installatie
from tests.integratie.kcc.hulp import Medewerker
from tests.integratie.registraties.producten.hulp import Catalogus


@pytest.fixture
def catalogus(installatie: Installatie) -> Catalogus:
    return Catalogus(ProducttypenClient(installatie, namens="processen"))


def test_zoeken_en_lezen(kim: Medewerker, catalogus: Catalogus) -> None:
    contact = catalogus.maak("contacten", naam="Team Parkeren", telefoonnummer="14 0999")
    soort = catalogus.type(
        "parkeren",
        naam="Parkeervergunning",
        publicatie_start_datum="2026-01-01",
        interne_opmerkingen="Bij een huurauto eerst bellen.",
        contact_uuids=[contact["uuid"]],
    )
    catalogus.maak("content", content="U betaalt per kwartaal.", labels=["kosten"], producttype_uuid=soort["uuid"])
    kim.naar("/kcc/producten?q=parkervergunning")  # met een tikfout
    assert "1 product" in kim.tekst
    kim.naar("/kcc/producten/parkeren")
    for tekst in ("Bij een huurauto eerst bellen.", "U betaalt per kwartaal.", "Kosten", "Team Parkeren", "14 0999"):
        assert tekst in kim.tekst


def test_niets_gevonden_en_niet_gepubliceerd(kim: Medewerker, catalogus: Catalogus) -> None:
    catalogus.type("intern")
    assert "Niets gevonden" in kim.naar("/kcc/producten?q=walvis").tekst
    assert "staat niet op de website" in kim.naar("/kcc/producten/intern").tekst
    assert kim.naar("/kcc/producten/onbekend").status == 404
