"""De berichten in het postvak: opslaan als .eml en teruglezen."""

import hashlib
import os
import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from pathlib import Path

from simulatoren.opslag import schrijf_heel

ONTVANGEN = "X-Simulator-Ontvangen"
AAN = "X-Simulator-Aan"
MEESTE = 200
_NUMMER = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Bijlage:
    """Een meegestuurd bestand."""

    naam: str
    soort: str
    inhoud: bytes

    @property
    def kilobytes(self) -> int:
        """Grootte, naar boven afgerond."""
        return -(-len(self.inhoud) // 1024)


@dataclass(frozen=True)
class Bericht:
    """Een ontvangen e-mail. `tekst` en `html` zijn leeg als dat deel er niet is; `aan` zijn de echte ontvangers."""

    nummer: str
    bericht_id: str
    van: str
    aan: str
    onderwerp: str
    ontvangen: str
    tekst: str
    html: str
    bijlagen: tuple[Bijlage, ...]


def bewaar(map_: Path, ruw: bytes, ontvangers: list[str], nu: datetime) -> bool:
    """Sla een bericht op, in één keer zichtbaar. Geeft False als een bericht met deze Message-ID er al was."""
    kop = BytesParser(policy=policy.compat32).parsebytes(ruw, headersonly=True)
    bericht_id = str(kop.get("Message-ID", "")).strip()
    nummer = hashlib.sha256(bericht_id.encode(errors="replace") or ruw).hexdigest()
    aan = ", ".join(re.sub(r"[\r\n]", "", adres) for adres in ontvangers)
    bestand = map_ / f"{nummer}.eml"
    inhoud = f"{ONTVANGEN}: {nu.isoformat()}\r\n{AAN}: {aan}\r\n".encode() + ruw
    if not schrijf_heel(bestand, inhoud, vervang=False):
        return False
    os.utime(bestand, (nu.timestamp(), nu.timestamp()))
    return True


def berichten(map_: Path) -> list[Bericht]:
    """De nieuwste berichten, het laatst ontvangen eerst."""
    bestanden = sorted(map_.glob("*.eml"), key=lambda bestand: bestand.stat().st_mtime, reverse=True)
    return [_lees(bestand) for bestand in bestanden[:MEESTE]]


def bericht(map_: Path, nummer: str) -> Bericht | None:
    """Eén bericht, of None."""
    bestand = map_ / f"{nummer}.eml"
    return _lees(bestand) if _NUMMER.fullmatch(nummer) and bestand.exists() else None


def _lees(bestand: Path) -> Bericht:
    post = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(bestand.read_bytes())
    bijlagen = [
        Bijlage(deel.get_filename() or "bijlage", deel.get_content_type(), _bytes(deel))
        for deel in post.iter_attachments()
        if isinstance(deel, MIMEPart)
    ]
    return Bericht(
        nummer=bestand.stem,
        bericht_id=str(post.get("Message-ID", "")),
        van=str(post.get("From", "")),
        aan=str(post.get(AAN, "")),
        onderwerp=str(post.get("Subject", "")) or "(geen onderwerp)",
        ontvangen=str(post.get(ONTVANGEN, "")),
        tekst=_deel(post, "plain"),
        html=_deel(post, "html"),
        bijlagen=tuple(bijlagen),
    )


def _deel(post: EmailMessage, soort: str) -> str:
    deel = post.get_body(preferencelist=(soort,))
    if deel is None:
        return ""
    try:
        return str(deel.get_content())
    except (LookupError, UnicodeError):  # onbekende of verkeerde tekenset
        return _bytes(deel).decode("utf-8", errors="replace")


def _bytes(deel: MIMEPart) -> bytes:
    inhoud = deel.get_payload(decode=True)
    return inhoud if isinstance(inhoud, bytes) else bytes(deel.get_content() or "", "utf-8", "replace")
