"""De werkversie van een pakket: wat alle tabbladen en tekenvlakken lezen en bewaren. De handleiding is docs/modelleren.md.

    werkplaats = Werkplaats(installatie, motor)
    werkversie = werkplaats.open("klacht", wie)            # begint er een, of neemt over wat buiten de werkbank veranderde
    bestand = werkplaats.lees("klacht", "processen/klacht.bpmn")
    werkplaats.bewaar("klacht", bestand.pad, inhoud, versie=bestand.versie, wie=wie)    # Botsing als een collega eerder was
    werkplaats.ongedaan("klacht", wie)

Wie bewaart noemt de versie die hij las. Was een collega eerder, dan wordt het ingestuurde geparkeerd: het staat in de geschiedenis en is
daar terug te zetten.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import RowMapping

from integratie.configuratie import PROCESPAKKET, Configuratie
from kern.aanmelden.identiteit import Identiteit
from kern.installatie import Installatie
from processen.modelleren.tabellen import Aanvraag, Bestand, Stap, Werkversie
from processen.motor import Motor
from processen.pakketten.exporteren import als_bestanden, lees_geinstalleerd
from processen.pakketten.formaat import PakketFout
from processen.pakketten.stoppen import UITGEFASEERD

NAMENS = "modelleren"
ROL = "functioneel-beheerder"
MEESTE_STAPPEN = 200
GROOTSTE_BESTAND = 5 * 1024 * 1024
AANWEZIG = timedelta(minutes=5)
_NAAM = r"[a-z0-9][a-z0-9._-]{0,99}"
PADEN = re.compile(
    rf"pakket\.toml|verzendregels\.json|(zaaktypen|verzoektypen|producten|formulieren|sjablonen|referentielijsten)/{_NAAM}\.json"
    rf"|processen/{_NAAM}\.bpmn|beslissingen/{_NAAM}\.dmn|scenarios/{_NAAM}\.yaml"
)
"""Kenmerk van een pakket waar niets nieuws meer mee begint; de werkversie bewaart dan wat er was."""
BEWAARD, GEPARKEERD = "bewaard", "geparkeerd"


class GeenPakket(LookupError):
    """Dit pakket (of dit deel ervan) is er niet."""


class OnbekendPad(ValueError):
    """Zo heet geen bestand van een pakket, of het is te groot. De tekst zegt wat er mis is."""


class Botsing(Exception):
    """Een collega bewaarde dit deel intussen. `nu` is wat er staat; wat werd ingestuurd is geparkeerd als stap `geparkeerd`."""

    def __init__(self, nu: "Deel", geparkeerd: int) -> None:
        self.nu, self.geparkeerd = nu, geparkeerd
        super().__init__(f"{nu.pad} is intussen gewijzigd door {nu.door_naam}")


class Wie(NamedTuple):
    """Wie er werkt; een functioneel beheerder."""

    gebruikersnaam: str
    naam: str

    @classmethod
    def van(cls, identiteit: Identiteit) -> "Wie":
        """De aangemelde medewerker. `PermissionError` zonder de rol functioneel beheerder."""
        if ROL not in identiteit.rollen:
            raise PermissionError(ROL)
        return cls(identiteit.gebruikersnaam, identiteit.naam or identiteit.gebruikersnaam)


@dataclass(frozen=True)
class Deel:
    """Een bestand van de werkversie. `versie` 0 en geen inhoud: het is er niet (meer)."""

    pad: str
    inhoud: bytes | None
    versie: int
    gewijzigd: datetime | None
    door_naam: str
    anders: bool = False
    """Of het afwijkt van wat er geïnstalleerd is."""


@dataclass(frozen=True)
class Stand:
    """De werkversie als geheel."""

    pakket: str
    titel: str
    versie: int
    gewijzigd: datetime
    door: str
    door_naam: str
    heeft_wijzigingen: bool


@dataclass(frozen=True)
class Stapregel:
    """Eén regel van de geschiedenis van een werkversie; de nieuwste eerst."""

    nr: int
    paden: tuple[str, ...]
    soort: str
    wat: str
    ongedaan: bool
    tijdstip: datetime
    door_naam: str


@dataclass(frozen=True)
class Bestandstap:
    """Eén wijziging van één bestand, met wat er stond en wat er kwam."""

    nr: int
    soort: str
    ongedaan: bool
    tijdstip: datetime
    door_naam: str
    oud: bytes | None
    nieuw: bytes | None


class Werkplaats:
    """De werkversies van een installatie. Elke wijziging is één transactie; niemand overschrijft een ander ongemerkt."""

    def __init__(self, installatie: Installatie, motor: Motor) -> None:
        self._installatie, self._motor = installatie, motor

    # --- openen en lezen ---------------------------------------------------------------------------------------------------

    def open(self, pakket: str, wie: Wie) -> Stand:
        """De werkversie; is er nog geen, dan begint zij met wat er geïnstalleerd is. `GeenPakket` als dat er ook niet is.

        Wat intussen buiten de werkbank veranderde (een brief in de sjablonenlijst, een installatie) komt mee waar de werkversie het
        zelf niet had veranderd.
        """
        hier = self._geinstalleerd(pakket)
        with self._installatie.db.schrijven() as verbinding:
            rij = self._vergrendel(verbinding, pakket)
            if rij is None and hier is None:
                raise GeenPakket(pakket)
            if rij is None:
                rij = self._begin(verbinding, pakket, hier or {}, wie, gelijk=True)
            elif hier is not None:
                rij = self._haal_bij(verbinding, rij, hier)
        return _stand(rij)

    def stand(self, pakket: str) -> Stand:
        """De werkversie zoals zij bewaard is. `GeenPakket` als zij niet bestaat."""
        with self._installatie.db.lezen() as verbinding:
            rij = verbinding.execute(_WERKVERSIE.where(Werkversie.pakket == pakket)).mappings().first()
        if rij is None:
            raise GeenPakket(pakket)
        return _stand(rij)

    def alle(self) -> list[Stand]:
        """Alle werkversies, op naam."""
        with self._installatie.db.lezen() as verbinding:
            return [_stand(rij) for rij in verbinding.execute(_WERKVERSIE.order_by(Werkversie.pakket)).mappings()]

    def delen(self, pakket: str) -> list[Deel]:
        """Alle bestanden die er nu zijn, met inhoud, op pad."""
        vraag = _BESTAND.where(Bestand.pakket == pakket, Bestand.inhoud.is_not(None)).order_by(Bestand.pad)
        with self._installatie.db.lezen() as verbinding:
            return [_deel(rij) for rij in verbinding.execute(vraag).mappings()]

    def bestanden(self, pakket: str) -> dict[str, bytes]:
        """Alle bestanden als pad naar inhoud."""
        return {deel.pad: deel.inhoud for deel in self.delen(pakket) if deel.inhoud is not None}

    def basis(self, pakket: str) -> dict[str, bytes]:
        """De bestanden zoals zij geïnstalleerd zijn; leeg bij een pakket dat nog nooit gepubliceerd is."""
        vraag = select(Bestand.pad, Bestand.basis).where(Bestand.pakket == pakket, Bestand.basis.is_not(None))
        with self._installatie.db.lezen() as verbinding:
            return {rij.pad: bytes(rij.basis) for rij in verbinding.execute(vraag.order_by(Bestand.pad))}

    def lees(self, pakket: str, pad: str) -> Deel:
        """Eén bestand. `GeenPakket` als het er niet is."""
        deel = self.kijk(pakket, pad)
        if deel.inhoud is None:
            raise GeenPakket(f"{pakket}/{pad}")
        return deel

    def kijk(self, pakket: str, pad: str) -> Deel:
        """Als `lees`, maar een bestand dat er nog niet is komt leeg terug, met de versie om het te kunnen maken."""
        _eis_pad(pad)
        with self._installatie.db.lezen() as verbinding:
            return _kijk(verbinding, pakket, pad)

    # --- bewaren -----------------------------------------------------------------------------------------------------------

    def bewaar(self, pakket: str, pad: str, inhoud: bytes, *, versie: int, wie: Wie, wat: str = "") -> Deel:
        """Bewaar één bestand als `versie` nog de laatste is; 0 voor een nieuw bestand. `Botsing`, `OnbekendPad` of `GeenPakket`."""
        return self._zet(pakket, pad, inhoud, versie, wie, wat)

    def verwijder(self, pakket: str, pad: str, *, versie: int, wie: Wie, wat: str = "") -> None:
        """Haal één bestand weg; ook dat is ongedaan te maken."""
        self._zet(pakket, pad, None, versie, wie, wat)

    def bewaar_samen(
        self,
        pakket: str,
        bestanden: Mapping[str, bytes | None],
        *,
        wie: Wie,
        wat: str,
        versies: Mapping[str, int] | None = None,
    ) -> Stand:
        """Bewaar meer bestanden als één stap: voor wat bij elkaar hoort (hernoemen, een formulier met zijn schema).

        Alleen van de bestanden in `versies` moet de gelezen versie nog de laatste zijn; anders is alles geparkeerd en volgt `Botsing`.
        """
        for pad, inhoud in bestanden.items():
            _eis_pad(pad, inhoud)
        with self._installatie.db.schrijven() as verbinding:
            rij = self._eis(verbinding, pakket)
            nu = {pad: _kijk(verbinding, pakket, pad) for pad in bestanden}
            anders = {pad: inhoud for pad, inhoud in bestanden.items() if nu[pad].inhoud != inhoud}
            eerder = next((nu[pad] for pad, versie in (versies or {}).items() if nu[pad].versie != versie), None)
            if not anders or eerder is None:
                return _stand(self._schrijf(verbinding, rij, anders, wie, wat) if anders else rij)
            nr = self._parkeer(verbinding, rij, [(nu[pad], inhoud) for pad, inhoud in anders.items()], wie, wat)
        raise Botsing(eerder, nr)

    def maak(self, pakket: str, bestanden: Mapping[str, bytes], *, wie: Wie) -> Stand:
        """Begin een nieuw pakket met deze bestanden. `FileExistsError` als het er al is."""
        for pad, inhoud in bestanden.items():
            _eis_pad(pad, inhoud)
        bestaat = self._geinstalleerd(pakket) is not None
        with self._installatie.db.schrijven() as verbinding:
            if bestaat or self._vergrendel(verbinding, pakket) is not None:
                raise FileExistsError(pakket)
            return _stand(self._begin(verbinding, pakket, bestanden, wie, gelijk=False))

    def gooi_weg(self, pakket: str) -> None:
        """Haal de werkversie weg; wat gepubliceerd is blijft. Bij de volgende keer openen begint zij opnieuw, en wat gevraagd was vervalt."""
        with self._installatie.db.schrijven() as verbinding:
            # De nieuwe werkversie telt weer vanaf het begin: zonder dit gold een oude vraag straks voor iets anders.
            verbinding.execute(update(Aanvraag).where(Aanvraag.pakket == pakket).values(versie=0))
            for tabel in (Stap, Bestand, Werkversie):
                verbinding.execute(delete(tabel).where(tabel.pakket == pakket))

    def gepubliceerd(self, pakket: str, wie: Wie) -> Stand:
        """Leg vast dat de werkversie nu geïnstalleerd is: zij is weer gelijk aan wat er staat."""
        hier = self._geinstalleerd(pakket) or {}
        with self._installatie.db.schrijven() as verbinding:
            rij = self._eis(verbinding, pakket)
            paden = verbinding.scalars(select(Bestand.pad).where(Bestand.pakket == pakket)).all()
            self._schrijf(
                verbinding, rij, {pad: hier.get(pad) for pad in {*paden, *hier}}, wie, "gepubliceerd", stap=False
            )
            for pad in {*paden, *hier}:
                verbinding.execute(_waar(pakket, pad).values(basis=hier.get(pad)))
            opdracht = update(Werkversie).where(Werkversie.pakket == pakket).values(gelijk_bij=Werkversie.versie)
            verbinding.execute(opdracht)
            return _stand(self._eis(verbinding, pakket))

    # --- terug -------------------------------------------------------------------------------------------------------------

    def ongedaan(self, pakket: str, wie: Wie) -> Stapregel | None:
        """Maak de laatste stap ongedaan, van wie hij ook is. None als er niets (meer) is."""
        return self._draai(pakket, wie, ongedaan=True)

    def opnieuw(self, pakket: str, wie: Wie) -> Stapregel | None:
        """Doe de laatste ongedaan gemaakte stap weer. None als er na het ongedaan maken iets anders bewaard is."""
        return self._draai(pakket, wie, ongedaan=False)

    def zet_terug(self, pakket: str, nr: int, wie: Wie) -> Stand:
        """Zet wat er bij stap `nr` bewaard of geparkeerd werd weer neer, als nieuwe stap. `GeenPakket` als die stap er niet meer is."""
        with self._installatie.db.lezen() as verbinding:
            rijen = verbinding.execute(select(Stap.pad, Stap.nieuw).where(Stap.pakket == pakket, Stap.nr == nr)).all()
        if not rijen:
            raise GeenPakket(f"{pakket}: stap {nr}")
        return self.bewaar_samen(pakket, {rij.pad: rij.nieuw for rij in rijen}, wie=wie, wat=f"teruggezet: stap {nr}")

    def stappen(self, pakket: str, hoogstens: int = 50) -> list[Stapregel]:
        """De laatste stappen, de nieuwste eerst."""
        vraag = _STAPREGEL.where(Stap.pakket == pakket).order_by(Stap.nr.desc()).limit(hoogstens)
        with self._installatie.db.lezen() as verbinding:
            return [Stapregel(**{**rij, "paden": tuple(rij["paden"])}) for rij in verbinding.execute(vraag).mappings()]

    def wijzigingen(self, pakket: str, pad: str, hoogstens: int = 50) -> list[Bestandstap]:
        """De laatste wijzigingen van één bestand, de nieuwste eerst."""
        kolommen = (Stap.nr, Stap.soort, Stap.ongedaan, Stap.tijdstip, Stap.door_naam, Stap.oud, Stap.nieuw)
        vraag = (
            select(*kolommen).where(Stap.pakket == pakket, Stap.pad == pad).order_by(Stap.nr.desc()).limit(hoogstens)
        )
        with self._installatie.db.lezen() as verbinding:
            return [Bestandstap(**rij) for rij in verbinding.execute(vraag).mappings()]

    # --- wie er ook bezig is -----------------------------------------------------------------------------------------------

    def meld_aanwezig(self, pakket: str, wie: Wie, waar: str = "") -> list[str]:
        """Zeg dat u dit pakket open heeft, en hoor de namen van collega's die dat de laatste vijf minuten ook hadden."""
        nu, sleutel = self._installatie.klok.nu(), self._installatie.redis_sleutel("modelleren", "open", pakket)
        redis: Any = self._installatie.redis
        redis.hset(sleutel, wie.gebruikersnaam, json.dumps({"naam": wie.naam, "waar": waar, "om": nu.timestamp()}))
        redis.expire(sleutel, AANWEZIG * 2)
        bezig = {naam.decode(): json.loads(wat) for naam, wat in redis.hgetall(sleutel).items()}
        vers = nu.timestamp() - AANWEZIG.total_seconds()
        return sorted(wat["naam"] for naam, wat in bezig.items() if naam != wie.gebruikersnaam and wat["om"] >= vers)

    # --- binnenwerk --------------------------------------------------------------------------------------------------------

    def _geinstalleerd(self, pakket: str) -> dict[str, bytes] | None:
        """Wat er nu staat; None als het er niet is, of uitgefaseerd is en dus niet meer compleet."""
        hier = Configuratie(self._installatie, namens=NAMENS).haal(PROCESPAKKET, pakket)
        if hier is None or hier.get(UITGEFASEERD):
            return None
        try:
            return als_bestanden(lees_geinstalleerd(self._installatie, self._motor, pakket))
        except PakketFout:
            return None

    def _vergrendel(self, verbinding: Connection, pakket: str) -> RowMapping | None:
        """De rij van de werkversie, op slot tot het einde van de transactie (ook als zij er nog niet is)."""
        verbinding.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"modelleren:{pakket}"))))
        return verbinding.execute(_WERKVERSIE.where(Werkversie.pakket == pakket)).mappings().first()

    def _eis(self, verbinding: Connection, pakket: str) -> RowMapping:
        rij = self._vergrendel(verbinding, pakket)
        if rij is None:
            raise GeenPakket(pakket)
        return rij

    def _begin(
        self, verbinding: Connection, pakket: str, bestanden: Mapping[str, bytes], wie: Wie, *, gelijk: bool
    ) -> RowMapping:
        nu = self._installatie.klok.nu()
        verbinding.execute(
            insert(Werkversie).values(
                pakket=pakket, titel=_titel(bestanden.get("pakket.toml"), pakket), versie=1, gelijk_bij=1 if gelijk else 0,
                begonnen=nu, gewijzigd=nu, door=wie.gebruikersnaam, door_naam=wie.naam,
            )
        )  # fmt: skip
        for pad, inhoud in bestanden.items():
            verbinding.execute(
                insert(Bestand).values(
                    pakket=pakket, pad=pad, inhoud=inhoud, basis=inhoud if gelijk else None, versie=1, gewijzigd=nu,
                    door=wie.gebruikersnaam, door_naam=wie.naam,
                )
            )  # fmt: skip
        return self._eis(verbinding, pakket)

    def _haal_bij(self, verbinding: Connection, rij: RowMapping, hier: Mapping[str, bytes]) -> RowMapping:
        """Neem over wat buiten de werkbank veranderde. Waar de werkversie zelf ook anders is, wint zij; dat blijft te zien als verschil."""
        pakket = rij["pakket"]
        eigen = {r["pad"]: r for r in verbinding.execute(_BESTAND.where(Bestand.pakket == pakket)).mappings()}
        nieuw = {
            pad: hier.get(pad)
            for pad in {*eigen, *hier}
            if hier.get(pad) != (eigen[pad]["basis"] if pad in eigen else None)
        }
        if not nieuw:
            return rij
        ongewijzigd = {p: i for p, i in nieuw.items() if p not in eigen or eigen[p]["inhoud"] == eigen[p]["basis"]}
        schoon = rij["versie"] <= rij["gelijk_bij"]
        van_buiten = Wie("", "buiten de werkbank")
        if ongewijzigd:
            rij = self._schrijf(verbinding, rij, ongewijzigd, van_buiten, "buiten de werkbank gewijzigd", stap=False)
        for pad, inhoud in nieuw.items():
            verbinding.execute(_waar(pakket, pad).values(basis=inhoud))
        if schoon:
            verbinding.execute(update(Werkversie).where(Werkversie.pakket == pakket).values(gelijk_bij=rij["versie"]))
        return self._eis(verbinding, pakket)

    def _zet(self, pakket: str, pad: str, inhoud: bytes | None, versie: int, wie: Wie, wat: str) -> Deel:
        _eis_pad(pad, inhoud)
        with self._installatie.db.schrijven() as verbinding:
            rij = self._eis(verbinding, pakket)
            nu = _kijk(verbinding, pakket, pad)
            if nu.inhoud == inhoud:
                return nu
            if nu.versie == versie:
                self._schrijf(verbinding, rij, {pad: inhoud}, wie, wat)
                return _kijk(verbinding, pakket, pad)
            nr = self._parkeer(verbinding, rij, [(nu, inhoud)], wie, wat)
        raise Botsing(nu, nr)

    def _schrijf(
        self, verbinding: Connection, rij: RowMapping, bestanden: Mapping[str, bytes | None], wie: Wie, wat: str, *,
        stap: bool = True,
    ) -> RowMapping:  # fmt: skip
        """Schrijf bestanden als de volgende versie; met `stap` is het ongedaan te maken."""
        pakket, nr, nu = rij["pakket"], rij["versie"] + 1, self._installatie.klok.nu()
        if stap:
            verbinding.execute(delete(Stap).where(Stap.pakket == pakket, Stap.ongedaan))
            oud = {pad: _kijk(verbinding, pakket, pad).inhoud for pad in bestanden}
            self._stappen(verbinding, pakket, nr, [(p, oud[p], i) for p, i in bestanden.items()], BEWAARD, wie, wat)
        for pad, inhoud in bestanden.items():
            waarden = {
                "inhoud": inhoud, "versie": nr, "gewijzigd": nu, "door": wie.gebruikersnaam, "door_naam": wie.naam,
            }  # fmt: skip
            opdracht = insert(Bestand).values(pakket=pakket, pad=pad, basis=None, **waarden)
            verbinding.execute(opdracht.on_conflict_do_update(index_elements=["pakket", "pad"], set_=waarden))
        titel = _titel(bestanden.get("pakket.toml"), rij["titel"])
        nieuw = {"versie": nr, "gewijzigd": nu, "door": wie.gebruikersnaam, "door_naam": wie.naam, "titel": titel}
        verbinding.execute(update(Werkversie).where(Werkversie.pakket == pakket).values(nieuw))
        return self._eis(verbinding, pakket)

    def _stappen(  # één regel per bestand; wat zij delen komt los mee
        self, verbinding: Connection, pakket: str, nr: int, delen: Iterable[tuple[str, bytes | None, bytes | None]], soort: str,
        wie: Wie, wat: str,
    ) -> None:  # fmt: skip
        for pad, oud, nieuw in delen:
            verbinding.execute(
                insert(Stap).values(
                    pakket=pakket, nr=nr, pad=pad, soort=soort, oud=oud, nieuw=nieuw, ongedaan=False, wat=wat or pad,
                    tijdstip=self._installatie.klok.nu(), door=wie.gebruikersnaam, door_naam=wie.naam,
                )
            )  # fmt: skip
        verbinding.execute(delete(Stap).where(Stap.pakket == pakket, Stap.nr <= nr - MEESTE_STAPPEN))

    def _parkeer(
        self, verbinding: Connection, rij: RowMapping, delen: Sequence[tuple[Deel, bytes | None]], wie: Wie, wat: str
    ) -> int:
        """Leg het ingestuurde weg zonder iets te veranderen; het nummer is dat van een nieuwe stap."""
        nr: int = rij["versie"] + 1
        verbinding.execute(update(Werkversie).where(Werkversie.pakket == rij["pakket"]).values(versie=nr))
        regels = [(nu.pad, nu.inhoud, inhoud) for nu, inhoud in delen]
        self._stappen(verbinding, rij["pakket"], nr, regels, GEPARKEERD, wie, wat)
        return nr

    def _draai(self, pakket: str, wie: Wie, *, ongedaan: bool) -> Stapregel | None:
        volgorde = Stap.nr.desc() if ongedaan else Stap.nr.asc()
        with self._installatie.db.schrijven() as verbinding:
            rij = self._eis(verbinding, pakket)
            waar = (Stap.pakket == pakket, Stap.soort == BEWAARD, Stap.ongedaan.is_(not ongedaan))
            nr = verbinding.scalar(select(Stap.nr).where(*waar).order_by(volgorde).limit(1))
            if nr is None:
                return None
            delen = verbinding.execute(
                select(Stap).with_only_columns(*Stap.__table__.columns).where(Stap.pakket == pakket, Stap.nr == nr)
            ).all()
            terug = {deel.pad: deel.oud if ongedaan else deel.nieuw for deel in delen}
            self._schrijf(verbinding, rij, terug, wie, "", stap=False)
            verbinding.execute(update(Stap).where(Stap.pakket == pakket, Stap.nr == nr).values(ongedaan=ongedaan))
            een = delen[0]
            return Stapregel(nr, tuple(terug), een.soort, een.wat, ongedaan, een.tijdstip, een.door_naam)


_WERKVERSIE = select(*Werkversie.__table__.columns)
_BESTAND = select(*Bestand.__table__.columns)
_STAPREGEL = select(
    Stap.nr,
    func.array_agg(Stap.pad).label("paden"),
    func.min(Stap.soort).label("soort"),
    func.min(Stap.wat).label("wat"),
    func.bool_or(Stap.ongedaan).label("ongedaan"),
    func.min(Stap.tijdstip).label("tijdstip"),
    func.min(Stap.door_naam).label("door_naam"),
).group_by(Stap.nr)


def _waar(pakket: str, pad: str) -> Any:
    return update(Bestand).where(Bestand.pakket == pakket, Bestand.pad == pad)


def _stand(rij: RowMapping) -> Stand:
    velden = {naam: rij[naam] for naam in ("pakket", "titel", "versie", "gewijzigd", "door", "door_naam")}
    return Stand(**velden, heeft_wijzigingen=rij["versie"] > rij["gelijk_bij"])


def _deel(rij: RowMapping) -> Deel:
    inhoud = None if rij["inhoud"] is None else bytes(rij["inhoud"])
    basis = None if rij["basis"] is None else bytes(rij["basis"])
    return Deel(rij["pad"], inhoud, rij["versie"], rij["gewijzigd"], rij["door_naam"], inhoud != basis)


def _kijk(verbinding: Connection, pakket: str, pad: str) -> Deel:
    vraag = _BESTAND.where(Bestand.pakket == pakket, Bestand.pad == pad)
    rij = verbinding.execute(vraag).mappings().first()
    return _deel(rij) if rij is not None else Deel(pad, None, 0, None, "")


def _eis_pad(pad: str, inhoud: bytes | None = None) -> None:
    if not PADEN.fullmatch(pad):
        raise OnbekendPad(f"{pad}: zo heet geen bestand van een pakket")
    if inhoud is not None and len(inhoud) > GROOTSTE_BESTAND:
        raise OnbekendPad(f"{pad}: groter dan {GROOTSTE_BESTAND // (1024 * 1024)} MB")


def _titel(kop: bytes | None, anders: str) -> str:
    """De titel uit `pakket.toml`; een kop die (even) niet te lezen is verandert de titel niet."""
    try:
        return str(tomllib.loads((kop or b"").decode())["titel"])
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError):
        return anders
