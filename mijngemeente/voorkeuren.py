"""Hoe de gemeente mij mag bereiken: per onderwerp e-mail of post, en in welke taal."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wtforms.form import BaseForm

from huisstijl import kies, lui
from huisstijl.velden import EmailVeld, KeuzeVeld, Optie, TelefoonVeld
from integratie.configuratie import FORMULIER, PROCESPAKKET
from integratie.klantinteracties.client import VOORKEUR, PartijMetAdressen
from integratie.klantinteracties.schemas import Contactnaam, DigitaalAdresUit, PartijUit
from kern.aanmelden.identiteit import Identiteit
from mijngemeente.bronnen import Bronnen

EMAIL, SMS, POST = "email", "sms", "post"
ONDERWERP = "onderwerp-"
TELEFOON = "telefoonnummer"
VORMEN = {EMAIL: EMAIL, TELEFOON: SMS}
TALEN = {"nld": "Nederlands", "eng": "English"}
_BRUIKBAAR = re.compile(r"^[-a-zA-Z0-9_]{1,43}$")


@dataclass(frozen=True)
class Voorkeuren:
    """Wat ik eerder koos. `keuzes` is per onderwerp (sleutel) `email`, `sms`, `post`, of leeg als er nooit naar gevraagd is."""

    onderwerpen: Mapping[str, str]
    keuzes: Mapping[str, str]
    email: str
    telefoon: str
    taal: str

    def formulier(self, invoer: Any = None) -> BaseForm:
        """Eén keuze per onderwerp, het e-mailadres en de taal."""
        opties = (Optie(EMAIL, lui("Per e-mail")), Optie(SMS, lui("Per sms")), Optie(POST, lui("Per post")))
        velden: dict[str, Any] = {
            f"{ONDERWERP}{sleutel}": KeuzeVeld(titel, opties=opties, verplicht=False)
            for sleutel, titel in self.onderwerpen.items()
        }
        gekozen = {invoer.get(naam) for naam in velden} if invoer is not None else set()
        velden["email"] = EmailVeld(
            lui("Uw e-mailadres"),
            verplicht=EMAIL in gekozen,
            hulptekst=lui("In de e-mail staat alleen dat er een bericht voor u is."),
        )
        velden["telefoon"] = TelefoonVeld(
            lui("Uw mobiele nummer"),
            verplicht=SMS in gekozen,
            hulptekst=lui("In de sms staat alleen dat er een bericht voor u is."),
        )
        talen = [Optie(code, naam) for code, naam in TALEN.items()]
        velden["taal"] = KeuzeVeld(lui("In welke taal schrijven wij u?"), opties=talen)
        formulier = BaseForm(velden)
        keuzes = {f"{ONDERWERP}{sleutel}": keuze for sleutel, keuze in self.keuzes.items()}
        formulier.process(invoer, data={**keuzes, "email": self.email, "telefoon": self.telefoon, "taal": self.taal})
        return formulier


def partij_van(bron: Bronnen) -> PartijMetAdressen | None:
    """Mijn partij in Klantinteracties, als die er al is."""
    ik = bron.ik
    if ik.soort == "bsn":
        return bron.klantinteracties.partij_bij_bsn(ik.nummer)
    return bron.klantinteracties.partij_bij_kvk(ik.kvk)


def kan_kiezen(bron: Bronnen) -> bool:
    """Wie geen BSN of KVK-nummer heeft, is geen partij en krijgt alles in MijnGemeente."""
    return bron.ik.soort != "pseudoniem"


def lees_voorkeuren(bron: Bronnen) -> Voorkeuren:
    """De onderwerpen waarover de gemeente berichten stuurt, met mijn keuze.

    Een keuze bij een onderwerp dat er niet meer is blijft bewaard en telt weer als het terugkomt; hier staat zij niet.
    """
    partij = partij_van(bron)
    adressen = partij.adressen if partij else []
    gekozen = {
        adres.referentie.removeprefix(VOORKEUR): adres for adres in adressen if adres.referentie.startswith(VOORKEUR)
    }
    onderwerpen = _onderwerpen(bron)
    return Voorkeuren(
        onderwerpen=onderwerpen,
        keuzes={sleutel: _keuze(gekozen.get(sleutel)) for sleutel in onderwerpen},
        email=_adres(adressen, EMAIL),
        telefoon=_adres(adressen, TELEFOON),
        taal=partij.voorkeurstaal if partij and partij.voorkeurstaal in TALEN else "nld",
    )


def _onderwerpen(bron: Bronnen) -> dict[str, str]:
    """De soorten berichten die iemand met een formulier op gang brengt, elk met de titel van zijn pakket.

    Een pakket van bouwstenen heeft geen titel voor een inwoner; daar telt de naam van het formulier dat naar de soort heet.
    """
    titels = {pakket["sleutel"]: pakket["titel"] for pakket in bron.configuratie.alle(PROCESPAKKET)}
    gevonden: dict[str, str] = {}
    for formulier in bron.configuratie.alle(FORMULIER):
        soort = str(formulier["definitie"].get("gegevens", {}).get("soortBericht") or "")
        pakket = formulier.get("pakket", "")
        eigen = formulier["sleutel"] == soort != pakket
        if _BRUIKBAAR.match(soort) and pakket in titels and (eigen or soort not in gevonden):
            gevonden[soort] = kies(formulier["definitie"]["naam"] if eigen else titels[pakket])
    return dict(sorted(gevonden.items(), key=lambda paar: paar[1]))


def _keuze(adres: DigitaalAdresUit | None) -> str:
    if adres is None:
        return ""
    return VORMEN.get(adres.soort_digitaal_adres, POST)


def _adres(adressen: list[DigitaalAdresUit], soort: str) -> str:
    """Het standaardadres van deze soort, anders het laatst opgegeven."""
    passend = [adres for adres in adressen if adres.soort_digitaal_adres == soort]
    standaard = [adres for adres in passend if adres.is_standaard_adres]
    return (standaard or passend)[-1].adres if passend else ""


def bewaar_voorkeuren(bron: Bronnen, identiteit: Identiteit, oud: Voorkeuren, nieuw: Mapping[str, Any]) -> None:
    """Leg vast wat er veranderde; nog een keer bewaren verandert niets."""
    partij = _zorg_voor_partij(bron, identiteit)
    client = bron.klantinteracties
    if nieuw["taal"] != oud.taal:
        client.wijzig(f"partijen/{partij.uuid}", {"voorkeurstaal": nieuw["taal"]}, PartijUit)
    adressen = {EMAIL: nieuw["email"] or "", SMS: nieuw["telefoon"] or ""}
    oude = {EMAIL: oud.email, SMS: oud.telefoon}
    if adressen[EMAIL] and adressen[EMAIL] != oud.email:
        client.zet_standaardadres(partij.uuid, "email", adressen[EMAIL])
    for sleutel, titel in oud.onderwerpen.items():
        keuze = nieuw.get(f"{ONDERWERP}{sleutel}") or ""
        ander_adres = keuze in adressen and adressen[keuze] != oude[keuze]
        if keuze and (keuze != oud.keuzes[sleutel] or ander_adres):
            client.zet_kanaalvoorkeur(partij.uuid, sleutel, adressen.get(keuze), omschrijving=titel)


def _zorg_voor_partij(bron: Bronnen, identiteit: Identiteit) -> PartijUit:
    ik = bron.ik
    if ik.soort == "bsn":
        naam = identiteit.machtiging.naam if identiteit.machtiging else identiteit.naam
        return bron.klantinteracties.zorg_voor_partij_bsn(
            ik.nummer, naam=Contactnaam(achternaam=naam[:200]) if naam else None
        )
    return bron.klantinteracties.zorg_voor_partij_kvk(ik.kvk, naam=identiteit.naam)
