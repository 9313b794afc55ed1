"""
Een inzending als PDF/A-3a: getagd (voor schermlezers), zelfstandig (lettertype erin) en steeds hetzelfde bij dezelfde invoer.

WeasyPrint mag niets ophalen: geen netwerk, geen bestanden, alleen de eigen middelen van de gemeente. Een pagina kost zo'n 50 ms; doe het in een worker.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import product
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, Literal

from jinja2 import Environment, PackageLoader

from formuliermotor.middelen import Middelen, MiddelFout, ophaler_voor
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
    """De huisstijl van een document: de afzender, haar kleur (#rrggbb), de map met haar eigen middelen, en wat daaruit gebruikt wordt.

    `logo` en `lettertype` zijn namen in die map; `versie` is die van de opmaak in de inrichting (0: de huisstijl zelf).
    """

    organisatie: str
    kleur: str = "#0d5268"
    middelen: Path | None = None
    logo: str = ""
    lettertype: str = ""
    antwoordadres: str = ""
    voettekst: str = ""
    adres_rechts: bool = False
    versie: int = 0


@dataclass(frozen=True)
class Ingesloten:
    """Een bestand dat in de PDF meereist. `verband` is Data (waaruit het document gemaakt is) of Supplement (een bijlage)."""

    naam: str
    inhoud: bytes
    uitleg: str
    moment: datetime = TIJDLOOS
    verband: Literal["Data", "Supplement"] = "Data"


def maak_pdf(
    titel: str,
    secties: Sequence[Sectie],
    kenmerken: Iterable[tuple[str, str]] = (),
    taal: str = "nl",
    huisstijl: Pdfstijl | None = None,
    *,
    inleiding: str = "",
    moment: datetime = TIJDLOOS,
    ingesloten: Sequence[Ingesloten] = (),
) -> bytes:
    """De PDF. `kenmerken` staan bovenaan (verzoeknummer, ontvangen op); `moment` komt in de metadata van het document."""
    stijl = huisstijl or Pdfstijl("")
    with in_taal(taal):
        html = _sjablonen().get_template("document.html").render(
            titel=titel, secties=secties, kenmerken=tuple(kenmerken), taal=taal, stijl=stijl, inleiding=inleiding,
            moment=moment.isoformat(), leeg=vertaal("niet ingevuld"), css=_css(stijl.kleur, _paginatekst()),
        )  # fmt: skip
    return schrijf_pdf(html, ingesloten=ingesloten)


@cache
def warm_op() -> Thread:
    """Laad lettertypen en bibliotheken op de achtergrond, één keer per proces: het eerste document kost anders seconden."""
    draad = Thread(target=maak_pdf, args=("", ()), name="pdf-opwarmen", daemon=True)
    draad.start()
    return draad


class Stijlblad:
    """CSS met lettertypen, één keer gelezen voor alle documenten van een proces. Maak er één per huisstijl en bewaar haar."""

    def __init__(self, css: str, middelen: Middelen | None = None) -> None:
        from weasyprint import CSS  # noqa: PLC0415 - zie schrijf_pdf
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - zie schrijf_pdf

        self.lettertypen = FontConfiguration()
        self.ophaler = ophaler_voor(middelen)
        self.css = CSS(string=css, font_config=self.lettertypen, url_fetcher=self.ophaler)


def schrijf_pdf(html: str, stijlblad: Stijlblad | None = None, ingesloten: Sequence[Ingesloten] = ()) -> bytes:
    """HTML -> PDF/A-3a. Ook voor brieven; dezelfde HTML en bijlagen geven dezelfde bytes.

    Er wordt niets opgehaald buiten `data:` en de eigen middelen van het stijlblad: `MiddelFout` bij een ander adres.
    """
    from weasyprint import HTML, Attachment  # noqa: PLC0415 - kost 0,5 s en 30 MB; alleen een worker maakt documenten
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415 - zie hierboven

    bijlagen = [
        Attachment(
            file_obj=BytesIO(deel.inhoud), name=deel.naam, description=deel.uitleg,
            created=deel.moment, modified=deel.moment, relationship=deel.verband,
        )
        for deel in ingesloten
    ]  # fmt: skip
    kenmerk = hashlib.sha256(b"\0".join([html.encode(), *(deel.inhoud for deel in ingesloten)])).digest()[:16]
    ophaler = stijlblad.ophaler if stijlblad else ophaler_voor(None)
    try:
        inhoud: bytes = HTML(string=html, url_fetcher=ophaler).write_pdf(
            pdf_variant=VARIANT, pdf_identifier=kenmerk, output_intent=PROFIEL, color_profiles={PROFIEL: _kleurprofiel()},
            stylesheets=[stijlblad.css] if stijlblad else None, font_config=stijlblad.lettertypen if stijlblad else None,
            attachments=bijlagen or None, finisher=_elk_verband_eens,
        )  # fmt: skip
    except FatalURLFetchingError as fout:  # geen Exception: anders gaat WeasyPrint zonder dit middel verder
        raise MiddelFout(str(fout)) from None
    return inhoud


def _elk_verband_eens(_document: object, pdf: Any) -> None:
    """WeasyPrint noemt elk ingesloten bestand twee keer bij het document; één keer is genoeg."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def gebundelde_bijlagen(pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """Naam en inhoud van de bijlagen die in een PDF meereizen; niet de gegevens waaruit hij gemaakt is. Leeg als het geen PDF is."""
    from pypdf import PdfReader  # noqa: PLC0415 - alleen een worker heeft dit nodig
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - idem

    try:
        verwijzingen: Any = PdfReader(BytesIO(pdf)).root_object.get("/AF") or ()
        for verwijzing in verwijzingen:
            deel = verwijzing.get_object()
            if deel.get("/AFRelationship") == "/Supplement":
                yield str(deel["/UF"]), deel["/EF"]["/F"].get_object().get_data()
    except PyPdfError:
        return


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
    """`@font-face` met het lettertype als data-adres: een document hangt niet af van wat er op de server staat.

    Ook de letters buiten het West-Europese deel, voor namen als Şahin en Wałęsa.
    """
    regels = []
    for naam, gewicht in product(("document", "document-ext"), (400, 700)):
        letter = base64.b64encode(middelen.inhoud(f"{naam}-{gewicht}.woff2")).decode()
        regels.append(
            f'@font-face{{font-family:"Source Sans 3";font-weight:{gewicht};src:url(data:font/woff2;base64,{letter})}}'
        )
    return "".join(regels)


def _css(kleur: str, paginatekst: str) -> str:
    return lettertype_css() + _CSS.replace("KLEUR", eis_kleur(kleur)).replace("PAGINATEKST", paginatekst)


def eis_kleur(kleur: str) -> str:
    """Dezelfde kleur, of `ValueError` als het geen #rrggbb is."""
    if not (len(kleur) == len("#rrggbb") and kleur[0] == "#" and kleur[1:].isalnum()):
        raise ValueError(f"geen kleur: {kleur!r}")
    return kleur


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
dl > .lang { display: block; break-inside: auto }
.lang > dt { float: left }
.lang > dd { margin-left: calc(38% + 6mm) }
.kenmerken { background: #f3f6f7; border: 0; padding: 2mm 4mm }
.kenmerken > div { border: 0; padding: .8mm 0 }
"""
