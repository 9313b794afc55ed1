"""Van de vragen in een gesprek naar klantcontacten: per vraag één aanroep die alles of niets doet."""

from typing import Any
from uuid import UUID

from huisstijl.controles import lees_telefoon
from integratie.basis import ApiFout
from integratie.klantinteracties.client import onderwerp_zaak, verwijs
from integratie.klantinteracties.schemas import (
    ActorUit,
    AdresVanBetrokkene,
    AfrondenIn,
    BetrokkeneMetAdressen,
    Contactnaam,
    InterneTaakBasis,
    KlantcontactIn,
)
from kcc import gesprekken
from kcc.bronnen import Bronnen
from kcc.gesprekken import Gesprek, Vraag
from kcc.zoeken import zoek_zaak

NIET_BEREIKT, CONTACTVERZOEK = "niet_bereikt", "contactverzoek"
AL_VASTGELEGD = "idempotency-key-hergebruikt"


class ZaakOnbekend(Exception):
    """Bij een vraag staat een zaaknummer dat niet bestaat. `vraag` is het id van de vraag."""

    def __init__(self, vraag: str) -> None:
        super().__init__(vraag)
        self.vraag = vraag


def rond_af(bron: Bronnen, gesprek: Gesprek) -> None:
    """Maak van elke vraag een klantcontact en verwijder het gesprek. Nog een keer doen mag altijd: niets ontstaat twee keer."""
    zaken = {vraag.id: _zaak(bron, vraag) for vraag in gesprek.inhoud.vragen if not vraag.contact}
    partij = _partij(bron, gesprek) if zaken else None
    ik = bron.identiteit
    actor = bron.klantinteracties.zorg_voor_actor("medewerker", ik.gebruikersnaam, ik.naam or ik.gebruikersnaam)
    for vraag in gesprek.inhoud.vragen:
        if not vraag.contact:
            contact = _contact(gesprek, vraag, partij, zaken[vraag.id], actor)
            vraag.contact = _registreer(bron, contact, f"kcc-{gesprek.id}-{vraag.id}")
            gesprekken.bewaar(gesprek)
    gesprekken.verwijder(gesprek)


def _registreer(bron: Bronnen, contact: AfrondenIn, sleutel: str) -> str:
    """Het uuid van het klantcontact. Is het met een andere tekst al vastgelegd (ander tabblad), dan blijft dat zo."""
    try:
        return str(bron.klantinteracties.registreer_contact(contact, sleutel=sleutel).klantcontact.uuid)
    except ApiFout as fout:
        if fout.code != AL_VASTGELEGD:
            raise
        return AL_VASTGELEGD


def _zaak(bron: Bronnen, vraag: Vraag) -> UUID | None:
    if not vraag.zaaknummer.strip():
        return None
    zaak = zoek_zaak(bron, vraag.zaaknummer)
    if zaak is None:
        raise ZaakOnbekend(vraag.id)
    return zaak


def _partij(bron: Bronnen, gesprek: Gesprek) -> UUID | None:
    """De partij van de klant; zij ontstaat bij het eerste contact."""
    soort, nummer = gesprek.klant or ("", "")
    client = bron.klantinteracties
    if soort == "bsn":
        return client.zorg_voor_partij_bsn(nummer, naam=_naam(gesprek.inhoud.klantnaam)).uuid
    if soort == "kvk":
        return client.zorg_voor_partij_kvk(nummer, naam=gesprek.inhoud.klantnaam).uuid
    return UUID(nummer) if nummer else None


def _naam(naam: str) -> Contactnaam:
    return Contactnaam(achternaam=naam[:200])


def _contact(gesprek: Gesprek, vraag: Vraag, partij: UUID | None, zaak: UUID | None, actor: ActorUit) -> AfrondenIn:
    inhoud: dict[str, Any] = {
        "klantcontact": KlantcontactIn(
            kanaal=gesprek.inhoud.kanaal,
            onderwerp=vraag.onderwerp,
            inhoud=vraag.notitie,
            indicatie_contact_gelukt=vraag.uitkomst != NIET_BEREIKT,
            taal="nld",
            vertrouwelijk=False,
            plaatsgevonden_op=gesprek.inhoud.begonnen,
            metagegevens={"uitkomst": vraag.uitkomst},
        ),
        "actoren": [verwijs(actor.uuid)],
        "onderwerpobjecten": [onderwerp_zaak(str(zaak))] if zaak else [],
    }
    if partij or vraag.naam or vraag.uitkomst == CONTACTVERZOEK:
        inhoud["betrokkenen"] = [_betrokkene(vraag, partij)]
    if vraag.uitkomst == CONTACTVERZOEK:
        inhoud["interne_taak"] = InterneTaakBasis(
            gevraagde_handeling=vraag.gevraagd,
            toelichting=vraag.notitie,
            toegewezen_aan_actoren=[verwijs(UUID(vraag.afdeling))],
            status="te_verwerken",
        )
    return AfrondenIn(**inhoud)


def _betrokkene(vraag: Vraag, partij: UUID | None) -> BetrokkeneMetAdressen:
    adressen = []
    if vraag.uitkomst == CONTACTVERZOEK and vraag.telefoon:
        nummer = lees_telefoon(vraag.telefoon)
        adressen.append(AdresVanBetrokkene(adres=nummer, soort_digitaal_adres="telefoonnummer"))
    if vraag.uitkomst == CONTACTVERZOEK and vraag.email:
        adressen.append(AdresVanBetrokkene(adres=vraag.email.strip(), soort_digitaal_adres="email"))
    return BetrokkeneMetAdressen(
        was_partij=verwijs(partij) if partij else None,
        rol="klant",
        initiator=True,
        contactnaam=_naam(vraag.naam) if vraag.naam else None,
        digitale_adressen=adressen,
    )
