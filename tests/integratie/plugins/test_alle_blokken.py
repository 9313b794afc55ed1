"""Elk ingebouwd bouwblok heeft een test, een elementsjabloon en een beheerpagina."""

from pathlib import Path

from contracten.sjabloon import documentatie, element_template
from contracten.veldteksten import catalogus_van
from processen import maak_motor
from tests.reishulp import Gemeente

HIER = Path(__file__).parent


def test_elk_bouwblok_heeft_een_test(gemeente: Gemeente) -> None:
    tests = "".join(bestand.read_text() for bestand in HIER.glob("test_*.py"))
    assert [sleutel for sleutel in maak_motor(gemeente.installatie).bouwblokken if f'"{sleutel}"' not in tests] == []


def test_elk_bouwblok_heeft_uitleg_in_twee_talen(gemeente: Gemeente) -> None:
    for sleutel, blok in maak_motor(gemeente.installatie).bouwblokken.items():
        teksten = [blok.naam, blok.uitleg, blok.groep, *(fout.uitleg for fout in blok.fouten)]
        assert all(tekst.nl and tekst.en for tekst in teksten), sleutel
        for schema in (blok.Configuratie, blok.Invoer, blok.Uitvoer):
            velden = schema.model_fields.values()
            assert all(veld.title and veld.description for veld in velden), f"{sleutel}: {schema.__name__}"
            teksten_nl = {str(tekst) for veld in velden for tekst in (veld.title, veld.description)}
            assert catalogus_van(blok).ontbrekend(teksten_nl) == set(), f"{sleutel}: {schema.__name__}"


def test_elk_bouwblok_heeft_een_elementsjabloon_en_een_beheerpagina(gemeente: Gemeente) -> None:
    for sleutel, blok in maak_motor(gemeente.installatie).bouwblokken.items():
        sjabloon = element_template(blok)
        assert sjabloon["id"] == f"nl.dienstverlening.{sleutel}"
        namen = [eigenschap["id"] for eigenschap in sjabloon["properties"] if "id" in eigenschap]
        assert len(namen) == len(set(namen)), sleutel
        assert f"`{sleutel}`" in documentatie(blok)
