"""De regels van de Klantinteracties API (regels hoofdstuk 11)."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import Text, cast, delete, func, insert, select, update

from integratie.basis import Schema
from integratie.klantinteracties import schemas
from kern.fouten import Ongeldig, ParamFout
from kit import Wijziging
from kit.bron import Gevolg, Regel
from kit.schema import fouten_uit
from registraties.klantinteracties.modellen import Actor, DigitaalAdres, Partij, PartijIdentificator, Toewijzing

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
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


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
        nieuw = {veld: func.lpad(cast(model.nr, Text), 10, "0") for veld in leeg}
        if nieuw:
            w.verbinding.execute(update(model).where(model.id == w.id).values(nieuw))

    return gevolg


# partijen


def werkt_voor_organisatie(w: Wijziging[schemas.PartijIn]) -> Fouten:
    """Een contactpersoon werkt voor een bestaande organisatie."""
    groep = w.waarden["partij_identificatie"] or {}
    verwijst = groep.pop("werkteVoorPartij", None)
    id_ = w.waarden["werkte_voor_partij"] = UUID(verwijst["uuid"]) if verwijst else None
    if id_ and w.rij(Partij, id_).get("soort_partij") != "organisatie":
        naam = "partijIdentificatie.werkteVoorPartij.uuid"
        yield ParamFout(naam, "does_not_exist", "Deze organisatie bestaat niet.")


def voorkeursadres_is_eigen(w: Wijziging[schemas.PartijIn]) -> Fouten:
    """Het voorkeursadres is een digitaal adres van deze partij."""
    adres = w.rij(DigitaalAdres, w.waarden["voorkeurs_digitaal_adres"])
    gekoppeld = {verwijst.uuid for verwijst in w.nieuw.digitale_adressen or []}
    if adres and adres["verstrekt_door_partij"] != w.id and adres["id"] not in gekoppeld:
        yield ParamFout("voorkeursDigitaalAdres", "invalid", "Dit adres is niet van deze partij.")


def adressen_bestaan(w: Wijziging[schemas.PartijIn]) -> Fouten:
    """Elk meegestuurd digitaal adres bestaat."""
    for nummer, verwijst in enumerate(w.nieuw.digitale_adressen or []):
        if not w.rij(DigitaalAdres, verwijst.uuid):
            yield ParamFout(f"digitaleAdressen.{nummer}.uuid", "does_not_exist", "Dit adres bestaat niet.")


def koppel_adressen(w: Wijziging[schemas.PartijIn]) -> None:
    """Precies de meegestuurde adressen horen bij de partij."""
    if "digitale_adressen" not in w.meegegeven or w.nieuw.digitale_adressen is None:
        return
    ids = [verwijst.uuid for verwijst in w.nieuw.digitale_adressen]
    los = update(DigitaalAdres).where(DigitaalAdres.verstrekt_door_partij == w.id, DigitaalAdres.id.not_in(ids))
    w.verbinding.execute(los.values(verstrekt_door_partij=None, is_standaard_adres=False))
    w.verbinding.execute(update(DigitaalAdres).where(DigitaalAdres.id.in_(ids)).values(verstrekt_door_partij=w.id))


def schrijf_identificatoren(w: Wijziging[schemas.PartijIn]) -> None:
    """Meegestuurde identificatoren vervangen de bestaande; wie een uuid heeft, blijft dezelfde."""
    if "partij_identificatoren" not in w.meegegeven or w.nieuw.partij_identificatoren is None:
        return
    tabel: Any = PartijIdentificator
    blijven = [deel.uuid for deel in w.nieuw.partij_identificatoren if deel.uuid]
    weg = delete(tabel).where(tabel.identificeerde_partij == w.id, tabel.id.not_in(blijven))
    w.verbinding.execute(weg)
    for plek, deel in enumerate(w.nieuw.partij_identificatoren):
        waarden = {
            "andere_partij_identificator": deel.andere_partij_identificator,
            "partij_identificator": deel.partij_identificator.als_json(),
            "sub_identificator_van": deel.sub_identificator_van and deel.sub_identificator_van.uuid,
        }
        fouten = list(_vestiging_hoort_bij_kvk(w, waarden, f"partijIdentificatoren.{plek}."))
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


def vestiging_hoort_bij_kvk(w: Wijziging[schemas.PartijIdentificatorIn]) -> Fouten:
    """Een vestigingsnummer hoort bij een KVK-nummer, en een identificator nooit bij zichzelf."""
    return _vestiging_hoort_bij_kvk(w, w.waarden, "")


def _vestiging_hoort_bij_kvk(w: Wijziging[Any], waarden: dict[str, Any], begin: str) -> Fouten:
    soort = waarden["partij_identificator"]["codeSoortObjectId"]
    boven = w.rij(PartijIdentificator, waarden["sub_identificator_van"])
    naam = f"{begin}subIdentificatorVan"
    if waarden["sub_identificator_van"] == w.id:
        yield ParamFout(naam, "invalid", "Een identificator hoort niet bij zichzelf.")
    elif soort == "vestigingsnummer" and not boven:
        yield ParamFout(naam, "required", "Een vestigingsnummer hoort bij een KVK-nummer.")
    elif boven and boven["partij_identificator"]["codeSoortObjectId"] != "kvk_nummer":
        yield ParamFout(naam, "invalid", "Alleen een KVK-nummer heeft nummers onder zich.")


def heeft_geen_onderliggende(w: Wijziging[Any]) -> Fouten:
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


def is_geen_voorkeur_van_een_ander(w: Wijziging[schemas.DigitaalAdresIn]) -> None:
    """Een adres dat naar een andere partij gaat, is niet langer het voorkeursadres van de vorige."""
    if w.verandert("verstrekt_door_partij"):
        vorige = update(Partij).where(Partij.voorkeurs_digitaal_adres == w.id)
        w.verbinding.execute(vorige.values(voorkeurs_digitaal_adres=None))


# klantcontacten en interne taken


def geen_vervolg_na_gelukt_contact(w: Wijziging[schemas.KlantcontactIn]) -> Fouten:
    """Verdere actie hoort bij een contact dat niet lukte; het tijdstip is standaard nu."""
    if w.nieuw.indicatie_contact_gelukt and w.nieuw.verdere_actie_ondernomen:
        code = "no-further-action-when-contact-succesful"
        yield ParamFout("verdereActieOndernomen", code, "Na een gelukt contact volgt geen verdere actie.")
    if w.nieuw.plaatsgevonden_op is None:
        w.waarden["plaatsgevonden_op"] = (w.oud or {}).get("plaatsgevonden_op") or w.nu


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
    if len(gestuurd) > 1:
        yield ParamFout("nonFieldErrors", "invalid", "Stuur één van toegewezenAanActor en toegewezenAanActoren.")
    elif not actoren and (gestuurd or w.actie != "partial_update"):
        yield ParamFout("toegewezenAanActoren", "required", "Een interne taak is aan iemand toegewezen.")
    for actor in actoren or []:
        if not w.rij(Actor, actor):
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
