"""Publiceren, versies bewaren, vergelijken en terugdraaien. Een versie is een object `pakketversie` met alle bestanden."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from huisstijl import kies
from integratie.configuratie import (
    FORMULIER,
    PAKKETVERSIE,
    PROCESPAKKET,
    REFERENTIELIJST,
    SJABLOON,
    VERZENDREGEL,
    Configuratie,
)
from kern.installatie import Installatie
from processen.modelleren.gevolgen import Gevolgen, gevolgen
from processen.modelleren.nakijken import kijk_na, lees_bestanden
from processen.modelleren.werkplaats import Stand, Werkplaats, Wie
from processen.motor import Motor
from processen.pakketten.afhankelijk import gebruikt_door
from processen.pakketten.exporteren import als_bestanden, lees_geinstalleerd
from processen.pakketten.formaat import Pakket, PakketFout
from processen.pakketten.installeren import installeer
from processen.pakketten.stoppen import gestopt, stop_dienst, voor_lopende_zaken
from processen.pakketten.verschil import verschil

NAMENS = "modelleren"
KOP = "pakket.toml"
_VERSIE = re.compile(r'^versie\s*=\s*"([^"]*)"', re.MULTILINE)
HERKOMST = "herkomst"
NUMMER = re.compile(r"\d+\.\d+\.\d+")
NET_GEWIJZIGD = {
    "nl": "Het pakket is net gewijzigd; er is niets gepubliceerd. Kijk wat er nu staat.",
    "en": "The package was changed just now; nothing was published. Look at what it says now.",
}


class GeenVersie(LookupError):
    """Deze versie van dit pakket is er niet."""


@dataclass(frozen=True)
class Uitgave:
    """Eén gepubliceerde versie."""

    pakket: str
    versie: str
    op: datetime
    door_naam: str
    toelichting: str
    nu: bool = False
    """Of dit is wat er nu staat."""


class Uitgaven:
    """De gepubliceerde versies van een installatie."""

    def __init__(self, installatie: Installatie, motor: Motor, werkplaats: Werkplaats) -> None:
        self._installatie, self._motor, self._werkplaats = installatie, motor, werkplaats
        self._configuratie = Configuratie(installatie, namens=NAMENS)

    # --- lezen -------------------------------------------------------------------------------------------------------------

    def lijst(self, pakket: str) -> list[Uitgave]:
        """De versies, de nieuwste eerst."""
        nu = self.versie_nu(pakket)
        gevonden = [
            Uitgave(
                pakket, d["versie"], datetime.fromisoformat(d["op"]), d.get("doorNaam", ""), d.get("toelichting", ""),
                d["versie"] == nu,
            )
            for d in self._configuratie.alle(PAKKETVERSIE, f"pakket__exact__{pakket}")
        ]  # fmt: skip
        return sorted(gevonden, key=lambda uitgave: uitgave.op, reverse=True)

    def versie_nu(self, pakket: str) -> str:
        """Het nummer van wat er nu staat; leeg als het pakket er nog niet is."""
        hier = self._configuratie.haal(PROCESPAKKET, pakket)
        return str(hier["versie"]) if hier else ""

    def bestanden(self, pakket: str, versie: str) -> dict[str, bytes]:
        """De bestanden van een versie. `GeenVersie` als zij er niet is."""
        gevonden = self._configuratie.haal(PAKKETVERSIE, _sleutel(pakket, versie))
        if gevonden is None:
            raise GeenVersie(f"{pakket} {versie}")
        return _als_bytes(gevonden["bestanden"])

    def volgende(self, pakket: str) -> str:
        """Een nummer voor de volgende versie: een hoger midden dan alles wat er was."""
        nu = self.versie_nu(pakket)
        nummers = [_getallen(uitgave.versie) for uitgave in self.lijst(pakket)] + ([_getallen(nu)] if nu else [])
        if not nummers:
            return "1.0.0"
        groot, midden, _ = max(nummers)
        return f"{groot}.{midden + 1}.0"

    def verschil(self, oud: Mapping[str, bytes], nieuw: Mapping[str, bytes]) -> list[str]:
        """De verschillen in leesbare regels. Is een van beide niet te lezen, dan alleen welke bestanden anders zijn."""
        try:
            return verschil(lees_bestanden(oud), lees_bestanden(nieuw))
        except PakketFout:
            erbij = [f"{pad}: komt erbij" for pad in nieuw if pad not in oud]
            weg = [f"{pad}: gaat weg" for pad in oud if pad not in nieuw]
            return sorted([*erbij, *weg, *(f"{p}: veranderd" for p in nieuw if p in oud and oud[p] != nieuw[p])])

    def gevolgen(self, pakket: str) -> Gevolgen:
        """Wat publiceren betekent voor processen, regels en zaaktypen, en voor de zaken die nu lopen."""
        return gevolgen(self._installatie, pakket, self._werkplaats.basis(pakket), self._werkplaats.bestanden(pakket))

    def herkomst(self, pakket: str, nieuw: Mapping[str, bytes]) -> dict[str, bytes] | None:
        """Wat er de vorige keer uit een zip kwam, om met `nieuw` te vergelijken; None als dit pakket nooit uit een zip kwam.

        Wie dezelfde zip nog eens inleest (na ongedaan maken) vergelijkt met wat er dáárvoor uit een zip kwam.
        """
        gevonden = self._configuratie.haal(PAKKETVERSIE, _sleutel(pakket, HERKOMST))
        if gevonden is None:
            return None
        laatste, vorige = (_als_bytes(gevonden.get(naam) or {}) for naam in ("bestanden", "vorige"))
        return vorige if laatste == nieuw and vorige else laatste

    def onthoud_herkomst(self, pakket: str, bestanden: Mapping[str, bytes]) -> None:
        """Onthoud wat er van buiten kwam, en wat er daarvoor van buiten kwam."""
        vorige = self.herkomst(pakket, bestanden) or {}
        gegevens = {
            "pakket": f"{HERKOMST}:{pakket}", "versie": HERKOMST, "op": self._installatie.klok.nu().isoformat(),
            "bestanden": _als_teksten(bestanden), "vorige": _als_teksten(vorige),
        }  # fmt: skip
        self._configuratie.bewaar(PAKKETVERSIE, _sleutel(pakket, HERKOMST), gegevens)

    # --- doen --------------------------------------------------------------------------------------------------------------

    def publiceer(self, pakket: str, wie: Wie, nummer: str, toelichting: str = "", *, bij: int | None = None) -> Stand:
        """Installeer de werkversie als versie `nummer` en bewaar haar. `PakketFout` als de controle iets vindt of het nummer er al is.

        Met `bij` alleen als de werkversie nog die versie heeft: wat een collega er net bij schreef gaat dan niet ongezien mee.
        """
        if not NUMMER.fullmatch(nummer):
            raise PakketFout([f"{nummer}: een versienummer bestaat uit drie getallen, zoals 1.2.0"])
        if any(uitgave.versie == nummer for uitgave in self.lijst(pakket)):
            raise PakketFout([f"versie {nummer} is er al; kies een hoger nummer"])
        bestanden = self._werkplaats.bestanden(pakket)
        kop = met_nummer(bestanden.get(KOP, b""), nummer)
        verslag = kijk_na({**bestanden, KOP: kop}, self._motor)
        if verslag.fouten or verslag.pakket is None:
            raise PakketFout([f"{b.pad}: {b.tekst}" for b in verslag.fouten])
        if bij is not None and self._werkplaats.stand(pakket).versie != bij:
            raise PakketFout([str(kies(NET_GEWIJZIGD))])
        self._werkplaats.bewaar_samen(pakket, {KOP: kop}, wie=wie, wat=f"versie {nummer}")
        self._bewaar_wat_er_staat(pakket, wie)
        return self._zet_neer(verslag.pakket, wie, toelichting)

    def draai_terug(self, pakket: str, versie: str, wie: Wie) -> Stand:
        """Zet een eerdere versie terug, ook in de werkversie (dat is daar ongedaan te maken)."""
        bestanden = self.bestanden(pakket, versie)
        oud: dict[str, bytes | None] = dict.fromkeys(self._werkplaats.bestanden(pakket))
        self._werkplaats.bewaar_samen(pakket, {**oud, **bestanden}, wie=wie, wat=f"teruggedraaid naar {versie}")
        return self._zet_neer(lees_bestanden(bestanden), wie, f"Teruggedraaid naar {versie}.", bewaar=False)

    def faseer_uit(self, pakket: str, wie: Wie, waarheen: Mapping[str, str] | None = None) -> None:
        """Er begint niets nieuws meer: producten en formulieren zijn gestopt, geen start. Lopende zaken gaan gewoon verder, met hun acties.

        `waarheen` zegt inwoners per taal waar zij nu terechtkunnen. Opnieuw publiceren maakt het pakket weer actief. `GeenVersie` als het
        niet geïnstalleerd is.
        """
        hier = self._configuratie.haal(PROCESPAKKET, pakket)
        if hier is None:
            raise GeenVersie(pakket)
        self._werkplaats.open(pakket, wie)
        self._bewaar_wat_er_staat(pakket, wie)
        blijft = self._voor_lopende_zaken(pakket)
        codes = [deel["code"] for deel in hier.get("bron", {}).get("producten", ())]
        stop_dienst(self._installatie, pakket, codes, waarheen or {})
        self._configuratie.bewaar(PROCESPAKKET, pakket, gestopt(hier))
        with self._installatie.db.schrijven() as verbinding:
            for definitie in self._motor.definities.lijst(verbinding):
                weg = definitie.pakket == pakket and definitie.sleutel not in blijft
                if weg and definitie.staat == "actief":
                    self._motor.trek_in(verbinding, definitie.id)

    def _voor_lopende_zaken(self, pakket: str) -> set[str]:
        hier = lees_geinstalleerd(self._installatie, self._motor, pakket)
        starts, acties = ({deel.proces for deel in delen} for delen in (hier.kop.starts, hier.kop.acties))
        gedeeld = bool(gebruikt_door(self._installatie, pakket))
        return voor_lopende_zaken(hier.processen, starts, acties, gedeeld=gedeeld)

    def _zet_neer(self, pakket: Pakket, wie: Wie, toelichting: str, *, bewaar: bool = True) -> Stand:
        installeer(self._installatie, self._motor, pakket, door=wie.gebruikersnaam)
        ruim_op(self._installatie, self._motor, pakket)
        if bewaar:
            self._bewaar(pakket, wie, toelichting)
        return self._werkplaats.gepubliceerd(pakket.kop.naam, wie)

    def _bewaar_wat_er_staat(self, pakket: str, wie: Wie) -> None:
        """Wat buiten de werkbank geïnstalleerd werd is nog geen versie; zonder haar is er niets om naar terug te gaan."""
        nu = self.versie_nu(pakket)
        if nu and self._configuratie.haal(PAKKETVERSIE, _sleutel(pakket, nu)) is None:
            hier = lees_geinstalleerd(self._installatie, self._motor, pakket)
            self._bewaar(hier, Wie("", ""), f"Stond er toen {wie.naam} voor het eerst publiceerde.")

    def _bewaar(self, pakket: Pakket, wie: Wie, toelichting: str) -> None:
        kop = pakket.kop
        gegevens = {
            "pakket": kop.naam, "versie": kop.versie, "titel": kop.titel, "op": self._installatie.klok.nu().isoformat(),
            "door": wie.gebruikersnaam, "doorNaam": wie.naam, "toelichting": toelichting,
            "bestanden": _als_teksten(als_bestanden(pakket)),
        }  # fmt: skip
        self._configuratie.bewaar(PAKKETVERSIE, _sleutel(kop.naam, kop.versie), gegevens)


def ruim_op(installatie: Installatie, motor: Motor, pakket: Pakket) -> None:
    """Haal weg wat van dit pakket is en er niet meer in zit: inrichting, en processen (lopende instanties gaan gewoon verder)."""
    configuratie, naam = Configuratie(installatie, namens=NAMENS), pakket.kop.naam
    eigen = (
        (FORMULIER, set(pakket.formulieren)), (SJABLOON, set(pakket.sjablonen)), (REFERENTIELIJST, set(pakket.referentielijsten)),
        (VERZENDREGEL, {regel.sleutel for regel in pakket.verzendregels}),
    )  # fmt: skip
    for soort, blijft in eigen:
        for deel in [deel for deel in configuratie.alle(soort) if deel.get("pakket") == naam]:
            if deel["sleutel"] not in blijft:
                configuratie.verwijder(soort, deel["sleutel"])
    with installatie.db.schrijven() as verbinding:
        for definitie in motor.definities.lijst(verbinding):
            weg = definitie.pakket == naam and definitie.sleutel not in pakket.processen
            if weg and definitie.staat == "actief":
                motor.trek_in(verbinding, definitie.id)


def met_nummer(kop: bytes, nummer: str) -> bytes:
    """`pakket.toml` met een ander versienummer; de rest blijft zoals zij is."""
    return _VERSIE.sub(f'versie = "{nummer}"', kop.decode(), count=1).encode()


def _sleutel(pakket: str, versie: str) -> str:
    return f"{pakket}@{versie}"


def _als_bytes(teksten: Mapping[str, str]) -> dict[str, bytes]:
    return {pad: str(tekst).encode() for pad, tekst in teksten.items()}


def _als_teksten(bestanden: Mapping[str, bytes]) -> dict[str, str]:
    return {pad: inhoud.decode() for pad, inhoud in bestanden.items()}


def _getallen(versie: str) -> tuple[int, int, int]:
    delen = [int(deel) for deel in versie.split(".")] + [0, 0, 0]
    return delen[0], delen[1], delen[2]
