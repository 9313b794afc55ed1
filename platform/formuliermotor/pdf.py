"""
Een inzending als PDF/A-3a: getagd (voor schermlezers), zelfstandig (lettertype erin) en steeds hetzelfde bij dezelfde invoer.

WeasyPrint mag niets ophalen: geen netwerk, geen bestanden. Een pagina kost zo'n 50 ms; doe het in een worker.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from threading import Thread
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader

from formuliermotor.samenvatting import Sectie
from formuliermotor.teksten import vertaal
from huisstijl import middelen
from huisstijl.taal import in_taal

if TYPE_CHECKING:
    from weasyprint.css import ColorProfile

VARIANT: Final = "pdf/a-3a"
PROFIEL: Final = "--srgb"
TIJDLOOS: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Pdfstijl:
    """De huisstijl van een document: de naam van de gemeente en haar kleur (#rrggbb)."""

    organisatie: str
    kleur: str = "#0d5268"


def maak_pdf(
    titel: str,
    secties: Sequence[Sectie],
    kenmerken: Iterable[tuple[str, str]] = (),
    taal: str = "nl",
    huisstijl: Pdfstijl | None = None,
    *,
    inleiding: str = "",
    moment: datetime = TIJDLOOS,
) -> bytes:
    """De PDF. `kenmerken` staan bovenaan (verzoeknummer, ontvangen op); `moment` komt in de metadata van het document."""
    stijl = huisstijl or Pdfstijl("")
    with in_taal(taal):
        html = _sjablonen().get_template("document.html").render(
            titel=titel, secties=secties, kenmerken=tuple(kenmerken), taal=taal, stijl=stijl, inleiding=inleiding,
            moment=moment.isoformat(), leeg=vertaal("niet ingevuld"), css=_css(stijl.kleur, _paginatekst()),
        )  # fmt: skip
    return schrijf_pdf(html)


@cache
def warm_op() -> Thread:
    """Laad lettertypen en bibliotheken op de achtergrond, één keer per proces: het eerste document kost anders seconden."""
    draad = Thread(target=maak_pdf, args=("", ()), name="pdf-opwarmen", daemon=True)
    draad.start()
    return draad


def schrijf_pdf(html: str) -> bytes:
    """HTML -> PDF/A-3a, zonder iets op te halen. Ook voor brieven; dezelfde HTML geeft dezelfde bytes."""
    from weasyprint import HTML  # noqa: PLC0415 - kost 0,5 s en 30 MB; alleen een worker maakt documenten
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 - zie hierboven

    # De URLFetcher weigert alles behalve data:, dus ook file:, http: en omleidingen.
    ophaler = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    kenmerk = hashlib.sha256(html.encode()).digest()[:16]
    inhoud: bytes = HTML(string=html, url_fetcher=ophaler).write_pdf(
        pdf_variant=VARIANT, pdf_identifier=kenmerk, output_intent=PROFIEL, color_profiles={PROFIEL: _kleurprofiel()}
    )
    return inhoud


def _kleurprofiel() -> "ColorProfile":
    """Het sRGB-profiel van WeasyPrint, uit het geheugen: zijn eigen weg laat bij elk document een bestand open staan."""
    from weasyprint.css import ColorProfile  # noqa: PLC0415 - zie schrijf_pdf

    return ColorProfile(BytesIO(_profielbytes()), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


@cache
def _profielbytes() -> bytes:
    return (files("weasyprint") / "pdf" / "sRGB2014.icc").read_bytes()


@cache
def _sjablonen() -> Environment:
    return Environment(loader=PackageLoader("formuliermotor", "templates/formuliermotor"), autoescape=True)


def _paginatekst() -> str:
    return vertaal("Pagina") + ' " counter(page) " ' + vertaal("van") + ' " counter(pages)'


@cache
def lettertype_css() -> str:
    """`@font-face` met het lettertype als data-adres: een document hangt niet af van wat er op de server staat."""
    regels = []
    for gewicht in (400, 700):
        letter = base64.b64encode(middelen.inhoud(f"document-{gewicht}.woff2")).decode()
        regels.append(
            f'@font-face{{font-family:"Source Sans 3";font-weight:{gewicht};src:url(data:font/woff2;base64,{letter})}}'
        )
    return "".join(regels)


def _css(kleur: str, paginatekst: str) -> str:
    if not (len(kleur) == len("#rrggbb") and kleur[0] == "#" and kleur[1:].isalnum()):
        raise ValueError(f"geen kleur: {kleur!r}")
    return lettertype_css() + _CSS.replace("KLEUR", kleur).replace("PAGINATEKST", paginatekst)


_CSS: Final = """
@page { size: A4; margin: 22mm 20mm 24mm; @bottom-right { content: "PAGINATEKST; font: 9pt "Source Sans 3"; color: #444 } }
html { font: 10.5pt/1.45 "Source Sans 3", sans-serif; color: #1b2733 }
body { margin: 0 }
header { border-bottom: 2pt solid KLEUR; margin-bottom: 10mm; padding-bottom: 3mm }
.organisatie { margin: 0; font-weight: 700; font-size: 13pt; color: KLEUR }
h1 { font-size: 20pt; line-height: 1.2; margin: 0 0 5mm; color: #12303b }
h2 { font-size: 13.5pt; margin: 8mm 0 2mm; color: #12303b; break-after: avoid }
h3 { font-size: 11.5pt; margin: 5mm 0 1mm; break-after: avoid }
dl { margin: 0; border-top: .5pt solid #c5ced4 }
dl > div { display: flex; gap: 6mm; padding: 1.6mm 0; border-bottom: .5pt solid #c5ced4; break-inside: avoid }
dt { width: 38%; font-weight: 700; flex: none }
dd { margin: 0; flex: 1; white-space: pre-line; overflow-wrap: anywhere }
.kenmerken { background: #f3f6f7; border: 0; padding: 2mm 4mm }
.kenmerken > div { border: 0; padding: .8mm 0 }
"""
