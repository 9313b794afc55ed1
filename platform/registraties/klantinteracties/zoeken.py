"""De filters van de standaard die over een gekoppelde resource gaan, als voorwaarden in SQL.

Kolommen van een alias worden hier bij het laden al opgevraagd: SQLAlchemy doet dat niet veilig in meer draden tegelijk.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, and_, any_, exists, func, inspect, literal_column, select
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
GERICHT: ColumnElement[bool] = literal_column("true")
"""Merkteken in een voorwaarde die weinig rijen aanwijst; in SQL verandert het niets."""


def _is(kolom: Any, type_: Any = str, samen: Samen | None = None) -> Filter:
    return Filter(type_, lambda zoek, _omgeving: kolom == zoek, samen)


def _wijst_aan(kolom: Any, type_: Any = str, samen: Samen | None = None) -> Filter:
    """Gelijk aan een waarde die bij een enkele of een handvol rijen hoort."""
    return Filter(type_, lambda zoek, _omgeving: and_(kolom == zoek, GERICHT), samen)


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
    filters = {f"{begin}{naam(deel)}": _is(groep[deel].astext, samen=samen) for deel in delen}
    nummer = {f"{begin}{naam('objectId')}": _wijst_aan(groep["objectId"].astext, samen=samen)}
    return filters | (nummer if "objectId" in delen else {})


def _met_hoofdletter(naam: str) -> str:
    return naam[0].upper() + naam[1:]


def verwijst(naam: str, kolom: Any, doel: Any = None, samen: Samen | None = None) -> Filters:
    """`<naam>__uuid` en `<naam>__url`; `doel` is de verwijzende kolom als `kolom` een id is."""
    tabelkolom = doel or kolom

    def op_url(zoek: str, omgeving: Omgeving) -> ColumnElement[bool]:
        return and_(kolom == omgeving.id_uit_url(zoek, tabelkolom), GERICHT)

    return {f"{naam}__uuid": _wijst_aan(kolom, UUID, samen), f"{naam}__url": Filter(str, op_url, samen)}


def _er_is(tabel: Any, hier: Any, daar: Any, *erbij: tuple[Any, ColumnElement[bool]]) -> Samen:
    """Eén rij in `tabel` (met daaraan gekoppelde rijen) waarvan `daar` gelijk is aan `hier`, voldoet aan alle voorwaarden.

    Wijst een voorwaarde iets aan (`GERICHT`), dan zoekt PostgreSQL eerst die rijen op. Anders kiest het soms voor de hele lijst in de
    gevraagde volgorde, tot er een pagina vol is: bij iemand met weinig of oude contacten is dat een miljoen rijen.
    """

    def samen(delen: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
        vraag = select(daar).select_from(tabel).where(*delen)
        for andere, op in erbij:
            if _noemt_kolom(delen, inspect(andere).selectable):
                vraag = vraag.join(andere, op)
        if any(stuk is GERICHT for stuk in _stukken(delen)):
            resultaat: ColumnElement[bool] = hier == any_(func.array(vraag.scalar_subquery()))
            return resultaat
        return exists(vraag.where(daar == hier))

    return samen


def _noemt_kolom(delen: Sequence[ColumnElement[bool]], tabel: Any) -> bool:
    """Gaat een van deze voorwaarden over een kolom van deze tabel? Alleen dan is zij nodig, en bestaat de rij dus ook."""
    return any(getattr(stuk, "table", None) == tabel for stuk in _stukken(delen))


def _stukken(delen: Sequence[ColumnElement[bool]]) -> Iterator[Any]:
    return (stuk for deel in delen for stuk in visitors.iterate(deel))


def van_partij() -> Filters:
    """Partijen op hun identificator, op het nummer waar die onder hangt, op categorie, en op wie hen vertegenwoordigt.

    `vertegenwoordigdePartij` is de partij die vertegenwoordigt, zoals in Open Klant.
    """
    relatie, soort, rij = aliased(CategorieRelatie), aliased(Categorie), aliased(Vertegenwoordiging)
    bij_categorie = _er_is(relatie, Partij.id, relatie.partij, (soort, soort.id == relatie.categorie))
    naam = soort.naam
    vertegenwoordigd = _er_is(rij, Partij.id, rij.vertegenwoordigde_partij)
    nummer, boven = aliased(PartijIdentificator), aliased(PartijIdentificator)
    samen = _er_is(nummer, Partij.id, nummer.identificeerde_partij, (boven, nummer.sub_identificator_van == boven.id))
    return {
        **in_groep(nummer.partij_identificator, "partijIdentificator__", OBJECTDELEN, samen),
        **in_groep(boven.partij_identificator, "subIdentificatorVan__", OBJECTDELEN, samen),
        **verwijst(
            "vertegenwoordigdePartij",
            rij.vertegenwoordigende_partij,
            Vertegenwoordiging.vertegenwoordigende_partij,
            vertegenwoordigd,
        ),
        "categorierelatie__categorie__naam": Filter(list[str], lambda namen, _omgeving: naam.in_(namen), bij_categorie),
    }


def van_relatie() -> Filters:
    """Categorierelaties op hun partij en categorie."""
    partij, soort = aliased(Partij), aliased(Categorie)
    bij_partij = _er_is(partij, CategorieRelatie.partij, partij.id)
    bij_categorie = _er_is(soort, CategorieRelatie.categorie, soort.id)
    return {
        **verwijst("partij", CategorieRelatie.partij),
        **verwijst("categorie", CategorieRelatie.categorie),
        "partij__nummer": _wijst_aan(partij.nummer, samen=bij_partij),
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
    bij_contact = _er_is(contact, Betrokkene.had_klantcontact, contact.id)
    bij_adres = _er_is(adres, Betrokkene.id, adres.verstrekt_door_betrokkene)
    bij_partij = _er_is(partij, Betrokkene.was_partij, partij.id, (nummer, nummer.identificeerde_partij == partij.id))
    return {
        **verwijst("hadKlantcontact", Betrokkene.had_klantcontact),
        **verwijst("wasPartij", Betrokkene.was_partij),
        **verwijst("verstrektedigitaalAdres", adres.id, DigitaalAdres.id, bij_adres),
        **in_groep(nummer.partij_identificator, "wasPartij__partijIdentificator__", OBJECTDELEN, bij_partij),
        "hadKlantcontact__nummer": _wijst_aan(contact.nummer, samen=bij_contact),
        "hadKlantcontact__referentienummer": _wijst_aan(contact.referentienummer, samen=bij_contact),
        "verstrektedigitaalAdres__adres": _wijst_aan(adres.adres, samen=bij_adres),
        "wasPartij__nummer": _wijst_aan(partij.nummer, samen=bij_partij),
    }


def van_adres() -> Filters:
    """Digitale adressen op wie ze verstrekte."""
    betrokkene, partij, nummer = aliased(Betrokkene), aliased(Partij), aliased(PartijIdentificator)
    bij_betrokkene = _er_is(betrokkene, DigitaalAdres.verstrekt_door_betrokkene, betrokkene.id)
    bij_partij = _er_is(
        partij, DigitaalAdres.verstrekt_door_partij, partij.id, (nummer, nummer.identificeerde_partij == partij.id)
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
        Klantcontact.id,
        betrokkene.had_klantcontact,
        (nummer, nummer.identificeerde_partij == betrokkene.was_partij),
        (adres, adres.verstrekt_door_betrokkene == betrokkene.id),
    )
    begin = "hadBetrokkene__wasPartij__partijIdentificator__"
    was_partij, trigrammen, tekst = betrokkene.was_partij, adres.trigrammen, adres.adres
    return {
        **verwijst("hadBetrokkene", betrokkene.id, Betrokkene.id, samen),
        **verwijst("hadBetrokkene__wasPartij", betrokkene.was_partij, Betrokkene.was_partij, samen),
        **in_groep(nummer.partij_identificator, begin, OBJECTDELEN, samen),
        "hadBetrokkene__wasPartij": Filter(bool, lambda wel, _o: was_partij.is_not(None) == wel, samen),
        "hadBetrokkene__digitaaladres__adres__icontains": Filter(
            str, lambda zoek, _o: and_(trigram.bevat(trigrammen, tekst, zoek), GERICHT), samen
        ),
    }


def _van_contact_op_onderwerp(begin: str, kolom: Callable[[Any], Any]) -> Filters:
    onderwerp = aliased(Onderwerpobject)
    samen = _er_is(onderwerp, Klantcontact.id, kolom(onderwerp))
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
    bij_contact = _er_is(contact, InterneTaak.aanleidinggevend_klantcontact, contact.id)

    toegewezen = select(rij.actor).join(actor, actor.id == rij.actor).where(rij.internetaak == InterneTaak.id)

    def bij_actor(delen: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
        return exists(toegewezen.where(*delen))

    return {
        **verwijst("aanleidinggevendKlantcontact", InterneTaak.aanleidinggevend_klantcontact),
        **verwijst("toegewezenAanActor", rij.actor, Toewijzing.actor, bij_actor),
        "klantcontact__uuid": _is(InterneTaak.aanleidinggevend_klantcontact, UUID),
        "klantcontact__nummer": _wijst_aan(contact.nummer, samen=bij_contact),
        "klantcontact__referentienummer": _wijst_aan(contact.referentienummer, samen=bij_contact),
        "actoren__naam": _is(actor.naam, samen=bij_actor),
    }
