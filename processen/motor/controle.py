"""De controle bij het neerzetten: alles wat het model niet kan, met element, reden en remedie. Niets wordt stil iets anders."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from contracten import Bouwblokken
from processen.motor import controle_bijzonder, controle_bouwblok, controle_compensatie, tijdstippen
from processen.motor.bouw import ontvangers
from processen.motor.fouten import Bevinding, UitdrukkingFout, onvolledig
from processen.motor.lezen import ACTIVITEITEN, DUBBEL
from processen.motor.model import Bereik, Element, Gebeurtenis, Proces
from processen.motor.uitdrukkingen import Uitdrukkingen

Uit = Iterator[Bevinding]

NIET = {
    "complexGateway": (
        "complexe gateway",
        "complex gateway",
        "Gebruik een inclusieve gateway.",
        "Use an inclusive gateway.",
    ),
    "adHocSubProcess": (
        "ad-hocsubproces",
        "ad hoc subprocess",
        "Gebruik een gewoon subproces.",
        "Use a plain subprocess.",
    ),
}
GEBEURTENISSEN: dict[str, set[str]] = {
    "startEvent": {"", "bericht", "tijd", "signaal"},
    "endEvent": {"", "bericht", "fout", "escalatie", "signaal", "beeindig", "compensatie", "annuleer"},
    "intermediateCatchEvent": {"tijd", "bericht", "signaal", "voorwaarde", "link"},
    "intermediateThrowEvent": {"", "bericht", "signaal", "escalatie", "link", "compensatie"},
    "boundaryEvent": {"tijd", "bericht", "signaal", "fout", "escalatie", "voorwaarde", "compensatie", "annuleer"},
    "receiveTask": {"bericht"},
}
IN_GEBEURTENISSUBPROCES = {"tijd", "bericht", "signaal", "fout", "escalatie", "voorwaarde"}
NA_POORT = {"intermediateCatchEvent", "receiveTask"}
NAMEN = {
    "": ("zonder gebeurtenis", "none"), "compensatie": ("compensatie", "compensation"), "annuleer": ("annuleren", "cancel"),
    "link": ("link", "link"), "tijd": ("tijd", "timer"), "bericht": ("bericht", "message"), "signaal": ("signaal", "signal"),
    "fout": ("fout", "error"), "escalatie": ("escalatie", "escalation"), "beeindig": ("beëindig", "terminate"),
    "voorwaarde": ("voorwaarde", "conditional"),
}  # fmt: skip


def controleer(
    proces: Proces, bouwblokken: Bouwblokken, uitdrukkingen: Uitdrukkingen, beslissingen: Iterable[Any] = ()
) -> list[Bevinding]:
    """Alle bevindingen; leeg als het model kan draaien."""
    bekend = {naam for model in beslissingen for naam in (*model.beslissingen, *model.knopen)}
    return list(_Controle(proces, bouwblokken, uitdrukkingen, bekend).alles())


class _Controle:
    def __init__(self, proces: Proces, bouwblokken: Bouwblokken, feel: Uitdrukkingen, beslissingen: set[str]) -> None:
        self.proces, self.bouwblokken, self.feel, self.beslissingen = proces, bouwblokken, feel, beslissingen
        self.ouders = {e.inhoud.id: bereik for bereik, e in proces.bereik.alles() if e.inhoud is not None}

    def alles(self) -> Uit:
        elementen = [element for _, element in self.proces.bereik.alles()]
        for naam, aantal in Counter(e.id for e in elementen).items():
            if aantal > 1 or not naam:
                yield Bevinding(
                    naam, "id", "Dit id ontbreekt of komt vaker voor.", "This id is missing or not unique.",
                    "Geef elk element een eigen id.", "Give each element its own id.",
                )  # fmt: skip
        yield from self._bereik(self.proces.bereik, None)

    def _bereik(self, bereik: Bereik, ouder: Element | None) -> Uit:
        for sleutel, tag in bereik.onbekend:
            yield _onbekend(sleutel, tag)
        yield from self._starts(bereik, ouder)
        yield from self._stromen(bereik)
        for element in bereik.elementen.values():
            yield from self._element(bereik, element, ouder)
            if element.inhoud is not None and element.soort != "adHocSubProcess":
                yield from self._bereik(element.inhoud, element)

    def _starts(self, bereik: Bereik, ouder: Element | None) -> Uit:
        starts = [e for e in bereik.elementen.values() if e.soort == "startEvent"]
        kaal = [e for e in starts if not e.gebeurtenissen]
        if not starts and (not bereik.vanzelf() or (ouder is not None and ouder.door_gebeurtenis)):
            yield Bevinding(
                bereik.id, "geen-start", "Er is geen startgebeurtenis.", "There is no start event.",
                "Teken een startgebeurtenis.", "Draw a start event.",
            )  # fmt: skip
        elif len(kaal) > 1 or (ouder is not None and len(starts) > 1):
            yield Bevinding(
                starts[1].id, "meer-starts", "Er is meer dan één startgebeurtenis zonder gebeurtenis.",
                "There is more than one plain start event.", "Houd er één over.", "Keep one.",
            )  # fmt: skip

    def _stromen(self, bereik: Bereik) -> Uit:
        for stroom in bereik.stromen:
            if stroom.van not in bereik.elementen or stroom.naar not in bereik.elementen:
                yield Bevinding(
                    stroom.id, "losse-pijl", "Deze pijl begint of eindigt nergens.", "This flow is not connected.",
                    "Verbind beide kanten, binnen hetzelfde (sub)proces.", "Connect both ends within one (sub)process.",
                )  # fmt: skip
            if stroom.voorwaarde:
                yield from self._feel(stroom.id, stroom.voorwaarde)

    def _element(self, bereik: Bereik, element: Element, ouder: Element | None) -> Uit:
        if element.soort in NIET:
            nl, en, remedie, remedy = NIET[element.soort]
            yield Bevinding(
                element.id, "niet-ondersteund", f"Een {nl} kan niet.", f"A {en} is not supported.", remedie, remedy
            )
            return
        yield from controle_bijzonder.bijzonder(element)
        yield from controle_compensatie.controleer(bereik, element, ouder, self.ouders)
        yield from self._gebeurtenissen(bereik, element, ouder)
        yield from self._verbonden(bereik, element, ouder)
        yield from self._uitdrukkingen(element)
        yield from SOORTEN.get(element.soort, _niets)(self, bereik, element)

    # --- gebeurtenissen ----------------------------------------------------------------------------------------------------

    def _gebeurtenissen(self, bereik: Bereik, element: Element, ouder: Element | None) -> Uit:
        if element.soort not in GEBEURTENISSEN:
            return
        if len(element.gebeurtenissen) > 1:
            yield Bevinding(
                element.id, "meer-gebeurtenissen", "Meer gebeurtenissen op één element kan niet.", "Multiple events are not supported.",
                "Teken ze apart, bijvoorbeeld achter een gebeurtenisgateway.", "Draw them apart, e.g. after an event gateway.",
            )  # fmt: skip
            return
        soort = element.gebeurtenis.soort if element.gebeurtenis else ""
        binnen = element.soort == "startEvent" and ouder is not None
        mag = GEBEURTENISSEN[element.soort]
        if binnen and ouder is not None:
            mag = IN_GEBEURTENISSUBPROCES if ouder.door_gebeurtenis else {""}
        if soort not in mag:
            nl, en = NAMEN[soort]
            keuzes_nl, keuzes_en = (", ".join(NAMEN[s][taal] for s in sorted(mag)) for taal in (0, 1))
            yield Bevinding(
                element.id, "gebeurtenis", f"Dit soort gebeurtenis ({nl}) kan hier niet.", f"This event ({en}) is not supported here.",
                f"Kies: {keuzes_nl}.", f"Choose: {keuzes_en}.",
            )  # fmt: skip
        elif element.gebeurtenis is not None:
            yield from self._gebeurtenis(bereik, element, element.gebeurtenis)

    def _gebeurtenis(self, bereik: Bereik, element: Element, gebeurtenis: Gebeurtenis) -> Uit:
        meldt = element.soort in {"intermediateThrowEvent", "endEvent"}
        if not gebeurtenis.compleet or (gebeurtenis.soort in {"signaal", "link"} and not gebeurtenis.naam):
            yield onvolledig(
                element, "Kies bij dit element een bericht, signaal of fout.", "Choose a message, signal or error."
            )
        elif gebeurtenis.soort == "tijd":
            yield from self._tijd(element, gebeurtenis)
        elif gebeurtenis.soort == "bericht" and not meldt:
            yield from self._bericht(bereik, element, gebeurtenis)
        elif gebeurtenis.soort == "fout" and (meldt and not gebeurtenis.code):
            yield onvolledig(element, "Geef de fout een code.", "Give the error a code.")
        elif gebeurtenis.soort == "voorwaarde":
            yield from self._feel(element.id, gebeurtenis.uitdrukking)
        elif gebeurtenis.soort == "link" and meldt and len(ontvangers(bereik, gebeurtenis.naam)) != 1:
            yield onvolledig(
                element, "Teken precies één ontvanger met deze naam.", "Draw exactly one receiver with this name."
            )
        if meldt and gebeurtenis.soort == "bericht":
            yield from controle_bouwblok.controleer(element, self.bouwblokken)
        if gebeurtenis.soort == "fout" and not meldt and not element.onderbreekt:
            yield onvolledig(element, "Maak de foutgebeurtenis onderbrekend.", "Make the error event interrupting.")

    def _tijd(self, element: Element, gebeurtenis: Gebeurtenis) -> Uit:
        tekst = gebeurtenis.uitdrukking
        if tekst.startswith("="):
            yield from self._feel(element.id, tekst)
            return
        lezers: dict[str, Callable[[str], Any]] = {
            "datum": tijdstippen.moment, "cyclus": tijdstippen.cyclus,
            "duur": lambda duur: tijdstippen.na(self.feel.klok(), duur),
        }  # fmt: skip
        try:
            lezers[gebeurtenis.tijd](tekst)
        except (UitdrukkingFout, ValueError) as fout:
            yield Bevinding(
                element.id, "tijd", f"De tijd klopt niet: {fout}", "The timer is invalid.",
                "Gebruik ISO 8601 (P14D, R3/PT1H, 2026-01-01) of FEEL met = ervoor.", "Use ISO 8601 or FEEL starting with =.",
            )  # fmt: skip

    def _bericht(self, bereik: Bereik, element: Element, gebeurtenis: Gebeurtenis) -> Uit:
        if not gebeurtenis.naam:
            yield onvolledig(element, "Geef het bericht een naam.", "Give the message a name.")
        if element.soort == "startEvent" and bereik is self.proces.bereik:
            return
        if not gebeurtenis.correlatie:
            yield onvolledig(
                element, "Vul bij het bericht een correlatiesleutel in.", "Give the message a correlation key."
            )
        else:
            yield from self._feel(element.id, gebeurtenis.correlatie)

    # --- verbindingen ------------------------------------------------------------------------------------------------------

    def _verbonden(self, bereik: Bereik, element: Element, ouder: Element | None) -> Uit:
        del ouder
        zonder_ingang = (
            element.soort in {"startEvent", "boundaryEvent"} or element.door_gebeurtenis or element.compensatie or _is_link(element)
        ) or not any(e.soort == "startEvent" for e in bereik.elementen.values())  # fmt: skip
        ingangen = bereik.naar(element.id)
        if not ingangen and not zonder_ingang:
            yield Bevinding(
                element.id, "onbereikbaar", "Hier komt geen pijl aan.", "No flow leads here.",
                "Verbind dit element of haal het weg.", "Connect or remove this element.",
            )  # fmt: skip
        if ingangen and element.soort in {"startEvent", "boundaryEvent"}:
            yield Bevinding(
                element.id, "ingang", "Hier mag geen pijl aankomen.", "No flow may lead here.", "Haal de pijl weg.", "Remove the flow.",
            )  # fmt: skip
        if element.soort == "endEvent" and bereik.uit(element.id):
            yield Bevinding(
                element.id, "na-einde", "Na een eindgebeurtenis komt niets.", "Nothing follows an end event.",
                "Haal de pijl weg.", "Remove the flow.",
            )  # fmt: skip

    def _gateway(self, bereik: Bereik, element: Element) -> Uit:
        uit = bereik.uit(element.id)
        if not uit:
            yield Bevinding(
                element.id, "geen-uitgang", "Deze gateway heeft geen uitgang.", "This gateway has no outgoing flow.",
                "Trek er een pijl uit, of haal de gateway weg.", "Draw a flow or remove the gateway.",
            )  # fmt: skip
        if element.soort == "parallelGateway" or len(uit) == 1:
            yield from controle_bijzonder.zonder_voorwaarden(element, uit)
            return
        for stroom in uit:
            if not stroom.voorwaarde and stroom.id != element.standaard:
                yield Bevinding(
                    stroom.id, "geen-voorwaarde", "Deze pijl heeft geen voorwaarde.", "This flow has no condition.",
                    "Geef een voorwaarde, of maak dit het standaardpad.", "Add a condition or make it the default flow.",
                )  # fmt: skip

    def _poort(self, bereik: Bereik, element: Element) -> Uit:
        yield from controle_bijzonder.zonder_voorwaarden(element, bereik.uit(element.id))
        doelen = [bereik.elementen[s.naar] for s in bereik.uit(element.id) if s.naar in bereik.elementen]
        if not doelen or any(d.soort not in NA_POORT or len(bereik.naar(d.id)) > 1 for d in doelen):
            yield Bevinding(
                element.id, "poort", "Na een gebeurtenisgateway komen alleen ontvangende gebeurtenissen.",
                "Only catching events may follow an event gateway.",
                "Verbind elke uitgang met een eigen tijd-, bericht- of signaalgebeurtenis.", "Connect each flow to its own event.",
            )  # fmt: skip

    def _rand(self, bereik: Bereik, element: Element) -> Uit:
        gastheer = bereik.elementen.get(element.gehecht_aan)
        if gastheer is None or gastheer.soort not in ACTIVITEITEN or gastheer.door_gebeurtenis:
            yield onvolledig(element, "Hang de gebeurtenis aan een activiteit.", "Attach the event to an activity.")
            return
        blok = self.bouwblokken.get(gastheer.zeebe.taak_type)
        code = element.gebeurtenis.code if element.gebeurtenis and element.gebeurtenis.soort == "fout" else ""
        if blok is not None and code and code not in {fout.code for fout in blok.fouten}:
            codes = ", ".join(fout.code for fout in blok.fouten) or "-"
            yield Bevinding(
                element.id, "foutcode", f"Bouwblok {blok.sleutel} geeft nooit fout {code}.", f"{blok.sleutel} never raises {code}.",
                f"Kies uit: {codes}.", f"Choose: {codes}.",
            )  # fmt: skip

    # --- activiteiten ------------------------------------------------------------------------------------------------------

    def _dienst(self, bereik: Bereik, element: Element) -> Uit:
        del bereik
        yield from controle_bouwblok.controleer(element, self.bouwblokken)

    def _beslissing(self, bereik: Bereik, element: Element) -> Uit:
        naam = element.zeebe.beslissing
        if element.zeebe.taak_type:
            yield from self._dienst(bereik, element)
        elif not naam or (not naam.startswith("=") and naam not in self.beslissingen):
            yield Bevinding(
                element.id, "beslissing", f"Beslissing {naam or '(geen)'} staat niet bij dit proces.", "Unknown decision.",
                "Kies een beslissing en lever de DMN mee.", "Choose a decision and deploy its DMN along.",
            )  # fmt: skip

    def _script(self, bereik: Bereik, element: Element) -> Uit:
        if element.zeebe.taak_type:
            yield from self._dienst(bereik, element)
        elif not element.zeebe.script:
            yield Bevinding(
                element.id, "script", "Een script is hier een FEEL-uitdrukking; die ontbreekt.", "The FEEL expression is missing.",
                "Kies 'FEEL expression' en vul de uitdrukking en de resultaatvariabele in.", "Choose 'FEEL expression' and fill it in.",
            )  # fmt: skip

    def _aanroep(self, bereik: Bereik, element: Element) -> Uit:
        del bereik
        if not element.zeebe.proces:
            yield onvolledig(element, "Kies het proces dat wordt aangeroepen.", "Choose the process to call.")

    # --- uitdrukkingen -----------------------------------------------------------------------------------------------------

    def _uitdrukkingen(self, element: Element) -> Uit:
        zeebe, herhaald = element.zeebe, element.herhaald
        for regel in (*zeebe.invoer, *zeebe.uitvoer):
            if not regel.doel.replace(".", "_").isidentifier():
                yield onvolledig(
                    element,
                    f"{regel.doel!r} is geen naam voor een variabele.",
                    f"{regel.doel!r} is not a variable name.",
                )
        vrij = [regel.bron for regel in (*zeebe.invoer, *zeebe.uitvoer)] + list(zeebe.eigenschappen.values())
        vrij += [
            zeebe.beslissing,
            zeebe.proces,
            zeebe.formulier,
            zeebe.toegewezen,
            zeebe.groepen,
            zeebe.uiterlijk,
            zeebe.opvolgen,
        ]
        altijd = [zeebe.script]
        if herhaald is not None:
            altijd += [herhaald.lijst, herhaald.resultaat, herhaald.voorwaarde] + [herhaald.aantal] * (
                herhaald.soort != "lus"
            )
            yield from controle_bijzonder.lus(element, herhaald)
            if not (herhaald.lijst or herhaald.aantal or (herhaald.soort == "lus" and herhaald.voorwaarde)):
                yield onvolledig(
                    element, "Vul in waarover deze activiteit herhaalt.", "Fill in what this activity repeats over."
                )
        for tekst in [tekst for tekst in vrij if tekst.startswith("=")] + [tekst for tekst in altijd if tekst]:
            yield from self._feel(element.id, tekst)

    def _feel(self, element: str, tekst: str) -> Uit:
        fout = self.feel.fout_in(tekst) if tekst.strip("= ") else None
        if fout is not None:
            yield Bevinding(
                element, "feel", f"{tekst}: {fout.nederlands}", f"{tekst}: {fout.engels}",
                "Verbeter de FEEL-uitdrukking.", "Correct the FEEL expression.",
            )  # fmt: skip
        elif not tekst.strip("= "):
            yield Bevinding(
                element, "feel", "De uitdrukking is leeg.", "The expression is empty.", "Vul een FEEL-uitdrukking in.", "Fill in FEEL.",
            )  # fmt: skip
        else:
            for reden in self.feel.keur(tekst):
                yield Bevinding(
                    element, "feel", f"{tekst}: {reden.nederlands}", f"{tekst}: {reden.engels}",
                    "Verbeter de aanroep van deze functie.", "Correct the call to this function.",
                )  # fmt: skip


def _onbekend(sleutel: str, tag: str) -> Bevinding:
    if tag == DUBBEL:
        return Bevinding(
            sleutel, "id", "Dit id komt vaker voor.", "This id is not unique.", "Geef elk element een eigen id.", "Give each element its own id.",
        )  # fmt: skip
    if tag == "dataStoreReference":
        return Bevinding(
            sleutel, "gegevensopslag", "De motor leest en schrijft geen gegevensopslag.", "The engine does not read or write data stores.",
            "Lees en bewaar gegevens met een bouwblok, en haal de opslag uit het model.", "Use a building block and remove the data store.",
        )  # fmt: skip
    return Bevinding(
        sleutel, "onbekend", f"De motor kent {tag} niet.", f"The engine does not know {tag}.",
        "Haal dit uit het model; bewaar gegevens met een bouwblok.", "Remove it; store data with a building block.",
    )  # fmt: skip


def _is_link(element: Element) -> bool:
    gebeurtenis = element.gebeurtenis
    return element.soort == "intermediateCatchEvent" and gebeurtenis is not None and gebeurtenis.soort == "link"


def _niets(_controle: _Controle, _bereik: Bereik, _element: Element) -> Uit:
    return iter(())


SOORTEN: dict[str, Callable[[_Controle, Bereik, Element], Uit]] = {
    "exclusiveGateway": _Controle._gateway,  # noqa: SLF001  # dezelfde module
    "inclusiveGateway": _Controle._gateway,  # noqa: SLF001
    "parallelGateway": _Controle._gateway,  # noqa: SLF001
    "eventBasedGateway": _Controle._poort,  # noqa: SLF001
    "boundaryEvent": _Controle._rand,  # noqa: SLF001
    "serviceTask": _Controle._dienst,  # noqa: SLF001
    "sendTask": _Controle._dienst,  # noqa: SLF001
    "businessRuleTask": _Controle._beslissing,  # noqa: SLF001
    "scriptTask": _Controle._script,  # noqa: SLF001
    "callActivity": _Controle._aanroep,  # noqa: SLF001
}
