"""De uniforme productnamenlijst laden uit haar CSV, en de producttypen eraan toetsen."""

from pathlib import Path
from typing import Any

import pytest

from kern.installatie import Installatie
from tests.integratie.registraties.producten.hulp import Catalogus
from tests.opdrachthulp import draai

KOP = "UniformeProductnaam;URI;Burger;Bedrijf;SDG"
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
        ("naam,adres\nx,y", "geen kolommen"),
        (KOP, "geen enkele naam"),
        (f"{KOP}\nx;;;;", "regel 2"),
        ("", "geen kolommen"),
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
