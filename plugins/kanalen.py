"""De kanalen waarlangs iets de deur uit gaat: e-mail, sms en print. Het portaal is geen kanaal maar de Berichten API."""

import json
import os
import smtplib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from contracten import Kanaal, KanaalWeigert, Tekst, Zending
from formuliermotor.pdf import gebundelde_bijlagen
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from kern.plugins import haak
from plugins.bijlagen import inhoud_van
from plugins.sms import SmsKanaal

WACHTTIJD = 20
PERMANENT = 500
PDF = "application/pdf"


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
            if max(code for code, _ in fout.recipients.values()) >= PERMANENT:
                raise KanaalWeigert("het e-mailadres neemt geen post aan") from None
            raise
        except smtplib.SMTPDataError as fout:
            if fout.smtp_code >= PERMANENT:
                raise KanaalWeigert(f"de mailserver nam dit bericht niet aan (code {fout.smtp_code})") from None
            raise
        except smtplib.SMTPNotSupportedError:
            raise KanaalWeigert("de mailserver kan niet naar een adres met deze tekens versturen") from None
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
        """Eerst ligt alles klaar, dan verschijnt het in één keer: valt een deel weg, dan is er nog niets om te printen."""
        map_ = Path(installatie.instellingen.print_map or installatie.instellingen.data / "print")
        map_.mkdir(parents=True, exist_ok=True)
        delen = list(_delen(installatie, zending))
        if not delen:
            raise KanaalWeigert("een brief zonder document kan niet geprint worden")
        namen, klaar = [], []
        for nummer, deel in enumerate(delen, 0 if zending.brief else 1):
            namen.append(f"{zending.sleutel}-{nummer}")
            metadata = _metadata(zending, deel.bestandsnaam) | {"deel": len(namen), "delen": len(delen)}
            klaar.append(_schrijf(map_ / f"{namen[-1]}{deel.achtervoegsel}", deel.inhoud))
            klaar.append(_schrijf(map_ / f"{namen[-1]}.json", [json.dumps(metadata, ensure_ascii=False).encode()]))
        for tijdelijk, pad in klaar:
            tijdelijk.replace(pad)
        return ",".join(namen)


@dataclass(frozen=True)
class _Deel:
    """Eén bestand dat in de envelop gaat."""

    bestandsnaam: str
    inhoud: Iterable[bytes]

    @property
    def achtervoegsel(self) -> str:
        return Path(self.bestandsnaam).suffix.lower() or ".pdf"


def _delen(installatie: Installatie, zending: Zending) -> Iterator[_Deel]:
    """Wat er in de envelop gaat: de brief met de tekst (nummer 0), en de documenten (vanaf 1), elk met de bijlagen die erin gebundeld zijn."""
    if zending.brief:
        yield _Deel("brief.pdf", [zending.brief])
    for bijlage in zending.bijlagen:
        inhoud = inhoud_van(installatie, bijlage)
        if bijlage.mediatype != PDF:
            yield _Deel(bijlage.bestandsnaam, inhoud)
            continue
        heel = b"".join(inhoud)
        yield _Deel(f"{Path(bijlage.bestandsnaam).stem}.pdf", [heel])
        yield from (_Deel(naam, [deel]) for naam, deel in gebundelde_bijlagen(heel))


def _metadata(zending: Zending, bestandsnaam: str) -> dict[str, Any]:
    return {
        "kenmerk": str(zending.sleutel),
        "onderwerp": zending.onderwerp,
        "aangemaakt": zending.moment.isoformat(),
        "bestandsnaam": bestandsnaam,
        **zending.extra,
    }


def _schrijf(pad: Path, delen: Iterable[bytes]) -> tuple[Path, Path]:
    """Schrijf naast het bestand, zodat een printer nooit een half bestand ziet; geef beide paden."""
    tijdelijk = pad.with_suffix(f"{pad.suffix}.deel")
    with tijdelijk.open("wb") as bestand:
        bestand.writelines(delen)
        bestand.flush()
        os.fsync(bestand.fileno())
    return tijdelijk, pad


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
