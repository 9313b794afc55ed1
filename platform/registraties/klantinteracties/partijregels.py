"""De regels van partijen en van wat bij een partij hoort: nummers, adressen, rekeningen, vertegenwoordigers (regels 11.2)."""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, not_, select, true, update

from integratie.klantinteracties import schemas
from kern.fouten import Ongeldig, ParamFout
from kit import Wijziging
from kit.bron import Gevolg, Regel
from kit.regels import lijnnaam
from registraties.klantinteracties.modellen import DigitaalAdres, Partij, PartijIdentificator
from registraties.klantinteracties.regels import bekende, onder

Fouten = Iterable[ParamFout]
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
VESTIGING, KVK = "vestigingsnummer", "kvk_nummer"


# contactpersonen en vertegenwoordigers


def werkt_voor_organisatie(w: Wijziging[schemas.PartijIn]) -> Fouten:
    """Een contactpersoon werkt voor een bestaande organisatie, en nooit voor zichzelf."""
    groep = w.waarden["partij_identificatie"] or {}
    verwijst = groep.pop("werkteVoorPartij", None)
    id_ = w.waarden["werkte_voor_partij"] = UUID(verwijst["uuid"]) if verwijst else None
    naam = "partijIdentificatie.werkteVoorPartij.uuid"
    if id_ == w.id:
        yield ParamFout(naam, "invalid", "Een partij is niet haar eigen contactpersoon.")
    elif id_ and w.rij(Partij, id_).get("soort_partij") != "organisatie":
        yield ParamFout(naam, "does_not_exist", "Deze organisatie bestaat niet.")


def blijft_organisatie_van_contactpersonen(w: Wijziging[schemas.PartijIn]) -> Fouten:
    """Een organisatie waar contactpersonen voor werken, blijft een organisatie. Loopt in de transactie."""
    if w.verandert("soort_partij"):
        vraag = select(Partij.id).where(Partij.werkte_voor_partij == w.id, Partij.id != w.id).limit(1)
        if w.verbinding.execute(vraag).first():
            yield ParamFout("soortPartij", "invalid", "Er werken nog contactpersonen voor deze organisatie.")


def vertegenwoordigt_niet_zichzelf(w: Wijziging[schemas.VertegenwoordigingIn]) -> Fouten:
    """Een partij vertegenwoordigt nooit zichzelf."""
    if w.waarden["vertegenwoordigende_partij"] == w.waarden["vertegenwoordigde_partij"]:
        yield ParamFout("vertegenwoordigdePartij", "invalid", "Een partij vertegenwoordigt niet zichzelf.")


def begint_vandaag(w: Wijziging[schemas.CategorieRelatieIn]) -> None:
    """Zonder begindatum begint een nieuwe categorierelatie vandaag."""
    if w.aanmaken and w.waarden["begin_datum"] is None:
        w.waarden["begin_datum"] = w.omgeving.installatie.klok.vandaag()


# wat een partij noemt en wat zelf naar de partij verwijst: digitale adressen en rekeningnummers


def gekoppelde_bestaan(lijst: str, model: type[Any]) -> Regel:
    """Elke verwijzing in deze lijst bestaat."""

    def regel(w: Wijziging[schemas.PartijIn]) -> Fouten:
        ids = _gekoppeld(w, lijst)
        bestaat = bekende(w, model, ids)
        for plek, id_ in enumerate(ids):
            if id_ not in bestaat:
                yield ParamFout(f"{lijnnaam(w, lijst)}.{plek}.uuid", "does_not_exist", "Deze resource bestaat niet.")

    return regel


def voorkeur_is_eigen(voorkeur: str, lijst: str, kolom: Any) -> Regel:
    """De voorkeur is van deze partij, of wordt dat nu. Valt zij weg uit een nieuwe lijst, dan vervalt de voorkeur.

    Loopt in de transactie, en houdt vast wat gekozen is: het verhuist niet tegelijk naar een ander.
    """

    def regel(w: Wijziging[schemas.PartijIn]) -> Fouten:
        gekozen = w.waarden[voorkeur]
        if gekozen is None or gekozen in _gekoppeld(w, lijst):
            return
        vraag = select(kolom).where(kolom.class_.id == gekozen).with_for_update(read=True)
        if not _stuurt(w, lijst) and w.verbinding.execute(vraag).scalar() == w.id:
            return
        if voorkeur in w.meegegeven:
            yield ParamFout(lijnnaam(w, voorkeur), "invalid", "Dit is niet van deze partij.")
        w.waarden[voorkeur] = None

    return regel


def koppel(lijst: str, kolom: Any, voorkeur: Any, **los: Any) -> Gevolg:
    """Precies wat in de lijst staat hoort bij de partij; `los` zijn de waarden van wat niet meer bij haar hoort."""
    model: Any = kolom.class_

    def gevolg(w: Wijziging[schemas.PartijIn]) -> None:
        if not _stuurt(w, lijst):
            return
        ids = _gekoppeld(w, lijst)
        weg = update(model).where(kolom == w.id, not_(onder(model.id, ids)))
        w.verbinding.execute(weg.values({kolom.key: None, "revisie": model.revisie + 1, **los}))
        erbij = update(model).where(onder(model.id, ids), kolom.is_distinct_from(w.id))
        w.verbinding.execute(erbij.values({kolom.key: w.id, "revisie": model.revisie + 1, **los}))
        _niet_langer_voorkeur(w, voorkeur, ids, Partij.id != w.id)

    return gevolg


def verhuist_zonder_voorkeur(kolom: Any, voorkeur: Any) -> Gevolg:
    """Wat naar een andere partij gaat, is niet langer de voorkeur van de vorige."""

    def gevolg(w: Wijziging[Any]) -> None:
        if w.verandert(kolom.key):
            _niet_langer_voorkeur(w, voorkeur, [w.id], Partij.id.is_distinct_from(w.waarden[kolom.key]))

    return gevolg


def verdwijnt_als_voorkeur(voorkeur: Any) -> Regel:
    """Wat verwijderd wordt, is niemands voorkeur meer. Loopt in de transactie."""

    def regel(w: Wijziging[Any]) -> None:
        _niet_langer_voorkeur(w, voorkeur, [w.id], true())

    return regel


def laat_adressen_los(w: Wijziging[Any]) -> None:
    """De adressen van een partij die verwijderd wordt blijven, van niemand; een standaardadres is dat dan niet meer."""
    van = update(DigitaalAdres).where(DigitaalAdres.verstrekt_door_partij == w.id)
    los = {"verstrekt_door_partij": None, "is_standaard_adres": False, "revisie": DigitaalAdres.revisie + 1}
    w.verbinding.execute(van.values(los))


def _niet_langer_voorkeur(w: Wijziging[Any], voorkeur: Any, ids: Sequence[UUID], waar: Any) -> None:
    vorige = update(Partij).where(onder(voorkeur, ids), waar)
    w.verbinding.execute(vorige.values({voorkeur.key: None, "revisie": Partij.revisie + 1}))


def _stuurt(w: Wijziging[Any], lijst: str) -> bool:
    return lijst in w.meegegeven and getattr(w.nieuw, lijst) is not None


def _gekoppeld(w: Wijziging[Any], lijst: str) -> list[UUID]:
    return [verwijst.uuid for verwijst in getattr(w.nieuw, lijst) or []] if _stuurt(w, lijst) else []


# identificatoren


def schrijf_identificatoren(w: Wijziging[schemas.PartijIn]) -> None:
    """Meegestuurde identificatoren vervangen de bestaande; wie een uuid heeft, blijft dezelfde."""
    if not _stuurt(w, "partij_identificatoren"):
        return
    tabel: Any = PartijIdentificator
    delen = w.nieuw.partij_identificatoren or []
    blijven = [deel.uuid for deel in delen if deel.uuid]
    weg = delete(tabel).where(tabel.identificeerde_partij == w.id, not_(onder(tabel.id, blijven)))
    w.verbinding.execute(weg)
    for plek, deel in enumerate(delen):
        waarden = {
            "andere_partij_identificator": deel.andere_partij_identificator,
            "partij_identificator": deel.partij_identificator.als_json(),
            "sub_identificator_van": deel.sub_identificator_van and deel.sub_identificator_van.uuid,
        }
        fouten = list(_hangt_goed(w, deel.uuid, waarden, f"partijIdentificatoren.{plek}."))
        if fouten:
            raise Ongeldig(*fouten)
        _bewaar_identificator(w, deel.uuid, waarden, plek)


def _bewaar_identificator(w: Wijziging[Any], id_: Any, waarden: dict[str, Any], plek: int) -> None:
    tabel: Any = PartijIdentificator
    if id_ is None:
        w.verbinding.execute(insert(tabel).values(identificeerde_partij=w.id, **waarden))
        return
    bestaand = update(tabel).where(tabel.id == id_, tabel.identificeerde_partij == w.id)
    if w.verbinding.execute(bestaand.values(revisie=tabel.revisie + 1, **waarden)).rowcount == 0:
        naam = f"partijIdentificatoren.{plek}.uuid"
        raise Ongeldig(ParamFout(naam, "does_not_exist", "Deze identificator is niet van deze partij."))


def hangt_onder_een_kvk_nummer(w: Wijziging[schemas.PartijIdentificatorIn]) -> Fouten:
    """Een vestigingsnummer hangt onder een KVK-nummer, en niets anders hangt ergens onder; zo kan er geen lus zijn."""
    return _hangt_goed(w, w.id, w.waarden, "")


def _hangt_goed(w: Wijziging[Any], id_: UUID | None, waarden: dict[str, Any], begin: str) -> Fouten:
    boven, naam = waarden["sub_identificator_van"], f"{begin}subIdentificatorVan"
    is_vestiging = waarden["partij_identificator"]["codeSoortObjectId"] == VESTIGING
    if boven is None:
        if is_vestiging:
            yield ParamFout(naam, "required", "Een vestigingsnummer hoort bij een KVK-nummer.")
        return
    ouder = w.rij(PartijIdentificator, boven)
    if not ouder:
        yield ParamFout(f"{naam}.uuid", "does_not_exist", "Deze identificator bestaat niet.")
    elif boven == id_ or not is_vestiging or ouder["partij_identificator"]["codeSoortObjectId"] != KVK:
        yield ParamFout(
            naam, "invalid", "Alleen een vestigingsnummer hangt onder een ander nummer, en dat is een KVK-nummer."
        )


def houdt_zijn_uuid(w: Wijziging[schemas.PartijIdentificatorIn]) -> Fouten:
    """Het uuid mag bij aanmaken gekozen worden en verandert daarna niet."""
    if not w.aanmaken and w.nieuw.uuid not in (None, w.id):
        yield ParamFout("uuid", "wijzigen-niet-toegelaten", "Dit veld is na aanmaken niet te wijzigen.")


def heeft_geen_onderliggende(w: Wijziging[schemas.PartijIdentificatorIn]) -> Fouten:
    """Een KVK-nummer waar nog vestigingen onder hangen, verandert niet en gaat niet weg."""
    if w.oud is None or (w.voorstel is not None and not w.verandert("partij_identificator")):
        return
    vraag = select(PartijIdentificator.id).where(PartijIdentificator.sub_identificator_van == w.id).limit(1)
    if w.verbinding.execute(vraag).first():
        yield ParamFout("nonFieldErrors", "invalid", "Hier hangen nog andere identificatoren onder.")


# digitale adressen


def adres_klopt(w: Wijziging[schemas.DigitaalAdresIn]) -> Fouten:
    """Een e-mailadres en een telefoonnummer hebben hun eigen vorm; een standaardadres is van een partij."""
    vormen = {"email": EMAIL, "telefoonnummer": re.compile(schemas.TELEFOON)}
    vorm = vormen.get(w.nieuw.soort_digitaal_adres)
    if vorm and not vorm.fullmatch(w.nieuw.adres):
        yield ParamFout("adres", "invalid", "Dit adres heeft niet de juiste vorm.")
    if w.nieuw.is_standaard_adres and not w.nieuw.verstrekt_door_partij:
        yield ParamFout("isStandaardAdres", "invalid", "Een standaardadres hoort bij een partij.")


def nieuw_adres_is_niet_geverifieerd(w: Wijziging[schemas.DigitaalAdresIn]) -> None:
    """De verificatie was van het vorige adres: met een ander adres vervalt zij, tenzij er een nieuwe bij is."""
    if w.verandert("adres") and "verificatie_datum" not in w.meegegeven:
        w.waarden["verificatie_datum"] = None


def maak_plaats_voor_standaard(w: Wijziging[schemas.DigitaalAdresIn]) -> Fouten:
    """Een nieuw standaardadres zet het vorige van deze partij en soort uit. Loopt in de transactie."""
    if not w.nieuw.is_standaard_adres:
        return ()
    partij = w.waarden["verstrekt_door_partij"]
    w.verbinding.execute(select(Partij.id).where(Partij.id == partij).with_for_update())
    andere = update(DigitaalAdres).where(
        DigitaalAdres.verstrekt_door_partij == partij,
        DigitaalAdres.soort_digitaal_adres == w.nieuw.soort_digitaal_adres,
        DigitaalAdres.id != w.id,
        DigitaalAdres.is_standaard_adres,
    )
    w.verbinding.execute(andere.values(is_standaard_adres=False, revisie=DigitaalAdres.revisie + 1))
    return ()
