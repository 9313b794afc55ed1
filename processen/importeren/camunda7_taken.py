"""De taken van Camunda 7: voor mensen, diensten, beslissingen, scripts en aanroepen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from processen.importeren import gzac
from processen.importeren.juel import NietTeVertalen, is_expressie
from processen.importeren.knopen import (
    BPMN,
    ZEEBE,
    haal_attribuut,
    haal_weg,
    uitbreidingen,
    voeg_toe,
    vreemde_attributen,
    vreemde_kinderen,
    zet,
)

if TYPE_CHECKING:
    from processen.importeren.camunda7 import Overzetter

Doe = Callable[["Overzetter", Any], None]
TOEWIJZING = {
    "assignee": ("assignmentDefinition", "assignee"), "candidateGroups": ("assignmentDefinition", "candidateGroups"),
    "dueDate": ("taskSchedule", "dueDate"), "followUpDate": ("taskSchedule", "followUpDate"), "priority": ("priorityDefinition", "priority"),
}  # fmt: skip


def gebruikerstaak(o: "Overzetter", knoop: Any) -> None:
    """Wie, wanneer en met welk formulier."""
    for naam, (element, veld) in TOEWIJZING.items():
        if waarde := vreemde_attributen(knoop).get(naam):
            nieuw = o.feel(knoop, waarde, naam)
            if nieuw is not None:
                haal_attribuut(knoop, naam)
                zet(knoop, element, **{veld: nieuw})
                o.meld("vertaald", knoop, f"{naam} {waarde} is overgezet.")
    formulier(o, knoop)


def formulier(o: "Overzetter", knoop: Any) -> None:
    """De sleutel van het formulier; van een formulierbestand de naam ervan."""
    sleutel = haal_attribuut(knoop, "formKey") or haal_attribuut(knoop, "formRef")
    haal_attribuut(knoop, "formRefBinding")
    if not sleutel:
        return
    naam = sleutel.rpartition("/")[2].rpartition(":")[2].removesuffix(".html").removesuffix(".form")
    zet(knoop, "formDefinition", formKey=naam)
    o.meld(
        "zelf doen",
        knoop,
        f"Het formulier {sleutel} heet nu {naam}." if sleutel != naam else f"Deze taak vraagt formulier {naam}.",
        "Maak of importeer een formulier met deze sleutel, als het er nog niet is.",
    )


def start(o: "Overzetter", knoop: Any) -> None:
    """Een formulier aan het begin is hier dat van het verzoek."""
    if sleutel := haal_attribuut(knoop, "formKey"):
        o.meld(
            "zelf doen",
            knoop,
            f"Het startformulier {sleutel} vervalt.",
            "Noem het verzoektype met zijn formulier in pakket.toml ([[starts]]).",
        )


def dienst(o: "Overzetter", knoop: Any) -> None:
    """Een externe taak, Java of een expressie wordt een bouwblok; een expressie die alleen rekent een FEEL-script."""
    attributen = vreemde_attributen(knoop)
    if attributen.get("type") == "external" and attributen.get("topic"):
        _bouwblok(o, knoop, haal_attribuut(knoop, "topic"), "Het onderwerp")
        haal_attribuut(knoop, "type")
    elif expressie := attributen.get("expression"):
        _expressie(o, knoop, expressie, attributen.get("resultVariable", ""))
    elif naam := attributen.get("delegateExpression") or attributen.get("class"):
        haal_attribuut(knoop, "delegateExpression" if "delegateExpression" in attributen else "class")
        _bouwblok(o, knoop, naam.strip("${}# ").rpartition(".")[2], "De klasse of bean")
    _velden(o, knoop)


def _bouwblok(o: "Overzetter", knoop: Any, naam: str, wat: str) -> None:
    zet(knoop, "taskDefinition", type=naam)
    o.meld("vertaald", knoop, f"{wat} {naam} is nu het bouwblok {naam}.")
    o.meld(
        "zelf doen",
        knoop,
        f"Het bouwblok {naam} hoort bij dit model.",
        "Kies een bestaand bouwblok, of maak er een (docs/bouwblok-maken.md).",
    )


def _expressie(o: "Overzetter", knoop: Any, expressie: str, resultaat: str) -> None:
    try:
        gezet = gzac.toekenning(expressie)
        doel, waarde = gezet or (resultaat, expressie)
        vertaald, velden = gzac.vertaal(waarde)
    except NietTeVertalen as fout:
        haal_attribuut(knoop, "expression")
        haal_attribuut(knoop, "resultVariable")
        o.meld("zelf doen", knoop, f"De expressie {expressie} is niet te vertalen: {fout}.", gzac.remedie(expressie))
        o.veranderd = True
        return
    haal_attribuut(knoop, "expression")
    haal_attribuut(knoop, "resultVariable")
    knoop.tag = f"{BPMN}scriptTask"
    zet(knoop, "script", expression=f"={vertaald}", resultVariable=doel or "resultaat")
    o.meld("vertaald", knoop, f"De expressie {expressie} is nu een script: {doel or 'resultaat'} = {vertaald}.")
    for veld, variabele in velden.items():
        wat = f"Het dossierveld {veld} is hier de procesvariabele {variabele}."
        o.meld("zelf doen", knoop, wat, "Lees haar uit het verzoek met het bouwblok verzoeken.gegevens.")


def _velden(o: "Overzetter", knoop: Any) -> None:
    """Ingevulde velden van een klasse worden instellingen van het bouwblok."""
    for kind in list(vreemde_kinderen(knoop, "field")):
        waarde = kind.get("stringValue") or "".join(kind.itertext()).strip() or kind.get("expression", "")
        voeg_toe(knoop, "taskHeaders", "header", key=kind.get("name", ""), value=waarde)
        haal_weg(kind)
        o.meld("vertaald", knoop, f"Het veld {kind.get('name', '')} is nu een instelling.")


def beslissing(o: "Overzetter", knoop: Any) -> None:
    """Een beslissing uit DMN, of een dienst."""
    sleutel, resultaat = haal_attribuut(knoop, "decisionRef"), vreemde_attributen(knoop).get("resultVariable", "")
    if not sleutel:
        dienst(o, knoop)
        return
    haal_attribuut(knoop, "resultVariable")
    vorm = haal_attribuut(knoop, "mapDecisionResult")
    zet(knoop, "calledDecision", decisionId=sleutel, resultVariable=resultaat or "uitkomst")
    o.meld("vertaald", knoop, f"De beslissing {sleutel} is overgezet.")
    if vorm in ("", "resultList", "collectEntries"):
        uitleg = "Hier geeft een tabel met één treffer die waarde, en met COLLECT een lijst; kijk na wat er met de uitkomst gebeurt."
        o.meld("zelf doen", knoop, f"De uitkomst van {sleutel} kwam als {vorm or 'resultList'}.", uitleg)


def script(o: "Overzetter", knoop: Any) -> None:
    """Een script in JUEL of FEEL wordt FEEL; een ander niet."""
    taal, inhoud = knoop.get("scriptFormat", ""), knoop.find(f"{BPMN}script")
    tekst = "" if inhoud is None else (inhoud.text or "").strip()
    resultaat = haal_attribuut(knoop, "resultVariable")
    if not taal:
        return
    if taal.lower() == "juel":
        bron = tekst if is_expressie(tekst) else f"${{{tekst}}}"
        uitdrukking = o.feel(knoop, bron, "Het script")
    else:
        uitdrukking = f"={tekst}" if taal.lower() == "feel" else None
    if uitdrukking is None:
        if taal.lower() != "juel":
            o.meld(
                "zelf doen",
                knoop,
                f"Het script is {taal}.",
                "Schrijf het in FEEL, of maak er een beslistabel of bouwblok van.",
            )
        return
    knoop.attrib.pop("scriptFormat")
    knoop.remove(inhoud)
    zet(knoop, "script", expression=uitdrukking, resultVariable=resultaat or "resultaat")
    o.meld("vertaald", knoop, "Het script is nu FEEL.")


def aanroep(o: "Overzetter", knoop: Any) -> None:
    """Een aangeroepen proces, met wat erin en eruit gaat; `calledElement` zelf blijft, voor wie het model weer meeneemt."""
    if (houder := uitbreidingen(knoop)) is not None and houder.find(f"{ZEEBE}calledElement") is not None:
        return
    proces = knoop.get("calledElement", "")
    if proces:
        sleutel = o.feel(knoop, proces, "Het aangeroepen proces")
        zet(knoop, "calledElement", processId=sleutel or proces)
        o.meld("vertaald", knoop, f"De aanroep van {proces} is overgezet.")
    elif naam := haal_attribuut(knoop, "caseRef"):
        o.meld("zelf doen", knoop, f"{naam} is een CMMN-zaak.", "Maak er een BPMN-proces van.")
    alles = {"in": False, "out": False}
    for richting in alles:
        for kind in list(vreemde_kinderen(knoop, richting)):
            alles[richting] |= _variabele(o, knoop, kind, richting)
            haal_weg(kind)
    if proces:
        vlag = {True: "true", False: "false"}
        zet(
            knoop,
            "calledElement",
            propagateAllParentVariables=vlag[alles["in"]],
            propagateAllChildVariables=vlag[alles["out"]],
        )


def _variabele(o: "Overzetter", knoop: Any, kind: Any, richting: str) -> bool:
    """Eén `in` of `out`; waar als alle variabelen mee mogen."""
    if kind.get("businessKey"):
        o.meld(
            "vervallen", knoop, "De bedrijfssleutel gaat niet mee: een aangeroepen proces heeft de zaak van zijn ouder."
        )
        return False
    if kind.get("variables") == "all":
        return True
    bron, doel = kind.get("sourceExpression") or kind.get("source", ""), kind.get("target", "")
    uitdrukking = o.feel(knoop, bron, f"De waarde van {doel}") if is_expressie(bron) else f"={bron}"
    if uitdrukking is not None and doel:
        voeg_toe(knoop, "ioMapping", "input" if richting == "in" else "output", source=uitdrukking, target=doel)
        o.meld("vertaald", knoop, f"De variabele {doel} is overgezet.")
    return False


def melding(o: "Overzetter", knoop: Any) -> None:
    """Een bericht dat verstuurd wordt is hier een bouwblok op de gebeurtenis."""
    houder = knoop.getparent()
    if houder.tag in (f"{BPMN}endEvent", f"{BPMN}intermediateThrowEvent") and vreemde_attributen(knoop):
        for naam in ("type", "topic", "expression", "delegateExpression", "class", "resultVariable"):
            if waarde := haal_attribuut(knoop, naam):
                houder.set(f"{{{VREEMD_NS}}}{naam}", waarde)
        dienst(o, houder)


VREEMD_NS = "http://camunda.org/schema/1.0/bpmn"
TAKEN: dict[str, Doe] = {
    "userTask": gebruikerstaak,
    "startEvent": start,
    "serviceTask": dienst,
    "sendTask": dienst,
    "businessRuleTask": beslissing,
    "scriptTask": script,
    "callActivity": aanroep,
    "messageEventDefinition": melding,
}
