"""Kleine modellen voor de tests, als tekst opgebouwd."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

import dmn

KOP = "https://www.omg.org/spec/DMN/20230324/MODEL/"
EIGEN = dmn.NAAMRUIMTE


def invoer(naam: str, soort: str = "Any") -> str:
    return f"<inputData name={quoteattr(naam)} id={quoteattr(naam)}><variable name={quoteattr(naam)} typeRef='{soort}'/></inputData>"


def eisen(*namen: str) -> str:
    soorten = {"i": "informationRequirement/requiredInput", "d": "informationRequirement/requiredDecision"}
    soorten["k"] = "knowledgeRequirement/requiredKnowledge"
    delen = []
    for naam in namen:
        soort, _, id_ = naam.partition(":")
        buiten, binnen = soorten[soort].split("/")
        delen.append(f"<{buiten}><{binnen} href={quoteattr('#' + id_)}/></{buiten}>")
    return "".join(delen)


def letterlijk(tekst: str) -> str:
    return f"<literalExpression><text>{escape(tekst)}</text></literalExpression>"


def beslissing(naam: str, logica: str, *nodig: str, soort: str = "", extra: str = "") -> str:
    type_ = f" typeRef={quoteattr(soort)}" if soort else ""
    variabele = f"<variable name={quoteattr(naam)}{type_}/>"
    return f"<decision name={quoteattr(naam)} id={quoteattr(naam)}>{extra}{variabele}{eisen(*nodig)}{logica}</decision>"


def bkm(naam: str, parameters: Iterable[str], logica: str, *nodig: str) -> str:
    delen = "".join(f"<formalParameter name={quoteattr(p)}/>" for p in parameters)
    return (
        f"<businessKnowledgeModel name={quoteattr(naam)} id={quoteattr(naam)}><variable name={quoteattr(naam)}/>"
        f"<encapsulatedLogic>{delen}{logica}</encapsulatedLogic>{eisen(*nodig)}</businessKnowledgeModel>"
    )


def tabel(
    kolommen: list[tuple[str, str]],
    regels: list[tuple[list[str], list[str]]],
    *,
    beleid: str = "UNIQUE",
    uit: str = "<output/>",
    extra: str = "",
    per_regel: Iterable[str] = (),
) -> str:
    koppen = "".join(
        f"<input label={quoteattr(naam)}><inputExpression typeRef='{soort}'><text>{escape(naam)}</text></inputExpression></input>"
        for naam, soort in kolommen
    )
    staart = [*per_regel, *[""] * len(regels)]
    rijen = "".join(
        "<rule>"
        + staart[nummer].split("|")[0]
        + "".join(f"<inputEntry><text>{escape(cel)}</text></inputEntry>" for cel in cellen)
        + "".join(f"<outputEntry><text>{escape(cel)}</text></outputEntry>" for cel in uitvoer)
        + "".join(staart[nummer].split("|")[1:])
        + "</rule>"
        for nummer, (cellen, uitvoer) in enumerate(regels)
    )
    soort, _, aggregatie = beleid.partition(" ") if beleid.startswith("COLLECT") else (beleid, "", "")
    meer = f" aggregation={aggregatie!r}" if aggregatie else ""
    return f"<decisionTable hitPolicy={soort!r}{meer}>{extra}{koppen}{uit}{rijen}</decisionTable>"


def bestand(*delen: str, naam: str = "test", extra: str = "", ruimte: str = "urn:test") -> bytes:
    kop = f"xmlns={KOP!r} xmlns:d={EIGEN!r} name={quoteattr(naam)} namespace={quoteattr(ruimte)}"
    return f"<definitions {kop}>{extra}{''.join(delen)}</definitions>".encode()


def model(*delen: str, **opties: str) -> dmn.Model:
    return dmn.lees(bestand(*delen, **opties))


def vindplaats(wet: str, artikel: str, van: str = "", tot: str = "", overgang: str = "") -> str:
    geldig = f"<d:geldig van='{van}' tot='{tot}'/>" if van or tot else ""
    recht = f"<d:overgangsrecht>{overgang}</d:overgangsrecht>" if overgang else ""
    return f"<extensionElements><d:vindplaats wet={quoteattr(wet)} artikel='{artikel}'/>{geldig}{recht}</extensionElements>"
