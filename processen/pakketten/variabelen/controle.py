"""De controle zelf: per element elke uitdrukking tegen wat er op die plek bekend is, met reden en remedie.

Een proces dat op een verzoek of als actie begint, kent zijn beginvariabelen. Een proces dat door andere wordt aangeroepen krijgt ze van buiten: daar is
een onbekende naam geen fout. Hetzelfde geldt na een bericht waarvan niet bekend is wat erin zit.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import islice

from contracten.bouwblok import AnyBouwblok
from feel import Functies
from formuliermotor import Formulierdefinitie
from processen.motor import Motor
from processen.motor.fouten import ModelGeweigerd
from processen.motor.lezen import lees
from processen.motor.model import Bereik, Element, Proces
from processen.pakketten.formaat import Pakket
from processen.pakketten.variabelen.elementen import Omgeving, gevraagde_velden, oplevering, van_herhaling
from processen.pakketten.variabelen.stroom import Stroom
from processen.pakketten.variabelen.zicht import TEKST, Aard, Soort, Uitdrukking, Zicht, alles_samen, van_annotatie

MEESTE_ELEMENTEN = 600
"""Groter tekent niemand; van wat met opzet groter is hoeft de controle niet elk pad te volgen."""
PAST_OOK = {("getal", "tekst"), ("waarheid", "tekst")}
"""Een bouwblok dat tekst vraagt, neemt ook een getal."""


def variabelen(
    pakket: Pakket, motor: Motor, formulieren: Mapping[str, Formulierdefinitie], anderen: Iterable[bytes] = ()
) -> Iterator[str]:
    """Alle bevindingen. `formulieren` zijn die van het pakket, gelezen; `anderen` de modellen van pakketten waar dit op bouwt."""
    processen = {naam: proces for naam, bpmn in pakket.processen.items() if (proces := _lees(bpmn))}
    buiten = [proces for bpmn in anderen if (proces := _lees(bpmn))]
    einden: dict[str, Zicht] = {}
    for proces in (*buiten, *processen.values()):
        omgeving = Omgeving(motor.bouwblokken, formulieren, einden)
        einden[proces.id] = Stroom(proces.bereik, _begin(pakket, proces), omgeving, motor.uitdrukkingen.functies).alles
    omgeving = Omgeving(motor.bouwblokken, formulieren, einden)
    for naam, proces in processen.items():
        kijker = _Kijker(
            proces,
            _begin(pakket, proces),
            omgeving,
            motor.uitdrukkingen.functies,
            _antwoorden(pakket, proces, formulieren),
        )
        yield from (f"processen/{naam}.bpmn: {regel}" for regel in dict.fromkeys(kijker.alles()))


def _lees(bpmn: bytes) -> Proces | None:
    try:
        proces = lees(bpmn)
    except ModelGeweigerd:
        return None
    return proces if sum(1 for _ in islice(proces.bereik.alles(), MEESTE_ELEMENTEN + 1)) <= MEESTE_ELEMENTEN else None


def _begin(pakket: Pakket, proces: Proces) -> Zicht:
    namen: dict[str, Soort] = {}
    if any(start.proces == proces.id for start in pakket.kop.starts):
        namen |= {"verzoek": TEKST}
    if any(actie.proces == proces.id for actie in pakket.kop.acties):
        namen |= {"zaak": TEKST, "zaaknummer": TEKST}
    return Zicht(namen, open=not namen)


def _antwoorden(pakket: Pakket, proces: Proces, formulieren: Mapping[str, Formulierdefinitie]) -> set[str]:
    """De vragen van de formulieren waarmee dit proces begint; leeg als dat niet bekend is."""
    typen = {start.verzoektype for start in pakket.kop.starts if start.proces == proces.id}
    passend = [f for f in formulieren.values() if f.gegevens.get("verzoektype") in typen]
    uit_schema = [t.gegevens_schema.get("properties", {}) for t in pakket.verzoektypen if t.naam in typen]
    return (
        {sleutel for deel in (*(f.onderdelen for f in passend), *uit_schema) for sleutel in deel} if passend else set()
    )


class _Kijker:
    def __init__(
        self, proces: Proces, begin: Zicht, omgeving: Omgeving, functies: Functies, antwoorden: set[str]
    ) -> None:
        self._proces, self._omgeving, self._functies, self._antwoorden = proces, omgeving, functies, antwoorden
        self._top = Stroom(proces.bereik, begin, omgeving, functies)

    def alles(self) -> Iterator[str]:
        """Alle bevindingen, elk met element, reden en remedie."""
        yield from self._bereik(self._proces.bereik, self._top, volgorde=True)

    def _bereik(self, bereik: Bereik, stroom: Stroom, *, volgorde: bool) -> Iterator[str]:
        volgorde = volgorde and not stroom.tegelijk()
        for element in bereik.elementen.values():
            yield from self._element(element, stroom, volgorde=volgorde)
            if element.inhoud is not None and element.id in stroom.binnenin:
                yield from self._bereik(element.inhoud, stroom.binnenin[element.id], volgorde=volgorde)
        for pijl in bereik.stromen:
            if pijl.voorwaarde and pijl.van in stroom.na:
                zicht = self._ruim(stroom.na[pijl.van], volgorde=volgorde)
                yield from self._kijk(pijl.id, pijl.voorwaarde, zicht)
                aard = Uitdrukking(pijl.voorwaarde, self._functies).soort(zicht).aard
                if aard not in ("", "waarheid"):
                    yield f"{pijl.id}: de voorwaarde {pijl.voorwaarde} geeft {_noem(aard)}, geen ja of nee. Vergelijk de waarde ergens mee."

    def _ruim(self, zicht: Zicht, *, volgorde: bool) -> Zicht:
        """Waar de volgorde niet te zien is, telt alles wat er ergens in het proces is."""
        return zicht if volgorde else alles_samen([zicht, self._top.alles])

    def _element(self, element: Element, stroom: Stroom, *, volgorde: bool) -> Iterator[str]:
        zeebe, zicht = element.zeebe, self._ruim(stroom.bij[element.id], volgorde=volgorde)
        if element.herhaald is not None:
            yield from self._kijk_vrij(element.id, (element.herhaald.lijst, element.herhaald.aantal), zicht)
        zicht = zicht.erbij(van_herhaling(element))
        for regel in zeebe.invoer:
            yield from self._kijk_vrij(element.id, (regel.bron,), zicht)
            zicht = stroom.gezet(zicht, regel, zicht)
        binnen = self._ruim(stroom.binnen(element), volgorde=volgorde)
        vrij = (
            *zeebe.eigenschappen.values(),
            zeebe.beslissing,
            zeebe.proces,
            zeebe.formulier,
            zeebe.toegewezen,
            zeebe.groepen,
        )
        yield from self._kijk_vrij(element.id, (*vrij, zeebe.uiterlijk, zeebe.opvolgen), binnen)
        yield from self._kijk_vrij(element.id, (f"={zeebe.script}" if zeebe.script else "",), binnen)
        yield from self._gebeurtenissen(element, binnen)
        geeft = (
            stroom.binnenin[element.id].alles if element.id in stroom.binnenin else oplevering(element, self._omgeving)
        )
        daarna = binnen.erbij(geeft.namen, open_=geeft.open)
        yield from self._kijk_vrij(element.id, [regel.bron for regel in zeebe.uitvoer], daarna)
        yield from self._bouwblok(element, binnen)

    def _gebeurtenissen(self, element: Element, zicht: Zicht) -> Iterator[str]:
        for gebeurtenis in element.gebeurtenissen:
            teksten = [gebeurtenis.uitdrukking, gebeurtenis.correlatie]
            if gebeurtenis.soort == "voorwaarde":
                teksten[0] = f"={gebeurtenis.uitdrukking.removeprefix('=')}"
            yield from self._kijk_vrij(element.id, teksten, zicht)

    def _kijk_vrij(self, element: str, teksten: Iterable[str], zicht: Zicht) -> Iterator[str]:
        for tekst in teksten:
            if tekst.startswith("=") and tekst.strip("= "):
                yield from self._kijk(element, tekst, zicht)

    def _kijk(self, element: str, tekst: str, zicht: Zicht) -> Iterator[str]:
        uitdrukking = Uitdrukking(tekst, self._functies)
        for naam in uitdrukking.namen():
            if naam not in zicht.namen and not zicht.open:
                elders = naam in self._top.alles.namen
                reden = "is hier nog niet gezet" if elders else "bestaat niet"
                yield f"{element}: variabele {naam} in {tekst} {reden}. {_bedoeld(naam, zicht.namen)}"
        for naam, veld, wel in uitdrukking.onbekende_velden(zicht):
            yield f"{element}: {naam} in {tekst} heeft geen veld {veld}. {_bedoeld(veld, wel)}"
        for naam, een, ander in uitdrukking.verkeerd_vergeleken(zicht):
            yield f"{element}: {naam} in {tekst} is {_noem(een)} en wordt vergeleken met {_noem(ander)}. Zet een van beide om, bijvoorbeeld met number() of string()."

    def _bouwblok(self, element: Element, binnen: Zicht) -> Iterator[str]:
        blok = self._omgeving.bouwblokken.get(element.zeebe.taak_type)
        if blok is None:
            return
        if blok.sleutel == "verzoeken.gegevens" and self._antwoorden:
            for veld in gevraagde_velden(element):
                if veld not in self._antwoorden:
                    yield f"{element.id}: het formulier heeft geen vraag {veld}. {_bedoeld(veld, self._antwoorden)}"
        yield from self._soorten(element, blok, binnen)

    def _soorten(self, element: Element, blok: AnyBouwblok, binnen: Zicht) -> Iterator[str]:
        """Past de soort van de invoer bij het bouwblok?"""
        velden = {veld.alias or naam: veld for naam, veld in blok.Invoer.model_fields.items()}
        for regel in element.zeebe.invoer:
            veld = velden.get(regel.doel)
            if veld is None or not regel.bron.startswith("="):
                continue
            gekregen, gevraagd = binnen.namen[regel.doel].aard, van_annotatie(veld.annotation).aard
            if gekregen and gevraagd and gekregen != gevraagd and (gekregen, gevraagd) not in PAST_OOK:
                yield f"{element.id}: invoer {regel.doel} ({regel.bron}) is {_noem(gekregen)}; {blok.sleutel} vraagt {_noem(gevraagd)}. Geef een andere variabele of zet haar om."


def _noem(aard: Aard) -> str:
    return {
        "tekst": "tekst",
        "getal": "een getal",
        "waarheid": "ja of nee",
        "lijst": "een lijst",
        "context": "een object",
        "": "onbekend",
    }[aard]


def _bedoeld(naam: str, bekend: Iterable[str]) -> str:
    namen = sorted(bekend)
    lijkt = get_close_matches(naam, namen, 1, 0.75)
    if lijkt:
        return f"Bedoelt u {lijkt[0]}?"
    return f"Wel: {', '.join(namen) or 'niets'}."
