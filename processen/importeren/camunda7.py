"""De uitbreidingen van Camunda 7 (en Operaton, Activiti, Flowable) naar zeebe en FEEL, element voor element.

Wat vertaald is verdwijnt als uitbreiding; wat geen vorm heeft blijft staan (het doet hier niets) en komt in het verslag.
"""

from typing import Any

from processen.importeren import gzac
from processen.importeren.camunda7_taken import TAKEN
from processen.importeren.juel import NietTeVertalen, is_expressie, naar_feel
from processen.importeren.knopen import (
    haal_attribuut,
    haal_weg,
    soort,
    voeg_toe,
    vreemd,
    vreemde_attributen,
    vreemde_kinderen,
    zet,
)
from processen.importeren.verslag import Regel, Soort

TIJDEN = ("timeDate", "timeDuration", "timeCycle")
VOORWAARDEN = ("conditionExpression", "condition", "completionCondition", "loopCardinality", "loopCondition")
HIER_ALTIJD_ZO = {
    "asyncBefore", "asyncAfter", "async", "exclusive", "jobPriority", "taskPriority", "historyTimeToLive", "isStartableInTasklist",
    "diagramRelationId", "calledElementBinding", "calledElementVersion", "calledElementVersionTag", "decisionRefBinding", "decisionRefVersion",
    "decisionRefVersionTag",
}  # fmt: skip
"""Elke stap is hier duurzaam, bewaren regelt de zaak, en er is één actieve versie."""
REMEDIES = {
    "taskListener": "Zet wat de listener doet in een eigen stap voor of na de taak.",
    "executionListener": "Zet wat de listener doet in een eigen stap voor of na dit element.",
    "connector": "Kies het bouwblok http.verzoek, of een bouwblok voor deze koppeling.",
    "formData": "Maak een formulier met deze velden en kies het bij de taak.",
    "candidateUsers": "Geef een kandidaatgroep, of één behandelaar.",
    "initiator": "Wie de aanvraag deed staat bij de zaak als rol.",
    "variableMappingDelegateExpression": "Zet de variabelen in de in- en uitvoer van de aanroep.",
    "errorEventDefinition": "Vang de fout op met een foutgebeurtenis aan de rand van de stap.",
}


class Overzetter:
    """Zet één bestand over. `regels` is het verslag, `veranderd` of er iets vertaald is."""

    def __init__(self) -> None:
        self.regels: list[Regel] = []
        self.veranderd = False

    def zet_over(self, wortel: Any) -> None:
        """Alle elementen, in de volgorde van het bestand."""
        for knoop in list(wortel.iter()):
            if soort(knoop):
                self._element(knoop)
        self._noem_de_rest(wortel)

    # --- hulp ----------------------------------------------------------------------------------------------------------------

    def meld(self, ernst: Soort, knoop: Any, wat: str, remedie: str = "") -> None:
        """Een regel in het verslag, bij het dichtstbijzijnde element met een id."""
        self.veranderd |= ernst == "vertaald"
        bij = knoop
        while bij is not None and not bij.get("id"):
            bij = bij.getparent()
        self.regels.append(
            Regel(ernst, "" if bij is None else bij.get("id"), "" if bij is None else bij.get("name", ""), wat, remedie)
        )

    def feel(
        self, knoop: Any, waarde: str, wat: str, remedie: str = "Schrijf deze expressie zelf in FEEL."
    ) -> str | None:
        """De FEEL-vorm van een waarde, met `=` ervoor; gewone tekst blijft tekst. None (en een regel) als het niet gaat."""
        if not is_expressie(waarde):
            return waarde
        try:
            vertaald, velden = gzac.vertaal(waarde)
        except NietTeVertalen as fout:
            self.meld("zelf doen", knoop, f"{wat} {waarde} is niet te vertalen: {fout}.", remedie)
            return None
        for veld, variabele in velden.items():
            self.meld(
                "zelf doen", knoop, f"{wat}: het dossierveld {veld} is hier de procesvariabele {variabele}.",
                "Lees haar uit het verzoek met het bouwblok verzoeken.gegevens.",
            )  # fmt: skip
        self.meld("vertaald", knoop, f"{wat} {waarde} is nu ={vertaald}.")
        return f"={vertaald}"

    def als_uitdrukking(self, knoop: Any, waarde: str, wat: str) -> str | None:
        """Als `feel`, maar gewone tekst wordt een FEEL-tekst (voor in- en uitvoer)."""
        if is_expressie(waarde):
            return self.feel(knoop, waarde, wat)
        try:
            float(waarde)
        except ValueError:
            return f"={naar_feel(waarde)}" if waarde not in ("true", "false") else f"={waarde}"
        return f"={waarde}"

    # --- per element -----------------------------------------------------------------------------------------------------------

    def _element(self, knoop: Any) -> None:
        heet = soort(knoop)
        if heet in TIJDEN:
            self._tijd(knoop)
        elif heet in VOORWAARDEN:
            self._voorwaarde(knoop)
        elif heet == "multiInstanceLoopCharacteristics":
            self._herhaling(knoop)
        elif heet == "process":
            self._proces(knoop)
        if heet in TAKEN:
            TAKEN[heet](self, knoop)
        for naam, doe in (
            ("inputOutput", self._in_en_uit),
            ("properties", self._eigenschappen),
            ("failedJobRetryTimeCycle", self._opnieuw),
        ):
            for kind in list(vreemde_kinderen(knoop, naam)):
                doe(knoop, kind)
                haal_weg(kind)
        for naam in HIER_ALTIJD_ZO & vreemde_attributen(knoop).keys():
            haal_attribuut(knoop, naam)
            self.veranderd = True

    def _tijd(self, knoop: Any) -> None:
        tekst = (knoop.text or "").strip()
        if soort(knoop) == "timeCycle" and tekst and not is_expressie(tekst) and not tekst.startswith(("R", "=")):
            self.meld(
                "zelf doen",
                knoop,
                f"Het schema {tekst} is cron.",
                "Schrijf het als R/<begin>/<duur>, bijvoorbeeld R/P1D.",
            )
        elif (nieuw := self.feel(knoop, tekst, "De tijd")) is not None:
            knoop.text = nieuw

    def _voorwaarde(self, knoop: Any) -> None:
        tekst, taal = (knoop.text or "").strip(), knoop.get("language", "")
        if vreemde_attributen(knoop).get("resource") or (taal and taal.lower() not in ("juel", "feel")):
            self.meld(
                "zelf doen", knoop, f"De voorwaarde is een script ({taal or 'bestand'}).", "Schrijf haar in FEEL."
            )
        elif (nieuw := self.feel(knoop, tekst, "De voorwaarde")) is not None:
            knoop.text = nieuw
            knoop.attrib.pop("language", None)

    def _herhaling(self, knoop: Any) -> None:
        lijst, element = haal_attribuut(knoop, "collection"), haal_attribuut(knoop, "elementVariable")
        if not lijst:
            return
        uitdrukking = self.feel(knoop, lijst, "De lijst") if is_expressie(lijst) else f"={lijst}"
        if uitdrukking is not None:
            zet(
                knoop,
                "loopCharacteristics",
                inputCollection=uitdrukking,
                **({"inputElement": element} if element else {}),
            )
            self.meld("vertaald", knoop.getparent(), f"De herhaling over {lijst} is overgezet.")

    def _proces(self, knoop: Any) -> None:
        if label := haal_attribuut(knoop, "versionTag"):
            zet(knoop, "versionTag", value=label)
            self.meld("vertaald", knoop, f"Het versielabel {label} is overgezet.")

    def _eigenschappen(self, knoop: Any, houder: Any) -> None:
        for kind in list(houder):
            voeg_toe(knoop, "properties", "property", name=kind.get("name", ""), value=kind.get("value", ""))
            self.meld("vertaald", knoop, f"De eigenschap {kind.get('name', '')} is overgezet.")

    def _opnieuw(self, knoop: Any, kind: Any) -> None:
        """`R3/PT10M` of `PT5M,PT20M`: het aantal herhalingen en de wachttijden ertussen."""
        tekst = (kind.text or "").strip()
        keren, _, duur = tekst.partition("/") if tekst.startswith("R") else ("", "", tekst)
        if is_expressie(tekst) or (keren and not keren[1:].isdigit()) or not duur.startswith("P"):
            self.meld(
                "zelf doen",
                knoop,
                f"Het herhaalschema {tekst} is niet te vertalen.",
                "Kies herhalingen en wachttijden bij het bouwblok.",
            )
            return
        wachttijden = duur if not keren else ",".join([duur] * int(keren[1:]))
        zet(knoop, "taskDefinition", retries=str(wachttijden.count(",") + 1))
        voeg_toe(knoop, "properties", "property", name="wachttijden", value=wachttijden)
        self.meld("vertaald", knoop, f"Het herhaalschema {tekst} is overgezet.")

    def _in_en_uit(self, knoop: Any, houder: Any) -> None:
        for kind in list(houder):
            uit = vreemd(kind) == "outputParameter"
            naam, richting = kind.get("name", ""), "uitvoer" if uit else "invoer"
            bron = self._bron(knoop, kind, f"De {richting} {naam}")
            if bron is not None:
                voeg_toe(knoop, "ioMapping", "output" if uit else "input", source=bron, target=naam)
                self.meld("vertaald", knoop, f"De {richting} {naam} is overgezet.")

    def _bron(self, knoop: Any, kind: Any, wat: str) -> str | None:
        if not len(kind):
            return self.als_uitdrukking(knoop, (kind.text or "").strip(), wat)
        waarde = self._samengesteld(knoop, kind[0], wat)
        return None if waarde is None else f"={waarde}"

    def _samengesteld(self, knoop: Any, deel: Any, wat: str) -> str | None:
        """Een lijst of tabel; een script niet."""
        heet = vreemd(deel)
        if heet not in ("list", "map"):
            remedie = "Schrijf de waarde in FEEL."
            self.meld("zelf doen", knoop, f"{wat} is een {'script' if heet == 'script' else heet}.", remedie)
            return None
        waarden = []
        for lid in deel:
            los = self.als_uitdrukking(knoop, (lid.text or "").strip(), wat)
            if los is None:
                return None
            waarden.append(f'"{lid.get("key", "")}": {los[1:]}' if heet == "map" else los[1:])
        return f"[{', '.join(waarden)}]" if heet == "list" else f"{{{', '.join(waarden)}}}"

    # --- wat over is -------------------------------------------------------------------------------------------------------------

    def _noem_de_rest(self, wortel: Any) -> None:
        """Alles van elders wat nog staat, met wat eraan te doen is. Niets gaat stil verloren."""
        for knoop in wortel.iter():
            if not soort(knoop):
                continue
            for naam, waarde in vreemde_attributen(knoop).items():
                self.meld(
                    "zelf doen",
                    knoop,
                    f"{naam}={waarde[:80]!r} heeft hier geen vorm.",
                    REMEDIES.get(naam, "Kijk na of dit nodig is."),
                )
            for kind in vreemde_kinderen(knoop):
                remedie = REMEDIES.get(vreemd(kind), "Kijk na of dit nodig is.")
                self.meld("zelf doen", knoop, f"{vreemd(kind)} heeft hier geen vorm.", remedie)
