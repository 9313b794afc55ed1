"""Definities lezen: streng, en alle fouten tegelijk."""

from typing import Any

import pytest

from formuliermotor import DefinitieFout, lees_definitie
from formuliermotor.componenten import EIGEN, SOORTEN, Radio
from tests.eenheid.formuliermotor.hulp import definitie, document, vraag

BIJZONDER: dict[str, dict[str, Any]] = {
    "content": {"type": "content", "key": "v", "html": "<p>x</p>"},
    "fieldset": {"type": "fieldset", "key": "v", "label": "G", "components": [vraag(key="w")]},
    "columns": {"type": "columns", "key": "v", "columns": [{"size": 6, "components": [vraag(key="w")]}]},
    "editgrid": {"type": "editgrid", "key": "v", "label": "G", "components": [vraag(key="w")]},
}


def fouten(data: Any) -> list[str]:
    with pytest.raises(DefinitieFout) as fout:
        lees_definitie(data)
    return [str(regel) for regel in fout.value.fouten]


@pytest.mark.parametrize("soort", sorted(SOORTEN - {EIGEN}))
def test_elke_soort(soort: str) -> None:
    gelezen = definitie(BIJZONDER.get(soort) or vraag(soort))
    assert gelezen.onderdelen["v"].type == soort  # type: ignore[attr-defined]  # elke soort heeft er een


def test_alle_fouten_tegelijk() -> None:
    gevonden = fouten(
        document(
            vraag(calculateValue="value = 1", validate={"pattern": "(", "required": "misschien"}),
            vraag("onbekend", "w"),
            vraag(key="Fout Met Spatie", onzin=1, toonAls="v = "),
        )
    )
    tekst = "\n".join(gevonden)
    for plaats in (
        "stappen.0.componenten.0.calculateValue: laat JavaScript draaien",
        "stappen.0.componenten.0.validate.pattern: geen geldig patroon",
        "stappen.0.componenten.0.validate.required: moet true of false zijn",
        "stappen.0.componenten.1: onbekende soort onderdeel",
        "stappen.0.componenten.2.key: heeft niet de goede vorm",
        "stappen.0.componenten.2.onzin: onbekende sleutel",
        "stappen.0.componenten.2.toonAls: geen geldige FEEL-expressie",
    ):
        assert plaats in tekst
    assert len(gevonden) == 7


@pytest.mark.parametrize("sleutel", ["calculateValue", "customConditional", "customDefaultValue", "logic"])
def test_javascript_wordt_geweigerd(sleutel: str) -> None:
    assert "JavaScript" in fouten(document(vraag(**{sleutel: "show = true"})))[0]
    assert definitie(vraag(**{sleutel: ""})).slug == "proef"  # leeg doet niets


def test_javascript_in_validate_wordt_geweigerd() -> None:
    assert "validate.custom" in fouten(document(vraag(validate={"custom": "valid = true"})))[0]


def test_samenhang() -> None:
    gevonden = "\n".join(
        fouten(
            document(
                vraag(toonAls="bestaat_niet = 1"),
                vraag(),
                vraag(key="if"),
                {"type": "editgrid", "key": "rijen", "label": "R", "components": [vraag(key="binnen")]},
                logica=[
                    {
                        "als": "v = 1",
                        "acties": [{"actie": "toon", "doel": "weg"}, {"actie": "verberg", "doel": "binnen"}],
                    },
                    {
                        "als": "true",
                        "acties": [{"actie": "sla_stap_over", "doel": "twee"}, {"actie": "zet", "doel": "v"}],
                    },
                ],
            )
        )
    )
    for deel in ("kent geen vraag “bestaat_niet”", "“v” komt meer dan een keer voor", "if: deze sleutel heeft al een betekenis", "“weg” bestaat niet", "“binnen” bestaat niet of staat in een herhaling", "“twee”", "waarde hoort bij de actie zet"):  # fmt: skip
        assert deel in gevonden


def test_herhaling_in_herhaling_kan_niet() -> None:
    binnen = {"type": "editgrid", "key": "w", "label": "W", "components": [vraag(key="x")]}
    assert (
        "andere herhaling"
        in fouten(document({"type": "editgrid", "key": "v", "label": "V", "components": [binnen]}))[0]
    )


def test_te_diep_of_te_groot() -> None:
    diep: Any = "x"
    for _ in range(100):
        diep = {"componenten": [diep]}
    assert "te groot of te diep" in fouten(diep)[0]
    assert "te groot of te diep" in fouten({"slug": ["x"] * 30_000})[0]


def test_geen_object() -> None:
    onzin: list[Any] = [None, [], "x", 1, {}]
    for data in onzin:
        assert fouten(data)


def test_content_wordt_schoongemaakt() -> None:
    html = '<p onclick="x()">Lees <a href="javascript:alert(1)">dit</a><script>alert(1)</script> <a href="https://x.nl">en dat</a></p>'
    inhoud = definitie({"type": "content", "key": "v", "html": html}).onderdelen["v"].html["nl"]  # type: ignore[attr-defined]  # het is content
    assert "script" not in inhoud
    assert "onclick" not in inhoud
    assert 'href="https://x.nl"' in inhoud


def test_betekenisloze_sleutels_van_formio_mogen() -> None:
    gelezen = definitie(vraag(input=True, tableView=True, id="abc", placeholder="", clearOnHide=True))
    assert gelezen.onderdelen["v"].key == "v"


def test_voorinvullingen() -> None:
    gelezen = definitie(vraag(prefill={"plugin": "brp", "attribute": "naam.volledigeNaam"}), vraag(key="w"))
    assert gelezen.voorinvullingen() == {"v": ("brp", "naam.volledigeNaam")}


def test_gegevens_en_teksten_zijn_vrij() -> None:
    gelezen = definitie(
        vraag(), gegevens={"verzoektype": "x", "custom": {"logic": 1}}, teksten={"inleiding": {"nl": "Hoi", "en": "Hi"}}
    )
    assert gelezen.gegevens == {"verzoektype": "x", "custom": {"logic": 1}}
    assert gelezen.teksten["inleiding"]["en"] == "Hi"


def test_onbekende_taal() -> None:
    assert "taal xx" in fouten(document(vraag(label={"nl": "a", "xx": "b"})))[0]


def test_vertalingen_van_open_forms() -> None:
    keuze = {"value": "a", "label": "Eerste", "openForms": {"translations": {"en": {"label": "First"}}}}
    gelezen = definitie(
        vraag(
            "radio", values=[keuze], openForms={"translations": {"nl": {"label": "Vraag"}, "en": {"label": "Question"}}}
        )
    ).onderdelen["v"]
    assert isinstance(gelezen, Radio)
    assert gelezen.label == {"nl": "Vraag", "en": "Question"}
    assert gelezen.values[0].label == {"nl": "Eerste", "en": "First"}


def test_keuzes_uit_een_variabele_kunnen_nog_niet() -> None:
    assert "openForms: onbekende sleutel" in fouten(document(vraag("radio", openForms={"dataSrc": "variable"})))[0]
