"""De filters van de standaard die over een gekoppelde resource gaan, als voorwaarden in SQL."""

from collections.abc import Callable, Sequence
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, exists, inspect, select
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql import visitors

from integratie.klantinteracties.schemas import SoortPartij
from kit import Filter, Omgeving, trigram
from kit.filters import Samen
from registraties.klantinteracties.modellen import (
    Actor,
    Betrokkene,
    Bijlage,
    Categorie,
    CategorieRelatie,
    DigitaalAdres,
    InterneTaak,
    Klantcontact,
    Onderwerpobject,
    Partij,
    PartijIdentificator,
    Rekeningnummer,
    Toewijzing,
    Vertegenwoordiging,
)

Filters = dict[str, Filter]
ADRESDELEN = ("nummeraanduidingId", "adresregel1", "adresregel2", "adresregel3", "land")
OBJECTDELEN = ("codeObjecttype", "codeRegister", "codeSoortObjectId", "objectId")


def _is(kolom: Any, type_: Any = str, samen: Samen | None = None) -> Filter:
    return Filter(type_, lambda zoek, _omgeving: kolom == zoek, samen)


def bevat(kolom: InstrumentedAttribute[str]) -> Filter:
    """Komt de gezochte tekst voor in deze kolom, ongeacht hoofdletters?"""
    return Filter(str, lambda zoek, _omgeving: kolom.icontains(zoek, autoescape=True))


def in_adres(groep: InstrumentedAttribute[dict[str, Any] | None], begin: str) -> Filters:
    """Op de delen van een adres, als bevatting: één GIN-index dient ze allemaal."""

    def op(deel: str) -> Filter:
        return Filter(str, lambda zoek, _omgeving: groep.contains({deel: zoek}))

    return {f"{begin}{_met_hoofdletter(deel)}": op(deel) for deel in ADRESDELEN}


def in_groep(groep: Any, begin: str, delen: Sequence[str], samen: Samen | None = None) -> Filters:
    """Op de delen van een groep: `bezoekadresLand`, of met `__` in het begin `partijIdentificator__objectId`."""
    naam = (lambda deel: deel) if begin.endswith("__") else _met_hoofdletter
    return {f"{begin}{naam(deel)}": _is(groep[deel].astext, samen=samen) for deel in delen}


def _met_hoofdletter(naam: str) -> str:
    return naam[0].upper() + naam[1:]


def verwijst(naam: str, kolom: Any, doel: Any = None, samen: Samen | None = None) -> Filters:
    """`<naam>__uuid` en `<naam>__url`; `doel` is de verwijzende kolom als `kolom` een id is."""
    tabelkolom = doel or kolom

    def op_url(zoek: str, omgeving: Omgeving) -> ColumnElement[bool]:
        resultaat: ColumnElement[bool] = kolom == omgeving.id_uit_url(zoek, tabelkolom)
        return resultaat

    return {f"{naam}__uuid": _is(kolom, UUID, samen), f"{naam}__url": Filter(str, op_url, samen)}


def _er_is(tabel: Any, koppeling: ColumnElement[bool], *erbij: tuple[Any, ColumnElement[bool]]) -> Samen:
    """Eén rij in `tabel` (met daaraan gekoppelde rijen) voldoet aan alle voorwaarden tegelijk."""

    def samen(delen: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
        vraag = select(tabel.id).select_from(tabel)
        for andere, op in erbij:
            if _gaat_over(andere, delen):
                vraag = vraag.join(andere, op)
        return exists(vraag.where(koppeling, *delen))

    return samen


def _gaat_over(tabel: Any, delen: Sequence[ColumnElement[bool]]) -> bool:
    """Noemt een van deze voorwaarden een kolom van deze tabel? Alleen dan is zij nodig, en bestaat de rij dus ook."""
    alias = inspect(tabel).selectable
    return any(getattr(stuk, "table", None) == alias for deel in delen for stuk in visitors.iterate(deel))


def van_partij() -> Filters:
    """Partijen op hun identificator, op het nummer waar die onder hangt, op categorie, en op wie hen vertegenwoordigt.

    `vertegenwoordigdePartij` is de partij die vertegenwoordigt, zoals in Open Klant.
    """
    relatie, soort, rij = aliased(CategorieRelatie), aliased(Categorie), aliased(Vertegenwoordiging)
    bij_categorie = _er_is(relatie, relatie.partij == Partij.id, (soort, soort.id == relatie.categorie))
    vertegenwoordigd = _er_is(rij, rij.vertegenwoordigde_partij == Partij.id)
    nummer, boven = aliased(PartijIdentificator), aliased(PartijIdentificator)
    samen = _er_is(nummer, nummer.identificeerde_partij == Partij.id, (boven, nummer.sub_identificator_van == boven.id))
    return {
        **in_groep(nummer.partij_identificator, "partijIdentificator__", OBJECTDELEN, samen),
        **in_groep(boven.partij_identificator, "subIdentificatorVan__", OBJECTDELEN, samen),
        **verwijst(
            "vertegenwoordigdePartij",
            rij.vertegenwoordigende_partij,
            Vertegenwoordiging.vertegenwoordigende_partij,
            vertegenwoordigd,
        ),
        "categorierelatie__categorie__naam": Filter(
            list[str], lambda namen, _omgeving: soort.naam.in_(namen), bij_categorie
        ),
    }


def van_relatie() -> Filters:
    """Categorierelaties op hun partij en categorie."""
    partij, soort = aliased(Partij), aliased(Categorie)
    bij_partij = _er_is(partij, partij.id == CategorieRelatie.partij)
    bij_categorie = _er_is(soort, soort.id == CategorieRelatie.categorie)
    return {
        **verwijst("partij", CategorieRelatie.partij),
        **verwijst("categorie", CategorieRelatie.categorie),
        "partij__nummer": _is(partij.nummer, samen=bij_partij),
        "categorie__naam": _is(soort.naam, samen=bij_categorie),
    }


def van_rekening() -> Filters:
    """Rekeningnummers op hun eigen uuid."""
    return {"uuid": _is(Rekeningnummer.id, UUID)}


def van_bijlage() -> Filters:
    """Bijlagen op hun klantcontact en op wat zij aanwijzen."""
    groep = Bijlage.bijlageidentificator
    bij_contact = _is(Bijlage.was_bijlage_van_klantcontact, UUID)
    return {"klantcontact__uuid": bij_contact, **in_groep(groep, "bijlageidentificator", OBJECTDELEN)}


def van_betrokkene() -> Filters:
    """Betrokkenen op hun klantcontact, partij en verstrekte adressen."""
    contact, adres = aliased(Klantcontact), aliased(DigitaalAdres)
    partij, nummer = aliased(Partij), aliased(PartijIdentificator)
    bij_contact = _er_is(contact, contact.id == Betrokkene.had_klantcontact)
    bij_adres = _er_is(adres, adres.verstrekt_door_betrokkene == Betrokkene.id)
    bij_partij = _er_is(partij, partij.id == Betrokkene.was_partij, (nummer, nummer.identificeerde_partij == partij.id))
    return {
        **verwijst("hadKlantcontact", Betrokkene.had_klantcontact),
        **verwijst("wasPartij", Betrokkene.was_partij),
        **verwijst("verstrektedigitaalAdres", adres.id, DigitaalAdres.id, bij_adres),
        **in_groep(nummer.partij_identificator, "wasPartij__partijIdentificator__", OBJECTDELEN, bij_partij),
        "hadKlantcontact__nummer": _is(contact.nummer, samen=bij_contact),
        "hadKlantcontact__referentienummer": _is(contact.referentienummer, samen=bij_contact),
        "verstrektedigitaalAdres__adres": _is(adres.adres, samen=bij_adres),
        "wasPartij__nummer": _is(partij.nummer, samen=bij_partij),
    }


def van_adres() -> Filters:
    """Digitale adressen op wie ze verstrekte."""
    betrokkene, partij, nummer = aliased(Betrokkene), aliased(Partij), aliased(PartijIdentificator)
    bij_betrokkene = _er_is(betrokkene, betrokkene.id == DigitaalAdres.verstrekt_door_betrokkene)
    bij_partij = _er_is(
        partij, partij.id == DigitaalAdres.verstrekt_door_partij, (nummer, nummer.identificeerde_partij == partij.id)
    )
    begin = "verstrektDoorPartij__partijIdentificator__"
    rol = Literal["klant", "vertegenwoordiger"]
    return {
        **verwijst("verstrektDoorBetrokkene", DigitaalAdres.verstrekt_door_betrokkene),
        **verwijst("verstrektDoorPartij", DigitaalAdres.verstrekt_door_partij),
        **in_groep(nummer.partij_identificator, begin, OBJECTDELEN, bij_partij),
        "verstrektDoorBetrokkene__rol": _is(betrokkene.rol, rol, bij_betrokkene),
        "verstrektDoorPartij__soortPartij": _is(partij.soort_partij, SoortPartij, bij_partij),
        "isGeverifieerd": Filter(bool, lambda wel, _o: DigitaalAdres.verificatie_datum.is_not(None) == wel),
        "omschrijving": bevat(DigitaalAdres.omschrijving),
        "adres__icontains": Filter(
            str, lambda zoek, _o: trigram.bevat(DigitaalAdres.trigrammen, DigitaalAdres.adres, zoek)
        ),
    }


def _van_contact_op_betrokkene() -> Filters:
    betrokkene, nummer, adres = aliased(Betrokkene), aliased(PartijIdentificator), aliased(DigitaalAdres)
    samen = _er_is(
        betrokkene,
        betrokkene.had_klantcontact == Klantcontact.id,
        (nummer, nummer.identificeerde_partij == betrokkene.was_partij),
        (adres, adres.verstrekt_door_betrokkene == betrokkene.id),
    )
    begin = "hadBetrokkene__wasPartij__partijIdentificator__"
    return {
        **verwijst("hadBetrokkene", betrokkene.id, Betrokkene.id, samen),
        **verwijst("hadBetrokkene__wasPartij", betrokkene.was_partij, Betrokkene.was_partij, samen),
        **in_groep(nummer.partij_identificator, begin, OBJECTDELEN, samen),
        "hadBetrokkene__wasPartij": Filter(bool, lambda wel, _o: betrokkene.was_partij.is_not(None) == wel, samen),
        "hadBetrokkene__digitaaladres__adres__icontains": Filter(
            str, lambda zoek, _o: trigram.bevat(adres.trigrammen, adres.adres, zoek), samen
        ),
    }


def _van_contact_op_onderwerp(begin: str, kolom: Callable[[Any], Any]) -> Filters:
    onderwerp = aliased(Onderwerpobject)
    samen = _er_is(onderwerp, kolom(onderwerp) == Klantcontact.id)
    groep = onderwerp.onderwerpobjectidentificator
    return {
        **verwijst(begin, onderwerp.id, Onderwerpobject.id, samen),
        **in_groep(groep, f"{begin}__onderwerpobjectidentificator", OBJECTDELEN, samen),
    }


def van_contact() -> Filters:
    """Klantcontacten op betrokkenen, onderwerpen, teksten en vervolg."""
    leidde_tot = exists(select(InterneTaak.id).where(InterneTaak.aanleidinggevend_klantcontact == Klantcontact.id))
    return {
        **_van_contact_op_betrokkene(),
        **_van_contact_op_onderwerp("onderwerpobject", lambda rij: rij.klantcontact),
        **_van_contact_op_onderwerp("wasOnderwerpobject", lambda rij: rij.was_klantcontact),
        "leiddeTotInterneTaken": Filter(bool, lambda wel, _o: leidde_tot == wel),
        "inhoud": bevat(Klantcontact.inhoud),
        "onderwerp": bevat(Klantcontact.onderwerp),
        "reactie": bevat(Klantcontact.reactie),
    }


def van_taak() -> Filters:
    """Interne taken op hun klantcontact en op wie ze kreeg."""
    contact, rij, actor = aliased(Klantcontact), aliased(Toewijzing), aliased(Actor)
    bij_contact = _er_is(contact, contact.id == InterneTaak.aanleidinggevend_klantcontact)

    def bij_actor(delen: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
        vraag = select(rij.actor).join(actor, actor.id == rij.actor)
        return exists(vraag.where(rij.internetaak == InterneTaak.id, *delen))

    return {
        **verwijst("aanleidinggevendKlantcontact", InterneTaak.aanleidinggevend_klantcontact),
        **verwijst("toegewezenAanActor", rij.actor, Toewijzing.actor, bij_actor),
        "klantcontact__uuid": _is(InterneTaak.aanleidinggevend_klantcontact, UUID),
        "klantcontact__nummer": _is(contact.nummer, samen=bij_contact),
        "klantcontact__referentienummer": _is(contact.referentienummer, samen=bij_contact),
        "actoren__naam": _is(actor.naam, samen=bij_actor),
    }
