"""De client van de processen-API op het hele platform: een taak afronden, de geschiedenis lezen, incidenten zien."""

import pytest

from integratie.basis import ApiFout
from integratie.processen import ProcessenClient
from integratie.processen.motor import TaakAfrondenIn
from kern.installatie import Installatie
from tests.reishulp import CORPORATIE, Gemeente


def test_een_medewerkertaak_afronden_brengt_het_proces_verder(ingericht: Installatie) -> None:
    gemeente = Gemeente(ingericht)
    verzoek = gemeente.dien_in("vergunning", CORPORATIE)
    gemeente.werk()
    client, zaak = ProcessenClient(ingericht, namens="behandelen"), gemeente.zaak(verzoek)
    (instantie,) = client.instanties(zaak=zaak.url)
    (taak,) = client.taken(instantie=str(instantie.uuid))
    assert (taak.element, instantie.staat) == ("handmatig", "loopt")
    client.rond_taak_af(
        taak.uuid, TaakAfrondenIn(door="bas", uitkomst={"besluit": "aanvullen", "vraag": "Een plattegrond"})
    )
    gemeente.werk()
    (klanttaak,) = client.taken(instantie=str(instantie.uuid))
    assert klanttaak.element == "aanvulling"
    with pytest.raises(ApiFout) as geweigerd:
        client.rond_taak_af(klanttaak.uuid, TaakAfrondenIn(door="bas"))
    assert geweigerd.value.status == 409
    gedaan = {stap.element: stap for stap in client.geschiedenis(instantie.uuid)}
    assert (gedaan["handmatig"].door, gedaan["handmatig"].uitkomst) == ("bas", "voltooid")
    assert gedaan["beoordelen-regels"].uitleg is not None
    assert list(client.incidenten()) == []
