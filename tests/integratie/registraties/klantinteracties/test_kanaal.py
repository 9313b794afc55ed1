"""Het kanaal van een klantcontact uit de referentielijst, als de gemeente dat instelt."""

from collections.abc import Callable, Iterator

import pytest

from dienstverlening.samenstellen import maak_platform
from integratie.klantinteracties import KlantinteractiesClient
from kern.installatie import Installatie
from kern.instellingen import Instellingen
from registraties.referentielijsten.laden import laad
from tests.integratie.registraties.klantinteracties.hulp import contact
from tests.integratie.registraties.tokens import fouten

FOUT = ("kanaal", "invalid_choice")


@pytest.fixture
def streng(eigen_instellingen: Callable[..., Instellingen]) -> Iterator[Installatie]:
    """Een installatie die alleen kanalen uit de lijst aanneemt."""
    instellingen = eigen_instellingen("kanaal").model_copy(update={"klantcontact_kanaal": "lijst"})
    installatie = maak_platform(instellingen)
    yield installatie
    installatie.sluit()


def test_alleen_een_kanaal_uit_de_lijst(streng: Installatie) -> None:
    klanten = KlantinteractiesClient(streng, namens="kcc")
    vrij = contact(klanten, kanaal="postduif")  # zolang er geen lijst is
    laad(streng, {"communicatiekanalen": [{"naam": "Telefoon", "omschrijving": "Gesprek"}]})
    goed = contact(klanten, kanaal="telefoon")
    for doe in (
        lambda: contact(klanten, kanaal="fax"),
        lambda: klanten.vraag("PATCH", goed["url"], json={"kanaal": "fax"}),
    ):
        assert fouten(doe) == {FOUT}
    assert fouten(lambda: klanten.vraag("POST", "maak-klantcontact", json={"klantcontact": _velden("fax")})) == {
        ("klantcontact.kanaal", "invalid_choice")
    }
    assert klanten.vraag("PATCH", vrij["url"], json={"onderwerp": "Anders"})["kanaal"] == "postduif"
    assert klanten.vraag("GET", "klantcontacten")["count"] == 2


def test_zonder_die_instelling_is_elk_kanaal_goed(klanten: KlantinteractiesClient, installatie: Installatie) -> None:
    laad(installatie, {"communicatiekanalen": [{"naam": "Telefoon", "omschrijving": "Gesprek"}]})
    assert contact(klanten, kanaal="fax")["kanaal"] == "fax"


def _velden(kanaal: str) -> dict[str, object]:
    return {"kanaal": kanaal, "onderwerp": "Vraag", "taal": "nld", "vertrouwelijk": False}
