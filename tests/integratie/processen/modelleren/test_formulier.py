"""De formuliereditor: stappen en vragen maken, verplaatsen, kopiëren, verwijderen, voorwaarden, en het voorbeeld."""

import json
from typing import Any

import lxml.html

from formuliermotor import lees_definitie
from processen.modelleren import Werkplaats
from tests.integratie.formulieren.hulp import REGISTRATIE, Browser
from tests.integratie.formulieren.invullen import begin
from tests.integratie.processen.modelleren.conftest import FEMKE, JAN, PAKKET
from tests.reishulp import Gemeente
from tests.schermhulp import Venster

FORMULIER = "toeristische-verhuur-vergunning"
EDITOR = f"/beheer/pakketten/{PAKKET}/formulier/{FORMULIER}"
PAD = f"formulieren/{FORMULIER}.json"


def definitie(plaats: Werkplaats, pad: str = PAD) -> dict[str, Any]:
    gelezen: dict[str, Any] = json.loads(plaats.lees(PAKKET, pad).inhoud or b"")
    return gelezen


def deel_van(plaats: Werkplaats, sleutel: str) -> dict[str, Any]:
    return next(deel for stap in definitie(plaats)["stappen"] for deel in stap["componenten"] if deel["key"] == sleutel)


def test_een_stap_met_vragen_van_elke_soort(femke: Venster, plaats: Werkplaats) -> None:
    femke.naar(f"/beheer/pakketten/{PAKKET}/formulier")
    assert "Vergunning" in femke.tekst
    femke.naar(f"{EDITOR}/stap/nieuw").stuur(f"{EDITOR}/stap/nieuw", titel_nl="Uw hond", titel_en="Your dog")
    assert femke.pad == f"{EDITOR}/stap/uw-hond/nieuw"
    nieuw = f"{EDITOR}/stap/uw-hond/nieuw"
    soorten = (
        "textfield",
        "textarea",
        "number",
        "currency",
        "date",
        "checkbox",
        "addressNL",
        "bsn",
        "file",
        "email",
        "iban",
    )
    for soort in soorten:
        assert femke.naar(f"{nieuw}/{soort}").status == 200, soort
        femke.stuur(f"{nieuw}/{soort}", label_nl=f"Vraag {soort}", verplicht="ja")
        assert femke.pad == f"{EDITOR}/", (soort, femke.tekst)
    for soort in ("radio", "select", "selectboxes"):
        femke.naar(f"{nieuw}/{soort}").stuur(f"{nieuw}/{soort}", label_nl=f"Kies {soort}", keuzen="")
        assert "minstens één mogelijkheid" in femke.tekst or "Vul" in femke.tekst
        femke.stuur(f"{nieuw}/{soort}", label_nl=f"Kies {soort}", keuzen="Ja | Yes\nNee | No")
        assert femke.pad == f"{EDITOR}/"
    femke.naar(f"{nieuw}/content").stuur(
        f"{nieuw}/content", html_nl="Eerste alinea.\n\nTweede <b>alinea</b><script>x</script>."
    )
    lees_definitie(definitie(plaats))
    stap = next(s for s in definitie(plaats)["stappen"] if s["naam"] == "uw-hond")
    assert stap["titel"] == {"nl": "Uw hond", "en": "Your dog"}
    assert [deel["type"] for deel in stap["componenten"]] == [*soorten, "radio", "select", "selectboxes", "content"]
    assert stap["componenten"][11]["values"][0] == {"value": "ja", "label": {"nl": "Ja", "en": "Yes"}}
    assert "script" not in stap["componenten"][-1]["html"]["nl"]
    assert femke.naar(f"{nieuw}/bestaatniet").status == 404
    assert femke.naar(f"{EDITOR}/vraag/bestaatniet").status == 404


def test_een_voorwaarde_kiezen_uit_eerdere_antwoorden(femke: Venster, plaats: Werkplaats) -> None:
    stap = definitie(plaats)["stappen"][-1]["naam"]
    nieuw = f"{EDITOR}/stap/{stap}/nieuw"
    femke.naar(f"{nieuw}/radio").stuur(f"{nieuw}/radio", label_nl="Heeft u een hond?", keuzen="Ja\nNee")
    femke.naar(f"{nieuw}/number").stuur(
        f"{nieuw}/number", label_nl="Hoeveel honden?", toon="heeftUEenHond|=|ja", minimum="1", maximum="0"
    )
    assert "lager dan de laagste" in femke.tekst
    femke.stuur(f"{nieuw}/number", label_nl="Hoeveel honden?", toon="heeftUEenHond|=|ja", minimum="1")
    assert deel_van(plaats, "hoeveelHonden")["toonAls"] == 'heeftUEenHond = "ja"'
    assert "“Heeft u een hond?” is “Ja”" in femke.tekst
    femke.naar(f"{nieuw}/textfield").stuur(f"{nieuw}/textfield", label_nl="Waarom?", toon="hoeveelHonden|>|")
    assert "bij welk getal" in femke.tekst
    femke.stuur(f"{nieuw}/textfield", label_nl="Waarom?", toon="hoeveelHonden|>|", toon_getal="3")
    assert deel_van(plaats, "waarom")["toonAls"] == "hoeveelHonden > 3"
    femke.naar(f"{EDITOR}/vraag/waarom")
    assert 'value="hoeveelHonden|&gt;|" selected' in femke.antwoord.text or "selected" in femke.antwoord.text
    femke.stuur(f"{EDITOR}/vraag/waarom", label_nl="Waarom zoveel?", toon="eigen", toon_eigen="hoeveelHonden > 3 and")
    assert deel_van(plaats, "waarom")["label"]["nl"] == "Waarom zoveel?"  # bewaren mag altijd …
    assert "geen geldige FEEL-expressie" in femke.tekst  # … en de pagina zegt wat er niet klopt
    schema = json.loads(plaats.lees(PAKKET, f"verzoektypen/{FORMULIER}.json").inhoud or b"")["gegevensSchema"]
    assert schema["properties"]["hoeveelHonden"] == {"type": ["number", "string"]}
    femke.naar(f"{EDITOR}/vraag/waarom").stuur(
        f"{EDITOR}/vraag/waarom", label_nl="Waarom?", toon="hoeveelHonden|>|", toon_getal="3"
    )
    femke.stuur(f"{EDITOR}/doe", wat="vraag:hoeveelHonden:verwijder")
    assert "kent geen vraag “hoeveelHonden”" in femke.tekst
    schema = json.loads(plaats.lees(PAKKET, f"verzoektypen/{FORMULIER}.json").inhoud or b"")["gegevensSchema"]
    assert "hoeveelHonden" not in schema["properties"]


def test_verplaatsen_kopieren_en_verwijderen(femke: Venster, plaats: Werkplaats) -> None:
    def volgorde() -> list[list[str]]:
        return [[deel["key"] for deel in stap["componenten"]] for stap in definitie(plaats)["stappen"]]

    begin = volgorde()
    tweede = begin[1][0]
    femke.naar(f"{EDITOR}/").stuur(f"{EDITOR}/doe", wat=f"vraag:{tweede}:omhoog")
    assert volgorde()[0] == [*begin[0], tweede]  # naar het einde van de stap ervoor
    femke.naar(f"{EDITOR}/").stuur(f"{EDITOR}/doe", wat=f"vraag:{tweede}:omlaag")
    assert volgorde() == begin
    assert (
        "al helemaal bovenaan"
        in femke.naar(f"{EDITOR}/").stuur(f"{EDITOR}/doe", wat=f"vraag:{begin[0][0]}:omhoog").tekst
    )
    femke.naar(f"{EDITOR}/").stuur(f"{EDITOR}/doe", wat=f"vraag:{begin[0][0]}:kopieer")
    assert len(volgorde()[0]) == len(begin[0]) + 1
    lees_definitie(definitie(plaats))
    namen = [stap["naam"] for stap in definitie(plaats)["stappen"]]
    femke.naar(f"{EDITOR}/").stuur(f"{EDITOR}/doe", wat=f"stap:{namen[0]}:omlaag")
    assert [stap["naam"] for stap in definitie(plaats)["stappen"]][:2] == [namen[1], namen[0]]
    assert femke.naar(f"{EDITOR}/").stuur(f"{EDITOR}/doe", wat="vraag:x:vlieg").status == 404


def test_een_vraag_wijzigen_behoudt_wat_de_editor_niet_kent(femke: Venster, plaats: Werkplaats) -> None:
    voor = definitie(plaats)
    for stap in voor["stappen"]:
        for deel in stap["componenten"]:
            if deel["type"] in ("fieldset", "columns", "editgrid"):
                continue
            pagina = femke.naar(f"{EDITOR}/vraag/{deel['key']}")
            assert pagina.status == 200, deel["key"]
            pagina.stuur(f"{EDITOR}/vraag/{deel['key']}", **_ingevuld(pagina.antwoord.text))
            assert femke.pad == f"{EDITOR}/", femke.tekst
    na = definitie(plaats)
    assert [s["componenten"] for s in na["stappen"]] == [s["componenten"] for s in voor["stappen"]]


def _ingevuld(pagina: str) -> dict[str, Any]:
    """Het formulier zoals het er staat, zonder token."""
    boom: Any = lxml.html.fromstring(pagina)
    formulier = next(f for f in boom.forms if f.xpath(".//input[@name='versie'][not(../input[@name='wat'])]"))
    return {naam: waarde for naam, waarde in formulier.form_values() if naam not in ("csrf_token", "versie")}


def test_voorbeeld_zoals_de_inwoner_het_ziet(femke: Venster, plaats: Werkplaats) -> None:
    femke.naar(f"{EDITOR}/voorbeeld/begin?begin=1")
    assert "Er wordt niets ingediend" in femke.tekst
    stap = definitie(plaats)["stappen"][0]
    femke.stuur(f"{EDITOR}/voorbeeld/{stap['naam']}", actie="verder")
    assert femke.status in (200, 422)
    assert femke.naar(f"{EDITOR}/voorbeeld/samenvatting").status == 200


def test_voorbeeld_is_de_pagina_van_de_inwoner(femke: Venster, plaats: Werkplaats, gemeente: Gemeente) -> None:
    """Dezelfde kop, vragen en knoppen, ook van een vraagsoort die een plugin levert en met de keuzes van een lijst."""
    naam = REGISTRATIE.rpartition("/")[2]
    vraag = {
        "type": "select",
        "key": "wijk",
        "label": "In welke wijk?",
        "lijst": "wijken",
        "validate": {"required": True},
    }
    oud = json.loads(plaats.lees(PAKKET, f"formulieren/{naam}.json").inhoud or b"")
    oud["stappen"][0]["componenten"].insert(0, vraag)
    oud["stappen"][0]["componenten"].insert(0, {"type": "kaart", "key": "plek", "label": "Waar is het?"})
    lijst = {
        "titel": {"nl": "Wijken", "en": "Areas"},
        "waarden": [{"code": "noord", "naam": {"nl": "Noord", "en": "North"}}],
    }
    plaats.bewaar_samen(
        PAKKET, {f"formulieren/{naam}.json": json.dumps(oud).encode(), "referentielijsten/wijken.json": json.dumps(lijst).encode()},
        wie=FEMKE, wat="kaart en lijst",
    )  # fmt: skip
    femke.naar(f"/beheer/pakketten/{PAKKET}/formulier/{naam}/voorbeeld/begin")
    assert "Zo kan dit formulier nog niet gebruikt worden" not in femke.tekst
    assert "In welke wijk?" in femke.tekst
    assert ">Noord<" in femke.antwoord.text
    assert "Waar is het?" in femke.tekst
    assert femke.antwoord.text.count("<h1") == 1
    plaats.gooi_weg(PAKKET)
    plaats.open(PAKKET, FEMKE)
    femke.naar(f"/beheer/pakketten/{PAKKET}/formulier/{naam}/voorbeeld/begin?begin=1")
    browser = Browser(gemeente.installatie)
    begin(browser)
    assert _leest(femke.antwoord.text) == _leest(browser.antwoord.text)
    browser.http.close()


def _leest(pagina: str) -> list[str]:
    """De koppen, vragen en knoppen van het formulier, op volgorde."""
    boom: Any = lxml.html.fromstring(pagina)
    wat = boom.xpath(
        "//main//*[contains(@class, 'dv-lees')]//*[self::h1 or self::label or self::legend or self::button]"
    )
    return [" ".join(deel.text_content().split()) for deel in wat]


def test_botsing_verliest_niets(femke: Venster, plaats: Werkplaats) -> None:
    sleutel = next(d["key"] for s in definitie(plaats)["stappen"] for d in s["componenten"] if d["type"] == "textfield")
    femke.naar(f"{EDITOR}/vraag/{sleutel}")
    oud = plaats.lees(PAKKET, PAD)
    plaats.bewaar(PAKKET, PAD, (oud.inhoud or b"") + b"\n", versie=oud.versie, wie=JAN)
    femke.stuur(f"{EDITOR}/vraag/{sleutel}", label_nl="Van Femke", versie=str(oud.versie))
    assert "Jan heeft dit formulier intussen gewijzigd" in femke.tekst
    assert "Geparkeerd" in femke.naar(f"/beheer/pakketten/{PAKKET}/versies").tekst


def test_een_nieuw_formulier(femke: Venster, plaats: Werkplaats) -> None:
    femke.naar(f"/beheer/pakketten/{PAKKET}/formulier").stuur(
        f"/beheer/pakketten/{PAKKET}/formulier", naam="Controle thuis"
    )
    assert femke.pad == f"/beheer/pakketten/{PAKKET}/formulier/{PAKKET}-controle-thuis/"
    adres = femke.pad
    femke.naar(f"{adres}instellingen").stuur(
        f"{adres}instellingen", naam_nl="Controle", naam_en="Check", inlogmiddelen="digid", zekerheidsniveau="midden"
    )
    nieuw = definitie(plaats, f"formulieren/{PAKKET}-controle-thuis.json")
    assert (nieuw["naam"], nieuw["inlogmiddelen"], nieuw["zekerheidsniveau"]) == (
        {"nl": "Controle", "en": "Check"},
        ["digid"],
        "midden",
    )
    lees_definitie(nieuw)
