"""Van het diagram met aantallen naar de zaken die bij een element wachten."""

from processen.modelleren import Werkplaats
from tests.integratie.processen.modelleren.conftest import PAKKET
from tests.reishulp import CORPORATIE, Gemeente
from tests.schermhulp import Venster

NU = f"/beheer/pakketten/{PAKKET}/proces/toeristische-verhuur-vergunning"


def test_van_element_naar_de_zaken_die_er_wachten(femke: Venster, plaats: Werkplaats, gemeente: Gemeente) -> None:
    assert plaats.stand(PAKKET)
    gemeente.dien_in("vergunning", CORPORATIE)
    gemeente.werk()
    assert "element=handmatig#wachters" in femke.naar(f"{NU}/cijfers.json").tekst
    assert "Wat er bij" not in femke.naar(f"{NU}/nu").tekst
    pagina = femke.naar(f"{NU}/nu?element=handmatig").tekst
    assert "Wat er bij" in pagina
    assert "ZAAK-" in pagina
    assert "Wat er bij" not in femke.naar(f"{NU}/nu?element=bestaat-niet").tekst
