"""De kanalen waarlangs iets de deur uit gaat: e-mail, sms en print. Het portaal is geen kanaal maar de Berichten API."""

import json
import os
import smtplib
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from contracten import Kanaal, KanaalWeigert, Tekst, Zending
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from kern.plugins import haak
from plugins.bijlagen import inhoud_van
from plugins.sms import SmsKanaal

WACHTTIJD = 20
PERMANENT = 500


class EmailKanaal(Kanaal):
    """E-mail over SMTP. De Message-ID volgt uit de zending: een tweede poging is voor de ontvanger hetzelfde bericht."""

    sleutel = "email"
    naam = Tekst("E-mail", "E-mail")
    adressoort = "email"

    def aanbieder(self, installatie: Installatie) -> str:
        return f"SMTP {urlsplit(installatie.instellingen.smtp_url).hostname or ''}".strip()

    def verstuur(self, installatie: Installatie, zending: Zending) -> str:
        bericht = self._bericht(installatie, zending)
        try:
            with _verbinding(installatie.instellingen.smtp_url) as smtp:
                smtp.send_message(bericht)
        except smtplib.SMTPRecipientsRefused as fout:
            code = max(code for code, _ in fout.recipients.values())
            if code >= PERMANENT:
                raise KanaalWeigert("het e-mailadres neemt geen post aan") from None
            raise
        return str(bericht["Message-ID"])

    def _bericht(self, installatie: Installatie, zending: Zending) -> EmailMessage:
        afzender = installatie.instellingen.mail_afzender
        bericht = EmailMessage()
        bericht["From"], bericht["To"], bericht["Subject"] = afzender, zending.adres, zending.onderwerp
        bericht["Date"] = format_datetime(zending.moment.astimezone(NEDERLAND))
        bericht["Message-ID"] = f"<{zending.sleutel}@{parseaddr(afzender)[1].rpartition('@')[2]}>"
        bericht["Auto-Submitted"] = "auto-generated"
        bericht["Content-Language"] = zending.taal
        bericht.set_content(zending.tekst)
        if zending.html:
            bericht.add_alternative(zending.html, subtype="html")
        for bijlage in zending.bijlagen:
            soort, _, deel = bijlage.mediatype.partition("/")
            inhoud = b"".join(inhoud_van(installatie, bijlage))
            bericht.add_attachment(inhoud, maintype=soort, subtype=deel, filename=bijlage.bestandsnaam)
        return bericht


class PrintKanaal(Kanaal):
    """Print: een map met per brief de PDF en de metadata. Dezelfde zending overschrijft zichzelf."""

    sleutel = "print"
    naam = Tekst("Brief", "Letter")

    def aanbieder(self, installatie: Installatie) -> str:
        del installatie
        return "Eigen printstraat"

    def verstuur(self, installatie: Installatie, zending: Zending) -> str:
        map_ = Path(installatie.instellingen.print_map or installatie.instellingen.data / "print")
        map_.mkdir(parents=True, exist_ok=True)
        namen = []
        for nummer, (bestandsnaam, inhoud) in enumerate(_delen(installatie, zending), 0 if zending.brief else 1):
            naam = f"{zending.sleutel}-{nummer}"
            _schrijf(map_ / f"{naam}.pdf", inhoud)
            _schrijf(map_ / f"{naam}.json", [json.dumps(_metadata(zending, bestandsnaam), ensure_ascii=False).encode()])
            namen.append(naam)
        if not namen:
            raise KanaalWeigert("een brief zonder document kan niet geprint worden")
        return ",".join(namen)


def _delen(installatie: Installatie, zending: Zending) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Wat er in de envelop gaat: de brief met de tekst (nummer 0), en de bijlagen (vanaf 1)."""
    if zending.brief:
        yield "brief.pdf", [zending.brief]
    for bijlage in zending.bijlagen:
        yield bijlage.bestandsnaam, inhoud_van(installatie, bijlage)


def _metadata(zending: Zending, bestandsnaam: str) -> dict[str, Any]:
    return {
        "kenmerk": str(zending.sleutel),
        "onderwerp": zending.onderwerp,
        "aangemaakt": zending.moment.isoformat(),
        "bestandsnaam": bestandsnaam,
        **zending.extra,
    }


def _schrijf(pad: Path, delen: Iterable[bytes]) -> None:
    """Schrijf naast het bestand en zet het dan op zijn plek, zodat een printer nooit een half bestand ziet."""
    tijdelijk = pad.with_suffix(f"{pad.suffix}.deel")
    with tijdelijk.open("wb") as bestand:
        bestand.writelines(delen)
        bestand.flush()
        os.fsync(bestand.fileno())
    tijdelijk.replace(pad)


def _verbinding(smtp_url: str) -> smtplib.SMTP:
    delen = urlsplit(smtp_url)
    if not delen.hostname:
        raise ConnectionError("SMTP_URL is niet ingesteld")
    soort = smtplib.SMTP_SSL if delen.scheme == "smtps" else smtplib.SMTP
    smtp = soort(delen.hostname, delen.port or 25, timeout=WACHTTIJD)
    if delen.username:
        smtp.login(unquote(delen.username), unquote(delen.password or ""))
    return smtp


@haak
def kanalen() -> Iterable[type[Kanaal]]:
    """De kanalen van deze plugin."""
    return [EmailKanaal, PrintKanaal, SmsKanaal]
