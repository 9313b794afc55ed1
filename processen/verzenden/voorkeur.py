"""Hoe iemand bereikt wil worden: de keuze die hij in een formulier of in MijnGemeente maakte, uit Klantinteracties.

Wie met eIDAS inlogt en geen BSN heeft, kan daar geen partij zijn: de standaard kent alleen nummers uit de BRP en het handelsregister. Voor
hem geldt wat hij bij zijn verzoek antwoordde.
"""

from dataclasses import dataclass

from integratie.klantinteracties import KlantinteractiesClient
from integratie.klantinteracties.client import PartijMetAdressen
from integratie.verzoeken.schemas import VerzoekUit
from integratie.zaken.schemas import RolUit
from kern.installatie import Installatie

NAMENS = "verzenden"
TALEN = {"nld": "nl", "eng": "en"}
STANDAARDTAAL = "nl"


@dataclass(frozen=True)
class Voorkeur:
    """`email` en `sms` zijn leeg als iemand daar niet mee instemde voor dit soort berichten, `telefoon` als er geen nummer is; `taal` is nl of en."""

    email: str = ""
    telefoon: str = ""
    sms: str = ""
    taal: str = STANDAARDTAAL


def voorkeur_van(installatie: Installatie, rol: RolUit, soort: str, verzoek: VerzoekUit | None) -> Voorkeur:
    """De voorkeur van wie deze rol heeft, voor berichten van deze soort; `verzoek` is dat waarmee de zaak begon."""
    client = KlantinteractiesClient(installatie, namens=NAMENS)
    betrokkene = rol.betrokkene_identificatie or {}
    if betrokkene.get("inpBsn"):
        return _uit_partij(client, client.partij_bij_bsn(betrokkene["inpBsn"]), soort)
    if betrokkene.get("kvkNummer"):
        return _uit_partij(client, client.partij_bij_kvk(betrokkene["kvkNummer"]), soort)
    return _uit_verzoek(verzoek) if verzoek else Voorkeur()


def _uit_partij(client: KlantinteractiesClient, partij: PartijMetAdressen | None, soort: str) -> Voorkeur:
    if partij is None:
        return Voorkeur()
    keuze = client.kanaalvoorkeur(partij.uuid, soort)
    email = keuze.adres if keuze and keuze.soort_adres == "email" else ""
    nummers = [adres.adres for adres in partij.adressen if adres.soort_digitaal_adres == "telefoonnummer"]
    sms = keuze.adres if keuze and keuze.soort_adres == "telefoonnummer" else ""
    return Voorkeur(email, sms or (nummers[-1] if nummers else ""), sms, TALEN.get(partij.voorkeurstaal, STANDAARDTAAL))


def _uit_verzoek(verzoek: VerzoekUit) -> Voorkeur:
    """De vaste vragen `digitaal` en `email` van een formulier dat naar de voorkeur vraagt."""
    antwoorden = verzoek.aanvraag_gegevens
    email = str(antwoorden.get("email") or "") if antwoorden.get("digitaal") == "ja" else ""
    taal = verzoek.verzoek_taal if verzoek.verzoek_taal in TALEN.values() else STANDAARDTAAL
    return Voorkeur(email, taal=taal)
