"""Sjablonen: wat mag, wat bekend is, en dat niets onbekends of leegs in een brief komt."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from formuliermotor.brief import Brief, Pdfstijl, maak_brief
from formuliermotor.sjablonen import SjabloonFout, controleer, opgeschoond, voorbeeldgegevens, vul

HUIS = Path(__file__).parents[3]
MEEGELEVERD = sorted((HUIS / "processen").glob("**/sjablonen/*.json"))


def sjabloon(inhoud: str, *, soort: str = "brief", onderwerp: str = "Besluit", **velden: Any) -> dict[str, Any]:
    return {
        "sleutel": "proef", "soort": soort, "onderwerp": {"nl": onderwerp}, "inhoud": {"nl": inhoud}, "velden": velden,
    }  # fmt: skip


def teksten(inhoud: str, **meer: Any) -> list[str]:
    return [str(probleem) for probleem in controleer(sjabloon(inhoud, **meer))]


@pytest.mark.parametrize("bestand", MEEGELEVERD, ids=lambda pad: pad.stem)
def test_elk_meegeleverd_sjabloon_is_goed_en_heeft_voorbeelden(bestand: Path) -> None:
    """Alle velden zijn genoemd, en met de voorbeelden is het in elke taal in te vullen."""
    deel = {"sleutel": bestand.stem, **json.loads(bestand.read_text("utf-8"))}
    assert deel.get("velden") is not None, "noem de velden, elk met een voorbeeld"
    assert [str(probleem) for probleem in controleer(deel)] == []
    for taal in deel["inhoud"]:
        gevuld = vul(deel, voorbeeldgegevens(deel), taal)
        assert gevuld.tekst
        assert "{{" not in gevuld.inhoud + gevuld.onderwerp


@pytest.mark.parametrize(
    ("inhoud", "bezwaar"),
    [
        ("<p>Dag</p>\n<script>alert(1)</script>", "inhoud (nl), regel 2: <script> mag niet in een sjabloon"),
        ('<p onclick="x()">Dag</p>', "inhoud (nl), regel 1: onclick mag niet op <p>"),
        ('<p style="color: red">Dag</p>', "inhoud (nl), regel 1: style mag niet op <p>"),
        ('<p><a href="javascript:x()">Dag</a></p>', "inhoud (nl), regel 1: link javascript:x() mag niet"),
        (
            '<img src="file:///etc/passwd" alt="x">',
            "inhoud (nl), regel 1: afbeelding file:///etc/passwd is niet van de gemeente: gebruik middel:naam.png",
        ),
        ('<img src="middel:logo.png">', "inhoud (nl), regel 1: een afbeelding heeft een tekst nodig (alt)"),
        ('<img src="middel:logo.png" alt=" ">', "inhoud (nl), regel 1: een afbeelding heeft een tekst nodig (alt)"),
        ("<h3>Kop</h3>", "inhoud (nl), regel 1: <h3> slaat een kopniveau over"),
        ("<p>Dag", "inhoud (nl), regel 1: <p> gaat niet dicht"),
        ("<p>Dag</div></p>", "inhoud (nl), regel 1: </div> hoort hier niet"),
        ("<!-- weg --><p>Dag</p>", "inhoud (nl), regel 1: commentaar mag niet in een sjabloon"),
    ],
)  # fmt: skip
def test_wat_niet_mag_wordt_genoemd_met_zijn_plek_en_gaat_eruit(inhoud: str, bezwaar: str) -> None:
    assert bezwaar in teksten(inhoud)
    schoon = opgeschoond(sjabloon(inhoud))["inhoud"]["nl"]
    for fout in ("script", "onclick", "style", "javascript", "file:", "<!--"):
        assert fout not in schoon


@pytest.mark.parametrize(
    ("inhoud", "bezwaar"),
    [
        ("<p>{{ naam }}</p>", "regel 1: veld naam is onbekend, in: naam"),
        ("<p>Dag</p>\n<p>{{ bedrag + btw }}</p>", "regel 2: veld btw is onbekend, in: bedrag + btw"),
        ('<p data-als="oud > 3">Dag</p>', "regel 1: veld oud is onbekend, in: oud > 3"),
        ('<ul><li data-elk="deel in lijst">{{ deel }}</li></ul>', "regel 1: veld lijst is onbekend, in: lijst"),
        ('<ul><li data-elk="lijst">x</li></ul>', "regel 1: data-elk='lijst': schrijf dit als: naam in lijst"),
        ("<p>{{ bedrag + }}</p>", "regel 1: bedrag +:"),
        ("<p>{{ bestaatniet(bedrag) }}</p>", "regel 1: bestaatniet(bedrag): Functie bestaatniet bestaat niet"),
        ("<p>{{ bedrag</p>", "regel 1: {{ hoort nergens bij"),
    ],
)  # fmt: skip
def test_een_onbekend_veld_of_een_schrijffout_wordt_geweigerd(inhoud: str, bezwaar: str) -> None:
    assert any(bezwaar in tekst for tekst in teksten(inhoud, bedrag=12))


def test_vaste_velden_en_lusnamen_zijn_bekend() -> None:
    goed = '<p>{{ aanhef }}, {{ werkdag(datum, 3) }}</p><ul><li data-elk="d in lijst">{{ d.naam }}</li></ul>'
    assert teksten(goed, lijst=[{"naam": "een"}]) == []
    assert teksten("<p>{{ startdatum }}</p>", soort="bericht") != []


def test_een_sms_is_kort_en_een_taal_is_heel() -> None:
    assert any("langer dan 160" in tekst for tekst in teksten("x" * 161, soort="sms"))
    assert not any(
        "langer dan 160" in tekst for tekst in teksten(f"<p>{'x' * 150}{{{{ zaaknummer }}}}</p>", soort="sms")
    )
    half = sjabloon("<p>Dag</p>") | {"inhoud": {"nl": "<p>Dag</p>", "en": "<p>Hi</p>"}}
    assert any("dezelfde talen" in str(probleem) for probleem in controleer(half))
    assert any("Nederlandse tekst ontbreekt" in tekst for tekst in teksten("", onderwerp=""))


def test_bij_het_invullen_wordt_een_onbekend_veld_geweigerd_met_sjabloon_en_veld() -> None:
    for inhoud in ("<p>{{ naam }}</p>", '<p data-als="naam != null">Dag</p>', '<p data-elk="n in naam">x</p>'):
        with pytest.raises(SjabloonFout, match="sjabloon proef: veld naam is onbekend") as fout:
            vul(sjabloon(inhoud), {"bedrag": 1})
        assert (fout.value.sjabloon, fout.value.veld) == ("proef", "naam")


def test_een_brief_met_een_gat_wordt_geweigerd_een_bericht_niet() -> None:
    with pytest.raises(SjabloonFout, match="sjabloon proef: reden heeft geen waarde"):
        vul(sjabloon("<p>{{ reden }}</p>"), {"reden": None})
    assert vul(sjabloon("<p>Dag {{ reden }}</p>", soort="bericht"), {"reden": None}).tekst == "Dag"
    voorwaardelijk = sjabloon('<p>Dag</p><p data-als="reden != null">{{ reden }}</p>')
    assert vul(voorwaardelijk, {"reden": None}).tekst == "Dag"


def test_een_waarde_is_tekst_en_nooit_html_of_een_uitdrukking() -> None:
    gevuld = vul(sjabloon("<p>{{ naam }}</p>"), {"naam": "<b>{{ 1 + 1 }}</b>"})
    assert gevuld.tekst == "<b>{{ 1 + 1 }}</b>"
    assert "<b>" not in gevuld.inhoud


def test_voorbeelden_hebben_echte_datums() -> None:
    deel = sjabloon("<p>{{ tot }}</p>", tot={"$feel": "date", "waarde": "2026-09-01"})
    assert voorbeeldgegevens(deel)["tot"] == date(2026, 9, 1)
    assert vul(deel, voorbeeldgegevens(deel)).tekst == "1 september 2026"


@pytest.mark.parametrize(
    "adres", ["file:///etc/passwd", "http://169.254.169.254/latest", "https://x.example/a.png", "ftp://x/a", "middel:weg.png"]
)  # fmt: skip
def test_alleen_eigen_middelen_worden_opgehaald(adres: str) -> None:
    """Ook als er buiten de controle om HTML in een brief komt: WeasyPrint krijgt niets anders te pakken."""
    gevuld = vul(sjabloon("<p>Dag</p>"), {})
    besmet = type(gevuld)(gevuld.onderwerp, f'<p>Dag</p><img src="{adres}" alt="x">', gevuld.tekst)
    with pytest.raises(SjabloonFout, match=r"mag niet opgehaald|staat niet bij de middelen"):
        maak_brief(Brief(besmet), Pdfstijl("Gemeente"))


@pytest.mark.parametrize(
    ("inhoud", "tekst"),
    [
        ("<table><caption>Wat</caption><tr><td>Naam</td><td>Jan</td></tr></table>", "Wat\n\nNaam | Jan"),
        ("<ul><li><p>een</p></li></ul>", "een"),
        ("<p>een<br>twee</p>", "een\ntwee"),
        ("<div>een</div><p>twee</p>drie", "een\n\ntwee\n\ndrie"),
        ('<p>Kijk <a href="https://x.nl/a">hier</a>.</p>', "Kijk hier (https://x.nl/a)."),
        ('<p><a href="https://x.nl/">https://x.nl/</a> <a href="tel:14010">14010</a></p>', "https://x.nl/ 14010"),
    ],
)
def test_in_de_platte_tekst_valt_niets_weg_en_staat_niets_dubbel(inhoud: str, tekst: str) -> None:
    """Dit is wat in MijnGemeente en in een e-mail zonder opmaak staat."""
    assert vul(sjabloon(inhoud, soort="bericht"), {}).tekst == tekst


def test_een_nieuwe_regel_in_een_waarde_blijft_er_een() -> None:
    deel = sjabloon('<p>{{ reden }}<br>Groet {{ reden }} <a href="https://x.nl/{{ reden }}">x</a></p>')
    gevuld = vul({**deel, "onderwerp": {"nl": "Over {{ reden }}"}}, {"reden": "Een.\r\nTwee.\x0c\x00"})
    assert "<p>Een.<br>Twee.<br>Groet Een.<br>Twee. <a " in gevuld.inhoud
    assert gevuld.tekst.startswith("Een.\nTwee.\nGroet Een.\nTwee. x (https://x.nl/Een.")
    assert gevuld.onderwerp == "Over Een. Twee."


def test_een_groep_gegevens_staat_nooit_als_code_in_een_brief() -> None:
    for waarde in ({"straat": "A"}, [{"straat": "A"}]):
        with pytest.raises(SjabloonFout, match="adres is een groep gegevens"):
            vul(sjabloon("<p>{{ adres }}</p>"), {"adres": waarde})
    assert vul(sjabloon("<p>{{ bedrag }}</p>"), {"bedrag": Decimal("1E+3")}).tekst == "1000"
