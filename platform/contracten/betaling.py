"""Een betaaltaak laten betalen: beginnen bij de betaalprovider, en de uitkomst verwerken als die bekend is.

De taak in de Taken API is de toestand; het nummer bij de provider staat bij het verzoek (`verzoekBetaling`). Alleen wat de provider zelf
zegt als wij ernaar vragen telt, want een melding kan vals zijn.
"""

from decimal import Decimal
from uuid import uuid5

from contracten.betaalprovider import Betaalprovider, Betaalproviders, Betaalstaat, Betaalverzoek
from integratie.taken import TakenClient
from integratie.taken.schemas import ExterneTaakUit
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import VerzoekBetaling, VerzoekUit
from kern.installatie import Installatie

KENMERK = 30
VERLOPEN = ("mislukt", "verlopen")


class GeenProvider(LookupError):
    """Er is geen betaalprovider, of er zijn er meer en niet gezegd is welke."""


def provider_van(installatie: Installatie) -> Betaalprovider:
    """De betaalprovider van deze installatie. `GeenProvider` als er niet precies een is."""
    providers = Betaalproviders(installatie.plugins.verzamel("betaalproviders"))
    if len(providers) != 1:
        raise GeenProvider(
            f"er zijn {len(providers)} betaalproviders; noem in PLUGINS precies één plugin die er een levert"
        )
    return next(iter(providers.values()))


def begin(installatie: Installatie, taak: ExterneTaakUit, *, terug: str = "", taal: str = "nl", namens: str) -> str:
    """Begin de betaling van een open betaaltaak en geef het adres waar de betaler heen gaat.

    `terug` is waar de betaler na afloop heen gaat. Nog eens beginnen geeft dezelfde betaling, tot zij mislukte of verliep.
    """
    provider, adres = provider_van(installatie), installatie.instellingen.adres
    verzoek = _verzoek_van(installatie, taak, namens)
    vorige = verzoek.verzoek_betaling.provider_kenmerk if verzoek and verzoek.verzoek_betaling else ""
    mislukt = vorige if vorige and provider.staat(installatie, vorige, taak.uuid) in VERLOPEN else ""
    details = taak.details
    begonnen = provider.begin(
        installatie,
        Betaalverzoek(
            sleutel=uuid5(taak.uuid, f"betaling:{mislukt}"),
            waarvoor=taak.uuid,
            bedrag=Decimal(str(details["bedrag"])),
            kenmerk=str(details["transactieomschrijving"])[:KENMERK],
            omschrijving=str(details["transactieomschrijving"]),
            terug=terug or f"{adres}/mijn/taken/{taak.uuid}",
            melden=f"{installatie.diensten['processen'].basis}/betalingen/{taak.uuid}",
            taal=taal,
        ),
    )
    if verzoek is not None:
        _leg_vast(installatie, verzoek, taak, begonnen.nummer, namens=namens)
    return begonnen.adres


def verwerk(installatie: Installatie, taak: ExterneTaakUit, nummer: str, *, namens: str) -> Betaalstaat:
    """Vraag de provider hoe het met betaling `nummer` is; is er betaald, dan is de taak uitgevoerd. Herhalen verandert niets."""
    staat = provider_van(installatie).staat(installatie, nummer, taak.uuid)
    if staat == "betaald" and taak.status == "open":
        verzoek = _verzoek_van(installatie, taak, namens)
        if verzoek is not None:
            _leg_vast(installatie, verzoek, taak, nummer, namens=namens, voltooid=True)
        client = TakenClient(installatie, namens=namens)
        client.wijzig_klanttaak(taak.url, status="uitgevoerd", sleutel=f"betaald-{taak.uuid}")
    return staat


def _verzoek_van(installatie: Installatie, taak: ExterneTaakUit, namens: str) -> VerzoekUit | None:
    """Het laatste verzoek bij de zaak van de taak: daar hoort de betaling bij."""
    urns = [relatie.urn for relatie in taak.is_gerelateerd_aan]
    if not urns:
        return None
    gevonden = VerzoekenClient(installatie, namens=namens).zoek_verzoeken({"isGerelateerdAan": urns[0]}).results
    return max(gevonden, key=lambda verzoek: verzoek.geregistreerd_op, default=None)


def _leg_vast(
    installatie: Installatie,
    verzoek: VerzoekUit,
    taak: ExterneTaakUit,
    nummer: str,
    *,
    namens: str,
    voltooid: bool = False,
) -> None:
    betaling = VerzoekBetaling(
        provider_kenmerk=nummer,
        bedrag=Decimal(str(taak.details["bedrag"])),
        voltooid=voltooid,
        transactie_datum=installatie.klok.nu() if voltooid else None,
        transactie_referentie=nummer if voltooid else "",
    )
    client = VerzoekenClient(installatie, namens=namens)
    client.wijzig(verzoek.url, {"verzoekBetaling": betaling.als_json()}, VerzoekUit)
