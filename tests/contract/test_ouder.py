"""Clients van een oudere versie blijven werken: alles wat hun bestand beschrijft, is er nog zoals het daar staat.

Wat de nieuwste standaard zelf veranderde of erbij deed telt niet, en wat in afwijkingen.md staat ook niet.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.contract.decor import Aanroep, Decor
from tools.feiten import feiten_uit, pak_uit
from tools.vergelijk import FEITEN, Feiten, Verschil, afwijkingen, eigen, standaard, verschillen

OUDER = FEITEN / "ouder"
KEUZE = ("zaakgeometrie", "betrokkeneIdentificatie", "objectIdentificatie", "objectTypeOverigeDefinitie")
"""Hier noemt het bestand de velden van alle soorten door elkaar; een antwoord heeft die van één."""
VERSIES = {"zaken-1.5": "zaken", "documenten-1.4": "documenten"}
STANDAARDEN = Path(__file__).parents[3] / "shared" / "standaarden" / "openapi"


def onverklaard(api: str, oud: Feiten) -> list[Verschil]:
    """Wat anders is dan in het oudere bestand, zonder dat de nieuwste versie of onze uitleg dat zegt."""
    vernieuwd = set(verschillen(api, oud, standaard(api)))
    uitgelegd = afwijkingen()
    return sorted(
        verschil
        for verschil in set(verschillen(api, oud, eigen(api))) - vernieuwd
        if not any(afwijking.past(verschil) for afwijking in uitgelegd)
    )


@pytest.mark.parametrize("versie", VERSIES)
def test_client_van_een_oudere_versie(versie: str) -> None:
    oud = pak_uit(OUDER / f"{versie}.json")
    assert not set(oud["operaties"]) - set(eigen(VERSIES[versie])["operaties"])
    gevonden = onverklaard(VERSIES[versie], oud)
    assert not gevonden, "\n".join(f"| {v.api} | {v.operatie} | {v.plek} | {v.feit} |" for v in gevonden)


@pytest.mark.parametrize("versie", VERSIES)
@pytest.mark.skipif(not STANDAARDEN.exists(), reason="de officiële bestanden staan hier niet")
def test_feiten_komen_uit_het_officiele_bestand(versie: str) -> None:
    vers = feiten_uit(yaml.load((STANDAARDEN / f"{versie}.yaml").read_text(), Loader=yaml.CSafeLoader))
    assert pak_uit(OUDER / f"{versie}.json") == {"versie": vers["versie"], "operaties": vers["operaties"]}


def nodig(operatie: dict[str, Any]) -> dict[str, set[str]]:
    """Per groep (leeg: het antwoord zelf) de velden die het oudere bestand in het antwoord op 201 noemt."""
    groepen: dict[str, set[str]] = {}
    for plek in operatie["antwoorden"]["201"]:
        groep, _, veld = plek.rpartition(".")
        if "[]" not in plek and groep.partition(".")[0] not in KEUZE:
            groepen.setdefault(groep, set()).add(veld)
    return groepen


def test_antwoord_heeft_alles_van_een_oudere_versie(doe: Aanroep, decor: Decor) -> None:
    """Verzoeken zonder één veld van na die versie: aangenomen, en in het antwoord staat alles wat het oudere bestand noemt."""
    document = decor.document()
    zaak = decor.zaak()
    bij_zaak = {"zaak": zaak}
    nummer = {"identificatie": "1"}
    verzoeken: dict[str, dict[str, Any]] = {
        "zaken:zaken": decor.zaak_json(),
        "zaken:statussen": bij_zaak | {"statustype": decor.begin, "datumStatusGezet": "2019-05-01T12:00:00Z"},
        "zaken:resultaten": bij_zaak | {"resultaattype": decor.resultaattype},
        "zaken:zaakinformatieobjecten": bij_zaak | {"informatieobject": document},
        "zaken:zaakobjecten": bij_zaak | {"objectType": "pand", "objectIdentificatie": nummer},
        "zaken:klantcontacten": bij_zaak | {"datumtijd": "2019-08-29T14:14:21Z", "kanaal": "balie"},
        "zaken:rollen": bij_zaak
        | {
            "betrokkeneType": "medewerker",
            "betrokkeneIdentificatie": nummer,
            "roltype": decor.roltype,
            "roltoelichting": "x",
        },
        "documenten:enkelvoudiginformatieobjecten": decor.document_json(),
        "documenten:gebruiksrechten": {
            "informatieobject": document,
            "startdatum": "2019-01-01T12:00:00",
            "omschrijvingVoorwaarden": "x",
        },
    }
    oud = {api: pak_uit(OUDER / f"{versie}.json")["operaties"] for versie, api in VERSIES.items()}
    for pad, invoer in verzoeken.items():
        api, _, resource = pad.partition(":")
        antwoord = doe("POST", pad, invoer)
        assert isinstance(antwoord, dict), (pad, antwoord)
        for groep, velden in nodig(oud[api][f"POST /{resource}"]).items():
            deel = antwoord[groep] if groep else antwoord
            assert deel is None or velden <= set(deel), (pad, groep, velden - set(deel))
