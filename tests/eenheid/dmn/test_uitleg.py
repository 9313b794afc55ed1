"""Uitleg als gegevens en als zinnen, met vindplaats, geldigheid en peildatum; en versies van een model."""

from datetime import UTC, date, datetime

import pytest

import dmn
from dmn.uitleg import Uitleg
from dmn.zinnen import duur_in_woorden, waarde_in_woorden
from tests.eenheid.dmn.modellen import beslissing, bestand, invoer, letterlijk, model, tabel, vindplaats

OUD = vindplaats("Participatiewet", "36", tot="2024-01-01")
NIEUW = vindplaats("Participatiewet", "36", van="2024-01-01", overgang="Oude aanvragen houden het oude bedrag.")
REGELS = [
    (["< 1000", "true"], ['"recht"']),
    (["< 1200", "true"], ['"recht"']),
    (["-", "false"], ['"geen recht"']),
]
ANNOTATIE = "<annotationEntry><text>Het inkomen is laag genoeg.</text></annotationEntry>"


def toeslag() -> dmn.Model:
    inhoud = tabel(
        [("inkomen per maand", "number"), ("woont hier", "boolean")],
        REGELS,
        beleid="FIRST",
        uit="<output/><annotation name='waarom'/>",
        per_regel=[f"{OUD}|{ANNOTATIE}", f"{NIEUW}|{ANNOTATIE}"],
    )
    delen = [
        invoer("inkomen", "number"),
        invoer("woont hier", "boolean"),
        beslissing("inkomen per maand", letterlijk("inkomen / 12"), "i:inkomen"),
        beslissing("recht op toeslag", inhoud, "d:inkomen per maand", "i:woont hier"),
    ]
    return model(*delen)


def test_de_peildatum_kiest_de_regel_die_gold() -> None:
    invoer_ = {"inkomen": 12 * 1100, "woont hier": True}
    gelezen = toeslag()
    assert gelezen.evalueer("recht op toeslag", invoer_, peildatum=date(2023, 12, 31)).waarde is None
    assert gelezen.evalueer("recht op toeslag", invoer_, peildatum=date(2024, 1, 1)).waarde == "recht"
    klok = datetime(2023, 6, 1, tzinfo=UTC)
    assert gelezen.evalueer("recht op toeslag", invoer_, klok=lambda: klok).waarde is None


def test_de_uitleg_noemt_alles() -> None:
    uitslag = toeslag().evalueer(
        "recht op toeslag", {"inkomen": 12 * 1100, "woont hier": True}, peildatum=date(2024, 7, 1)
    )
    uitleg = uitslag.uitleg
    assert [b.naam for b in uitleg.beslissingen] == ["inkomen per maand", "recht op toeslag"]
    (gedaan,) = uitleg.beslissingen[1].tabellen
    eerste, tweede, derde = gedaan.regels
    assert eerste.buiten_geldigheid
    assert [cel.gevraagd for cel in eerste.niet_raak] == ["< 1000"]
    assert tweede.raak
    assert tweede.annotaties == {"waarom": "Het inkomen is laag genoeg."}
    assert tweede.herkomst.bronnen[0].artikel == "36"
    assert (derde.raak, derde.niet_raak[0].label, derde.niet_raak[0].gevraagd) == (False, "woont hier", "false")
    assert Uitleg.model_validate_json(uitleg.model_dump_json()) == uitleg


def test_de_uitleg_noemt_alleen_wat_de_beslissing_gebruikte() -> None:
    """Een proces geeft al zijn variabelen mee, ook een eerdere uitkomst met de naam van de beslissing."""
    erbij = {"sjabloon": "brief", "recht op toeslag": "geen", "inkomen per maand": 3}
    invoer_ = {"inkomen": 12 * 1100, "woont hier": True, **erbij}
    uitleg = toeslag().evalueer("recht op toeslag", invoer_, peildatum=date(2024, 7, 1)).uitleg
    assert [(deel.label, deel.waarde) for deel in uitleg.invoer] == [("inkomen", 13200), ("woont hier", True)]


def test_de_zinnen_zijn_te_lezen() -> None:
    uitslag = toeslag().evalueer(
        "recht op toeslag", {"inkomen": 12 * 1100, "woont hier": True}, peildatum=date(2024, 7, 1)
    )
    zinnen = uitslag.uitleg.zinnen("nl")
    assert zinnen[:3] == [
        "De uitkomst van “recht op toeslag” is: recht.",
        "We kijken naar de regels zoals die gelden op 1 juli 2024.",
        "We gebruikten deze gegevens: inkomen: 13200; woont hier: ja.",
    ]
    assert "In “recht op toeslag” past regel 2, want inkomen per maand is 1100 en woont hier is ja." in zinnen
    assert "Toelichting: Het inkomen is laag genoeg." in zinnen
    assert "Dit staat in artikel 36, Participatiewet." in zinnen
    assert "Deze regel geldt vanaf 1 januari 2024." in zinnen
    assert "Overgangsrecht: Oude aanvragen houden het oude bedrag." in zinnen
    assert "Regel 1 telt niet mee: die geldt niet op deze datum." in zinnen
    assert "Regel 3 past niet: woont hier is ja, maar gevraagd is nee." in zinnen
    engels = uitslag.uitleg.zinnen("en")
    assert engels[0] == "The outcome of “recht op toeslag” is: recht."
    assert len(engels) == len(zinnen)


@pytest.mark.parametrize(
    ("cel", "nederlands", "engels"),
    [
        (">= 18", "minstens 18", "at least 18"),
        ("[18..65)", "van 18 tot 65", "from 18 up to 65"),
        ('"a", "b"', "a of b", "a or b"),
        ('not("a")', "niet a", "not a"),
        ('> date("2024-07-01")', "meer dan 1 juli 2024", "more than 1 July 2024"),
        ("1.5", "1,5", "1.5"),
        ("? > grens", "? > grens", "? > grens"),
        ("x y (", "x y (", "x y ("),
    ],
)
def test_cellen_in_woorden(cel: str, nederlands: str, engels: str) -> None:
    from dmn.zinnen import cel_in_woorden  # noqa: PLC0415

    assert cel_in_woorden(cel, "nl") == nederlands
    assert cel_in_woorden(cel, "en") == engels


def test_redenen_staan_in_de_uitleg() -> None:
    uitslag = model(beslissing("uit", letterlijk("1 / 0"))).evalueer("uit", {})
    assert uitslag.uitleg.redenen[0].code == "reken.getal"
    assert any(zin.startswith("Let op:") for zin in uitslag.uitleg.zinnen("nl"))


def test_een_grens_staat_in_de_redenen() -> None:
    uitslag = model(beslissing("uit", letterlijk("for i in 1..99999999 return i"))).evalueer("uit", {})
    assert uitslag.waarde is None
    assert uitslag.redenen[-1].code == "grens.lijst"


def test_versies_van_een_model() -> None:
    def versie(uitkomst: str, van: str, tot: str) -> dmn.Model:
        deel = vindplaats("Wet", "1", van, tot)
        return dmn.lees(bestand(beslissing("uit", letterlijk(uitkomst)), extra=deel))

    versies = dmn.Versies([versie("2", "2024-01-01", ""), versie("1", "2023-01-01", "2024-01-01")])
    assert versies.evalueer("uit", {}, peildatum=date(2023, 12, 31)).waarde == 1
    uitslag = versies.evalueer("uit", {}, peildatum=date(2024, 1, 1))
    assert uitslag.waarde == 2
    assert "Deze regel geldt vanaf 1 januari 2024." in uitslag.uitleg.zinnen("nl")
    with pytest.raises(dmn.DmnFout):
        versies.op(date(2022, 1, 1))


@pytest.mark.parametrize(
    ("duur", "nl", "en"),
    [
        ("P1Y6M", "1 jaar en 6 maanden", "1 year and 6 months"),
        ("P4W", "4 weken", "4 weeks"),
        ("P1Y2M1D", "1 jaar, 2 maanden en 1 dag", "1 year, 2 months and 1 day"),
        ("PT2H", "2 uur", "2 hours"),
        ("P0D", "0 dagen", "0 days"),
        ("PAUZE", "PAUZE", "PAUZE"),
    ],
)
def test_een_duur_in_woorden(duur: str, nl: str, en: str) -> None:
    assert (duur_in_woorden(duur, "nl"), duur_in_woorden(duur, "en")) == (nl, en)


def test_een_duur_als_waarde_staat_in_woorden() -> None:
    assert waarde_in_woorden({"$feel": "duration", "waarde": "P2M"}, "nl") == "2 maanden"
