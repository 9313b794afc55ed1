"""Externe taken in de Objecten API en klanttaken in de Taken API gelijk houden."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from dienstverlening.uitwisselen.basis import Uitwisseling
from integratie.basis import ApiFout
from integratie.betrokkene import uit_urns
from integratie.objecten.schemas import ObjectUit
from integratie.taken.formulier import naar_formio
from integratie.taken.objecten import ExterneTaakV2, Koppeling, lees_taak, schrijf_taak
from integratie.taken.schemas import ExterneTaakIn, ExterneTaakUit
from integratie.urn import ontleed, urn_uuid, urn_zaak

NIET_GEVONDEN = 404
TERMIJN = timedelta(days=28)
"""Hoe lang iemand heeft voor een taak waar geen datum bij staat."""
VOORUIT = {"open": ("uitgevoerd", "afgebroken"), "uitgevoerd": ("verwerkt",)}


def neem_over(uitwisseling: Uitwisseling, gevonden: ObjectUit) -> None:
    """Een object wordt een klanttaak; bestaat zij al, dan gaat alleen haar status vooruit."""
    gelezen = ExterneTaakV2.model_validate(gevonden.record.data)
    bestaand = _taak_bij(uitwisseling, gevonden.uuid)
    nieuw = lees_taak(
        gelezen,
        anders=uitwisseling.installatie.klok.vandaag() + TERMIJN,
        gerelateerd=_urn_bij(uitwisseling, gelezen.koppeling),
        formulier=_formulier(uitwisseling, gelezen),
    )
    if bestaand is None:
        _maak(uitwisseling, gevonden.uuid, nieuw)
    elif nieuw.status in VOORUIT.get(bestaand.status, ()):
        _werk_bij(uitwisseling, bestaand, nieuw)


def _maak(uitwisseling: Uitwisseling, uuid: UUID, nieuw: ExterneTaakIn) -> None:
    if nieuw.status != "open":  # wat daar al klaar is, hoeft niemand hier te doen
        return
    verwijzing = {"urn": uitwisseling.urn_van(uuid)}
    lichaam = nieuw.als_json(alleen_gezet=True)
    lichaam["isGerelateerdAan"] = [*lichaam["isGerelateerdAan"], verwijzing]
    uitwisseling.taken.maak("externetaken", lichaam, ExterneTaakUit, sleutel=f"object-{uuid}")
    uitwisseling.verantwoord("Taak uit de Objecten API overgenomen", *uit_urns(nieuw.is_toegewezen_aan))


def _werk_bij(uitwisseling: Uitwisseling, bestaand: ExterneTaakUit, nieuw: ExterneTaakIn) -> None:
    velden: dict[str, Any] = {"status": nieuw.status}
    ontvangen = nieuw.details.get("ontvangenGegevens")
    if ontvangen and "ontvangenGegevens" in bestaand.details:
        velden["details"] = {**bestaand.details, "ontvangenGegevens": ontvangen}
    uitwisseling.taken.wijzig_klanttaak(bestaand.url, **velden)


def schrijf_uit(uitwisseling: Uitwisseling, url: str) -> None:
    """Een klanttaak komt in haar object: dat waar zij uit kwam, of (als dat is ingesteld) een nieuw."""
    objecttype = uitwisseling.instellingen.objecttype_externe_taak
    if not objecttype or (taak := _klanttaak(uitwisseling, url)) is None:
        return
    herkomst = _herkomst(uitwisseling, taak)
    if herkomst is not None:
        _meld_terug(uitwisseling, herkomst, taak)
    elif uitwisseling.instellingen.objecten_uitschrijven:
        data = schrijf_taak(taak, koppeling=_koppeling(uitwisseling, taak))
        uitwisseling.bewaar(taak.uuid, objecttype, data)
        uitwisseling.verantwoord("Taak in de Objecten API gezet", *uit_urns(taak.is_toegewezen_aan))


def _meld_terug(uitwisseling: Uitwisseling, uuid: UUID, taak: ExterneTaakUit) -> None:
    """Status en antwoorden gaan naar het object; de rest is van wie het maakte."""
    gevonden = uitwisseling.objecten.object(uuid)
    if gevonden is None or taak.status == "open":
        return
    data = dict(gevonden.record.data)
    eigen = schrijf_taak(taak)
    data["status"] = eigen["status"]
    if "portaalformulier" in data and "portaalformulier" in eigen:
        antwoorden = eigen["portaalformulier"]["verzonden_data"]
        data["portaalformulier"] = {**data["portaalformulier"], "verzonden_data": antwoorden}
    uitwisseling.bewaar(uuid, gevonden.type, data)


def _taak_bij(uitwisseling: Uitwisseling, uuid: UUID) -> ExterneTaakUit | None:
    """De taak die uit dit object kwam, of die wij er zelf in zetten (met hetzelfde uuid)."""
    gevonden = uitwisseling.taken.alle("externetaken", ExterneTaakUit, isGerelateerdAan=uitwisseling.urn_van(uuid))
    return next(gevonden, None) or _klanttaak(uitwisseling, f"externetaken/{uuid}")


def _klanttaak(uitwisseling: Uitwisseling, url: str) -> ExterneTaakUit | None:
    try:
        return uitwisseling.taken.klanttaak(url)
    except ApiFout as fout:
        if fout.status != NIET_GEVONDEN:
            raise
        return None


def _herkomst(uitwisseling: Uitwisseling, taak: ExterneTaakUit) -> UUID | None:
    """Het uuid van het object waar de taak uit kwam."""
    begin = uitwisseling.urn_van(UUID(int=0)).rpartition(":")[0]
    eigen = (deel.urn for deel in taak.is_gerelateerd_aan if deel.urn.startswith(f"{begin}:"))
    return next((UUID(urn.rpartition(":")[2]) for urn in eigen), None)


def _formulier(uitwisseling: Uitwisseling, taak: ExterneTaakV2) -> dict[str, Any] | None:
    """De definitie van een formulier dat hier op zijn naam bekend is."""
    if taak.portaalformulier is None or taak.portaalformulier.formulier.soort != "id":
        return None
    gevonden = uitwisseling.configuratie.formulier(taak.portaalformulier.formulier.value)
    formio: dict[str, Any] | None = naar_formio(gevonden["definitie"]) if gevonden else None
    return formio


def _urn_bij(uitwisseling: Uitwisseling, koppeling: Koppeling | None) -> str:
    """De URN van de zaak (op nummer) of het product waar de taak bij hoort."""
    if koppeling is None or koppeling.doel is None:
        return ""
    if koppeling.registratie == "product":
        return urn_uuid(uitwisseling.rsin, "product", koppeling.doel)
    try:
        return urn_zaak(uitwisseling.rsin, uitwisseling.zaken.zaak(f"zaken/{koppeling.doel}").identificatie)
    except ApiFout as fout:
        if fout.status != NIET_GEVONDEN:
            raise
        return urn_uuid(uitwisseling.rsin, "zaak", koppeling.doel)


def _koppeling(uitwisseling: Uitwisseling, taak: ExterneTaakUit) -> Koppeling | None:
    for deel in taak.is_gerelateerd_aan:
        nummer = ontleed(deel.urn)["zaaknummer"]
        gevonden = uitwisseling.zaken.zoek_zaken(identificatie=nummer).results if nummer else []
        if gevonden:
            return Koppeling(registratie="zaak", uuid=gevonden[0].uuid)
    return None
