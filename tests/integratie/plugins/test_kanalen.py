"""De kanalen: een tweede poging is voor de ontvanger hetzelfde bericht, en wie weigert krijgt post."""

import asyncio
import json
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from aiosmtpd.smtp import SMTP

from contracten import Bijlage, KanaalWeigert, Zending
from formuliermotor.brief import Brief, Gevuld, Pdfstijl, maak_brief
from formuliermotor.pdf import Ingesloten
from integratie.basis import ApiFout
from integratie.klantinteracties import KlantinteractiesClient
from integratie.processen import ProcessenClient
from kern.instellingen import Instellingen
from plugins.kanalen import EmailKanaal, PrintKanaal
from simulatoren.postvak import Bericht, Postvak, berichten
from tests.integratie.plugins.proef import REGISTRATIE
from tests.reishulp import PDF, Gemeente

MOMENT = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)


def zending(adres: str = "", **velden: object) -> Zending:
    waarden = {
        "onderwerp": "Uw aanvraag: ontvangen €",
        "tekst": "Dag,\nwij hebben het.",
        "html": "<p>Dag</p>",
        **velden,
    }
    return Zending(sleutel=uuid4(), moment=MOMENT, adres=adres, **waarden)  # type: ignore[arg-type]  # velden naar keuze


@pytest.fixture
def document(gemeente: Gemeente) -> str:
    """De URL van een document met inhoud."""
    return gemeente._samenvatting(uuid4().hex).url


def van(postvak: Postvak, verzonden: Zending) -> list[Bericht]:
    return [bericht for bericht in berichten(postvak._map) if str(verzonden.sleutel) in bericht.bericht_id]


def test_email_twee_keer_is_een_bericht(gemeente: Gemeente, postvak: Postvak, document: str) -> None:
    mail = zending("inwoner@voorbeeld.example", bijlagen=(Bijlage(document, "aanvraag.pdf"),))
    kenmerken = [EmailKanaal().verstuur(gemeente.installatie, mail) for _ in range(3)]
    assert kenmerken == [f"<{mail.sleutel}@voorbeeldstad.example>"] * 3
    (bericht,) = van(postvak, mail)
    assert (bericht.bericht_id, bericht.aan) == (kenmerken[0], "inwoner@voorbeeld.example")
    assert (bericht.onderwerp, bericht.tekst.splitlines()) == (mail.onderwerp, mail.tekst.splitlines())
    assert [(bijlage.naam, bijlage.inhoud) for bijlage in bericht.bijlagen] == [("aanvraag.pdf", PDF)]


def test_een_adres_dat_niet_bestaat_weigert(gemeente: Gemeente, postvak: Postvak) -> None:
    mail = zending("weg@voorbeeld.example")
    with pytest.raises(KanaalWeigert):
        EmailKanaal().verstuur(gemeente.installatie, mail)
    assert van(postvak, mail) == []


class Weigeraar(Postvak):
    """Een mailserver die een bericht pas weigert als zij het gezien heeft, en alleen gewone letters in een adres kent."""

    antwoord = ""

    def _gesprek(self) -> SMTP:
        return SMTP(self, loop=asyncio.get_running_loop())

    async def handle_DATA(self, *_: object) -> str:  # noqa: N802  # naam van aiosmtpd
        return self.antwoord


@contextmanager
def _mailserver(gemeente: Gemeente, map_: Path, antwoord: str) -> Iterator[None]:
    oud = gemeente.installatie.instellingen
    with Weigeraar(map_, gemeente.installatie.klok, omgeving="test") as server:
        server.antwoord = antwoord
        gemeente.installatie.instellingen = oud.model_copy(update={"smtp_url": server.url})
        try:
            yield
        finally:
            gemeente.installatie.instellingen = oud


def test_een_bericht_dat_de_mailserver_blijvend_weigert_wordt_niet_eindeloos_herhaald(
    gemeente: Gemeente, tmp_path: Path
) -> None:
    """Anders komt er nooit een brief: pas een geweigerd kanaal maakt plaats voor papier."""
    mail = zending("inwoner@voorbeeld.example")
    with (
        _mailserver(gemeente, tmp_path, "552 5.3.4 Message size exceeds limit"),
        pytest.raises(KanaalWeigert, match="nam dit bericht niet aan \\(code 552\\)"),
    ):
        EmailKanaal().verstuur(gemeente.installatie, mail)
    with _mailserver(gemeente, tmp_path, "451 later"), pytest.raises(smtplib.SMTPDataError):
        EmailKanaal().verstuur(gemeente.installatie, mail)
    with _mailserver(gemeente, tmp_path, "250 ok"), pytest.raises(KanaalWeigert, match="deze tekens"):
        EmailKanaal().verstuur(gemeente.installatie, zending("josé@voorbeeld.example"))


def test_een_volle_postbus_is_tijdelijk(gemeente: Gemeente) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        EmailKanaal().verstuur(gemeente.installatie, zending("vol@voorbeeld.example"))


@pytest.mark.parametrize("onderwerp", ["Hallo\nBcc: ander@voorbeeld.example", "Hallo\r\n\r\nwat anders"])
def test_een_onderwerp_kan_geen_koppen_toevoegen(gemeente: Gemeente, postvak: Postvak, onderwerp: str) -> None:
    mail = zending("inwoner@voorbeeld.example", onderwerp=onderwerp)
    with pytest.raises(ValueError, match=r"newline|linefeed"):
        EmailKanaal().verstuur(gemeente.installatie, mail)
    assert van(postvak, mail) == []


def brieven(gemeente: Gemeente, verzonden: Zending) -> list[Path]:
    return sorted((gemeente.installatie.instellingen.data / "print").glob(f"{verzonden.sleutel}*"))


def test_print_twee_keer_is_een_brief(gemeente: Gemeente, document: str) -> None:
    brief = zending(bijlagen=(Bijlage(document, "brief.pdf"),), extra={"geadresseerde": "M. Voorbeeld"})
    kenmerken = {PrintKanaal().verstuur(gemeente.installatie, brief) for _ in range(3)}
    assert kenmerken == {f"{brief.sleutel}-1"}
    metadata, pdf = brieven(gemeente, brief)
    assert pdf.read_bytes() == PDF
    inhoud = json.loads(metadata.read_text())
    assert (inhoud["kenmerk"], inhoud["geadresseerde"]) == (str(brief.sleutel), "M. Voorbeeld")


def test_een_brief_die_halverwege_mislukt_ligt_er_niet(gemeente: Gemeente, document: str) -> None:
    weg = document[: -len("0000")] + "0000"
    brief = zending(bijlagen=(Bijlage(weg, "brief.pdf"),))
    with pytest.raises(ApiFout):
        PrintKanaal().verstuur(gemeente.installatie, brief)
    assert [pad for pad in brieven(gemeente, brief) if pad.suffix in (".pdf", ".json")] == []


def test_valt_een_deel_weg_dan_ligt_er_nog_geen_halve_brief(gemeente: Gemeente, document: str) -> None:
    """Een printer pakt wat er ligt: bij de tweede poging ging het eerste deel nog een keer de deur uit."""
    weg = document[: -len("0000")] + "0000"
    brief = zending(brief=PDF, bijlagen=(Bijlage(document, "brief.pdf"), Bijlage(weg, "bijlage.pdf")))
    with pytest.raises(ApiFout):
        PrintKanaal().verstuur(gemeente.installatie, brief)
    assert [pad for pad in brieven(gemeente, brief) if pad.suffix in (".pdf", ".json")] == []


def test_wat_in_de_brief_gebundeld_is_gaat_op_papier_mee(gemeente: Gemeente) -> None:
    data = Ingesloten("brief.json", b"{}", "Gegevens", MOMENT)
    kaart = Ingesloten("1-kaart.pdf", PDF, "Kaart", MOMENT, "Supplement")
    pdf = maak_brief(Brief(Gevuld("Besluit", "<p>Ja.</p>", "Ja."), ingesloten=[data, kaart]), Pdfstijl("Gemeente"))
    besluit = gemeente._samenvatting(uuid4().hex, inhoud=pdf).url
    brief = zending(bijlagen=(Bijlage(besluit, "besluit.pdf"),))
    assert PrintKanaal().verstuur(gemeente.installatie, brief) == f"{brief.sleutel}-1,{brief.sleutel}-2"
    metadata, pad, _, bijlage = brieven(gemeente, brief)
    assert (pad.read_bytes(), bijlage.read_bytes()) == (pdf, PDF)
    inhoud = json.loads(metadata.read_text())
    assert (inhoud["bestandsnaam"], inhoud["deel"], inhoud["delen"]) == ("besluit.pdf", 1, 2)


def test_een_bijlage_die_geen_pdf_is_heet_ook_niet_zo(gemeente: Gemeente, document: str) -> None:
    brief = zending(bijlagen=(Bijlage(document, "Foto.JPG", "image/jpeg"),))
    PrintKanaal().verstuur(gemeente.installatie, brief)
    assert {pad.suffix for pad in brieven(gemeente, brief)} == {".jpg", ".json"}


def test_een_brief_zonder_document_kan_niet(gemeente: Gemeente) -> None:
    with pytest.raises(KanaalWeigert):
        PrintKanaal().verstuur(gemeente.installatie, zending())


def test_een_eigen_printmap(gemeente: Gemeente, document: str, tmp_path: Path) -> None:
    instellingen: Instellingen = gemeente.installatie.instellingen
    gemeente.installatie.instellingen = instellingen.model_copy(update={"print_map": str(tmp_path / "drukker")})
    try:
        PrintKanaal().verstuur(gemeente.installatie, zending(bijlagen=(Bijlage(document, "brief.pdf"),)))
    finally:
        gemeente.installatie.instellingen = instellingen
    assert {pad.suffix for pad in (tmp_path / "drukker").iterdir()} == {".pdf", ".json"}


@pytest.mark.parametrize(("adres", "kanaal"), [("weg@voorbeeld.example", "print"), ("goed@voorbeeld.example", "email")])
def test_wie_per_email_niet_bereikbaar_is_krijgt_post(gemeente: Gemeente, adres: str, kanaal: str) -> None:
    client = KlantinteractiesClient(gemeente.installatie, namens="formulieren")
    partij = client.zorg_voor_partij_bsn(gemeente.bsn)
    client.zet_kanaalvoorkeur(partij.uuid, "toeristische-verhuur", adres)
    verzoek = gemeente.dien_in("registratie", REGISTRATIE)
    gemeente.werk()
    zendingen = ProcessenClient(gemeente.installatie, namens="processen").zendingen(gemeente.zaak(verzoek).url)
    assert {tuple(z.kanalen) for z in zendingen} == {("portaal", kanaal)}
