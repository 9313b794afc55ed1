"""De levensloop van verzoek, klanttaak en bericht als CloudEvents bij een echte abonnee, elk op zijn tijd en zonder persoonsnummer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from integratie.berichten import BerichtenClient
from integratie.berichten.schemas import BerichtIn
from integratie.notificaties import NotificatiesClient
from integratie.taken import TakenClient
from integratie.taken.schemas import FormulierDetails, FormulierTaakIn
from integratie.urn import urn_bsn
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import VerzoekIn, VerzoekTypeIn, VerzoekTypeVersionIn
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from tests.integratie.registraties.notificaties.test_cloudevents import met_cloudevents
from tests.integratie.registraties.notificaties.test_notificaties import Abonnee, abonnees, nrc

__all__ = ["abonnees", "nrc"]
BSN = "999990019"
EIGEN = ("verzoek-", "externetaak-", "bericht-")


def test_van_verzoek_tot_verlopen_taak(
    nrc: NotificatiesClient,
    abonnees: dict[str, Abonnee],
    installatie: Installatie,
    klok: VerzetbareKlok,
    werk_outbox_af: Callable[[], int],
) -> None:
    nrc.vraag("POST", "abonnement", json=met_cloudevents(*EIGEN))
    verzoeken = VerzoekenClient(installatie, namens="formulieren")
    soort = verzoeken.zorg_voor_type(VerzoekTypeIn(naam="x"), VerzoekTypeVersionIn(aanvraag_gegevens_schema={}))
    verzoeken.dien_in(VerzoekIn(verzoek_type=soort.url, aanvraag_gegevens={}, initiator=urn_bsn(BSN)), sleutel="v")
    taak = FormulierTaakIn(
        titel="Vul aan",
        einddatum_handelings_termijn=klok.vandaag() + timedelta(days=7),
        is_toegewezen_aan=urn_bsn(BSN),
        details=FormulierDetails(formulier_definitie={"components": []}),
    )
    url = TakenClient(installatie, namens="processen").maak_formuliertaak(taak, sleutel="t").url
    bericht = BerichtIn(
        onderwerp="Herinnering",
        bericht_tekst="Vul uw aanvraag aan.",
        ontvanger=urn_bsn(BSN),
        publicatiedatum=klok.nu() + timedelta(days=5),
    )
    BerichtenClient(installatie, namens="verzenden").plaats(bericht, sleutel="b")
    for _ in range(9):
        werk_outbox_af()
        klok.verzet(timedelta(days=1))
    werk_outbox_af()
    gekregen: list[dict[str, Any]] = abonnees["/een"].berichten
    assert [deel["type"].removeprefix("nl.overheid.") for deel in gekregen] == [
        "verzoeken.verzoek-geregistreerd",
        "taken.externetaak-geregistreerd",
        "berichten.bericht-geregistreerd",
        "taken.externetaak-herinnerd",
        "berichten.bericht-gepubliceerd",
        "taken.externetaak-verlopen",
    ]
    assert abonnees["/een"].mediatypes == {"application/cloudevents+json"}
    assert {deel["subject"] for deel in gekregen if "taak" in deel["type"]} == {url}
    assert len({deel["id"] for deel in gekregen}) == len(gekregen)
    assert BSN not in str(gekregen)
