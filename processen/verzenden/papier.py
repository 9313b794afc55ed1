"""De tekst van een bericht als brief: voor wie het op papier krijgt en er geen brief bij zit die het zelf zegt, of die een ander adres heeft."""

from io import BytesIO

from formuliermotor.brief import Brief, maak_brief
from formuliermotor.briefopmaak import briefstijl
from integratie.documenten import DocumentenClient
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from processen.verzenden.post import Post

NAMENS = "processen"
PDF = "application/pdf"
WOORDEN = {"nl": ("Zaaknummer", "Datum"), "en": ("Case number", "Date")}


def begeleidende_brief(installatie: Installatie, post: Post) -> bytes:
    """De brief als PDF; leeg als het eerste document zelf de brief is (een besluit bijvoorbeeld), met het adres van nu.

    Verhuisde iemand nadat de brief gemaakt was, of staat er geen adres op, dan komt dit adres in het venster van de envelop.
    """
    if post.documenten and not post.rij["ontvangst"] and _staat_het_adres_erop(installatie, post):
        return b""
    wie, moment = post.geadresseerde, post.rij["aangemaakt"]
    nummer, datum = WOORDEN[post.voorkeur.taal]
    kenmerken = [(nummer, post.zaak.identificatie), (datum, f"{moment.astimezone(NEDERLAND):%d-%m-%Y}")]
    adres = [regel for regel in (wie.naam, *wie.adresregels) if regel]
    stijl = briefstijl(installatie, namens=NAMENS)
    return maak_brief(Brief(post.gevuld, adres, kenmerken, post.voorkeur.taal, moment), stijl)


def _staat_het_adres_erop(installatie: Installatie, post: Post) -> bool:
    """Staat elke regel van het adres op de eerste bladzijde van het eerste document?"""
    document = post.documenten[0]
    if document.formaat != PDF:
        return False
    tekst = _eerste_bladzijde(b"".join(DocumentenClient(installatie, namens="verzenden").inhoud(document)))
    return all(_dicht(regel) in tekst for regel in post.geadresseerde.adresregels)


def _eerste_bladzijde(pdf: bytes) -> str:
    from pypdf import PdfReader  # noqa: PLC0415 - alleen een worker heeft dit nodig
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - idem

    try:
        return _dicht(PdfReader(BytesIO(pdf)).pages[0].extract_text())
    except (PyPdfError, IndexError):
        return ""


def _dicht(tekst: str) -> str:
    """Zonder wit: hoe een PDF regels en spaties opschrijft doet er niet toe."""
    return "".join(tekst.split()).casefold()
