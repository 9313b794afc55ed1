"""Een DMN-bestand (1.1 tot en met 1.5) lezen, gehard: geen DOCTYPE, geen entiteiten, hoogstens 1 MB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dmn.dozen import Doos, Functiedoos, Variabele
from dmn.elementen import Beslissing, Definities, Dienst, Element, Import, Invoer, Itemdefinitie, Kennismodel
from dmn.fouten import fout
from dmn.herkomst_lezen import lees_herkomst
from dmn.lezen_dozen import lees_doos, lees_functie
from dmn.xml import kind, kinderen, letterlijk, naam_van, tekst_van, type_van

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 1_000_000
VERSIES = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
    "https://www.omg.org/spec/DMN/20240513/MODEL/": "1.6",
}
_EISEN = {"requiredInput", "requiredDecision", "requiredKnowledge"}


def lees_xml(xml: bytes, *, grens: int = MAX_BYTES) -> _Element:
    """De wortel van een veilig gelezen document van hoogstens `grens` bytes; werpt DmnFout."""
    from lxml import etree  # noqa: PLC0415 - lxml kost tijd bij het importeren en is alleen hier nodig

    if len(xml) > grens:
        raise fout("xml.groot", "Een model is hoogstens 1 MB", "A model is at most 1 MB")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        wortel = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as oorzaak:
        raise fout("xml.vorm", f"Dit is geen goed XML: {oorzaak}", f"This is not well-formed XML: {oorzaak}") from None
    if _doctype(wortel) or b"<!DOCTYPE" in xml:
        raise fout("xml.doctype", "Een DOCTYPE of entiteit mag niet", "A DOCTYPE or entity is not allowed")
    return wortel


def _doctype(wortel: _Element) -> str:
    info: Any = wortel.getroottree().docinfo
    return str(info.doctype or "")


def lees_definities(wortel: _Element) -> Definities:
    """De elementen van een gelezen document."""
    from lxml import etree  # noqa: PLC0415 - zie lees_xml

    naam = etree.QName(wortel)
    versie = VERSIES.get(naam.namespace or "")
    if naam.localname != "definitions" or versie is None:
        raise fout("dmn.vorm", "Dit is geen DMN 1.1 tot en met 1.5", "This is not DMN 1.1 up to 1.5")
    elementen = [element for deel in wortel if (element := _element(deel)) is not None]
    return Definities(
        naam=wortel.get("name", ""),
        naamruimte=wortel.get("namespace", ""),
        versie=versie,
        imports=tuple(
            Import(deel.get("name", ""), deel.get("namespace", ""), deel.get("importType", ""))
            for deel in kinderen(wortel, "import")
        ),
        soorten=tuple(_item(deel) for deel in kinderen(wortel, "itemDefinition")),
        elementen=tuple(elementen),
        herkomst=lees_herkomst(wortel),
    )


def _item(knoop: _Element) -> Itemdefinitie:
    functie = kind(knoop, "functionItem")
    return Itemdefinitie(
        naam=naam_van(knoop),
        type=tekst_van(knoop, "typeRef").split(":")[-1],
        lijst=knoop.get("isCollection") == "true",
        toegestaan=letterlijk(kind(knoop, "allowedValues")),
        beperking=letterlijk(kind(knoop, "typeConstraint")),
        delen=tuple(_item(deel) for deel in kinderen(knoop, "itemComponent")),
        functie=None
        if functie is None
        else (
            tuple(Variabele(naam_van(p), type_van(p)) for p in kinderen(functie, "parameters")),
            functie.get("outputTypeRef", ""),
        ),
    )


def _eisen(knoop: _Element) -> tuple[str, ...]:
    return tuple(
        verwijzing.get("href", "")
        for eis in knoop
        for verwijzing in eis
        if str(eis.tag).endswith("Requirement") and str(verwijzing.tag).split("}")[-1] in _EISEN
    )


def _element(knoop: _Element) -> Element | None:
    soort = str(knoop.tag).split("}")[-1]
    naam = naam_van(knoop)
    variabele = kind(knoop, "variable")
    var = Variabele(naam_van(variabele) or naam, type_van(variabele)) if variabele is not None else Variabele(naam)
    basis: dict[str, Any] = {
        "id": knoop.get("id", ""),
        "naam": naam,
        "variabele": var,
        "omschrijving": tekst_van(knoop, "description"),
        "vraag": tekst_van(knoop, "question"),
        "eisen": _eisen(knoop),
    }
    herkomst = lees_herkomst(knoop)
    match soort:
        case "inputData":
            return Invoer(**basis, herkomst=herkomst)
        case "decision":
            return Beslissing(**basis, herkomst=herkomst, logica=_logica(knoop))
        case "businessKnowledgeModel":
            logica = kind(knoop, "encapsulatedLogic")
            return Kennismodel(**basis, herkomst=herkomst, functie=_kennis(logica))
        case "decisionService":
            return _dienst(knoop, basis)
    return None


def _logica(knoop: _Element) -> Doos | None:
    for deel in knoop:
        doos = lees_doos(deel)
        if doos is not None:
            return doos
    return None


def _kennis(knoop: _Element | None) -> Functiedoos | None:
    return lees_functie(knoop) if knoop is not None else None


def _dienst(knoop: _Element, basis: dict[str, Any]) -> Dienst:
    def hrefs(soort: str) -> tuple[str, ...]:
        return tuple(deel.get("href", "") for deel in kinderen(knoop, soort))

    return Dienst(
        **basis,
        uitvoer=hrefs("outputDecision"),
        ingesloten=hrefs("encapsulatedDecision"),
        invoerbeslissingen=hrefs("inputDecision"),
        invoergegevens=hrefs("inputData"),
    )
