"""Het kanaal van een bericht: naar keuze van het proces, en anders naar voorkeur van de aanvrager."""

import pytest

from contracten import KanaalWeigert, Zending
from integratie.klantinteracties import KlantinteractiesClient
from integratie.processen import ProcessenClient
from plugins.sms import SmsKanaal
from tests.integratie.plugins.proef import Proef
from tests.reishulp import BSN

SOORT = {"sjabloon": "tv-geregistreerd", "soort": "toeristische-verhuur"}
NUMMER = "0612345678"


@pytest.mark.parametrize(
    ("kanaal", "kanalen"), [("sms", ["portaal", "sms"]), ("portaal", ["portaal"]), ("voorkeur", ["portaal"])]
)
def test_het_gekozen_kanaal(proef: Proef, kanaal: str, kanalen: list[str]) -> None:
    installatie = proef.gemeente.installatie
    client = KlantinteractiesClient(installatie, namens="processen")
    partij = client.zorg_voor_partij_bsn(BSN).uuid
    client.zet_standaardadres(partij, "telefoonnummer", NUMMER)
    client.zet_kanaalvoorkeur(partij, SOORT["soort"], None)  # een andere toets koos misschien e-mail
    zaak = proef.zaak("registratie").url
    gegevens = {"registratienummer": "0599-XY"}
    uitvoer = proef.voer_uit("berichten.versturen", {**SOORT, "kanaal": kanaal}, zaak=zaak, gegevens=gegevens)
    proef.gemeente.werk()
    (zending,) = ProcessenClient(installatie, namens="processen").zendingen(zaak)
    assert (str(zending.uuid), zending.staat, zending.kanalen) == (uitvoer.zending, "verzonden", kanalen)
    adres = f"{installatie.instellingen.adres}/simulatoren/sms/v2/notifications"
    berichten = installatie.http.get(adres, params={"reference": uitvoer.zending}).json()["notifications"]
    assert [bericht["phone_number"] for bericht in berichten] == ([NUMMER] if kanaal == "sms" else [])


def test_een_vast_nummer_neemt_geen_sms_aan(proef: Proef) -> None:
    installatie = proef.gemeente.installatie
    zending = Zending(proef.verzoek().uuid, installatie.klok.nu(), "0201234567", "x", "Hallo")
    with pytest.raises(KanaalWeigert):
        SmsKanaal().verstuur(installatie, zending)
