"""Wie er bij een zaak betrokken is, en hoe andere registraties naar diegene verwijzen."""

from typing import Any

from integratie.urn import ontleed, urn_bsn, urn_kvk, urn_pseudoniem
from integratie.zaken.client import ZakenClient
from integratie.zaken.schemas import RolUit


def initiator_van(zaken: ZakenClient, zaak: str) -> RolUit | None:
    """De rol van wie de zaak begon."""
    return next(zaken.rollen(zaak, omschrijvingGeneriek="initiator"), None)


def urn_van_rol(rol: RolUit) -> str:
    """De URN van een betrokkene; leeg als hij alleen bij naam bekend is."""
    betrokkene = rol.betrokkene_identificatie or {}
    if betrokkene.get("inpBsn"):
        return urn_bsn(betrokkene["inpBsn"])
    if betrokkene.get("kvkNummer"):
        return urn_kvk(betrokkene["kvkNummer"], betrokkene.get("vestigingsNummer") or "")
    if betrokkene.get("anpIdentificatie"):
        return urn_pseudoniem(betrokkene["anpIdentificatie"])
    return ""


def betrokkene_uit_urn(urn: str) -> tuple[str, dict[str, Any]]:
    """`betrokkeneType` en `betrokkeneIdentificatie` voor een rol, uit de URN van een verzoek."""
    delen = ontleed(urn)
    if delen["bsn"]:
        return "natuurlijk_persoon", {"inpBsn": delen["bsn"]}
    if delen["vestigingsnummer"]:
        return "vestiging", {"vestigingsNummer": delen["vestigingsnummer"], "kvkNummer": delen["kvknummer"]}
    if delen["kvknummer"]:
        return "niet_natuurlijk_persoon", {"kvkNummer": delen["kvknummer"]}
    return "natuurlijk_persoon", {"anpIdentificatie": delen["pseudoniem"]}
