"""De regels van klantcontacten, interne taken en actoren, en wat overal geldt (regels 11.2). Partijen: `partijregels`."""

from collections.abc import Collection, Iterable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Text,
    Uuid,
    any_,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.orm import aliased

from integratie.basis import ApiFout, Schema
from integratie.klantinteracties import schemas
from integratie.referentielijsten import ReferentielijstenClient
from kern.fouten import ParamFout
from kit import Wijziging
from kit.bron import Gevolg, Regel
from kit.schema import fouten_uit
from registraties.klantinteracties.modellen import Actor, Toewijzing

Fouten = Iterable[ParamFout]
PARTIJSOORTEN: dict[str, type[Schema]] = {
    "persoon": schemas.PersoonIdentificatie,
    "organisatie": schemas.OrganisatieIdentificatie,
    "contactpersoon": schemas.ContactpersoonIdentificatie,
}
ACTORSOORTEN: dict[str, type[Schema]] = {
    "medewerker": schemas.MedewerkerIdentificatie,
    "geautomatiseerde_actor": schemas.GeautomatiseerdIdentificatie,
    "organisatorische_eenheid": schemas.EenheidIdentificatie,
}


def groep_past_bij_soort(soortveld: str, veld: str, schemas_: dict[str, type[Schema]]) -> Regel:
    """De identificatie heeft de velden van haar soort; wat daar niet bij hoort wordt niet bewaard."""

    def regel(w: Wijziging[Any]) -> Fouten:
        if w.waarden[veld] is None:
            return
        try:
            groep = schemas_[w.waarden[soortveld]].model_validate(w.waarden[veld])
        except ValidationError as fout:
            naam = w.bron.schrijf.model_fields[veld].alias
            w.waarden[veld] = None
            yield from (ParamFout(f"{naam}.{deel.naam}", deel.code, deel.reden) for deel in fouten_uit(fout))
            return
        w.waarden[veld] = groep.als_json()

    return regel


def nummer_is_vrij(*velden: str) -> Regel:
    """Een meegestuurd nummer is nog niet van een ander; wie geen nummer stuurt, houdt het oude. Loopt in de transactie."""

    def regel(w: Wijziging[Any]) -> Fouten:
        for veld in velden:
            waarde = w.waarden[veld] = w.waarden.get(veld) or (w.oud or {}).get(veld)
            kolom: Any = getattr(w.bron.model, veld)
            vraag = select(w.bron.model.id).where(kolom == waarde, w.bron.model.id != w.id)
            if waarde and w.verbinding.execute(vraag).first():
                yield ParamFout(veld, "unique", "Dit nummer is al in gebruik.")

    return regel


def geef_nummers(*velden: str) -> Gevolg:
    """Nummers die niet meegestuurd zijn, volgen uit de volgorde van aanmaken (tien cijfers)."""

    def gevolg(w: Wijziging[Any]) -> None:
        model: Any = w.bron.model
        leeg = [veld for veld in velden if w.aanmaken and not w.waarden[veld]]
        nummer(w.verbinding, model, w.id, leeg)

    return gevolg


def nummer(verbinding: Connection, model: Any, id_: UUID, velden: Collection[str]) -> None:
    """Geef deze rij in elk van de velden een nummer dat nog vrij is: haar volgnummer, of anders een na het hoogste."""
    nieuw = {veld: _vrij_nummer(model, veld) for veld in velden}
    if nieuw:
        verbinding.execute(update(model).where(model.id == id_).values(nieuw))


def _vrij_nummer(model: Any, veld: str) -> ColumnElement[str]:
    andere: Any = aliased(model)
    kolom = getattr(andere, veld)
    eigen = _tien_cijfers(model.nr)
    hoogste = select(func.max(kolom)).where(kolom.regexp_match("^[0-9]{10}$")).scalar_subquery()
    return case((exists().where(kolom == eigen), _tien_cijfers(cast(hoogste, BigInteger) + 1)), else_=eigen)


def _tien_cijfers(getal: Any) -> ColumnElement[str]:
    return func.lpad(cast(getal, Text), 10, "0")


def bekende(w: Wijziging[Any], model: type[Any], ids: Collection[UUID]) -> set[UUID]:
    """Welke van deze id's bestaan, in één vraag."""
    if not ids:
        return set()
    with w.omgeving.installatie.db.lezen() as verbinding:
        return set(verbinding.scalars(select(model.id).where(onder(model.id, ids))))


def onder(kolom: Any, ids: Collection[UUID]) -> ColumnElement[bool]:
    """Is de kolom een van deze id's? Als één parameter, want de aanroeper bepaalt hoeveel het er zijn."""
    resultaat: ColumnElement[bool] = kolom == any_(literal(list(ids), ARRAY(Uuid)))
    return resultaat


# klantcontacten en interne taken


def gaat_niet_over_zichzelf(w: Wijziging[schemas.OnderwerpobjectIn]) -> Fouten:
    """Een klantcontact is niet zijn eigen onderwerp."""
    if w.waarden["klantcontact"] and w.waarden["klantcontact"] == w.waarden["was_klantcontact"]:
        yield ParamFout("wasKlantcontact", "invalid", "Een klantcontact is niet zijn eigen onderwerp.")


def geen_vervolg_na_gelukt_contact(w: Wijziging[schemas.KlantcontactIn]) -> Fouten:
    """Verdere actie hoort bij een contact dat niet lukte; het tijdstip is standaard nu."""
    if w.nieuw.indicatie_contact_gelukt and w.nieuw.verdere_actie_ondernomen:
        code = "no-further-action-when-contact-succesful"
        yield ParamFout("verdereActieOndernomen", code, "Na een gelukt contact volgt geen verdere actie.")
    if w.nieuw.plaatsgevonden_op is None:
        w.waarden["plaatsgevonden_op"] = (w.oud or {}).get("plaatsgevonden_op") or w.nu


def kanaal_staat_in_de_lijst(w: Wijziging[schemas.KlantcontactIn]) -> Fouten:
    """Met `KLANTCONTACT_KANAAL=lijst` is een nieuw kanaal een van de communicatiekanalen; hoofdletters tellen niet."""
    installatie = w.omgeving.installatie
    if installatie.instellingen.klantcontact_kanaal == "vrij" or not (w.aanmaken or w.verandert("kanaal")):
        return
    namen = _kanalen(ReferentielijstenClient(installatie, namens=w.omgeving.registratie.naam))
    if namen and w.nieuw.kanaal.casefold() not in {naam.casefold() for naam in namen}:
        yield ParamFout("kanaal", "invalid_choice", f"Kies een van de communicatiekanalen: {', '.join(namen)}.")


def _kanalen(lijsten: ReferentielijstenClient) -> list[str]:
    """De namen in de lijst; leeg als deze installatie geen referentielijsten heeft."""
    try:
        return [kanaal.naam for kanaal in lijsten.communicatiekanalen()]
    except ApiFout as fout:
        if fout.status != HTTPStatus.NOT_FOUND:
            raise
        return []


def actoren_van(w: Wijziging[Any]) -> list[Any] | None:
    """De meegestuurde actoren van een interne taak, of None als er geen zijn meegestuurd."""
    if "toegewezen_aan_actoren" in w.meegegeven:
        return [verwijst.uuid for verwijst in w.nieuw.toegewezen_aan_actoren]
    if "toegewezen_aan_actor" in w.meegegeven and w.nieuw.toegewezen_aan_actor:
        return [w.nieuw.toegewezen_aan_actor.uuid]
    return None


def een_manier_van_toewijzen(w: Wijziging[schemas.InterneTaakBasis]) -> Fouten:
    """Precies een van `toegewezenAanActor` en `toegewezenAanActoren`, en elke actor bestaat."""
    gestuurd = w.meegegeven & {"toegewezen_aan_actor", "toegewezen_aan_actoren"}
    actoren = actoren_van(w)
    bestaat = bekende(w, Actor, actoren or [])
    if len(gestuurd) > 1:
        yield ParamFout("nonFieldErrors", "invalid", "Stuur één van toegewezenAanActor en toegewezenAanActoren.")
    elif not actoren and (gestuurd or w.actie != "partial_update"):
        yield ParamFout("toegewezenAanActoren", "required", "Een interne taak is aan iemand toegewezen.")
    for actor in actoren or []:
        if actor not in bestaat:
            yield ParamFout("toegewezenAanActoren.uuid", "does_not_exist", "Deze actor bestaat niet.")
    if actoren:
        w.waarden["toegewezen_op"] = w.nu


def afgehandeld_als_verwerkt(w: Wijziging[schemas.InterneTaakBasis]) -> Fouten:
    """`afgehandeldOp` hoort alleen bij een verwerkte taak, en is dan standaard nu."""
    verwerkt = w.nieuw.status == "verwerkt"
    if not verwerkt and w.nieuw.afgehandeld_op and "afgehandeld_op" in w.meegegeven:
        yield ParamFout("afgehandeldOp", "invalid", "Alleen een verwerkte taak is afgehandeld.")
    w.waarden["afgehandeld_op"] = (w.nieuw.afgehandeld_op or w.nu) if verwerkt else None


def wijs_toe(w: Wijziging[schemas.InterneTaakBasis]) -> None:
    """Leg de toegewezen actoren vast, op de meegestuurde volgorde."""
    actoren = actoren_van(w)
    if actoren is None:
        return
    w.verbinding.execute(delete(Toewijzing).where(Toewijzing.internetaak == w.id))
    rijen = [
        {"internetaak": w.id, "volgorde": plek, "actor": actor} for plek, actor in enumerate(dict.fromkeys(actoren))
    ]
    w.verbinding.execute(insert(Toewijzing), rijen)
