"""Hoe het er in een proefrun voor staat, als JSON voor het scherm: elke stap, wat openstaat, en wat eruit kwam."""

from base64 import b64encode
from datetime import datetime
from typing import Any

from sqlalchemy import select

import feel
from integratie.configuratie import Configuratie, LijstOntbreekt
from integratie.documenten import DocumentenClient
from integratie.taken import TakenClient
from integratie.taken.formulier import uit_formio
from integratie.verzoeken import VerzoekenClient
from kern.klok import NEDERLAND
from kern.tabellen import OutboxTabel
from processen.modelleren.misgegaan import soort_van_incident
from processen.motor import InstantieInfo
from processen.motor.overzicht import Regel, WachtendInfo
from processen.pakketten.spelen import Spel
from processen.pakketten.uitkomst import Werkelijkheid
from processen.pakketten.verloop import NAMENS, Verloop

PDF = "application/pdf"


def beeld_van(spel: Spel) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Het beeld, en de brieven als stukken (`naam`, `inhoud` in base64) waar het beeld met hun nummer naar wijst."""
    stukken: list[dict[str, str]] = []
    volgende = spel.volgende_moment()
    return {
        "nu": _moment(spel.installatie.klok.nu()),
        "volgende": _moment(volgende) if volgende else None,
        "opnieuw": _wordt_herhaald(spel),
        "verzoeken": [_Verzoek(verloop, stukken).beeld() for verloop in spel.verlopen.values()],
    }, stukken


def _wordt_herhaald(spel: Spel) -> list[str]:
    """Wat mislukte en vanzelf opnieuw geprobeerd wordt: de soorten, elk één keer."""
    vraag = select(OutboxTabel.fout).where(OutboxTabel.staat != "dood", OutboxTabel.pogingen > 0)
    with spel.installatie.db.lezen() as verbinding:
        fouten = [fout or "" for fout in verbinding.scalars(vraag)]
    return sorted({soort_van_incident("bouwblok", fout) for fout in fouten})


def _moment(moment: datetime) -> str:
    return moment.astimezone(NEDERLAND).isoformat()


class _Verzoek:
    """Eén verzoek in de proefrun."""

    def __init__(self, verloop: Verloop, stukken: list[dict[str, str]]) -> None:
        self._verloop, self._stukken = verloop, stukken
        self._installatie, self._motor = verloop.installatie, verloop.motor
        self._uitkomst = Werkelijkheid(verloop)

    def beeld(self) -> dict[str, Any]:
        uitkomst, instanties = self._uitkomst, self._verloop.instanties()
        return {
            "naam": self._verloop.naam,
            "staat": uitkomst.staat("")[1],
            "statussen": uitkomst.statussen([])[1] or [],
            "resultaat": uitkomst.resultaat("")[1],
            "opgeschort": uitkomst.opgeschort(False)[1],
            "taken": uitkomst.taken([])[1],
            "besluiten": [besluit["type"] for besluit in uitkomst.besluiten([])[1]],
            "producten": len(uitkomst.producten([])[1]),
            "beslissingen": uitkomst.beslissingen({})[1],
            "bijlagen": self._bijlagen(),
            "brieven": [brief["sjabloon"] for brief in uitkomst.brieven([])[1]],
            "berichten": [self._bericht(zending) for zending in uitkomst.berichten([])[1]],
            "variabelen": feel.naar_json(instanties[0].variabelen) if instanties else {},
            "processen": [self._proces(instantie) for instantie in instanties],
        }

    def _bijlagen(self) -> list[str]:
        """Hoe de documenten heten die met het verzoek meekwamen, zoals de registratie van de proef ze heeft."""
        verzoek = VerzoekenClient(self._installatie, namens=NAMENS).verzoek(self._verloop.verzoek)
        return [bijlage.omschrijving for bijlage in verzoek.bijlagen]

    def _bericht(self, zending: dict[str, Any]) -> dict[str, Any]:
        return {naam: zending.get(naam) for naam in ("sjabloon", "onderwerp", "kanalen", "staat", "tekst")}

    def _proces(self, instantie: InstantieInfo) -> dict[str, Any]:
        with self._installatie.db.lezen() as verbinding:
            regels = self._motor.geschiedenis(verbinding, instantie.id)
            incidenten = self._motor.incidenten(verbinding, instantie=instantie.id)
            model = self._motor.definities.haal(verbinding, instantie.definitie).proces
        elementen = {element.id: element for _, element in model.bereik.alles()}
        namen = {sleutel: element.naam or sleutel for sleutel, element in elementen.items()}
        return {
            "sleutel": instantie.sleutel,
            "naam": model.naam or instantie.sleutel,
            "staat": instantie.staat,
            "stappen": [self._stap(regel, namen) for regel in regels],
            "wacht": [self._wacht(w, namen, elementen) for w in instantie.wachtend],
            "incidenten": [
                {
                    "element": i.element,
                    "naam": namen.get(i.element, i.element),
                    "soort": soort_van_incident(i.soort, i.fout),
                    "fout": i.fout,
                }
                for i in incidenten
            ],
        }

    def _stap(self, regel: Regel, namen: dict[str, str]) -> dict[str, Any]:
        uitleg = regel.uitleg or {}
        return {
            "element": regel.element,
            "naam": regel.naam or namen.get(regel.element, regel.element),
            "soort": regel.soort,
            "begonnen": _moment(regel.begonnen),
            "uitkomst": regel.uitkomst,
            "invoer": feel.naar_json(regel.invoer),
            "uitvoer": feel.naar_json(regel.uitvoer),
            "uitleg": uitleg.get("zinnen") or {},
            "stuk": self._stuk(regel),
        }

    def _stuk(self, regel: Regel) -> int | None:
        """Het nummer van de brief die deze stap maakte."""
        url = (regel.uitvoer or {}).get("document")
        if regel.soort != "serviceTask" or not isinstance(url, str):
            return None
        client = DocumentenClient(self._installatie, namens=NAMENS)
        document = client.document(url)
        if document.formaat != PDF:
            return None
        inhoud = b64encode(b"".join(client.inhoud(document))).decode()
        self._stukken.append({"naam": document.titel, "inhoud": inhoud})
        return len(self._stukken) - 1

    def _wacht(self, wachtend: WachtendInfo, namen: dict[str, str], elementen: dict[str, Any]) -> dict[str, Any]:
        beeld = {
            "element": wachtend.element,
            "naam": namen.get(wachtend.element, wachtend.element),
            "soort": wachtend.soort,
            "vanaf": _moment(wachtend.vanaf) if wachtend.vanaf else None,
        }
        if wachtend.soort != "taak" or not wachtend.verwijzing:
            return beeld
        taak = TakenClient(self._installatie, namens=NAMENS).vraag("GET", wachtend.verwijzing)
        if taak.get("status") != "open":
            return beeld
        voor_klant = "taakSoort" in taak
        formulier = _klantformulier(taak) if voor_klant else self._formulier(elementen, wachtend.element)
        soort = "betaaltaak" if taak.get("taakSoort") == "betaaltaak" else "klanttaak" if voor_klant else "taak"
        return beeld | {"taak": soort, "titel": taak["titel"], "formulier": formulier}

    def _formulier(self, elementen: dict[str, Any], element: str) -> dict[str, Any] | None:
        """De definitie van het formulier van een medewerkertaak; None als er geen is."""
        gevonden = elementen.get(element)
        sleutel = gevonden.zeebe.formulier if gevonden else ""
        try:
            bewaard = Configuratie(self._installatie, namens=NAMENS).formulier(sleutel) if sleutel else None
        except LijstOntbreekt:
            return None
        return bewaard["definitie"] if bewaard else None


def _klantformulier(taak: dict[str, Any]) -> dict[str, Any] | None:
    definitie = (taak.get("details") or {}).get("formulierDefinitie")
    return uit_formio(definitie, taak["titel"]) if isinstance(definitie, dict) else None
