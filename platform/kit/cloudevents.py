"""CloudEvents volgens het NL GOV-profiel, van dezelfde gebeurtenissen als de notificaties en van gebeurtenissen met een eigen naam.

Een registratie meldt een eigen gebeurtenis als gevolg van een schrijfactie, of uit werk zonder verzoek (een termijn die verliep):

    gevolgen=(meldt_als(lambda w: "nl.overheid.taken.externetaak-geregistreerd" if w.aanmaken else ""),)
    meld_gebeurtenis(installatie, verbinding, maak_gebeurtenis(installatie, registratie="taken", soort="…", onderwerp="taken:…"))

Zij gaat via de outbox naar de Notificaties API, die haar aflevert bij wie zich daarop abonneerde. Verwijzingen zijn onderweg
`dienst:pad` en worden bij het versturen een URL met het adres van dan.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import structlog
from sqlalchemy import Connection

from integratie.basis import ApiFout
from integratie.notificaties import NotificatiesClient
from integratie.notificaties.schemas import CloudEvent
from kern.installatie import Installatie
from kern.outbox import Verwerker, Werk, plaats
from kit.wijziging import Wijziging

log = structlog.get_logger()
GEBEURTENIS = "gebeurtenis"
MEDIATYPE = "application/cloudevents+json"
OIN_MET_RSIN = "00000001"
"""Met dit begin is een OIN afgeleid van een RSIN; drie nullen sluiten haar af."""
Gebeurtenis = dict[str, Any]


def bron_urn(installatie: Installatie, registratie: str) -> str:
    """Waar een gebeurtenis vandaan komt: deze organisatie (haar OIN) en het systeem."""
    return f"urn:nld:oin:{OIN_MET_RSIN}{installatie.instellingen.bronorganisatie}000:systeem:{registratie}"


def maak_gebeurtenis(
    installatie: Installatie,
    *,
    registratie: str,
    soort: str,
    onderwerp: str,
    verwijzing: str = "",
    gegevens: Mapping[str, Any] | None = None,
) -> Gebeurtenis:
    """Een CloudEvent. `soort` begint met `nl.`; `onderwerp` en `verwijzing` (leeg: het onderwerp) als dienst:pad of URN.

    `gegevens` zijn kenmerken om op te filteren, nooit de inhoud zelf en nooit een BSN.
    """
    return {
        "specversion": "1.0",
        "id": str(uuid4()),
        "source": bron_urn(installatie, registratie),
        "type": soort,
        "subject": onderwerp,
        "time": installatie.klok.nu().isoformat(),
        "dataref": verwijzing or onderwerp,
        "datacontenttype": "application/json",
        "data": dict(gegevens or {}),
    }


def van_wijziging(w: Wijziging[Any], soort: str = "", gegevens: Mapping[str, Any] | None = None) -> Gebeurtenis:
    """De CloudEvent van een schrijfactie; zonder eigen `soort` is dat `nl.overheid.<registratie>.<resource>.<actie>`."""
    registratie = w.omgeving.registratie.naam
    eigen = w.omgeving.opslag_van(w.bron, {**(w.oud or {}), **w.waarden, "id": w.id})
    return maak_gebeurtenis(
        w.omgeving.installatie,
        registratie=registratie,
        soort=soort or soort_van(registratie, w.bron.enkelvoud, w.actie),
        onderwerp=eigen,
        gegevens=gegevens,
    )


def soort_van(kanaal: str, resource: str, actie: str) -> str:
    """Hoe een notificatie als CloudEvent heet."""
    return f"nl.overheid.{kanaal}.{resource}.{actie}"


def van_notificatie(installatie: Installatie, bericht: Mapping[str, Any], id_: str) -> Gebeurtenis:
    """Een ZGW-notificatie (verwijzingen als dienst:pad) als CloudEvent; `id_` is bij elke abonnee en elke poging hetzelfde."""
    dienst = str(bericht["hoofdObject"]).partition(":")[0]
    bekend = dienst in {deel.naam for deel in installatie.diensten}
    gebeurtenis = maak_gebeurtenis(
        installatie,
        registratie=dienst if bekend else bericht["kanaal"],
        soort=soort_van(bericht["kanaal"], bericht["resource"], bericht["actie"]),
        onderwerp=bericht["hoofdObject"],
        verwijzing=bericht["resourceUrl"],
        gegevens={**bericht["kenmerken"], "hoofdObject": bericht["hoofdObject"]},
    )
    return gebeurtenis | {"id": id_, "time": bericht["aanmaakdatum"]}


def meld_gebeurtenis(installatie: Installatie, verbinding: Connection, gebeurtenis: Gebeurtenis) -> None:
    """Zet een CloudEvent klaar in deze transactie; over één onderwerp komen zij op volgorde aan."""
    plaats(installatie, verbinding, GEBEURTENIS, gebeurtenis, sleutel=gebeurtenis["subject"])


def meldt_als(
    soort: Callable[[Wijziging[Any]], str], gegevens: Callable[[Wijziging[Any]], Mapping[str, Any]] = lambda _w: {}
) -> Callable[[Wijziging[Any]], None]:
    """Een gevolg dat een gebeurtenis met een eigen naam meldt; een lege naam meldt niets."""

    def gevolg(w: Wijziging[Any]) -> None:
        naam = soort(w)
        if naam:
            meld_gebeurtenis(w.omgeving.installatie, w.verbinding, van_wijziging(w, naam, gegevens(w)))

    return gevolg


def met_adressen(gebeurtenis: Gebeurtenis, om: Callable[[str], str]) -> Gebeurtenis:
    """Dezelfde gebeurtenis met elke verwijzing door `om` (`naar_url` of `naar_opslag`)."""
    kop: dict[str, Any] = {naam: om(gebeurtenis[naam]) for naam in ("subject", "dataref") if gebeurtenis.get(naam)}
    data = gebeurtenis.get("data")
    if isinstance(data, Mapping):
        kop["data"] = {naam: om(waarde) if _is_verwijzing(waarde) else waarde for naam, waarde in data.items()}
    return gebeurtenis | kop


def _is_verwijzing(waarde: Any) -> bool:
    return isinstance(waarde, str) and ":" in waarde and not any(teken.isspace() for teken in waarde)


def verstuur_gebeurtenis(installatie: Installatie, werk: Werk) -> None:
    """Bied een klaargezette gebeurtenis aan bij de Notificaties API; twee keer aanbieden is één keer afleveren."""
    gebeurtenis = met_adressen(werk.inhoud, installatie.diensten.naar_url)
    namens = str(gebeurtenis["source"]).rpartition(":")[2]
    client = NotificatiesClient(installatie, namens=namens)
    try:
        client.meld_gebeurtenis(CloudEvent.model_validate(gebeurtenis), sleutel=f"outbox-{werk.id}")
    except ApiFout as fout:
        if installatie.diensten["notificaties"].eigen or fout.status != HTTPStatus.NOT_FOUND:
            raise
        log.info("de Notificaties API van een ander kent geen CloudEvents", soort=gebeurtenis["type"])


def gebeurtenis_verwerker() -> Verwerker:
    """De outbox-verwerker die gebeurtenissen van alle registraties aanbiedt."""
    return Verwerker(GEBEURTENIS, buiten=verstuur_gebeurtenis)
