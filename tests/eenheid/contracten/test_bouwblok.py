"""Wat er uit één bouwblokklasse volgt: schema's, element template en documentatie."""

from datetime import UTC, datetime
from typing import Any, Literal, cast
from uuid import UUID

import pytest
from pydantic import Field, ValidationError

from contracten import Bouwblok, Bouwblokken, Fout, Gegevens, Opdracht, Tekst
from contracten.sjabloon import documentatie, element_template
from kern.installatie import Installatie


class Configuratie(Gegevens):
    zaaktype: str = Field(title="Zaaktype", description="Identificatie van het zaaktype.")
    openbaar: bool = Field(default=False, title="Openbaar")
    kenmerken: list[str] = Field(default=[], title="Kenmerken")
    wijze: Literal["digitaal", "post"] = Field(default="digitaal", title="Wijze")


class Invoer(Gegevens):
    verzoek_url: str = Field(title="Verzoek")
    aantal: int = Field(default=1, title="Aantal")


class Uitvoer(Gegevens):
    zaak_url: str = Field(title="Zaak")


class Voorbeeld(Bouwblok[Configuratie, Invoer, Uitvoer]):
    sleutel = "proef.voorbeeld"
    naam = Tekst("Voorbeeld", "Example")
    uitleg = Tekst("Doet iets.", "Does something.")
    fouten = (Fout("bestaat-niet", Tekst("Het verzoek bestaat niet.", "No such request.")),)

    def voer_uit(self, opdracht: Opdracht[Configuratie, Invoer]) -> Uitvoer:
        return Uitvoer(zaak_url=f"{opdracht.configuratie.zaaktype}/{opdracht.invoer.aantal}")


def _opdracht(poging: int) -> Opdracht[Configuratie, Invoer]:
    return Opdracht(
        installatie=cast("Installatie", None),
        configuratie=Configuratie(zaaktype="z"),
        invoer=Invoer(verzoek_url="https://v"),
        sleutel=UUID(int=1),
        moment=datetime(2026, 1, 1, tzinfo=UTC),
        instantie=UUID(int=2),
        bedrijfssleutel="b",
        definitie="d",
        element="e",
        poging=poging,
    )


def test_schemas_volgen_uit_de_klasse() -> None:
    assert (Voorbeeld.Configuratie, Voorbeeld.Invoer, Voorbeeld.Uitvoer) == (Configuratie, Invoer, Uitvoer)
    assert Voorbeeld().voer_uit(_opdracht(1)).zaak_url == "z/1"


def test_sleutels_zijn_bij_elke_poging_gelijk() -> None:
    eerste, tweede = _opdracht(1), _opdracht(2)
    assert eerste.idempotentie("zaak") == tweede.idempotentie("zaak") != eerste.idempotentie("rol")


def test_element_template_bindt_alle_velden() -> None:
    template = element_template(Voorbeeld())
    bindingen = [eigenschap["binding"] for eigenschap in template["properties"]]
    assert {"type": "zeebe:taskDefinition", "property": "type"} in bindingen
    assert {"type": "zeebe:taskHeader", "key": "zaaktype"} in bindingen
    assert {"type": "zeebe:input", "name": "verzoekUrl"} in bindingen
    assert {"type": "zeebe:output", "source": "=zaakUrl"} in bindingen
    keuzelijst: dict[str, Any] = next(e for e in template["properties"] if e.get("id") == "configuratie-wijze")
    assert [keuze["value"] for keuze in keuzelijst["choices"]] == ["digitaal", "post"]
    assert keuzelijst["value"] == "digitaal"


def test_documentatie_noemt_velden_en_fouten() -> None:
    tekst = documentatie(Voorbeeld())
    assert "| `verzoekUrl` | ja | Verzoek. " in tekst
    assert "`bestaat-niet`: Het verzoek bestaat niet." in tekst


def test_dubbele_sleutel_is_een_fout() -> None:
    with pytest.raises(ValueError, match=r"proef\.voorbeeld"):
        Bouwblokken([Voorbeeld(), Voorbeeld()])


@pytest.mark.parametrize("tekst", ["a, b", '["a", "b"]'])
def test_configuratie_komt_uit_teksten(tekst: str) -> None:
    gelezen = Voorbeeld.lees_configuratie({"zaaktype": "z", "openbaar": "true", "kenmerken": tekst, "wijze": ""})
    assert gelezen == Configuratie(zaaktype="z", openbaar=True, kenmerken=["a", "b"])
    with pytest.raises(ValidationError):
        Voorbeeld.lees_configuratie({"zaaktype": " "})


def test_element_template_in_het_engels() -> None:
    template = element_template(Voorbeeld(), "en")
    assert template["name"] == Voorbeeld.naam.en
    assert [groep["label"] for groep in template["groups"]] == ["Settings", "Input", "Output", "On a failure"]
    nederlands = element_template(Voorbeeld())
    assert [deel["binding"] for deel in template["properties"]] == [
        deel["binding"] for deel in nederlands["properties"]
    ]
