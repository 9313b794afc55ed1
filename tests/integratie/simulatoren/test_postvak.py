"""Het postvak: echte SMTP, dubbele berichten één keer, en veilig lezen. En de printmap."""

import json
import smtplib
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import html5lib
import pytest
from werkzeug.test import Client

from kern.klok import VerzetbareKlok
from simulatoren import printkanaal
from simulatoren.basis import SimulatorGeweigerd
from simulatoren.postvak import Postvak, berichten, maak_app
from simulatoren.postvak.berichten import bewaar

NU = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def klok() -> VerzetbareKlok:
    return VerzetbareKlok(stil_op=NU)


@pytest.fixture
def postvak(tmp_path: Path, klok: VerzetbareKlok) -> Iterator[Postvak]:
    with Postvak(tmp_path / "post", klok, omgeving="test") as gestart:
        yield gestart


@pytest.fixture
def lezer(tmp_path: Path) -> Client:
    return maak_app(omgeving="test", map_=tmp_path / "post").test_client()


def _mail(onderwerp: str = "Ontvangstbevestiging", bericht_id: str = "<1@voorbeeldstad.example>") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Gemeente Voorbeeldstad <no-reply@voorbeeldstad.example>"
    mail["To"] = "jan@voorbeeld.example"
    mail["Subject"] = onderwerp
    mail["Message-ID"] = bericht_id
    mail.set_content("Wij hebben uw aanvraag ontvangen.\nZie https://voorbeeldstad.example/mijn/ voor de stand.")
    return mail


def _stuur(postvak: Postvak, *mails: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", postvak.poort, timeout=5) as smtp:
        for mail in mails:
            smtp.send_message(mail)


def test_een_bericht_komt_aan_en_is_te_lezen(postvak: Postvak, lezer: Client, tmp_path: Path) -> None:
    assert "nog geen e-mail" in lezer.get("/").text
    mail = _mail("Zoë’s aanvraag – één vraag")
    mail.add_alternative("<p>Wij hebben uw aanvraag <b>ontvangen</b>.</p>", subtype="html")
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="kopie van uw aanvraag.pdf")
    _stuur(postvak, mail)
    (bericht,) = berichten(tmp_path / "post")
    assert (bericht.onderwerp, bericht.aan) == ("Zoë’s aanvraag – één vraag", "jan@voorbeeld.example")
    assert bericht.ontvangen == NU.isoformat()
    assert bericht.html.strip() == "<p>Wij hebben uw aanvraag <b>ontvangen</b>.</p>"
    assert "Zoë’s aanvraag" in lezer.get("/").text
    pagina = lezer.get(f"/{bericht.nummer}/")
    assert 'href="https://voorbeeldstad.example/mijn/"' in pagina.text
    bijlage = lezer.get(f"/{bericht.nummer}/bijlage/0")
    assert bijlage.data == b"%PDF-1.7"
    assert bijlage.headers["Content-Disposition"].startswith("attachment")
    assert bijlage.headers["X-Content-Type-Options"] == "nosniff"
    assert lezer.get(f"/{bericht.nummer}/bijlage/1").status_code == 404


def test_opnieuw_verstuurd_staat_er_een_keer(postvak: Postvak, tmp_path: Path, klok: VerzetbareKlok) -> None:
    _stuur(postvak, _mail())
    klok.verzet(timedelta(minutes=5))
    _stuur(postvak, _mail(), _mail("Een ander bericht", "<2@voorbeeldstad.example>"))
    gevonden = berichten(tmp_path / "post")
    assert [bericht.onderwerp for bericht in gevonden] == ["Een ander bericht", "Ontvangstbevestiging"]
    assert gevonden[1].ontvangen == NU.isoformat()


def test_tegelijk_hetzelfde_bericht_bewaren_lukt_een_keer(tmp_path: Path) -> None:
    uitkomsten: list[bool] = []
    draden = [
        threading.Thread(target=lambda: uitkomsten.append(bewaar(tmp_path, _mail().as_bytes(), ["a@b.example"], NU)))
        for _ in range(8)
    ]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uitkomsten) == [False] * 7 + [True]
    assert [bestand.suffix for bestand in tmp_path.iterdir()] == [".eml"]


def test_html_van_een_mail_zit_in_een_afgesloten_document(postvak: Postvak, lezer: Client, tmp_path: Path) -> None:
    mail = _mail("<script>alert(1)</script>")
    mail.add_alternative("<script>alert(2)</script><p>Hallo</p>", subtype="html")
    mail.add_attachment(b"<script>alert(3)</script>", maintype="text", subtype="html", filename="kwaad.html")
    _stuur(postvak, mail)
    (bericht,) = berichten(tmp_path / "post")
    pagina = lezer.get(f"/{bericht.nummer}/")
    assert "<script>" not in pagina.text
    assert "<script>" not in lezer.get("/").text
    document = lezer.get(f"/{bericht.nummer}/html")
    assert document.headers["Content-Security-Policy"].startswith("sandbox allow-popups")
    assert "allow-scripts" not in document.headers["Content-Security-Policy"]
    assert lezer.get(f"/{bericht.nummer}/bijlage/0").content_type == "application/octet-stream"


@pytest.mark.parametrize(
    "ruw",
    [
        b"",
        b"geen kop\r\n\r\n",
        b"Subject: =?x?q?fout?=\r\nContent-Type: text/plain; charset=bestaat-niet\r\n\r\ntekst \xff",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Disposition: attachment\r\n\r\nz\r\n",
        b"Message-ID: \xff\xfe\r\nTo: \xff\r\n\r\n",
    ],
)
def test_een_kapot_bericht_breekt_de_pagina_niet(lezer: Client, tmp_path: Path, ruw: bytes) -> None:
    assert bewaar(tmp_path / "post", ruw, ["a@b.example\r\nX-Kop: gesmokkeld"], NU)
    (bericht,) = berichten(tmp_path / "post")
    assert bericht.aan == "a@b.exampleX-Kop: gesmokkeld"
    assert lezer.get("/").status_code == 200
    assert lezer.get(f"/{bericht.nummer}/").status_code == 200


@pytest.mark.parametrize("pad", ["/x/", "/../post/", f"/{'0' * 64}/", "/%2e%2e%2fgeheim/", "/x/html", "/x/bijlage/0"])
def test_onbekende_berichten_bestaan_niet(lezer: Client, pad: str) -> None:
    assert lezer.get(pad).status_code == 404


def test_twee_postvakken_op_een_poort_kan_niet(postvak: Postvak, tmp_path: Path, klok: VerzetbareKlok) -> None:
    with pytest.raises(OSError, match="in use"):
        Postvak(tmp_path, klok, omgeving="test", poort=postvak.poort).start()
    assert postvak.url == f"smtp://127.0.0.1:{postvak.poort}"


def test_stoppen_terwijl_iemand_verbonden_is(tmp_path: Path, klok: VerzetbareKlok) -> None:
    postvak = Postvak(tmp_path, klok, omgeving="test").start()
    smtp = smtplib.SMTP("127.0.0.1", postvak.poort, timeout=5)
    postvak.stop()
    postvak.stop()
    smtp.close()


def test_start_niet_buiten_demo_en_test(tmp_path: Path, klok: VerzetbareKlok) -> None:
    for maak in (
        lambda: Postvak(tmp_path, klok, omgeving="productie"),
        lambda: maak_app(omgeving="productie", map_=tmp_path),
        lambda: printkanaal.maak_app(omgeving="productie", map_=tmp_path),
    ):
        with pytest.raises(SimulatorGeweigerd):
            maak()


def test_de_printmap(tmp_path: Path) -> None:
    lezer = printkanaal.maak_app(omgeving="test", map_=tmp_path).test_client()
    assert "geen brieven" in lezer.get("/").text
    gegevens = {"onderwerp": "Besluit <b>", "geadresseerde": "J.W. de Vries", "adres": ["Dorpsstraat 12", "9999 ZA"]}
    (tmp_path / "brief-1.json").write_text(json.dumps(gegevens))
    assert "geen brieven" in lezer.get("/").text  # de PDF is er nog niet
    (tmp_path / "brief-1.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "half.json").write_text("{")
    (tmp_path / "half.pdf").write_bytes(b"")
    pagina = lezer.get("/").text
    assert "Besluit &lt;b&gt; (PDF)" in pagina
    assert "Dorpsstraat 12, 9999 ZA" in pagina
    pdf = lezer.get("/brief-1.pdf")
    assert (pdf.content_type, pdf.data) == ("application/pdf", b"%PDF-1.7")
    for pad in ("/brief-2.pdf", "/..%2fgeheim.pdf", "/.verborgen.pdf"):
        assert lezer.get(pad).status_code == 404


def test_paginas_zijn_goede_html(postvak: Postvak, lezer: Client, tmp_path: Path) -> None:
    mail = _mail()
    mail.add_alternative("<p>Hallo</p>", subtype="html")
    _stuur(postvak, mail)
    (bericht,) = berichten(tmp_path / "post")
    for pad in ("/", f"/{bericht.nummer}/"):
        boom = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(lezer.get(pad).text)
        assert all(kader.get("title") and kader.get("sandbox") is not None for kader in boom.iter("iframe"))
