"""Wat niet in een declaratie past: meer resources in één keer aanmaken, en onderwerpobjecten met alles eraan verwijderen."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from sqlalchemy import delete, exists, or_, select

from integratie.basis import Schema
from integratie.klantinteracties import schemas
from kern.fouten import Ongeldig, Probleem
from kit import Omgeving
from kit.antwoord import Antwoord
from kit.app import lees_json, machine_toegang
from kit.filters import lees_parameter
from kit.lezen import Lezer, kolommen
from kit.samen import Bundel, Gemaakt
from kit.schema import valideer
from kit.sporen import meld
from kit.toegang import TokenRechten
from registraties.klantinteracties.koppelingen import meld_ontkoppeld
from registraties.klantinteracties.modellen import Betrokkene, DigitaalAdres, Klantcontact, Onderwerpobject

RECHTEN = TokenRechten("klantinteracties")


def routes(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
    """Voeg de routes toe die geen gewone resource zijn."""
    toegang = machine_toegang(omgeving)

    @blauwdruk.post("/maak-klantcontact")
    @toegang
    def maak_klantcontact() -> Response:
        return _maak_klantcontact(omgeving).response()

    @blauwdruk.post("/klantcontacten/_afronden")
    @toegang
    def rond_af() -> Response:
        return _rond_af(omgeving).response()

    @blauwdruk.delete("/onderwerpobjecten/<uuid:sleutel>")
    @toegang
    def verwijder_onderwerpobject(sleutel: UUID) -> Response:
        return _verwijder_onderwerpobject(omgeving, sleutel).response()


def _lees(schema: type[Schema]) -> dict[str, Any]:
    """Het lichaam, gevalideerd als geheel; alleen de meegestuurde velden."""
    gelezen = valideer(schema, lees_json())
    if isinstance(gelezen, list):
        raise Ongeldig(*gelezen)
    return gelezen.als_json(alleen_gezet=True)


def _maak_klantcontact(omgeving: Omgeving) -> Antwoord:
    """Klantcontact met hoogstens één betrokkene en onderwerpobject (standaard)."""
    RECHTEN.eis(omgeving.toegang, "maak", ())
    bundel = Bundel(omgeving)
    eerder = bundel.eerder()
    if eerder is not None:
        return eerder
    lichaam = _lees(schemas.MaakKlantcontactIn)
    contact = {"uuid": bundel.erbij("klantcontact", "klantcontact", lichaam["klantcontact"])}
    if lichaam.get("betrokkene"):
        bundel.erbij("betrokkene", "betrokkene", {**lichaam["betrokkene"], "hadKlantcontact": contact})
    if lichaam.get("onderwerpobject"):
        bundel.erbij("onderwerpobject", "onderwerpobject", {**lichaam["onderwerpobject"], "klantcontact": contact})
    namen = ("klantcontact", "betrokkene", "onderwerpobject")
    return bundel.leg_vast(lambda gemaakt: {naam: gemaakt.get(naam) for naam in namen})


def _rond_af(omgeving: Omgeving) -> Antwoord:
    """Alles van één afgerond klantcontact in één transactie (onze uitbreiding)."""
    RECHTEN.eis(omgeving.toegang, "maak", ())
    bundel = Bundel(omgeving)
    eerder = bundel.eerder()
    if eerder is not None:
        return eerder
    lichaam = _lees(schemas.AfrondenIn)
    contact = {"uuid": bundel.erbij("klantcontact", "klantcontact", lichaam["klantcontact"])}
    for plek, betrokkene in enumerate(lichaam.get("betrokkenen", [])):
        _betrokkene_erbij(bundel, f"betrokkenen.{plek}", betrokkene, contact)
    for plek, onderwerp in enumerate(lichaam.get("onderwerpobjecten", [])):
        bundel.erbij("onderwerpobject", f"onderwerpobjecten.{plek}", {**onderwerp, "klantcontact": contact})
    for plek, bijlage in enumerate(lichaam.get("bijlagen", [])):
        bundel.erbij("bijlage", f"bijlagen.{plek}", {**bijlage, "wasBijlageVanKlantcontact": contact})
    if lichaam.get("interneTaak"):
        taak = {**lichaam["interneTaak"], "aanleidinggevendKlantcontact": contact}
        bundel.erbij("internetaak", "interneTaak", taak)
    for plek, actor in enumerate(lichaam.get("actoren", [])):
        bundel.erbij("actorklantcontact", f"actoren.{plek}", {"actor": actor, "klantcontact": contact})
    return bundel.leg_vast(_afgerond)


def _betrokkene_erbij(bundel: Bundel, plek: str, lichaam: dict[str, Any], contact: dict[str, UUID]) -> None:
    adressen = lichaam.pop("digitaleAdressen", [])
    id_ = bundel.erbij("betrokkene", plek, {**lichaam, "hadKlantcontact": contact})
    for nummer, adres in enumerate(adressen):
        verstrekt = {**adres, "verstrektDoorBetrokkene": {"uuid": id_}}
        bundel.erbij("digitaaladres", f"{plek}.digitaleAdressen.{nummer}", verstrekt)


def _afgerond(gemaakt: Gemaakt) -> dict[str, Any]:
    def alle(soort: str) -> list[dict[str, Any]]:
        """Wat op een plek in de lijst `soort` staat: `bijlagen.0`, of `betrokkenen.0.digitaleAdressen.1`."""
        return [weergave for plek, weergave in gemaakt.items() if plek.rpartition(".")[0].rpartition(".")[2] == soort]

    een = {naam: gemaakt.get(naam) for naam in ("klantcontact", "interneTaak")}
    lijsten = ("betrokkenen", "digitaleAdressen", "onderwerpobjecten", "bijlagen", "actoren")
    return een | {naam: alle(naam) for naam in lijsten}


def _verwijder_onderwerpobject(omgeving: Omgeving, sleutel: UUID) -> Antwoord:
    """Verwijder een onderwerpobject; met `cascade=true` ook de klantcontacten en adressen die niets anders meer raken."""
    RECHTEN.eis(omgeving.toegang, "verwijder", ())
    cascade = lees_parameter(bool, "cascade", request.args.get("cascade", "false"))
    with omgeving.installatie.db.schrijven() as verbinding:
        vraag = select(*Onderwerpobject.__table__.columns).where(Onderwerpobject.id == sleutel)
        rij = verbinding.execute(vraag.with_for_update()).mappings().first()
        if rij is None:
            raise Probleem(404)
        verbinding.execute(delete(Onderwerpobject).where(Onderwerpobject.id == sleutel))
        meld_ontkoppeld(omgeving, verbinding, dict(rij), sleutel)
        if not cascade:
            return Antwoord.json(None, 204)
        ids = [id_ for id_ in dict.fromkeys((rij["klantcontact"], rij["was_klantcontact"])) if id_]
        behouden = [id_ for id_ in ids if not _ruim_klantcontact_op(omgeving, verbinding, id_)]
    return Antwoord.json({"behouden": [f"{omgeving.basis}/klantcontacten/{id_}" for id_ in behouden]})


def _ruim_klantcontact_op(omgeving: Omgeving, verbinding: Any, id_: UUID) -> bool:
    """Verwijder een klantcontact waar geen onderwerpobject meer over gaat; False als dat er nog is."""
    over = or_(Onderwerpobject.klantcontact == id_, Onderwerpobject.was_klantcontact == id_)
    if verbinding.execute(select(exists().where(over))).scalar_one():
        return False
    bron = omgeving.registratie.bron("klantcontact")
    rij = Lezer(omgeving, bron).een(verbinding, id_, slot=True)
    if rij is None:
        return True
    betrokkenen: Sequence[UUID] = verbinding.scalars(
        select(Betrokkene.id).where(Betrokkene.had_klantcontact == id_)
    ).all()
    verbinding.execute(delete(DigitaalAdres).where(DigitaalAdres.verstrekt_door_betrokkene.in_(betrokkenen)))
    verbinding.execute(delete(Klantcontact).where(Klantcontact.id == id_))
    meld(omgeving, verbinding, bron, bron, "destroy", kolommen(rij), f"klantinteracties:klantcontacten/{id_}")
    return True
