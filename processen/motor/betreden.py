"""Een stap betreden: wat er gebeurt zodra een token bij een element aankomt."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

import feel
from contracten import Gegevens
from processen.motor import compenseren, gebeurtenissen, herhalen, tijdstippen
from processen.motor.fouten import NietGevonden, OnopgevangenFout, StapFout
from processen.motor.model import VOLGORDE, VOLGORDESLEUTEL
from processen.motor.spiff_aanpassing import Luisteraar, Randgebeurtenis, Stap, activeer
from processen.motor.uitdrukkingen import Waarden

if TYPE_CHECKING:
    from processen.motor.uitvoering import Uitvoering

DIEPSTE_AANROEP = 20


class OngeldigeInvoer(StapFout):
    """De invoer past niet bij het bouwblok."""

    soort = "invoer"


def betreed(u: "Uitvoering", stap: Stap) -> None:
    """Voer uit wat bij het element hoort: meteen klaar, of beginnen te wachten."""
    spec = stap.task_spec
    if spec.element is None:
        u.voltooi(stap)
    elif "uitvoer" in stap.internal_data:
        u.voltooi(stap, feel.uit_json(stap.internal_data.pop("uitvoer")))
    elif isinstance(spec, Randgebeurtenis | Luisteraar):
        gebeurtenissen.wacht_op(u, stap)
    else:
        if "nr" not in stap.internal_data:
            _hang_randen(stap)
        u.geschiedenis(stap)
        if spec.exemplaar:
            herhalen.begin(u, stap)
        else:
            u.reken_in(stap)
            SOORTEN.get(spec.element.soort, _door)(u, stap)


def _hang_randen(stap: Stap) -> None:
    specs = stap.workflow.spec.task_specs
    for naam in stap.task_spec.rand:
        activeer(stap.workflow.task_tree, specs[naam], intern={"bij": stap.id.hex})


def _door(u: "Uitvoering", stap: Stap) -> None:
    u.voltooi(stap)


def _bouwblok(u: "Uitvoering", stap: Stap) -> None:
    """Laat het werk na in de outbox; de uitvoering ervan meldt later dat de stap klaar is."""
    zeebe = stap.task_spec.element.zeebe
    blok = u.omgeving.bouwblokken.get(zeebe.taak_type)
    if blok is None:
        raise OngeldigeInvoer(f"Bouwblok {zeebe.taak_type} is niet geïnstalleerd.")
    namen = {regel.doel.partition(".")[0] for regel in zeebe.invoer}
    invoer = {naam: waarde for naam, waarde in stap.lokaal.items() if naam in namen}
    valideer(blok.Invoer, invoer)
    u.geschiedenis(stap, invoer)
    zet_bouwblok_klaar(u, stap)


def zet_bouwblok_klaar(u: "Uitvoering", stap: Stap, *, poging: int = 1, vanaf: datetime | None = None) -> None:
    """Plaats de (volgende) poging. Een herhaling heeft een eigen volgorde, zodat zij parallelle stappen niet ophoudt.

    Noemt het model zelf een volgorde, dan geldt die bij elke poging: wat misging kan half gedaan zijn.
    """
    eigen = stap.task_spec.element.zeebe.eigenschappen.get(VOLGORDE, "")
    waarde = u.feel.tekst(eigen, u.waarden(stap)) if eigen else ""
    volgorde = gedeelde_volgorde(waarde) if waarde else str(u.id) if poging == 1 else stap.id.hex
    u.verwacht(stap, "bouwblok", stap.task_spec.element.zeebe.taak_type, vanaf=vanaf, inhoud={"poging": poging})
    u.plaats("processen.bouwblok", {"stap": stap.id.hex, "poging": poging}, sleutel=volgorde, vanaf=vanaf)
    u.bezig(stap)


def gedeelde_volgorde(waarde: str) -> str:
    """De sleutel in de outbox van stappen die op elkaar wachten; een afdruk, want de waarde kan een persoonsgegeven zijn."""
    return VOLGORDESLEUTEL + sha256(waarde.encode()).hexdigest()[:32]


def _dienst(u: "Uitvoering", stap: Stap) -> None:
    """Een stap die met een bouwblok gebeurt als er een gekozen is, en anders alleen een mijlpaal is."""
    (_bouwblok if stap.task_spec.element.zeebe.taak_type else _door)(u, stap)


def _taak(u: "Uitvoering", stap: Stap) -> None:
    """Een taak voor een mens: een record in de Taken API, gemaakt vanuit de outbox."""
    zeebe, zicht = stap.task_spec.element.zeebe, u.waarden(stap)
    inhoud = {
        "formulier": u.feel.tekst(zeebe.formulier, zicht),
        "toegewezen": u.feel.tekst(zeebe.toegewezen, zicht),
        "groepen": [deel.strip() for deel in u.feel.tekst(zeebe.groepen, zicht).split(",") if deel.strip()],
        "uiterlijk": _moment(u, zeebe.uiterlijk, zicht),
        "opvolgen": _moment(u, zeebe.opvolgen, zicht),
        "prioriteit": u.feel.tekst(zeebe.prioriteit, zicht),
        "eigenschappen": {naam: u.feel.tekst(waarde, zicht) for naam, waarde in zeebe.eigenschappen.items()},
    }
    u.geschiedenis(stap, dict(stap.lokaal))
    stap.internal_data["taak"] = 1
    u.verwacht(stap, "taak", stap.task_spec.element.naam, inhoud=inhoud)
    u.plaats("processen.taak", {"stap": stap.id.hex, "actie": "maak"}, sleutel=stap.id.hex)
    u.bezig(stap)


def _moment(u: "Uitvoering", tekst: str, zicht: Waarden) -> str | None:
    waarde = u.feel.ruw(tekst, zicht) if tekst else None
    return None if waarde is None else tijdstippen.moment(waarde).isoformat()


def _beslis(u: "Uitvoering", stap: Stap) -> None:
    """Een beslistabel: de uitkomst in een variabele, de uitleg in de geschiedenis, met een verwijzing erheen."""
    zeebe = stap.task_spec.element.zeebe
    if zeebe.taak_type:
        _bouwblok(u, stap)
        return
    zicht = u.waarden(stap)
    naam, resultaat = u.feel.tekst(zeebe.beslissing, zicht), zeebe.resultaat or "resultaat"
    peildatum = zeebe.eigenschappen.get("peildatum", "")
    uitslag = u.omgeving.beslis(
        stap.workflow.gecompileerd, naam, zicht, u.feel.ruw(peildatum, zicht) if peildatum else None
    )
    nr = u.geschiedenis(stap, dict(stap.lokaal))
    u.leg_uit(stap, uitslag.uitleg)
    u.voltooi(stap, {resultaat: uitslag.waarde, f"{resultaat}Uitleg": f"{u.id}/{nr}"})


def _script(u: "Uitvoering", stap: Stap) -> None:
    zeebe = stap.task_spec.element.zeebe
    if zeebe.taak_type:
        _bouwblok(u, stap)
    else:
        u.voltooi(stap, {zeebe.resultaat or "resultaat": u.feel.bereken(zeebe.script, u.waarden(stap))})


def _ontvang(u: "Uitvoering", stap: Stap) -> None:
    gebeurtenis = stap.task_spec.element.gebeurtenis
    if gebeurtenis is None or gebeurtenis.soort == "link":
        u.voltooi(stap)
    else:
        gebeurtenissen.wacht_op(u, stap)


def _meld(u: "Uitvoering", stap: Stap) -> None:
    """Een melding onderweg: signaal, escalatie, compensatie, of een bouwblok dat een bericht verstuurt."""
    element = stap.task_spec.element
    if element.zeebe.taak_type:
        _bouwblok(u, stap)
    elif element.gebeurtenis is not None and element.gebeurtenis.soort == "compensatie":
        compenseren.begin(u, stap, element.gebeurtenis.activiteit)
    else:
        u.voltooi(stap)
        _verspreid(u, stap)


def _verspreid(u: "Uitvoering", stap: Stap) -> None:
    gebeurtenis = stap.task_spec.element.gebeurtenis
    if gebeurtenis is not None and gebeurtenis.soort == "signaal":
        u.plaats("processen.signaal", {"naam": gebeurtenis.naam, "inhoud": {}, "uniek": stap.id.hex})
    elif gebeurtenis is not None and gebeurtenis.soort == "escalatie":
        opvang = gebeurtenissen.vind_opvang(u, stap, "escalatie", gebeurtenis.code, ook_op_stap=False)
        if opvang is not None:
            gebeurtenissen.vuur(u, opvang, {})


def _einde(u: "Uitvoering", stap: Stap) -> None:
    gebeurtenis = stap.task_spec.element.gebeurtenis
    if gebeurtenis is None or gebeurtenis.soort in {"signaal", "escalatie", "bericht", "compensatie"}:
        _meld(u, stap)
    elif gebeurtenis.soort == "annuleer":
        u.breek_alles_af(stap.workflow, behalve=[stap])
        compenseren.begin(u, stap, "")
    elif gebeurtenis.soort == "beeindig":
        u.breek_alles_af(stap.workflow, behalve=[stap])
        u.voltooi(stap)
    else:
        opvang = gebeurtenissen.vind_opvang(u, stap, "fout", gebeurtenis.code, ook_op_stap=False)
        if opvang is None:
            raise OnopgevangenFout(f"Niemand vangt fout {gebeurtenis.code!r} op.")
        u.voltooi(stap, uitkomst="fout")
        gebeurtenissen.vuur(u, opvang, {})


def _subproces(u: "Uitvoering", stap: Stap) -> None:
    gecompileerd = stap.workflow.gecompileerd
    u.open_deel(stap, gecompileerd, gecompileerd.bereiken[stap.task_spec.element.id], None)


def _aanroep(u: "Uitvoering", stap: Stap) -> None:
    """Een ander proces, op de versie die nu actief is, met eigen variabelen."""
    if stap.workflow.depth >= DIEPSTE_AANROEP:
        raise StapFout(f"Processen roepen elkaar dieper aan dan {DIEPSTE_AANROEP}.")
    zeebe = stap.task_spec.element.zeebe
    try:
        gecompileerd = u.omgeving.actieve(u.feel.tekst(zeebe.proces, u.waarden(stap)))
    except NietGevonden as fout:
        raise StapFout(str(fout)) from fout
    variabelen = u.waarden(stap) if zeebe.alle_uit_ouder and not zeebe.invoer else dict(stap.lokaal)
    u.open_deel(stap, gecompileerd, gecompileerd.bereiken[gecompileerd.proces.bereik.id], variabelen)


SOORTEN: dict[str, Callable[["Uitvoering", Stap], None]] = {
    "serviceTask": _dienst,
    "sendTask": _dienst,
    "userTask": _taak,
    "businessRuleTask": _beslis,
    "scriptTask": _script,
    "receiveTask": _ontvang,
    "intermediateCatchEvent": _ontvang,
    "intermediateThrowEvent": _meld,
    "endEvent": _einde,
    "subProcess": _subproces,
    "transaction": _subproces,
    "callActivity": _aanroep,
}


def valideer(schema: type[Gegevens], waarden: dict[str, Any]) -> Gegevens:
    """Waarden als het schema van een bouwblok. De fout noemt de velden, nooit de waarden."""
    try:
        return schema.model_validate(waarden)
    except ValidationError as fout:
        velden = "; ".join(f"{'.'.join(map(str, f['loc']))}: {f['msg']}" for f in fout.errors(include_input=False))
        raise OngeldigeInvoer(f"De invoer klopt niet: {velden}") from fout
