"""`PUT /bestandsdelen/{uuid}`: één deel van de inhoud ontvangen, stromend naar de opslag."""

from collections.abc import Callable, Iterator
from io import SEEK_END
from typing import IO, Any
from uuid import UUID

from flask import Blueprint, Response, request
from sqlalchemy import Connection, RowMapping, select, update
from werkzeug.datastructures import FileStorage

from kern.fouten import Ongeldig, ParamFout, Probleem
from kit import Bron, Omgeving
from kit.antwoord import Antwoord
from kit.app import machine_toegang
from kit.lezen import Lezer
from registraties.documenten.bestanden import DEELGROOTTE, NieuwBestand, nieuw_bestand, ruim_later_op
from registraties.documenten.modellen import Bestandsdeel, Document
from registraties.documenten.regels import lockfouten
from registraties.documenten.vergrendelen import eis_recht

SCOPES = ("documenten.bijwerken",)
OVERIG = 1 << 20
BROK = 1 << 20


def deel_route(bron: Bron) -> Callable[[Blueprint, Omgeving], None]:
    """De route; rechten zijn die van bijwerken van het document."""

    def voeg_toe(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
        lezer = Lezer(omgeving, bron)

        def ontvang(id_: UUID) -> Response:
            bron.rechten.eis(omgeving.toegang, "wijzig", SCOPES)
            request.max_content_length = DEELGROOTTE + OVERIG
            deel = _deel(omgeving, lezer, id_)
            inhoud, lock = request.files.get("inhoud"), request.form.get("lock", "")
            _toets(deel, inhoud, lock)
            bestand = nieuw_bestand(omgeving.installatie, _brokken(inhoud.stream if inhoud else None))
            _bewaar(omgeving, deel, lock, bestand)
            return Antwoord.json(_weergave(omgeving, deel, lock)).response()

        bewaakt = machine_toegang(omgeving, *SCOPES)(ontvang)
        blauwdruk.add_url_rule("/bestandsdelen/<uuid:id_>", "bestandsdeel_vervang", bewaakt, methods=["PUT"])

    return voeg_toe


def _deel(omgeving: Omgeving, lezer: Lezer, id_: UUID) -> RowMapping:
    kolommen = Bestandsdeel.id, Bestandsdeel.document, Bestandsdeel.volgnummer, Bestandsdeel.omvang, Document.lock
    vraag = select(*kolommen).join(Document, Document.id == Bestandsdeel.document)
    with omgeving.installatie.db.lezen() as verbinding:
        deel = verbinding.execute(vraag.where(Bestandsdeel.id == id_)).mappings().first()
        if deel is None:
            raise Probleem(404)
        eis_recht(omgeving, lezer, verbinding, "wijzig", deel["document"])
    return deel


def _toets(deel: RowMapping, inhoud: FileStorage | None, lock: str) -> None:
    """De lock klopt en het deel is precies zo groot als afgesproken."""
    fouten = [] if lock else [ParamFout("lock", "required", "Dit veld is verplicht.")]
    fouten += lockfouten(deel["lock"], lock) if lock else []
    if inhoud is None:
        fouten.append(ParamFout("inhoud", "required", "Dit veld is verplicht."))
    elif _omvang(inhoud.stream) != deel["omvang"]:
        fouten.append(ParamFout("nonFieldErrors", "file-size", f"Dit deel hoort {deel['omvang']} bytes te zijn."))
    if fouten:
        raise Ongeldig(*fouten)


def _omvang(stroom: IO[bytes]) -> int:
    omvang = stroom.seek(0, SEEK_END)
    stroom.seek(0)
    return omvang


def _brokken(stroom: IO[bytes] | None) -> Iterator[bytes]:
    while stroom is not None and (brok := stroom.read(BROK)):
        yield brok


def _bewaar(omgeving: Omgeving, deel: RowMapping, lock: str, bestand: NieuwBestand) -> None:
    """Leg het deel vast, als de lock nog geldt; een eerder gestuurd deel vervalt."""
    installatie = omgeving.installatie
    with installatie.db.schrijven() as verbinding:
        eerder = _vergrendeld(verbinding, deel, lock)
        if eerder:
            ruim_later_op(installatie, verbinding, eerder)
        verbinding.execute(update(Bestandsdeel).where(Bestandsdeel.id == deel["id"]).values(bestand=bestand.sleutel))
        bestand.hoort_erbij(verbinding)


def _vergrendeld(verbinding: Connection, deel: RowMapping, lock: str) -> str | None:
    document = select(Document.lock).where(Document.id == deel["document"]).with_for_update()
    fouten = list(lockfouten(verbinding.execute(document).scalar_one(), lock))
    rij = verbinding.execute(select(Bestandsdeel.bestand).where(Bestandsdeel.id == deel["id"])).first()
    if fouten or rij is None:
        raise Ongeldig(*fouten) if fouten else Probleem(404)
    eerder: str | None = rij.bestand
    return eerder


def _weergave(omgeving: Omgeving, deel: RowMapping, lock: str) -> dict[str, Any]:
    return {
        "url": f"{omgeving.basis}/bestandsdelen/{deel['id']}",
        "volgnummer": deel["volgnummer"],
        "omvang": deel["omvang"],
        "voltooid": True,
        "lock": lock,
    }
