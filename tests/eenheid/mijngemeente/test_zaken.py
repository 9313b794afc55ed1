"""De stappen van een zaak en de uitleg bij haar termijn."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from integratie.catalogi.schemas import StatusTypeUit
from integratie.termijnen.schemas import DwangsomUit, KlokDetailUit, StapUit
from integratie.zaken.schemas import StatusUit
from mijngemeente.documenten import mag_zien, naam_van
from mijngemeente.zaken import tijdlijn, verwachting

ZAAKTYPE = "https://x.example/zaaktypen/1"
VANDAAG = date(2026, 3, 1)


def _typen(*namen: str) -> list[StatusTypeUit]:
    return [
        StatusTypeUit(
            url=naam, zaaktype=ZAAKTYPE, omschrijving=naam, volgnummer=nummer, statustekst=f"Uitleg {naam}",
            catalogus="https://x.example/1", zaaktype_identificatie="Z", is_eindstatus=naam == namen[-1],
        )
        for nummer, naam in enumerate(namen, 1)
    ]  # fmt: skip


def _status(naam: str, dag: int, toelichting: str = "") -> StatusUit:
    return StatusUit(
        url=f"{naam}-{dag}", uuid=uuid4(), zaak="https://x.example/zaken/1", statustype=naam, statustoelichting=toelichting,
        datum_status_gezet=datetime(2026, 1, dag, 12, tzinfo=UTC), indicatie_laatst_gezette_status=False,
    )  # fmt: skip


def _beeld(*statussen: StatusUit) -> list[tuple[str, str]]:
    return [(stap["naam"], stap["toestand"]) for stap in tijdlijn(_typen("a", "b", "c"), statussen)]


def test_tijdlijn_met_wat_nog_komt() -> None:
    assert _beeld() == [("a", "straks"), ("b", "straks"), ("c", "straks")]
    assert _beeld(_status("a", 1)) == [("a", "nu"), ("b", "straks"), ("c", "straks")]
    assert _beeld(_status("a", 1), _status("b", 2)) == [("a", "klaar"), ("b", "nu"), ("c", "straks")]


def test_overgeslagen_stap_en_klare_zaak() -> None:
    assert _beeld(_status("b", 2)) == [("b", "nu"), ("c", "straks")]
    assert _beeld(_status("a", 1), _status("c", 3)) == [("a", "klaar"), ("c", "klaar")]


def test_een_stap_terug() -> None:
    assert _beeld(_status("a", 1), _status("b", 2), _status("a", 3)) == [("a", "nu"), ("b", "straks"), ("c", "straks")]


def test_toelichting_van_de_status_gaat_voor() -> None:
    stappen = tijdlijn(_typen("a", "b"), [_status("a", 1, "Wij bellen u")])
    assert stappen[0]["toelichting"] == "Wij bellen u"
    assert stappen[0]["datum"] == "1 januari 2026"
    assert stappen[1]["toelichting"] == ""


def _zaak(**velden: Any) -> dict[str, Any]:
    return {
        "einddatum": None,
        "uiterlijkeEinddatumAfdoening": "2026-04-01",
        "opschorting": {"indicatie": False, "reden": ""},
        "verlenging": {"reden": "", "duur": None},
        "_expand": {},
        **velden,
    }


@pytest.mark.parametrize(
    ("velden", "soort", "tekst"),
    [
        ({}, "info", "U krijgt uiterlijk 1 april 2026 antwoord"),
        ({"uiterlijkeEinddatumAfdoening": "2026-02-01"}, "warning", "Het duurt langer dan de bedoeling is"),
        ({"uiterlijkeEinddatumAfdoening": None}, "info", "Wij zijn ermee bezig"),
        ({"opschorting": {"indicatie": True, "reden": "Ziek"}}, "warning", "De reden: Ziek."),
        (
            {"verlenging": {"reden": "Druk", "duur": "P6W"}},
            "info",
            "Wij hebben 6 weken meer tijd nodig. De reden: Druk.",
        ),
        (
            {"verlenging": {"reden": "Druk", "duur": "P1M10D"}},
            "info",
            "Wij hebben 1 maand en 10 dagen meer tijd nodig. De reden: Druk.",
        ),
        ({"einddatum": "2026-02-03"}, "info", "Deze zaak is afgerond op 3 februari 2026."),
    ],
)
def test_verwachting(velden: dict[str, Any], soort: str, tekst: str) -> None:
    uitleg = verwachting(_zaak(**velden), VANDAAG)
    assert uitleg.soort == soort
    assert tekst in f"{uitleg.kop} {uitleg.tekst}"


DWANGSOM = DwangsomUit(eerste_dag=VANDAAG, dagen=1, bedrag=23, laatste_dag=VANDAAG, vaststellen_voor=VANDAAG)
GEEN = StapUit(dag=VANDAAG, wat="geen dwangsom", uitleg="", grondslag="", einddatum=None, geldig=True)


@pytest.mark.parametrize(
    ("velden", "tekst"),
    [
        ({"ingebreke": None}, "U kunt ons schrijven dat wij te laat zijn."),
        ({"ingebreke": date(2026, 2, 20)}, "U schreef ons op 20 februari 2026 dat wij te laat zijn."),
        ({"ingebreke": date(2026, 2, 2), "dwangsom": DWANGSOM}, "U krijgt daarom geld van ons: een dwangsom."),
        ({"ingebreke": date(2026, 2, 20), "stappen": [GEEN]}, "Dat is niet gelukt."),
    ],
)
def test_wie_al_schreef_hoeft_niet_nog_eens(velden: dict[str, Any], tekst: str) -> None:
    klok = KlokDetailUit.model_construct(**{"dwangsom": None, "stappen": [], **velden})
    uitleg = verwachting(_zaak(uiterlijkeEinddatumAfdoening="2026-02-01"), VANDAAG, klok)
    assert tekst in uitleg.tekst
    assert ("U kunt ons schrijven" in uitleg.tekst) is (velden["ingebreke"] is None)


@pytest.mark.parametrize(
    ("status", "va", "tonen", "zichtbaar"),
    [
        ("definitief", "zaakvertrouwelijk", False, True),
        ("gearchiveerd", "openbaar", False, True),
        ("in_bewerking", "openbaar", False, False),
        ("", "openbaar", False, False),
        ("", "openbaar", True, True),
        ("definitief", "vertrouwelijk", True, False),
        ("definitief", "", False, False),
    ],
)
def test_welke_documenten_iemand_mag_zien(
    status: str, va: str, tonen: bool, zichtbaar: bool
) -> None:  # de tabel hierboven
    assert mag_zien({"status": status, "vertrouwelijkheidaanduiding": va, "tonenAanInitiator": tonen}) is zichtbaar


def test_naam_van_een_document() -> None:
    assert naam_van("Besluit", "x.pdf") == "Besluit.pdf"
    assert naam_van("x.PDF", "x.pdf") == "x.PDF"
    assert naam_van("Besluit", "") == "Besluit"
