"""Vergrendelen en ontgrendelen (drc-009); ontgrendelen voegt ook de bestandsdelen samen (regels 4.3)."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from sqlalchemy import Connection, select, update

from kern.fouten import Ongeldig, ParamFout, Probleem
from kit import Bron, Omgeving
from kit.antwoord import Antwoord
from kit.app import lees_json, machine_toegang
from kit.lezen import Lezer, Rij
from registraties.documenten.bestanden import NieuwBestand, gooi_delen_weg, nieuw_bestand
from registraties.documenten.modellen import Bestandsdeel, Document, Documentversie
from registraties.documenten.regels import lockfouten, nieuwe_lock

Delen = list[Rij]


def slot_routes(bron: Bron) -> Callable[[Blueprint, Omgeving], None]:
    """De routes `…/lock` en `…/unlock`."""

    def voeg_toe(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
        slot = _Slot(omgeving, bron)
        for naam, functie in (("lock", slot.vergrendel), ("unlock", slot.ontgrendel)):
            bewaakt = machine_toegang(omgeving, *bron.scopes[naam])(partial(functie))
            blauwdruk.add_url_rule(f"/{bron.pad}/<uuid:id_>/{naam}", naam, bewaakt, methods=["POST"])

    return voeg_toe


def eis_recht(omgeving: Omgeving, lezer: Lezer, verbinding: Connection, operatie: str, id_: UUID) -> Rij:
    """De rij van dit document, als de aanroeper deze operatie erop mag; anders 404 of 403."""
    rij = lezer.een(verbinding, id_)
    if rij is None:
        raise Probleem(404)
    if not lezer.mag(verbinding, omgeving.toegang, operatie, id_):
        raise Probleem(403)
    return rij


class _Slot:
    """De slotacties op documenten."""

    def __init__(self, omgeving: Omgeving, bron: Bron) -> None:
        self._omgeving = omgeving
        self._installatie = omgeving.installatie
        self._bron = bron
        self._lezer = Lezer(omgeving, bron)

    def vergrendel(self, id_: UUID) -> Response:
        """200 met de lock; wie al een lock heeft uitstaan krijgt `existing-lock`."""
        self._bron.rechten.eis(self._omgeving.toegang, "lock", self._bron.scopes["lock"])
        lock = nieuwe_lock()
        with self._installatie.db.schrijven() as verbinding:
            self._lezer.vergrendel(verbinding, id_)
            rij = eis_recht(self._omgeving, self._lezer, verbinding, "lock", id_)
            if rij["k_lock"]:
                raise Ongeldig(ParamFout("nonFieldErrors", "existing-lock", "Het document is al vergrendeld."))
            verbinding.execute(update(Document).where(Document.id == id_).values(lock=lock))
        return Antwoord.json({"lock": lock}).response()

    def ontgrendel(self, id_: UUID) -> Response:
        """204; met `documenten.geforceerd-unlock` ook zonder lock, en dan vervallen bestandsdelen."""
        self._bron.rechten.eis(self._omgeving.toegang, "unlock", self._bron.scopes["unlock"])
        lock = _gegeven_lock()
        with self._installatie.db.lezen() as verbinding:
            document = eis_recht(self._omgeving, self._lezer, verbinding, "unlock", id_)
            geforceerd = not lock and self._lezer.mag(verbinding, self._omgeving.toegang, "geforceerd", id_)
            delen = [] if geforceerd else _delen(verbinding, id_)
        if not geforceerd:
            _eis_lock(document["k_lock"], lock)
        bestand = _voeg_samen(self._omgeving, delen) if delen else None
        with self._installatie.db.schrijven() as verbinding:
            self._rond_af(verbinding, id_, lock, bestand, geforceerd=geforceerd)
        return Response(status=204)

    def _rond_af(
        self, verbinding: Connection, id_: UUID, lock: str, bestand: NieuwBestand | None, *, geforceerd: bool
    ) -> None:
        vraag = select(Document.lock, Document.versie).where(Document.id == id_).with_for_update()
        document = verbinding.execute(vraag).one()
        if not geforceerd:
            _eis_lock(document.lock, lock)  # intussen kan een ander hem geforceerd hebben ontgrendeld
        waarden: dict[str, Any] = {"bestand": bestand.sleutel} if bestand else {}
        verbinding.execute(
            update(Document).where(Document.id == id_).values(lock="", revisie=Document.revisie + 1, **waarden)
        )
        if bestand:
            versie = Documentversie.document == id_, Documentversie.versie == document.versie
            verbinding.execute(update(Documentversie).where(*versie).values(bestand=bestand.sleutel))
            bestand.hoort_erbij(verbinding)
        gooi_delen_weg(self._installatie, verbinding, id_)


def _gegeven_lock() -> str:
    lichaam = lees_json() if request.get_data() else {}
    lock = lichaam.get("lock", "") if isinstance(lichaam, dict) else ""
    return lock if isinstance(lock, str) else ""


def _eis_lock(lock: str, gegeven: str) -> None:
    fouten = list(lockfouten(lock, gegeven))
    if fouten:
        raise Ongeldig(*fouten)


def _delen(verbinding: Connection, id_: UUID) -> Delen:
    vraag = select(Bestandsdeel.bestand, Bestandsdeel.volgnummer).where(Bestandsdeel.document == id_)
    return list(verbinding.execute(vraag.order_by(Bestandsdeel.volgnummer)).mappings().all())


def _voeg_samen(omgeving: Omgeving, delen: Delen) -> NieuwBestand:
    """Het hele bestand: één deel blijft wat het is, meer delen stromen na elkaar in een nieuw bestand."""
    sleutels = [deel["bestand"] for deel in delen]
    if not all(sleutels):
        raise Ongeldig(ParamFout("nonFieldErrors", "incomplete-upload", "Nog niet alle bestandsdelen zijn ontvangen."))
    if len(sleutels) == 1:
        return NieuwBestand(str(sleutels[0]))
    return nieuw_bestand(omgeving.installatie, _na_elkaar(omgeving, sleutels))


def _na_elkaar(omgeving: Omgeving, sleutels: Iterable[str]) -> Iterator[bytes]:
    for sleutel in sleutels:
        yield from omgeving.installatie.opslag.lees(sleutel)
