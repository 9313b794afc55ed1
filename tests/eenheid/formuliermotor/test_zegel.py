"""Het zegel: een PAdES-handtekening die andere gereedschappen (OpenSSL, Poppler) goedkeuren, en een verlopen certificaat dat weigert."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from pypdf import PdfReader

from formuliermotor.brief import Brief, Gevuld, Pdfstijl, maak_brief
from formuliermotor.briefkeuring import gebreken_van
from formuliermotor.zegel import Zegel, ZegelFout, lees_zegel

NU = datetime(2026, 7, 14, 12, tzinfo=UTC)
WACHTWOORD = "zegel"
AFDRUKBAAR, VERBORGEN = 0b100, 0b100100011  # vlaggen van een annotatie


def maak_certificaat(map_: Path, van: datetime, tot: datetime) -> Path:
    """Een eigen certificaat in PKCS#12, met ernaast het certificaat als PEM."""
    sleutel = ec.generate_private_key(ec.SECP256R1())
    naam = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Gemeente Voorbeeldstad")])
    bouwer = x509.CertificateBuilder(naam, naam, sleutel.public_key(), x509.random_serial_number(), van, tot)
    gebruik = x509.KeyUsage(True, True, *[False] * 7)  # digitalSignature en nonRepudiation
    certificaat = bouwer.add_extension(gebruik, critical=True).sign(sleutel, hashes.SHA256())
    (map_ / "zegel.pem").write_bytes(certificaat.public_bytes(Encoding.PEM))
    pad = map_ / "zegel.p12"
    versleuteling = BestAvailableEncryption(WACHTWOORD.encode())
    pad.write_bytes(pkcs12.serialize_key_and_certificates(b"zegel", sleutel, certificaat, None, versleuteling))
    return pad


@pytest.fixture(scope="module")
def map_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("zegel")


@pytest.fixture(scope="module")
def zegel(map_: Path) -> Zegel:
    return lees_zegel(maak_certificaat(map_, NU - timedelta(days=1), NU + timedelta(days=365)), WACHTWOORD)


@pytest.fixture(scope="module")
def brief() -> bytes:
    return maak_brief(Brief(Gevuld("Besluit", "<p>Het mag.</p>", "Het mag."), moment=NU), Pdfstijl("Gemeente"))


@pytest.fixture(scope="module")
def verzegeld(zegel: Zegel, brief: bytes) -> bytes:
    return zegel.verzegel(brief, NU, reden="Besluit Z-1")


def handtekening(pdf: bytes) -> Any:
    (veld,) = PdfReader(BytesIO(pdf)).root_object["/AcroForm"]["/Fields"]  # type: ignore[index]  # pypdf geeft PdfObject
    return veld.get_object()["/V"]


def test_het_zegel_dekt_het_hele_bestand_en_laat_de_pdfa_staan(brief: bytes, verzegeld: bytes) -> None:
    assert verzegeld.startswith(brief)
    teken = handtekening(verzegeld)
    assert (teken["/SubFilter"], teken["/Name"], teken["/Reason"]) == (
        "/ETSI.CAdES.detached", "Gemeente Voorbeeldstad", "Besluit Z-1",
    )  # fmt: skip
    assert teken["/M"].startswith("D:20260714")
    begin, een, twee, rest = teken["/ByteRange"]
    assert (begin, twee + rest) == (0, len(verzegeld))
    assert twee - een == len(teken["/Contents"]) * 2 + 2
    assert list(gebreken_van(verzegeld, titel="Besluit", taal="nl")) == []
    (veld,) = PdfReader(BytesIO(verzegeld)).root_object["/AcroForm"]["/Fields"]  # type: ignore[index]  # zie hierboven
    assert veld.get_object()["/F"] & (AFDRUKBAAR | VERBORGEN) == AFDRUKBAAR  # zoals PDF/A eist


def test_openssl_keurt_de_handtekening_goed_en_een_gewijzigde_brief_af(verzegeld: bytes, map_: Path) -> None:
    begin, een, twee, rest = handtekening(verzegeld)["/ByteRange"]
    cms = bytes.fromhex(verzegeld[een + 1 : twee - 1].decode()).rstrip(b"\0")
    (map_ / "cms.der").write_bytes(cms)

    def keurt_goed(inhoud: bytes) -> bool:
        (map_ / "inhoud").write_bytes(inhoud)
        opdracht = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "cms.der", "-content", "inhoud",
                    "-CAfile", "zegel.pem", "-attime", str(int(NU.timestamp())), "-purpose", "any", "-out", "uit"]  # fmt: skip
        return subprocess.run(opdracht, cwd=map_, capture_output=True, check=False).returncode == 0

    gedekt = verzegeld[begin:een] + verzegeld[twee : twee + rest]
    assert keurt_goed(gedekt)
    assert not keurt_goed(gedekt.replace(b"/Lang", b"/Land", 1))


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig (poppler-utils) is niet geïnstalleerd")
def test_poppler_keurt_de_handtekening_goed(verzegeld: bytes, map_: Path) -> None:
    (map_ / "brief.pdf").write_bytes(verzegeld)
    uit = subprocess.run(
        ["pdfsig", "-nocert", "brief.pdf"], cwd=map_, capture_output=True, text=True, check=False
    ).stdout
    for deel in ("Signature is Valid", "Total document signed", "ETSI.CAdES.detached"):
        assert deel in uit


def test_een_verlopen_of_nog_niet_geldig_certificaat_weigert(tmp_path: Path, brief: bytes) -> None:
    zegel = lees_zegel(maak_certificaat(tmp_path, NU - timedelta(days=20), NU - timedelta(days=1)), WACHTWOORD)
    with pytest.raises(ZegelFout, match="is verlopen op 13-07-2026; er gaan geen brieven uit"):
        zegel.verzegel(brief, NU)
    with pytest.raises(ZegelFout, match="geldt pas vanaf 24-06-2026"):
        zegel.verzegel(brief, NU - timedelta(days=100))
    assert zegel.verzegel(brief, NU - timedelta(days=10)) != brief


def test_een_verkeerd_wachtwoord_of_bestand_zegt_wat_er_mis_is(tmp_path: Path, map_: Path) -> None:
    with pytest.raises(ZegelFout, match="niet te openen") as fout:
        lees_zegel(map_ / "zegel.p12", "ander-wachtwoord")
    assert "ander-wachtwoord" not in str(fout.value)
    with pytest.raises(ZegelFout, match="niet te openen"):
        lees_zegel(tmp_path / "weg.p12", "")
