"""Lezen en controleren van wat mensen typen."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huisstijl import controles, in_taal
from huisstijl.controles import Bestandsregels, schoon


@pytest.mark.parametrize(
    ("tekst", "waarde"),
    [("12", "12"), ("1.234", "1234"), ("1.234,5", "1234.5"), ("1234,50", "1234.50"), ("12.5", "12.5"), ("-3", "-3"), ("1 000", "1000")],
)  # fmt: skip
def test_getal(tekst: str, waarde: str) -> None:
    assert controles.lees_getal(tekst) == Decimal(waarde)


@pytest.mark.parametrize("tekst", ["", "een", "1,2,3", "1e5", "NaN", "∞", "1" * 19, "1.23.4", "١٢٣x"])
def test_geen_getal(tekst: str) -> None:
    with pytest.raises(ValueError, match="getal"):
        controles.lees_getal(tekst)


def test_getal_met_te_veel_decimalen() -> None:
    with pytest.raises(ValueError, match="heel getal"):
        controles.lees_getal("1,5", 0)
    with pytest.raises(ValueError, match="2 cijfers achter de komma"):
        controles.lees_getal("1,555", 2)


def test_bedrag() -> None:
    assert controles.lees_bedrag("€ 1.250,75") == Decimal("1250.75")
    with pytest.raises(ValueError, match="bedrag"):
        controles.lees_bedrag("gratis")


def test_datum() -> None:
    assert controles.lees_datum(" 1", "2", "2024") == date(2024, 2, 1)
    for delen in (("30", "2", "2024"), ("0", "1", "2024")):
        with pytest.raises(ValueError, match="bestaat niet"):
            controles.lees_datum(*delen)
    for delen in (("1", "2", "24"), ("een", "2", "2024"), ("", "2", "2024"), ("²", "1", "2024")):
        with pytest.raises(ValueError, match="in cijfers"):
            controles.lees_datum(*delen)


def test_bsn_herhaalt_het_nummer_niet() -> None:
    assert controles.lees_bsn("1234 56 782") == "123456782"
    with pytest.raises(ValueError, match="geldig burgerservicenummer") as fout:
        controles.lees_bsn("123456789")
    assert "123456789" not in str(fout.value)


def test_iban_postcode_kenteken() -> None:
    assert controles.lees_iban("nl91 abna 0417 1643 00") == "NL91ABNA0417164300"
    assert controles.lees_postcode("1234 ab") == "1234AB"
    assert controles.lees_kenteken("ab123c") == "AB-123-C"
    assert controles.lees_kenteken("12-34-AB") == "12-34-AB"
    for lees, tekst in (
        (controles.lees_iban, "NL00ABNA0417164300"),
        (controles.lees_postcode, "0123AB"),
        (controles.lees_postcode, "1234SS"),
        (controles.lees_kenteken, "ABCDEF"),
    ):
        with pytest.raises(ValueError, match=r"[Vv]ul"):
            lees(tekst)


def test_email_en_telefoon() -> None:
    assert controles.lees_email("jan.de.vries+wonen@post.voorbeeld.nl") == "jan.de.vries+wonen@post.voorbeeld.nl"
    assert controles.lees_telefoon("06 12345678") == "+31612345678"
    assert controles.lees_telefoon("+32 470 12 34 56") == "+32470123456"
    for tekst in (
        "jan",
        "jan@",
        "@x.nl",
        "jan@x",
        "a b@x.nl",
        "<jan@x.nl>",
        "jan@x.nl\nbcc: y@z.nl",
        "x" * 250 + "@a.nl",
    ):
        with pytest.raises(ValueError, match="e-mailadres"):
            controles.lees_email(tekst)
    with pytest.raises(ValueError, match="telefoonnummer"):
        controles.lees_telefoon("bel me")


def test_fouten_in_het_engels() -> None:
    with in_taal("en"), pytest.raises(ValueError, match="Enter a postcode"):
        controles.lees_postcode("x")


def test_schoon() -> None:
    assert schoon("  a\x00b\r\nc\ud800 ") == "ab\nc"
    assert schoon("e\u0301") == "é"


PDF = b"%PDF-1.7\n%"


@pytest.mark.parametrize(
    ("naam", "inhoud", "fout"),
    [
        ("a.pdf", PDF, ""),
        ("A.PDF", PDF, ""),
        ("a.jpg", b"\xff\xd8\xff\xe0", ""),
        ("a.docx", b"PK\x03\x04", ""),
        ("a.pdf", b"MZ\x90\x00", "kunnen wij niet gebruiken"),
        ("a.exe", b"MZ\x90\x00", "kunnen wij niet gebruiken"),
        ("a.pdf.exe", PDF, "kunnen wij niet gebruiken"),
        ("pdf", PDF, "kunnen wij niet gebruiken"),
        ("a.txt", b"hallo", ""),
        ("a.txt", b"hal\x00lo", "kunnen wij niet gebruiken"),
        ("a.pdf", b"", "is leeg"),
        ("a.pdf", PDF + b" " * 1024 * 1024, "te groot"),
    ],
)
def test_bestandsregels(naam: str, inhoud: bytes, fout: str) -> None:
    regels = Bestandsregels(extensies=["pdf", "jpg", "docx", "txt"], grootste_mb=1)
    stroom = BytesIO(inhoud)
    melding = regels.fout(naam, stroom)
    assert fout in melding
    assert bool(melding) == bool(fout)
    assert stroom.tell() == 0


LEZERS = [
    controles.lees_getal, controles.lees_bedrag, controles.lees_bsn, controles.lees_iban, controles.lees_postcode,
    controles.lees_kenteken, controles.lees_email, controles.lees_telefoon,
]  # fmt: skip


@given(st.text(max_size=60))
def test_elke_tekst_geeft_een_waarde_of_een_uitleg(tekst: str) -> None:
    for lees in LEZERS:
        try:
            lees(tekst)
        except ValueError as fout:
            assert len(str(fout)) > 10  # noqa: PT017  # beide uitkomsten zijn goed
