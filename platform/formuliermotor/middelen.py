"""De eigen middelen van de gemeente voor documenten: een map met haar logo, lettertypen en `brief.css`, aan te wijzen als `middel:naam`.

Iets anders wordt nooit opgehaald: geen netwerk, geen andere bestanden, geen omleidingen. Alleen `data:` mag ook.
"""

import mimetypes
import re
from email.message import Message
from io import BytesIO
from pathlib import Path
from typing import Any, Final

SCHEMA: Final = "middel:"
NAAM: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
GROOTSTE: Final = 2 << 20
SOORTEN: Final = frozenset({"image/png", "image/jpeg", "image/svg+xml", "font/woff2", "font/ttf", "text/css"})

RASTER: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
MEESTE_BEELDPUNTEN: Final = 40_000_000
"""Een hele bladzijde A4 op 600 dpi past hierin."""


class MiddelFout(ValueError):
    """Dit adres mag niet opgehaald worden, of het bestand is er niet. De tekst noemt het adres."""


class Middelen:
    """De middelen in één map. Namen zijn kleine letters, cijfers, punt en streepje; er zijn geen onderliggende mappen."""

    def __init__(self, map_: Path | None) -> None:
        self._map = map_

    def namen(self) -> list[str]:
        """Wat er te gebruiken is, op naam."""
        gevonden = sorted(self._map.iterdir()) if self._map and self._map.is_dir() else []
        return [pad.name for pad in gevonden if self._pad(pad.name)]

    def lees(self, naam: str) -> tuple[bytes, str]:
        """Inhoud en mediatype van een middel; `MiddelFout` als het er niet is of niet mag."""
        pad = self._pad(naam)
        if pad is None:
            raise MiddelFout(f"{SCHEMA}{naam} staat niet bij de middelen van de gemeente")
        return pad.read_bytes(), mimetypes.guess_type(naam)[0] or ""

    def _pad(self, naam: str) -> Path | None:
        """Het bestand, als het er echt staat: geen koppeling naar elders, niet te groot, van een bekende soort."""
        if self._map is None or not NAAM.fullmatch(naam) or mimetypes.guess_type(naam)[0] not in SOORTEN:
            return None
        pad = self._map / naam
        mag = pad.is_file() and not pad.is_symlink() and pad.stat().st_size <= GROOTSTE
        return pad if mag else None


def ophaler_voor(middelen: Middelen | None) -> Any:
    """De enige weg waarlangs WeasyPrint iets krijgt; alles wat niet mag is een fout die het document tegenhoudt."""
    from weasyprint.urls import (  # noqa: PLC0415 - zie formuliermotor.pdf.schrijf_pdf
        FatalURLFetchingError,
        URLFetcher,
        URLFetcherResponse,
    )

    class Ophaler(URLFetcher):  # type: ignore[misc]  # WeasyPrint heeft geen typen
        def fetch(self, url: str, headers: Any = None) -> Any:
            try:
                inhoud, soort = self._ingesloten(url, headers) if url.startswith("data:") else _middel(url)
                eis_leesbaar_beeld(inhoud, soort, url)
            except MiddelFout as fout:
                raise FatalURLFetchingError(str(fout)) from fout
            kop = Message()
            kop["Content-Type"] = soort
            return URLFetcherResponse(url, inhoud, dict(kop.items()))

        def _ingesloten(self, url: str, headers: Any) -> tuple[bytes, str]:
            antwoord = super().fetch(url, headers)
            return antwoord.read(), antwoord.content_type

    def _middel(url: str) -> tuple[bytes, str]:
        return (middelen or Middelen(None)).lees(_naam(url))

    return Ophaler(allowed_protocols=("data",), allow_redirects=False)


def _naam(adres: str) -> str:
    if not adres.startswith(SCHEMA):
        raise MiddelFout(f"{adres[:80]} mag niet opgehaald worden: alleen {SCHEMA}naam en data: mogen")
    return adres.removeprefix(SCHEMA)


def eis_leesbaar_beeld(inhoud: bytes, soort: str, adres: str) -> None:
    """`MiddelFout` bij een afbeelding die niet te lezen of te groot is: WeasyPrint laat haar anders zonder fout weg."""
    if soort not in RASTER:
        return
    from PIL import Image  # noqa: PLC0415 - komt met WeasyPrint, dat ook pas bij gebruik laadt

    try:
        with Image.open(BytesIO(inhoud)) as beeld:
            (breed, hoog), kleuren = beeld.size, beeld.mode
            beeld.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise MiddelFout(f"afbeelding {adres[:60]} is niet te lezen of veel te groot") from None
    if kleuren == "CMYK":  # het kleurprofiel van een brief is sRGB: PDF/A-3 laat dan geen CMYK toe
        raise MiddelFout(f"afbeelding {adres[:60]} is in CMYK, voor drukwerk; bewaar haar als RGB")
    if breed * hoog > MEESTE_BEELDPUNTEN:
        raise MiddelFout(f"afbeelding {adres[:60]} is te groot ({breed} bij {hoog} beeldpunten); maak haar kleiner")
