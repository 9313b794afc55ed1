"""De tabbladen product, zaaktype, brieven, uitvoerregels en scenario's."""

import json
from typing import Any

import lxml.html

from processen.modelleren import Werkplaats
from processen.modelleren.nakijken import lees_bestanden
from tests.integratie.processen.modelleren.conftest import PAKKET
from tests.schermhulp import Venster

BANK = f"/beheer/pakketten/{PAKKET}"


def inhoud(plaats: Werkplaats, pad: str) -> Any:
    return json.loads(plaats.lees(PAKKET, pad).inhoud or b"")


def vul_in(femke: Venster, pad: str, **anders: str) -> Venster:
    """Stuur het formulier van een pagina in zoals het er staat, met `anders` in plaats van wat er stond."""
    femke.naar(pad)
    assert femke.status == 200, femke.tekst
    boom: Any = lxml.html.fromstring(femke.antwoord.text)
    formulier = next(f for f in boom.forms if "dv-formulier" in (f.get("class") or ""))
    velden = {naam: waarde for naam, waarde in formulier.form_values() if naam != "csrf_token"}
    return femke.stuur(pad, **{**velden, **anders})


def test_elk_bestand_blijft_gelijk_als_niemand_iets_wijzigt(femke: Venster, plaats: Werkplaats) -> None:
    for pad in plaats.bestanden(PAKKET):
        map_, _, naam = pad.removesuffix(".json").partition("/")
        tab = {"producten": "product", "zaaktypen": "zaaktype", "sjablonen": "brieven"}.get(map_)
        if tab:
            voor = inhoud(plaats, pad)
            vul_in(femke, f"{BANK}/{tab}/{naam}")
            assert femke.pad == f"{BANK}/{tab}", femke.tekst
            assert inhoud(plaats, pad) == voor, pad
    lees_bestanden(plaats.bestanden(PAKKET))


def test_product(femke: Venster, plaats: Werkplaats) -> None:
    femke.naar(f"{BANK}/product").stuur(f"{BANK}/product", naam="Hond afmelden")
    assert femke.pad == f"{BANK}/product/{PAKKET}-hond-afmelden"
    vul_in(
        femke, femke.pad, samenvatting="Uw hond is er niet meer.", samenvatting_en="Your dog is gone.", aanpak="U meldt het.", bedrag="12,50",
        formulier="/formulieren/toeristische-verhuur-vergunning", knop="Afmelden", trefwoorden="hond, belasting",
    )  # fmt: skip
    product = inhoud(plaats, f"producten/{PAKKET}-hond-afmelden.json")
    assert product["prijzen"][0]["bedrag"] == "12.50"
    assert product["links"] == [{"naam": "Afmelden", "url": "/formulieren/toeristische-verhuur-vergunning"}]
    assert product["engels"] == {"naam": "Hond afmelden", "samenvatting": "Your dog is gone."}
    assert lees_bestanden(plaats.bestanden(PAKKET))
    femke.naar(f"{BANK}/product").stuur(f"{BANK}/product/{PAKKET}-hond-afmelden/verwijderen")
    assert "Weggehaald" in femke.tekst


def test_zaaktype(femke: Venster, plaats: Werkplaats) -> None:
    femke.naar(f"{BANK}/zaaktype")
    assert "De catalogus kan dit zaaktype publiceren." in femke.tekst
    assert "/beheer/catalogi/zaaktypen/" in femke.tekst
    pad = next(p for p in plaats.bestanden(PAKKET) if p.startswith("zaaktypen/"))
    scherm = f"{BANK}/zaaktype/{pad.removeprefix('zaaktypen/').removesuffix('.json')}"
    assert "acht weken" not in vul_in(femke, scherm, doorlooptijd="P8W").tekst
    assert "Schrijf een duur als P8W" in vul_in(femke, scherm, doorlooptijd="acht weken").tekst
    assert "minstens twee statussen" in vul_in(femke, scherm, statustypen="Ontvangen").tekst
    assert "inkomend, uitgaand of intern" in vul_in(femke, scherm, documenttypen="Brief").tekst
    vul_in(
        femke,
        scherm,
        statustypen="Ontvangen | Wij hebben het\nKlaar | Het is klaar",
        verlenging_mogelijk="ja",
        verlengingstermijn="p6w",
    )
    assert [s["omschrijving"] for s in inhoud(plaats, pad)["statustypen"]] == ["Ontvangen", "Klaar"]
    assert inhoud(plaats, pad)["verlengingstermijn"] == "P6W"


def test_brieven_en_regels(femke: Venster, plaats: Werkplaats) -> None:
    femke.naar(f"{BANK}/brieven").stuur(f"{BANK}/brieven", naam="Bevestiging", soort="bericht")
    assert femke.pad == f"{BANK}/brieven/{PAKKET}-bevestiging"
    vul_in(femke, femke.pad, inhoud_nl="<p>{{ aanhef }}, {{ onbekend }}</p>")
    femke.naar(f"{BANK}/")
    assert "onbekend" in femke.tekst  # de controle noemt een veld dat niemand invult
    vul_in(femke, f"{BANK}/brieven/{PAKKET}-bevestiging", inhoud_nl="<p>{{ aanhef }}</p>", inhoud_en="<p>Hello</p>")
    femke.naar(f"{BANK}/regels/nieuw").stuur(
        f"{BANK}/regels/nieuw",
        gebeurtenis="zaken.status.create",
        sjabloon=f"{PAKKET}-bevestiging",
        soort=PAKKET,
        als="status = ",
    )
    assert "geen geldige voorwaarde" in femke.tekst
    versie = plaats.kijk(PAKKET, "verzendregels.json").versie
    velden = {
        "gebeurtenis": "zaken.status.create",
        "sjabloon": f"{PAKKET}-bevestiging",
        "soort": PAKKET,
        "als": 'status = "Klaar"',
    }
    femke.stuur(f"{BANK}/regels/nieuw", **velden, versie=str(versie))
    assert "Een zaak krijgt een status" in femke.tekst
    regels = inhoud(plaats, "verzendregels.json")
    assert regels[-1] == {"sleutel": f"{PAKKET}-{PAKKET}-bevestiging", **velden}
    vul_in(femke, f"{BANK}/regels/{regels[-1]['sleutel']}", als="")
    assert "als" not in inhoud(plaats, "verzendregels.json")[-1]
    assert lees_bestanden(plaats.bestanden(PAKKET)).verzendregels[-1].als == "true"
    versie = plaats.kijk(PAKKET, "verzendregels.json").versie
    femke.naar(f"{BANK}/regels").stuur(f"{BANK}/regels/{regels[-1]['sleutel']}/verwijderen", versie=str(versie))
    assert len(inhoud(plaats, "verzendregels.json")) == len(regels) - 1
    assert femke.naar(f"{BANK}/regels/bestaat-niet").status == 404


def test_scenarios(femke: Venster, plaats: Werkplaats) -> None:
    femke.naar(f"{BANK}/scenarios")
    assert "Nog niet gespeeld" in femke.tekst
    femke.stuur(f"{BANK}/scenarios", naam="Een hond wordt afgemeld")
    pad = femke.pad
    assert "Een hond wordt afgemeld" in femke.tekst
    vul_in(femke, pad, tekst="naam: [")
    assert "geen geldige YAML" in femke.tekst
    vul_in(femke, pad, tekst="naam: x\nklok: morgen\nverzoek: {type: y}\n")
    assert "klok: is geen tijdstip" in femke.tekst
    vul_in(femke, pad, tekst="naam: x\nklok: 2026-03-02 10:00\nverzoek: {type: y}\n")
    assert femke.pad == f"{BANK}/scenarios"
    femke.naar(f"{BANK}/scenarios").stuur(f"{pad}/verwijderen")
    assert "Een hond" not in femke.tekst
    femke.stuur(f"{BANK}/scenarios/spelen")
    assert "De scenario's worden gespeeld." in femke.tekst
