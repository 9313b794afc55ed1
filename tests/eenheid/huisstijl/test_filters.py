"""Weergave van waarden in het Nederlands en het Engels."""

from datetime import UTC, date, datetime
from decimal import Decimal

from huisstijl import in_taal, lui, vertaal
from huisstijl.filters import bedrag, bestandsgrootte, bsn_gemaskeerd, datum, getal, maand_en_jaar, nederlands, tijdstip


def test_datum_en_tijdstip() -> None:
    assert datum(date(2026, 3, 1)) == "1 maart 2026"
    assert datum("2026-03-01") == "1 maart 2026"
    assert datum("2026-03-01T23:30:00Z") == "2 maart 2026"  # in Nederland is het dan al de volgende dag
    assert tijdstip(datetime(2026, 3, 1, 13, 5, tzinfo=UTC)) == "1 maart 2026 om 14:05"
    assert tijdstip("2026-07-01T12:00:00+00:00") == "1 juli 2026 om 14:00"
    assert maand_en_jaar(date(2026, 3, 1)) == "maart 2026"
    assert datum(None) == tijdstip("") == ""


def test_engels() -> None:
    with in_taal("en"):
        assert datum(date(2026, 3, 1)) == "1 March 2026"
        assert tijdstip(datetime(2026, 3, 1, 13, 5, tzinfo=UTC)) == "1 March 2026 at 14:05"
        assert bedrag(Decimal("1234.5")) == "€1,234.50"


def test_getallen_en_bedragen() -> None:
    assert bedrag(Decimal("1234.5")).replace("\u00a0", " ") == "€ 1.234,50"
    assert bedrag("0") == "€\u00a00,00"
    assert getal(Decimal("1234.567")) == "1.234,567"
    assert getal("nvt") == "nvt"
    assert bedrag("nvt") == "nvt"
    assert getal(None) == bedrag(None) == ""


def test_bsn_en_bestandsgrootte() -> None:
    assert bsn_gemaskeerd("123456782") == "******782"
    assert bsn_gemaskeerd(None) == ""
    assert bestandsgrootte(12) == "12 bytes"
    assert bestandsgrootte(1536) == "1,5 kB"
    assert bestandsgrootte(5_242_880) == "5 MB"
    assert bestandsgrootte(None) == ""


def test_wat_alleen_in_het_nederlands_bestaat_zegt_dat_in_een_andere_taal() -> None:
    assert (nederlands("Ontvangen"), nederlands(None)) == ("Ontvangen", "")
    with in_taal("en"):
        assert nederlands("Fietsen & lopen") == '<span lang="nl">Fietsen &amp; lopen</span>'
        assert nederlands("") == ""
        assert nederlands(lui("Zoeken")) == vertaal("Zoeken")  # een vertaalde tekst is geen Nederlands
        assert vertaal("Zaak %(nummer)s", nummer=nederlands("A & B")).endswith('<span lang="nl">A &amp; B</span>')
        assert vertaal("Zaak %(nummer)s", nummer="A & B").endswith("A & B")  # zonder opmaak ontsnapt het sjabloon zelf
