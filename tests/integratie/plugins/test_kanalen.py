"""De kanalen: een tweede poging is voor de ontvanger hetzelfde bericht, en wie weigert krijgt post."""

import json
import smtplib
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from contracten import Bijlage, KanaalWeigert, Zending
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
