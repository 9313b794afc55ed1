"""Een ODT- of DOCX-sjabloon lezen, nakijken en invullen. python-docx en odfdo kennen de bestanden; de uitdrukkingen zijn van ons."""

import binascii
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any, Final, Literal

from lxml import etree

from formuliermotor.kantoor.boom import DOCX, MARKERING, ODT, Vorm, als_feel, eenheden, tekst_van, vul_boom
from formuliermotor.sjablonen.controle import Nakijker, Probleem, bekende_velden, controleer
from formuliermotor.sjablonen.uitdrukkingen import ELK, Omgeving

Soort = Literal["odt", "docx"]
MEDIATYPEN: Final[Mapping[str, str]] = {
    "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
GROOTSTE: Final = 1 << 20
GROOTSTE_UITGEPAKT: Final = 20 << 20
MEESTE_DELEN: Final = 500
ACTIEF: Final = ("vbaproject", "vbadata", "activex", "basic/", "scripts/", "embeddings/", "object ", ".bin", "dialogs/")
EIGEN_XML: Final = {
    "odt": ("content.xml", "styles.xml"),
    "docx": ("word/document.xml", "word/header", "word/footer", "word/footnotes", "word/endnotes"),
}
VELDCODES: Final = ("INCLUDETEXT", "INCLUDEPICTURE", "DDE", "LINK", "IMPORT", "DATABASE", "MACROBUTTON")
ADRESVELDEN: Final = frozenset({"naam", "adres"})
"""Wie de brief krijgt: in een bestand staan naam en adres in de tekst zelf."""
XLINK: Final = "{http://www.w3.org/1999/xlink}href"
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIE: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
ACTIEVE_ELEMENTEN: Final = ("script", "event-listener", "dde-source", "dde-connection-decl", "form", "applet", "plugin")


ONLEESBAAR: Final = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)
"""Wat zipfile zegt bij een bestand dat kapot of versleuteld is, of anders is ingepakt dan het zelf zegt."""


def soort_van(inhoud: bytes) -> Soort | None:
    """`odt` of `docx`, aan de inhoud te zien; anders None."""
    try:
        with zipfile.ZipFile(BytesIO(inhoud)) as pak:
            namen = set(pak.namelist())
            if "word/document.xml" in namen:
                return "docx"
            odt = "mimetype" in namen and pak.getinfo("mimetype").file_size < GROOTSTE
            return "odt" if odt and pak.read("mimetype").decode("ascii", "replace") == MEDIATYPEN["odt"] else None
    except ONLEESBAAR:
        return None


def controleer_bestand(inhoud: bytes, sjabloon: Mapping[str, Any]) -> list[Probleem]:
    """Alle problemen van een bestand als sjabloon; leeg als het gebruikt kan worden."""
    soort = soort_van(inhoud)
    if soort is None:
        return [_probleem("dit is geen ODT- of DOCX-bestand", "this is not an ODT or DOCX file")]
    if te_groot := _te_groot(inhoud):
        return [te_groot]
    with zipfile.ZipFile(BytesIO(inhoud)) as pak:
        if not _heel(pak):
            return [_probleem("het bestand is kapot of versleuteld", "the file is damaged or encrypted")]
        problemen = [*_actief(pak), *_verwijzingen(pak)]
        return problemen or list(_uitdrukkingen(pak, soort, sjabloon))


def controleer_sjabloon(sjabloon: Mapping[str, Any]) -> list[Probleem]:
    """Alle problemen van een sjabloon zoals het bewaard wordt: de tekst, en het bestand als het er een heeft."""
    inhoud = bestand_van(sjabloon)
    return [*controleer(sjabloon), *(controleer_bestand(inhoud, sjabloon) if inhoud is not None else ())]


def bestand_van(sjabloon: Mapping[str, Any]) -> bytes | None:
    """De inhoud van het bestand van een sjabloon (`{"bestand": {"naam": …, "inhoud": base64}}`), of None."""
    bestand = sjabloon.get("bestand")
    try:
        return b64decode(bestand["inhoud"], validate=True) if bestand else None
    except binascii.Error:
        return b""


def _probleem(nl: str, en: str) -> Probleem:
    return Probleem("nl", "bestand", 0, nl, en)


def _te_groot(inhoud: bytes) -> Probleem | None:
    with zipfile.ZipFile(BytesIO(inhoud)) as pak:
        delen = pak.infolist()
    if (
        len(inhoud) > GROOTSTE
        or len(delen) > MEESTE_DELEN
        or sum(deel.file_size for deel in delen) > GROOTSTE_UITGEPAKT
    ):
        return _probleem("het bestand is te groot (hoogstens 1 MB)", "the file is too large (1 MB at most)")
    return None


def _heel(pak: zipfile.ZipFile) -> bool:
    try:
        return pak.testzip() is None
    except ONLEESBAAR:
        return False


def _actief(pak: zipfile.ZipFile) -> Iterator[Probleem]:
    """Macro's, scripts en ingebedde objecten."""
    for naam in pak.namelist():
        if any(deel in naam.lower() for deel in ACTIEF):
            yield _probleem(
                f"macro's en ingebedde objecten mogen niet: {naam}",
                f"macros and embedded objects are not allowed: {naam}",
            )
    if "[Content_Types].xml" in pak.namelist() and b"macroEnabled" in pak.read("[Content_Types].xml"):
        yield _probleem("een bestand met macro's mag niet", "a file with macros is not allowed")


def _verwijzingen(pak: zipfile.ZipFile) -> Iterator[Probleem]:
    """Wat van buiten het bestand komt; een gewone link mag."""
    for naam in pak.namelist():
        if not naam.endswith((".xml", ".rels")) or not pak.getinfo(naam).file_size:
            continue
        boom = _lees_xml(pak.read(naam))
        if boom is None:
            yield _probleem(f"{naam} is geen veilige XML", f"{naam} is not safe XML")
            continue
        for element in boom.iter():
            if isinstance(element.tag, str):
                yield from _verwijzing(naam, element)


def _lees_xml(inhoud: bytes) -> etree._Element | None:
    """De XML, of None als zij niet deugt of een DTD heeft (of in UTF-16 is, waar een DTD zich in verstopt)."""
    if b"<!DOCTYPE" in inhoud or b"\0" in inhoud:
        return None
    try:
        return etree.fromstring(inhoud, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError:
        return None


def _verwijzing(naam: str, element: etree._Element) -> Iterator[Probleem]:
    soort = etree.QName(element).localname
    extern = element.tag == RELATIE and element.get("TargetMode") == "External"
    doel = str(element.get("Target") if extern else element.get(XLINK) or "")
    if (extern and not str(element.get("Type")).endswith("/hyperlink")) or (
        doel and not extern and soort != "a" and (":" in doel or doel.startswith(("/", "..")))
    ):
        yield _naar_buiten(naam, doel)
    elif soort in ACTIEVE_ELEMENTEN:
        yield _probleem(
            f"<{soort}> mag niet in een sjabloon ({naam})", f"<{soort}> is not allowed in a template ({naam})"
        )
    code = (
        f"{element.text or ''} {element.get(W + 'instr') or ''}".upper() if soort in ("instrText", "fldSimple") else ""
    )
    if any(veldcode in code.split() or veldcode + "AUTO" in code.split() for veldcode in VELDCODES):
        yield _naar_buiten(naam, code.strip())


def _naar_buiten(naam: str, doel: str) -> Probleem:
    return _probleem(f"{naam} verwijst naar buiten: {doel[:80]}", f"{naam} refers to something outside: {doel[:80]}")


def _uitdrukkingen(pak: zipfile.ZipFile, soort: Soort, sjabloon: Mapping[str, Any]) -> Iterator[Probleem]:
    vorm: Vorm = DOCX if soort == "docx" else ODT
    bekend = bekende_velden(sjabloon)
    if bekend is not None:
        bekend |= ADRESVELDEN
    for naam in pak.namelist():
        boom = _lees_xml(pak.read(naam)) if naam.endswith(".xml") and naam.startswith(EIGEN_XML[soort]) else None
        if boom is not None:
            nummers = {alinea: nr for nr, alinea in enumerate(eenheden(boom, vorm), 1)}
            yield from _nagekeken(boom, Nakijker("nl", bekend, _waar(naam)), vorm, frozenset(), nummers)


def _waar(naam: str) -> str:
    """Waar in het bestand: de tekst zelf, of wat op elke bladzijde staat."""
    return "bestand" if naam in ("content.xml", "word/document.xml") else "bestand, kop- of voettekst"


def _nagekeken(
    boom: etree._Element, nakijker: Nakijker, vorm: Vorm, eigen: frozenset[str], nummers: Mapping[etree._Element, int]
) -> Iterator[Probleem]:
    for kind in boom:
        namen = eigen
        if kind.tag in vorm.alineas | vorm.eenheden:
            eerste = kind if kind.tag in vorm.alineas else next(eenheden(kind, vorm), None)
            gevonden = MARKERING.match(tekst_van(eerste, vorm)) if eerste is not None else None
            if gevonden and (lus := ELK.fullmatch(als_feel(gevonden[2]))) and gevonden[1] == "elk":
                namen = eigen | {lus[1]}
        if kind.tag in vorm.alineas:
            yield from (replace(p, regel=nummers.get(kind, 0)) for p in _alinea(tekst_van(kind, vorm), nakijker, namen))
        if isinstance(kind.tag, str):
            yield from _nagekeken(kind, nakijker, vorm, namen, nummers)


def _alinea(tekst: str, nakijker: Nakijker, eigen: frozenset[str]) -> Iterator[Probleem]:
    tekst = als_feel(tekst)
    if gevonden := MARKERING.match(tekst):
        lus = ELK.fullmatch(gevonden[2]) if gevonden[1] == "elk" else None
        if gevonden[1] == "elk" and lus is None:
            yield _probleem(
                f"{gevonden[0]}: schrijf dit als: elk naam in lijst", f"{gevonden[0]}: write this as: elk name in list"
            )
        else:
            yield from nakijker.uitdrukking(0, lus[2] if lus else gevonden[2], eigen - {lus[1]} if lus else eigen)
        tekst = tekst[gevonden.end() :]
    if "[[" in tekst or "]]" in tekst:
        yield _probleem(
            f"[[ … ]] hoort aan het begin van een alinea: {tekst[:60]}",
            f"[[ … ]] belongs at the start of a paragraph: {tekst[:60]}",
        )
    if "{%" in tekst or "%}" in tekst:
        yield _probleem(
            "{% … %} is hier geen opdracht; gebruik [[als …]] of [[elk …]]",
            "{% … %} is not a command here; use [[als …]] or [[elk …]]",
        )
    yield from nakijker.tekst(nakijker.veld, 0, tekst, eigen)


def tekst_uit(inhoud: bytes) -> list[str]:
    """De alinea's van de hoofdtekst die niet leeg zijn, zonder opmaak."""
    soort = soort_van(inhoud)
    if soort is None:
        return []
    vorm: Vorm = DOCX if soort == "docx" else ODT
    with zipfile.ZipFile(BytesIO(inhoud)) as pak:
        boom = _lees_xml(pak.read("word/document.xml" if soort == "docx" else "content.xml"))
    teksten = [tekst_van(alinea, vorm).strip() for alinea in eenheden(boom, vorm)] if boom is not None else []
    return [tekst for tekst in teksten if tekst]


def vul_bestand(inhoud: bytes, omgeving: Omgeving) -> bytes:
    """Het ingevulde bestand. `SjabloonFout` bij een veld dat er niet is; kijk het bestand eerst na met `controleer_bestand`."""
    return _vul_docx(inhoud, omgeving) if soort_van(inhoud) == "docx" else _vul_odt(inhoud, omgeving)


def _vul_docx(inhoud: bytes, omgeving: Omgeving) -> bytes:
    from docx import Document  # noqa: PLC0415 - alleen een worker maakt documenten

    document = Document(BytesIO(inhoud))
    for deel in document.part.package.iter_parts():
        if not str(deel.partname).removeprefix("/").startswith(EIGEN_XML["docx"]):
            continue
        if hasattr(deel, "element"):
            vul_boom(deel.element, omgeving, DOCX)
        elif (boom := _lees_xml(deel.blob)) is not None:  # voetnoten kent python-docx alleen als bytes
            vul_boom(boom, omgeving, DOCX)
            deel._blob = etree.tostring(boom, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001  # er is geen andere weg
    uit = BytesIO()
    document.save(uit)
    return uit.getvalue()


def _vul_odt(inhoud: bytes, omgeving: Omgeving) -> bytes:
    from odfdo import Document  # noqa: PLC0415 - alleen een worker maakt documenten

    document = Document(BytesIO(inhoud))
    for naam in EIGEN_XML["odt"]:
        boom = _lees_xml(document.container.get_part(naam))
        if boom is not None:
            vul_boom(boom, omgeving, ODT)
            document.container.set_part(naam, etree.tostring(boom, xml_declaration=True, encoding="UTF-8"))
    uit = BytesIO()
    document.container.save(uit)
    return uit.getvalue()
