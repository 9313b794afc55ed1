"""De uniforme productnamenlijst laden uit haar CSV, en de producttypen eraan toetsen."""

from pathlib import Path
from typing import Any

import pytest

from kern.installatie import Installatie
from tests.integratie.registraties.producten.hulp import Catalogus
from tests.opdrachthulp import draai

KOP = "UniformeProductnaam;URI;Burger;Bedrijf;SDG"
# De kolommen van UPL-actueel.csv op standaarden.overheid.nl.
ECHT = (
    "UniformeProductnaam,URI,Rijk,Provincie,Waterschap,Gemeente,Burger,Bedrijf,Dienstenwet,SDG,Autonomie,Medebewind,"
    "Aanvraag,Subsidie,Melding,Verplichting,DigiDMacht,Grondslag,Grondslaglabel,Grondslaglink"
)
TERMEN = "http://standaarden.overheid.nl/owms/terms"
REGELS = (
    'parkeervergunning;http://standaarden.overheid.nl/owms/terms/parkeervergunning;X;;"C1;D2"',
    "paspoort;http://standaarden.overheid.nl/owms/terms/paspoort;X;;",
)


@pytest.fixture
def bestand(tmp_path: Path) -> Path:
    pad = tmp_path / "upl.csv"
    pad.write_text("\n".join([KOP, *REGELS]), encoding="utf-8-sig")
    return pad


def namen(catalogus: Catalogus, **filters: Any) -> dict[str, bool]:
    return {rij["naam"]: rij["is_verwijderd"] for rij in catalogus.lijst("uniformeproductnamen", **filters)}


def test_laden_vervangen_en_toetsen(installatie: Installatie, catalogus: Catalogus, bestand: Path) -> None:
    catalogus.type("PV", doelgroep="burgers", uniforme_product_naam="parkeervergunning")
    catalogus.type("OUD", doelgroep="burgers", uniforme_product_naam="bouwvergunning")
    eerst = draai(installatie, "producten", "laad-upl", str(bestand))
    assert eerst.stdout.splitlines() == [
        "2 namen geladen, 2 nieuw, 0 vervallen",
        "producttype OUD: bouwvergunning staat niet (meer) in de lijst",
    ]
    assert namen(catalogus) == {"parkeervergunning": False, "paspoort": False}
    assert namen(catalogus, sdg="D2") == {"parkeervergunning": False}
    assert "2 namen geladen, 0 nieuw, 0 vervallen" in draai(installatie, "producten", "laad-upl", str(bestand)).stdout
    bestand.write_text("uri,uniformeproductnaam\nhttp://x,paspoort\n")
    vervangen = draai(installatie, "producten", "laad-upl", str(bestand)).stdout
    assert "1 namen geladen, 0 nieuw, 1 vervallen" in vervangen
    assert "producttype PV: parkeervergunning staat niet (meer) in de lijst" in vervangen
    assert namen(catalogus) == {"parkeervergunning": True, "paspoort": False}


@pytest.mark.parametrize(
    ("inhoud", "reden"),
    [
        (
            "naam,adres\nx,y",
            "de kolom UniformeProductnaam en de kolom URI ontbreekt; kolommen in het bestand: naam, adres",
        ),
        (
            ECHT.replace("URI,", "URL,"),
            "de kolom URI ontbreekt; kolommen in het bestand: UniformeProductnaam, URL, Rijk",
        ),
        (KOP, "geen enkele naam"),
        (f"{KOP}\nx;;;;", "regel 2"),
        ("", "kolommen in het bestand: geen"),
    ],
)
def test_een_ander_bestand_is_een_regel(
    installatie: Installatie, catalogus: Catalogus, bestand: Path, inhoud: str, reden: str
) -> None:
    bestand.write_text(inhoud)
    uitkomst = draai(installatie, "producten", "laad-upl", str(bestand))
    assert (uitkomst.exit_code, uitkomst.stdout) == (2, "")
    assert reden in uitkomst.stderr
    assert namen(catalogus) == {}


def test_het_bestand_van_standaarden_overheid_nl(installatie: Installatie, catalogus: Catalogus, bestand: Path) -> None:
    """Een naam staat er per grondslag in; de onderwerpen van al zijn regels tellen, een kruisje niet."""
    rij = f'boom kappen,{TERMEN}/boomKappen,,,,X,X,X,,{{}},X,,X,,,,,{TERMEN}/Gemw_art_{{}},"Artikel {{}}, lid 2",https://x'
    regels = [rij.format(sdg, nr, nr) for nr, sdg in enumerate(("C1;X1", "X", "J1:X1"), 1)]
    bestand.write_text("\r\n".join([ECHT, *regels, ""]), encoding="utf-8")
    geladen = draai(installatie, "producten", "laad-upl", str(bestand))
    assert "1 namen geladen, 1 nieuw, 0 vervallen" in geladen.stdout
    (naam,) = catalogus.lijst("uniformeproductnamen")
    assert (naam["naam"], naam["uri"], naam["sdg"]) == ("boom kappen", f"{TERMEN}/boomKappen", ["C1", "X1", "J1"])
