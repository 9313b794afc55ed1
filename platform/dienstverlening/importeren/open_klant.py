"""`dienstverlening importeer open-klant`: partijen, klantcontacten, interne taken en contactgegevens van een andere installatie.

Partijen en hun adressen verwijzen naar elkaar: eerst komen de partijen zonder voorkeuren, aan het eind hun voorkeuren.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import click
from pydantic import ValidationError
from sqlalchemy import Connection, delete, false, insert, or_, select

from dienstverlening.importeren.andere import Aanmelding
from dienstverlening.importeren.kern import Import, Stap, Weergave
from dienstverlening.importeren.opdrachten import Keuzen, draai, geheim, opties
from integratie.basis import Schema
from kern.installatie import Installatie
from kit.bron import Bron
from kit.overnemen import Rij
from registraties.contactgegevens.bronnen import CONTACTGEGEVENS, ORGANISATIE, PERSOON
from registraties.klantinteracties import bronnen as ki
from registraties.klantinteracties.modellen import InterneTaak, Klantcontact, Partij, Toewijzing
from registraties.klantinteracties.regels import ACTORSOORTEN, PARTIJSOORTEN, nummer

VOORKEUREN = ("voorkeurs_digitaal_adres", "voorkeurs_rekeningnummer")
NUMMERS = ("nummer", "referentienummer")
PORTIE = {"pageSize": 100}


@click.command("open-klant")
@opties
@geheim("token", "IMPORT_TOKEN", "token")
def open_klant(keuzen: Keuzen, token: str) -> None:
    """Neem partijen, klantcontacten, interne taken en contactgegevens over van de API's onder URL."""
    aanmelding = Aanmelding(token=token)
    draai("open-klant", keuzen, STAPPEN, aanmelding, na=geef_nummers)


def _groep(weergave: Weergave, veld: str, soort: str, schemas: Mapping[str, type[Schema]]) -> dict[str, Any] | None:
    """De identificatie zoals zij hier bewaard wordt; `ValueError` als zij niet bij haar soort past."""
    if not weergave.get(veld):
        return None
    try:
        return schemas[weergave[soort]].model_validate(weergave[veld]).als_json()
    except ValidationError as fout:
        plekken = ", ".join(".".join(map(str, deel["loc"])) for deel in fout.errors())
        raise ValueError(f"{veld}: invalid ({plekken})") from None


def _met_vrij_nummer(imp: Import, rij: Rij) -> Rij:
    """Zonder een nummer dat hier al van een ander is; `geef_nummers` geeft er aan het eind een."""
    model = rij.model
    zelfde = [getattr(model, veld) == rij.waarden[veld] for veld in NUMMERS if rij.waarden.get(veld)]
    vraag = select(*(getattr(model, veld) for veld in NUMMERS if veld in rij.waarden))
    with imp.installatie.db.lezen() as verbinding:
        waar = or_(*zelfde) if zelfde else false()
        anderen = verbinding.execute(vraag.where(waar, model.id != rij.waarden["id"])).mappings().all()
    bezet = {veld for ander in anderen for veld, waarde in ander.items() if waarde == rij.waarden[veld]}
    return _zonder(rij, bezet)


def _zonder(rij: Rij, velden: Collection[str]) -> Rij:
    return replace(rij, waarden={naam: waarde for naam, waarde in rij.waarden.items() if naam not in velden})


def geef_nummers(installatie: Installatie) -> None:
    """Wie geen nummer heeft omdat het hier al van een ander was, krijgt een nieuw."""
    for model in (Partij, Klantcontact, InterneTaak):
        for veld in NUMMERS:
            kolom = getattr(model, veld, None)
            if kolom is None:
                continue
            with installatie.db.schrijven() as verbinding:
                for id_ in verbinding.scalars(select(model.id).where(kolom.is_(None)).order_by(model.nr)).all():
                    nummer(verbinding, model, id_, [veld])


def _partij(imp: Import, partij: Weergave) -> Rij:
    groep = _groep(partij, "partijIdentificatie", "soortPartij", PARTIJSOORTEN)
    werkt = (groep or {}).pop("werkteVoorPartij", None)
    rij = imp.rij_van(ki.KLANTINTERACTIES, ki.PARTIJ, {**partij, "partijIdentificatie": None})
    gevuld = rij.met(partij_identificatie=groep, werkte_voor_partij=UUID(werkt["uuid"]) if werkt else None)
    return _met_vrij_nummer(imp, gevuld)


def _zonder_voorkeur(imp: Import, partij: Weergave) -> Iterator[Rij]:
    rij = _partij(imp, partij)
    yield _zonder(rij, VOORKEUREN)


def _met_voorkeur(imp: Import, partij: Weergave) -> Iterator[Rij]:
    """Alleen wie een voorkeur heeft."""
    if partij.get("voorkeursDigitaalAdres") or partij.get("voorkeursRekeningnummer"):
        yield _partij(imp, partij)


def _actor(imp: Import, actor: Weergave) -> Iterator[Rij]:
    groep = _groep(actor, "actorIdentificatie", "soortActor", ACTORSOORTEN)
    rij = imp.rij_van(ki.KLANTINTERACTIES, ki.ACTOR, {**actor, "actorIdentificatie": None})
    yield rij.met(actor_identificatie=groep)


def _taak(imp: Import, taak: Weergave) -> Iterator[Rij]:
    """Een interne taak met wie haar doet, op volgorde."""
    rij = imp.rij_van(ki.KLANTINTERACTIES, ki.INTERNETAAK, taak)
    actoren = taak.get("toegewezenAanActoren") or [taak.get("toegewezenAanActor")]
    ids = dict.fromkeys(UUID(actor["uuid"]) for actor in actoren if actor)
    id_ = rij.waarden["id"]

    def wijs_toe(verbinding: Connection) -> None:
        verbinding.execute(delete(Toewijzing).where(Toewijzing.internetaak == id_))
        rijen = [{"internetaak": id_, "volgorde": plek, "actor": actor} for plek, actor in enumerate(ids)]
        if rijen:
            verbinding.execute(insert(Toewijzing), rijen)

    yield _met_vrij_nummer(imp, replace(rij, erbij=wijs_toe))


def _contact(imp: Import, contact: Weergave) -> Iterator[Rij]:
    yield _met_vrij_nummer(imp, imp.rij_van(ki.KLANTINTERACTIES, ki.KLANTCONTACT, contact))


def _stap(bron: Bron, **meer: Any) -> Stap:
    velden = {"naam": bron.pad, "registratie": ki.KLANTINTERACTIES, "bron": bron, "params": PORTIE, **meer}
    return Stap(**velden)


STAPPEN: tuple[Stap, ...] = (
    *(
        Stap(naam=naam, registratie=CONTACTGEGEVENS, bron=bron, params=PORTIE, optioneel=True)
        for naam, bron in (("personen", PERSOON), ("organisaties", ORGANISATIE))
    ),
    _stap(ki.ACTOR, rijen=_actor),
    _stap(ki.CATEGORIE),
    _stap(ki.PARTIJ, rijen=_zonder_voorkeur),
    _stap(ki.IDENTIFICATOR),
    _stap(ki.KLANTCONTACT, rijen=_contact),
    _stap(ki.BETROKKENE),
    _stap(ki.DIGITAALADRES),
    _stap(ki.REKENINGNUMMER),
    _stap(ki.CATEGORIERELATIE),
    _stap(ki.VERTEGENWOORDIGING),
    _stap(ki.ONDERWERPOBJECT),
    _stap(ki.BIJLAGE),
    _stap(ki.ACTORKLANTCONTACT),
    _stap(ki.INTERNETAAK, rijen=_taak),
    _stap(ki.PARTIJ, naam="voorkeuren van partijen", rijen=_met_voorkeur),
)
"""Op volgorde van verwijzing."""
