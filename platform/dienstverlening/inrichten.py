"""Wat een installatie van zichzelf nodig heeft om te werken: rechten voor de eigen onderdelen, en de notificatiekanalen.

Alles is zoeken-of-maken en gaat via de API's, ook als die van een ander zijn: het mag bij elke start, en in elk proces.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog

import processen
from dienstverlening.delen import delen_van
from dienstverlening.samenstellen import kies
from dienstverlening.uitwisselen import abonneer
from integratie.autorisaties import AutorisatiesClient
from integratie.autorisaties.schemas import ApplicatieIn, ApplicatieUit, Autorisatie, Component
from integratie.basis import ApiFout, NietBereikbaar
from integratie.notificaties import NotificatiesClient
from integratie.notificaties.schemas import KanaalIn
from kern.installatie import Installatie
from kern.machines import EIGEN_PREFIX
from kit import Registratie
from kit.deel import Registratiedeel
from processen.zaakafhandeling.webhook import zorg_voor_abonnement

log = structlog.get_logger()
HOOGSTE_VA = "zeer_geheim"
TYPEN: Mapping[Component, tuple[str, str]] = {
    "zrc": ("zaaktype", "zaaktypen"),
    "drc": ("informatieobjecttype", "informatieobjecttypen"),
    "brc": ("besluittype", "besluittypen"),
}
ZAKEN_LEZEN = ("zaken.lezen",)
DOCUMENTEN_LEZEN = ("documenten.lezen",)
CATALOGI_LEZEN = ("catalogi.lezen",)
BESLUITEN_LEZEN = ("besluiten.lezen",)


@dataclass(frozen=True)
class Onderdeel:
    """Een onderdeel dat API's aanroept: wat het per component mag, voor alle types."""

    naam: str
    label: str
    scopes: Mapping[Component, tuple[str, ...]]


INDIENEN: Mapping[Component, tuple[str, ...]] = {
    "ztc": CATALOGI_LEZEN,
    "drc": (*DOCUMENTEN_LEZEN, "documenten.aanmaken"),
}
INZIEN: Mapping[Component, tuple[str, ...]] = {
    "zrc": ZAKEN_LEZEN,
    "ztc": CATALOGI_LEZEN,
    "drc": DOCUMENTEN_LEZEN,
    "brc": BESLUITEN_LEZEN,
}
ONDERDELEN = (
    # Verwijderen: wat bij een geweigerd verzoek hoort. Een document dat bij een zaak hoort is zo niet te verwijderen (drc-008).
    # Zaken en besluiten lezen: om in te vullen waar iemand bezwaar tegen maakt.
    Onderdeel("formulieren", "Formulieren", {**INZIEN, "drc": (*INDIENEN["drc"], "documenten.verwijderen")}),
    Onderdeel("mijngemeente", "MijnGemeente", {**INZIEN, "drc": INDIENEN["drc"]}),
    Onderdeel("kcc", "Klantcontactcentrum", {**INZIEN, "drc": INDIENEN["drc"]}),
    Onderdeel(
        "behandelen",
        "Zaken behandelen",
        {
            # Geforceerd: een besluit wijzigen of intrekken kan ook als de zaak al dicht is.
            "zrc": (
                *ZAKEN_LEZEN,
                "zaken.bijwerken",
                "zaken.geforceerd-bijwerken",
                "zaken.statussen.toevoegen",
                "audittrails.lezen",
            ),
            "ztc": CATALOGI_LEZEN,
            "drc": (
                *DOCUMENTEN_LEZEN,
                "documenten.aanmaken",
                "documenten.bijwerken",
                "documenten.lock",
                "audittrails.lezen",
            ),
            "brc": (*BESLUITEN_LEZEN, "besluiten.aanmaken", "besluiten.bijwerken", "audittrails.lezen"),
        },
    ),
    Onderdeel(
        "verzenden",
        "Verzenden",
        {
            **INZIEN,
            "drc": (*INDIENEN["drc"], "documenten.bijwerken", "documenten.lock"),
            "brc": (*BESLUITEN_LEZEN, "besluiten.bijwerken"),
            "nrc": ("notificaties.consumeren",),
        },
    ),
    Onderdeel(
        "modelleren",
        "Modelleren",
        {
            "zrc": ZAKEN_LEZEN,
            "ztc": (*CATALOGI_LEZEN, "catalogi.schrijven"),
            "ac": ("autorisaties.lezen",),
        },
    ),
    Onderdeel(
        "uitwisselen",
        "Uitwisselen met de Objecten API",
        {"zrc": ZAKEN_LEZEN, "nrc": ("notificaties.consumeren",)},
    ),
    Onderdeel("beheer", "Functioneel beheer", {"ztc": (*CATALOGI_LEZEN, "catalogi.schrijven")}),
    # Zonder scopes: alle autorisaties, want een procespakket mag elk bouwblok gebruiken.
    Onderdeel("processen", "Processen", {}),
)


def richt_in(installatie: Installatie) -> None:
    """Zorg voor de rechten van de eigen onderdelen en voor de kanalen. Een storing elders houdt het starten niet tegen."""
    for stap in (zet_eigen_applicaties, registreer_kanalen, abonneer_processen, abonneer):
        try:
            stap(installatie)
        except NietBereikbaar as fout:
            log.warning("inrichten lukt nu niet", stap=stap.__name__, fout=str(fout))


def zet_eigen_applicaties(installatie: Installatie) -> None:
    """Geef elk eigen onderdeel een Applicatie, en een bestaande de rechten die zij nog mist. Wat een beheerder erbij gaf, blijft."""
    client = AutorisatiesClient(installatie, namens="autorisaties")
    bestaande = {client_id: applicatie for applicatie in client.applicaties() for client_id in applicatie.client_ids}
    for onderdeel in ONDERDELEN:
        applicatie = applicatie_van(installatie, onderdeel)
        bestaand = bestaande.get(applicatie.client_ids[0])
        if bestaand is None:
            _maak_applicatie(client, applicatie)
        elif not bestaand.heeft_alle_autorisaties:
            _vul_aan(client, bestaand, applicatie)


def _vul_aan(client: AutorisatiesClient, bestaand: ApplicatieUit, applicatie: ApplicatieIn) -> None:
    """Een nieuwe uitgave kan meer rechten vragen dan de uitgave waarmee deze Applicatie gemaakt is."""
    erbij = [deel for gevraagd in applicatie.autorisaties if (deel := _gemist(gevraagd, bestaand.autorisaties)).scopes]
    if not erbij:
        return
    alle = [deel.als_json() for deel in (*bestaand.autorisaties, *erbij)]
    client.wijzig_applicatie(bestaand.url, autorisaties=alle)
    scopes = {deel.component: deel.scopes for deel in erbij}
    log.warning("eigen onderdeel kreeg rechten erbij", client_ids=bestaand.client_ids, scopes=scopes)


def _gemist(gevraagd: Autorisatie, bestaand: Iterable[Autorisatie]) -> Autorisatie:
    """De gevraagde autorisatie met alleen de scopes die er met hetzelfde bereik nog niet zijn."""
    gelijk = [deel for deel in bestaand if _bereik(deel) == _bereik(gevraagd)]
    scopes = [scope for scope in gevraagd.scopes if not any(scope in deel.scopes for deel in gelijk)]
    return gevraagd.model_copy(update={"scopes": scopes})


def _bereik(autorisatie: Autorisatie) -> dict[str, Any]:
    return autorisatie.model_dump(include=set(Autorisatie.model_fields) - {"scopes"})


def _maak_applicatie(client: AutorisatiesClient, applicatie: ApplicatieIn) -> None:
    try:
        client.maak_applicatie(applicatie)
    except ApiFout as fout:
        if "clientId-exists" not in {deel.code for deel in fout.fouten}:  # een ander proces was net eerder
            raise


def applicatie_van(installatie: Installatie, onderdeel: Onderdeel) -> ApplicatieIn:
    """De Applicatie van een eigen onderdeel: zijn scopes, voor alle types."""
    return ApplicatieIn(
        client_ids=[f"{EIGEN_PREFIX}{onderdeel.naam}"],
        label=onderdeel.label,
        heeft_alle_autorisaties=not onderdeel.scopes,
        autorisaties=[
            voor_alle_types(installatie, component, scopes) for component, scopes in onderdeel.scopes.items()
        ],
    )


def voor_alle_types(installatie: Installatie, component: Component, scopes: Iterable[str]) -> Autorisatie:
    """Een autorisatie voor alle types, ook toekomstige: als type staat er de verzameling (onze uitbreiding)."""
    if component not in TYPEN:
        return Autorisatie(component=component, scopes=list(scopes))
    veld, verzameling = TYPEN[component]
    url = f"{installatie.diensten['catalogi'].basis}/{verzameling}"
    va = {} if component == "brc" else {"max_vertrouwelijkheidaanduiding": HOOGSTE_VA}
    return Autorisatie.model_validate({"component": component, "scopes": list(scopes), veld: url, **va})


def registreer_kanalen(installatie: Installatie) -> None:
    """Registreer de kanalen van alle registraties die dit proces aanbiedt."""
    instellingen = installatie.instellingen
    for deel in kies(delen_van(instellingen), instellingen.namen("onderdelen")):
        if isinstance(deel, Registratiedeel) and (kanalen := _kanalen_van(deel.registratie)):
            NotificatiesClient(installatie, namens=deel.naam).zet_kanalen(kanalen)


def _kanalen_van(registratie: Registratie) -> list[KanaalIn]:
    kanalen = {*registratie.kanalen, *(bron.kanaal for bron in registratie.bronnen if bron.kanaal)}
    return [KanaalIn(naam=kanaal.naam, filters=list(kanaal.kenmerken)) for kanaal in kanalen]


def abonneer_processen(installatie: Installatie) -> None:
    """Laat de notificaties waar processen op reageren hier afleveren, als dit proces de processen aanbiedt."""
    instellingen = installatie.instellingen
    if processen.deel in kies(delen_van(instellingen), instellingen.namen("onderdelen")):
        zorg_voor_abonnement(installatie)
