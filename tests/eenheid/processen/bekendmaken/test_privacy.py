"""Persoonsgegevens in een tekst voor het Gemeenteblad: gevonden met de plaats, zonder het gegeven zelf."""

import pytest

from processen.bekendmaken.privacy import Bekend, zoek

BEKEND = Bekend(("W.F. de Vries", "Vries"), ("Kerkstraat 12", "1234 AB"), ("999000007",))


@pytest.mark.parametrize(
    ("tekst", "gevonden", "zeker"),
    [
        ("De vergunning is voor W.F. de Vries.", "alinea 1, woord 5: naam van een betrokkene", False),
        ("Bel mevrouw Vries.", "alinea 1, woord 3: naam van een betrokkene", False),
        ("Het feest is aan de Kerkstraat 12.", "alinea 1, woord 6: adres van een betrokkene", False),
        ("Postcode 1234 AB.", "alinea 1, woord 2: adres van een betrokkene", False),
        ("Nummer 999000007.", "alinea 1, woord 2: burgerservicenummer", True),
        ("Een ander nummer: 999991656.", "alinea 1, woord 4: burgerservicenummer", True),
        ("Eerst dit.\n\nMail jan@voorbeeld.example", "alinea 2, woord 2: e-mailadres", True),
        ("Bel 06-12345678.", "alinea 1, woord 2: telefoonnummer", True),
    ],
)
def test_een_persoonsgegeven_met_zijn_plaats(tekst: str, gevonden: str, *, zeker: bool) -> None:
    vondsten = zoek("Evenement", tekst, BEKEND)
    assert (gevonden, zeker) in [(str(vondst), vondst.zeker) for vondst in vondsten]
    for geheim in ("Vries", "999000007", "jan@", "12345678", "Kerkstraat"):
        assert not any(geheim in str(vondst) for vondst in vondsten)


def test_ook_in_de_titel() -> None:
    (vondst,) = zoek("Feest van Vries", "Niets.", BEKEND)
    assert str(vondst) == "titel, woord 3: naam van een betrokkene"


@pytest.mark.parametrize(
    "tekst",
    [
        "Zaak ZAAK-2026-EP6A-S9MC-V3RF.",
        "Van 1 augustus 2026 tot en met 2 augustus 2026.",
        "De vriesvakken zijn leeg.",
        "Besluit van 20260801.",
    ],
)
def test_gewone_tekst_mag(tekst: str) -> None:
    assert zoek("Evenement", tekst, BEKEND) == []
