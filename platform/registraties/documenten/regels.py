"""De regels van de Documenten API: één functie per regel uit de standaard, met haar code in de docstring."""

import hmac
import secrets
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Uuid, bindparam, exists, insert, select, update

from integratie.documenten.schemas import DocumentIn, GebruiksrechtIn, ObjectInformatieObjectIn, VerzendingIn
from kern.fouten import ParamFout
from kit import Wijziging
from kit.nummers import Nummering
from kit.regels import genummerd, staat_in, uniek
from registraties.documenten.bestanden import bestanden_van, ruim_later_op
from registraties.documenten.modellen import (
    DOCUMENTNUMMER,
    Document,
    Documentversie,
    Gebruiksrecht,
    ObjectInformatieObject,
    Stand,
    Verzending,
)

Fouten = Iterable[ParamFout]
NIET_ONTVANGEN = ("in_bewerking", "ter_vaststelling")
KENMERKEND = {"zaak": ("zaaktype", "zaken"), "besluit": ("besluittype", "besluiten"), "verzoek": ("url", "")}
STANDVELDEN = tuple(naam for naam in Stand.__annotations__ if naam in Document.__table__.columns)


# document


def leid_document_af(w: Wijziging[DocumentIn]) -> Fouten:
    """drc-007: va meegegeven of van het informatieobjecttype. Elke wijziging is een nieuwe versie (regels 4.2)."""
    soort = w.haal(w.nieuw.informatieobjecttype) or {}
    va = w.nieuw.vertrouwelijkheidaanduiding or soort.get("vertrouwelijkheidaanduiding", "openbaar")
    oud = w.oud or {}
    w.waarden |= {"vertrouwelijkheidaanduiding": va, "versie": oud.get("versie", 0) + 1, "begin_registratie": w.nu}
    w.waarden.setdefault("bestand", oud.get("bestand"))
    return ()


NUMMERING = Nummering(DOCUMENTNUMMER, "DOCUMENT", Document)
nummer_het_document = genummerd(NUMMERING, "creatiedatum")
identificatie_is_uniek = uniek(
    "bronorganisatie", "identificatie", code="identificatie-niet-uniek", naam="identificatie"
)


def status_past_bij_ontvangst(w: Wijziging[DocumentIn]) -> Fouten:
    """drc-005: een ontvangen document is niet in bewerking of ter vaststelling."""
    if w.nieuw.ontvangstdatum and w.nieuw.status in NIET_ONTVANGEN:
        yield ParamFout("status", "invalid_for_received", "Een ontvangen document kan deze status niet hebben.")


def indicatie_past_bij_gebruiksrechten(w: Wijziging[DocumentIn]) -> Fouten:
    """drc-006: `true` alleen met gebruiksrechten, en met gebruiksrechten alleen `true`. Loopt in de transactie."""
    zijn_er = not w.aanmaken and _heeft(w.verbinding, Gebruiksrecht, w)
    if w.nieuw.indicatie_gebruiksrecht and not zijn_er:
        yield ParamFout("indicatieGebruiksrecht", "missing-gebruiksrechten", "Er zijn geen gebruiksrechten.")
    elif zijn_er and not w.nieuw.indicatie_gebruiksrecht:
        yield ParamFout("indicatieGebruiksrecht", "existing-gebruiksrechten", "Er zijn gebruiksrechten.")


def _heeft(verbinding: Connection, tabel: Any, w: Wijziging[Any]) -> bool:
    return bool(verbinding.execute(select(exists().where(tabel.informatieobject == w.id))).scalar())


def lock_klopt(w: Wijziging[Any]) -> Fouten:
    """drc-009 en drc-010: bijwerken kan alleen met de juiste lock; in de transactie nog eens, tegen de stand van dan."""
    if w.oud is None:
        return ()
    stand = w.geheugen.get("hoofd") or w.oud
    return lockfouten(stand["lock"], w.nieuw.lock)


def lockfouten(lock: str, gegeven: str) -> Fouten:
    """De fout in een meegegeven lock, als er een is."""
    if not lock:
        yield ParamFout("nonFieldErrors", "unlocked", "Het document is niet vergrendeld.")
    elif not gegeven:
        yield ParamFout("nonFieldErrors", "missing-lock-id", "De lock ontbreekt.")
    elif not hmac.compare_digest(lock.encode(), gegeven.encode()):
        yield ParamFout("nonFieldErrors", "incorrect-lock-id", "De lock is niet de goede.")


def vergrendel_als_inhoud_volgt(w: Wijziging[DocumentIn]) -> Fouten:
    """Een document waarvan de inhoud in delen komt is bij aanmaken meteen vergrendeld; alleen dit antwoord noemt de lock."""
    lock = nieuwe_lock() if w.geheugen["in_delen"] and w.aanmaken else ""
    if w.aanmaken:
        w.waarden["lock"] = lock
        w.antwoordvelden["lock"] = lock
    return ()


def nieuwe_lock() -> str:
    """Een lock die niet te raden is."""
    return secrets.token_hex(16)


_BEWAAR_VERSIE = insert(Documentversie).from_select(
    ["id", "document", *STANDVELDEN],
    select(bindparam("versie_id", type_=Uuid), Document.id, *(getattr(Document, naam) for naam in STANDVELDEN)).where(
        Document.id == bindparam("gezocht")
    ),
)


def bewaar_versie(w: Wijziging[DocumentIn]) -> None:
    """Gevolg: de nieuwe stand komt ook bij de versies."""
    if w.actie == "destroy":
        return
    w.voer_later_uit(_BEWAAR_VERSIE, {"versie_id": uuid4(), "gezocht": w.id})


def document_is_los(w: Wijziging[Any]) -> Fouten:
    """drc-008: niet verwijderen zolang het ergens aan gekoppeld is (`pending-relations`) of vergrendeld is (`destroy-locked`)."""
    if _heeft(w.verbinding, ObjectInformatieObject, w):
        yield ParamFout("nonFieldErrors", "pending-relations", "Het document is nog aan een zaak of besluit gekoppeld.")
    if w.hoofd["lock"]:
        yield ParamFout("nonFieldErrors", "destroy-locked", "Het document is vergrendeld.")


def neem_bestanden_mee(w: Wijziging[Any]) -> Fouten:
    """drc-008: met een document verdwijnen ook zijn bestanden, zodra het verwijderen vaststaat."""
    for sleutel in bestanden_van(w.verbinding, w.id):
        ruim_later_op(w.omgeving.installatie, w.verbinding, sleutel)
    return ()


# gebruiksrecht


def volg_gebruiksrechten(w: Wijziging[GebruiksrechtIn]) -> None:
    """drc-006, gevolg: met gebruiksrechten is de indicatie `true`, zonder onbekend. Dat is geen nieuwe versie."""
    document, versie = w.hoofd["id"], w.hoofd["versie"]
    zijn_er = exists().where(Gebruiksrecht.informatieobject == document)
    indicatie = True if w.verbinding.execute(select(zijn_er)).scalar() else None
    w.verbinding.execute(
        update(Document)
        .where(Document.id == document)
        .values(indicatie_gebruiksrecht=indicatie, revisie=Document.revisie + 1)
    )
    laatste = Documentversie.document == document, Documentversie.versie == versie
    w.verbinding.execute(update(Documentversie).where(*laatste).values(indicatie_gebruiksrecht=indicatie))


# objectinformatieobject


def object_bestaat(w: Wijziging[ObjectInformatieObjectIn]) -> Fouten:
    """drc-002: achter `object` staat wat `objectType` zegt."""
    gevonden, lijst = w.opgegeven(w.nieuw.object), KENMERKEND[w.nieuw.object_type][1]
    if gevonden is None:
        yield ParamFout("object", "bad-url", "Achter deze URL is niets te vinden.")
    elif KENMERKEND[w.nieuw.object_type][0] not in gevonden or not staat_in(w, w.nieuw.object, lijst):
        yield ParamFout("object", "invalid-resource", f"Achter deze URL staat geen {w.nieuw.object_type}.")


# verzending

ADRESSEN = (
    "binnenlands_correspondentieadres",
    "buitenlands_correspondentieadres",
    "correspondentie_postadres",
    "faxnummer",
    "emailadres",
    "mijn_overheid",
    "telefoonnummer",
)


def een_adres(w: Wijziging[VerzendingIn]) -> Fouten:
    """4.4: een verzending heeft precies één adres: `invalid-address`."""
    if sum(bool(getattr(w.nieuw, naam)) for naam in ADRESSEN) != 1:
        yield ParamFout("nonFieldErrors", "invalid-address", "Een verzending heeft precies één adres.")


def ontvangen_met_datum(w: Wijziging[VerzendingIn]) -> Fouten:
    """4.4: wat van een afzender komt, heeft een ontvangstdatum."""
    if w.nieuw.aard_relatie == "afzender" and w.nieuw.ontvangstdatum is None:
        yield ParamFout("ontvangstdatum", "required", "Een ontvangen document heeft een ontvangstdatum.")


def een_afzender(w: Wijziging[VerzendingIn]) -> Fouten:
    """4.4: een document heeft hoogstens één afzender: `unique`. Loopt in de transactie, met het document vergrendeld."""
    if w.nieuw.aard_relatie != "afzender":
        return
    ander = exists().where(
        Verzending.informatieobject == w.waarden["informatieobject"],
        Verzending.aard_relatie == "afzender",
        Verzending.id != w.id,
    )
    if w.verbinding.execute(select(ander)).scalar():
        yield ParamFout("nonFieldErrors", "unique", "Dit document heeft al een afzender.")
