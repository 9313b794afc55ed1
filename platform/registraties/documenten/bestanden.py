"""De inhoud van documenten in de opslag: bewaren vóór de transactie, opruimen wat nergens meer bij hoort.

Een bestand krijgt altijd een nieuwe sleutel en wordt nooit overschreven. Vóór het schrijven komt er een rij in de outbox die een
dag later kijkt of het bestand ergens bij hoort: zo blijft er ook na een val van het proces niets achter. De transactie die naar het
bestand verwijst trekt die rij weer in. Voor wat bij een document zelf meekomt (tot 30 MB) staat er één rij voor een voorraad sleutels: dan
kost een document geen extra transactie.
"""

import os
from base64 import b64decode
from binascii import Error as Base64Fout
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, insert, select, update

from integratie.documenten.schemas import DocumentIn
from kern.fouten import ParamFout
from kern.installatie import Installatie
from kern.outbox import Verwerker, Werk, plaats, trek_in
from kit import Wijziging
from registraties.documenten.modellen import Bestandsdeel, Documentimport, Documentversie

OPRUIMEN = "documenten.opruimen"
NAKIJKEN_NA = timedelta(days=1)
PORTIE, BRUIKBAAR = 50, timedelta(hours=1)
DEELGROOTTE = 50 << 20
GROOTSTE_INHOUD = 30 << 20  # meer gaat in bestandsdelen
GROOTSTE_BESTAND = 4096 * DEELGROOTTE  # 200 GiB; elk deel is een rij, ook als het nooit komt
Fouten = Iterable[ParamFout]


@dataclass(frozen=True)
class NieuwBestand:
    """Een bestand waar nog niets naar verwijst, met de rij in de outbox die het anders opruimt (als die er is)."""

    sleutel: str
    wacht: int | None = None

    def hoort_erbij(self, verbinding: Connection) -> None:
        """Er verwijst nu iets naar, in deze transactie: opruimen hoeft niet meer."""
        if self.wacht is not None:
            trek_in(verbinding, self.wacht)


def nieuw_bestand(installatie: Installatie, delen: Iterable[bytes]) -> NieuwBestand:
    """Bewaar de delen stromend onder een nieuwe sleutel. Niet in een transactie."""
    sleutel = _nieuwe_sleutel()
    with installatie.db.schrijven() as verbinding:
        wacht = ruim_later_op(installatie, verbinding, sleutel, na=NAKIJKEN_NA)
    installatie.opslag.schrijf(sleutel, delen)
    return NieuwBestand(sleutel, wacht)


def _nieuwe_sleutel() -> str:
    naam = uuid4().hex
    return f"documenten/{naam[:2]}/{naam}"


def ruim_later_op(
    installatie: Installatie, verbinding: Connection, sleutel: str, *, na: timedelta = timedelta()
) -> int:
    """Verwijder het bestand na deze transactie, als er dan niets meer naar verwijst; geeft de rij in de outbox."""
    return plaats(installatie, verbinding, OPRUIMEN, {"bestand": sleutel}, vanaf=installatie.klok.nu() + na)


def ruim_op(installatie: Installatie, werk: Werk) -> None:
    """Verwijder elk bestand waar geen versie, geen bestandsdeel en geen import naar verwijst."""
    sleutels = set(werk.inhoud.get("bestanden") or [werk.inhoud["bestand"]])
    tabellen = (Documentversie, Bestandsdeel, Documentimport)
    with installatie.db.lezen() as verbinding:
        vragen = (select(tabel.bestand).where(tabel.bestand.in_(sleutels)) for tabel in tabellen)
        in_gebruik = {sleutel for vraag in vragen for sleutel in verbinding.scalars(vraag)}
    for sleutel in sleutels - in_gebruik:
        installatie.opslag.verwijder(sleutel)


class Sleutelvoorraad:
    """Sleutels die dit proces nog mag gebruiken; voor elke portie kijkt de outbox een dag later welke bestanden ergens bij horen.

    Een sleutel wordt binnen een uur gebruikt of nooit: als de outbox kijkt, is elke transactie ermee allang klaar.
    """

    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie
        self._vrij: deque[tuple[str, datetime, int]] = deque()

    def neem(self) -> str:
        """Een sleutel die nog nooit gebruikt is. Niet in een transactie."""
        while True:
            try:
                sleutel, sinds, proces = self._vrij.popleft()
            except IndexError:
                self._vul_aan()
                continue
            oud = self._installatie.klok.nu() - sinds
            if timedelta() <= oud < BRUIKBAAR and proces == os.getpid():  # een kopie van dit proces heeft dezelfde
                return sleutel

    def _vul_aan(self) -> None:
        nu, sleutels = self._installatie.klok.nu(), [_nieuwe_sleutel() for _ in range(PORTIE)]
        with self._installatie.db.schrijven() as verbinding:
            plaats(self._installatie, verbinding, OPRUIMEN, {"bestanden": sleutels}, vanaf=nu + NAKIJKEN_NA)
        self._vrij.extend((sleutel, nu, os.getpid()) for sleutel in sleutels)


def opruim_verwerker() -> Verwerker:
    """De outbox-verwerker die bestanden opruimt."""
    return Verwerker(OPRUIMEN, buiten=ruim_op)


# wat er met de inhoud gebeurt bij aanmaken en bijwerken (regels 4.3)


def inhoud_klopt(w: Wijziging[DocumentIn]) -> Fouten:
    """De inhoud is base64 en even groot als `bestandsomvang` (`file-size`). Bepaalt ook of de inhoud blijft, komt of in delen volgt."""
    w.geheugen |= {"inhoud": None, "in_delen": 0, "blijft": False}
    if w.nieuw.inhoud:
        yield from _lees_inhoud(w)
    elif _blijft_gelijk(w):
        w.geheugen["blijft"] = True
    elif not w.aanmaken and w.actie == "partial_update" and "inhoud" not in w.meegegeven:
        yield ParamFout("nonFieldErrors", "file-size", "De bestandsomvang hoort bij de inhoud; stuur die ook.")
    else:
        w.waarden["bestand"] = None
        w.geheugen["in_delen"] = omvang = w.nieuw.bestandsomvang or 0
        if omvang > GROOTSTE_BESTAND:
            yield ParamFout("bestandsomvang", "max_value", "Zo'n groot bestand past hier niet.")


def _blijft_gelijk(w: Wijziging[DocumentIn]) -> bool:
    """Zonder nieuwe inhoud en met dezelfde omvang houdt een nieuwe versie hetzelfde bestand."""
    if w.oud is None or w.nieuw.bestandsomvang != w.oud["bestandsomvang"]:
        return False
    opnieuw = w.actie == "partial_update" and {"inhoud", "bestandsomvang"} <= w.meegegeven
    return not (opnieuw and w.nieuw.bestandsomvang)


def _lees_inhoud(w: Wijziging[DocumentIn]) -> Fouten:
    try:
        inhoud = b64decode(w.nieuw.inhoud or "", validate=True)
    except (Base64Fout, ValueError):
        yield ParamFout("inhoud", "invalid", "De inhoud is geen base64.")
        return
    if len(inhoud) > GROOTSTE_INHOUD:
        yield ParamFout("inhoud", "max_length", "Deze inhoud is te groot om ineens te sturen; gebruik bestandsdelen.")
    elif w.nieuw.bestandsomvang not in (None, len(inhoud)):
        yield ParamFout("nonFieldErrors", "file-size", "De bestandsomvang is niet die van de inhoud.")
    w.waarden["bestandsomvang"] = len(inhoud)
    w.geheugen["inhoud"] = inhoud


def bewaar_inhoud(w: Wijziging[DocumentIn]) -> None:
    """Vóór de transactie: de meegestuurde inhoud naar de opslag; weg ermee als de transactie niet doorgaat."""
    inhoud = w.geheugen.pop("inhoud")
    if inhoud is None:
        return
    installatie = w.omgeving.installatie
    sleutel = w.omgeving.onthoud("sleutelvoorraad", lambda: Sleutelvoorraad(installatie)).neem()
    installatie.opslag.schrijf(sleutel, [inhoud])
    bestand = NieuwBestand(sleutel)
    w.geheugen["bestand"] = bestand
    w.waarden["bestand"] = bestand.sleutel
    w.bij_mislukken.append(lambda: installatie.opslag.verwijder(bestand.sleutel))


def verwerk_inhoud(w: Wijziging[DocumentIn]) -> None:
    """Gevolg: een nieuwe inhoud maakt eerdere delen waardeloos; volgt zij in delen, dan staan die hierna klaar."""
    if w.actie == "destroy":
        return
    if "bestand" in w.geheugen:
        w.geheugen["bestand"].hoort_erbij(w.verbinding)
    if w.geheugen["blijft"]:
        delen_van = update(Bestandsdeel).where(Bestandsdeel.document == w.id)
        w.verbinding.execute(delen_van.values(versie=w.waarden["versie"]))
        return
    if not w.aanmaken:
        gooi_delen_weg(w.omgeving.installatie, w.verbinding, w.id)
    delen = deelomvang(w.geheugen["in_delen"])
    if delen:
        basis: dict[str, Any] = {"document": w.id, "versie": w.waarden["versie"]}
        rijen = [{"id": uuid4(), **basis, "volgnummer": nr, "omvang": omvang} for nr, omvang in enumerate(delen, 1)]
        w.verbinding.execute(insert(Bestandsdeel), rijen)


def deelomvang(omvang: int) -> list[int]:
    """In welke stukken een bestand gestuurd wordt."""
    heel, rest = divmod(omvang, DEELGROOTTE)
    return [DEELGROOTTE] * heel + ([rest] if rest else [])


def gooi_delen_weg(installatie: Installatie, verbinding: Connection, document: UUID) -> None:
    """Verwijder de bestandsdelen van een document, en later hun bestanden."""
    weg = delete(Bestandsdeel).where(Bestandsdeel.document == document).returning(Bestandsdeel.bestand)
    for sleutel in verbinding.scalars(weg).all():
        if sleutel:
            ruim_later_op(installatie, verbinding, sleutel)


def bestanden_van(verbinding: Connection, document: UUID) -> set[str]:
    """De sleutels van alle bestanden van een document."""
    vragen = (select(tabel.bestand).where(tabel.document == document) for tabel in (Documentversie, Bestandsdeel))
    return {sleutel for vraag in vragen for sleutel in verbinding.scalars(vraag) if sleutel}
