"""Van het diagram met aantallen naar de zaken die bij een element wachten."""

from processen import maak_motor
from processen.modelleren import Werkplaats
from tests.integratie.processen.modelleren.conftest import PAKKET
from tests.reishulp import CORPORATIE, Gemeente
from tests.schermhulp import Venster, kapot

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


def test_de_beheerder_herstelt_de_incidenten_van_haar_pakket(
    femke: Venster, plaats: Werkplaats, gemeente: Gemeente
) -> None:
    assert plaats.stand(PAKKET)
    motor = maak_motor(gemeente.installatie)
    with kapot(gemeente.installatie, "zaken"):
        gemeente.dien_in("vergunning", CORPORATIE)
        for _ in range(12):
            gemeente.verzet(days=1)
            gemeente.werk()
    with gemeente.installatie.db.lezen() as verbinding:
        (incident,) = motor.incidenten(verbinding)
    eigen, ander = (f"/beheer/pakketten/{pakket}/incidenten/" for pakket in (PAKKET, "klacht"))
    femke.log_in("femke", "/beheer/pakketten/")  # na twaalf dagen is haar sessie voorbij
    assert f'href="{eigen}"' in femke.tekst
    assert f'href="{eigen}{incident.id}"' in femke.naar(eigen).tekst
    assert str(incident.id) not in femke.naar(ander).tekst
    assert femke.http.get(f"{ander}{incident.id}").status_code == 404
    assert f'action="{eigen}{incident.id}/herstel"' in femke.naar(f"{eigen}{incident.id}").tekst
    femke.stuur(f"{ander}opnieuw", incident=str(incident.id))
    with gemeente.installatie.db.lezen() as verbinding:
        assert motor.incidenten(verbinding)
    femke.naar(f"{eigen}{incident.id}").stuur(f"{eigen}{incident.id}/herstel", actie="opnieuw")
    assert "Het incident is opgelost." in femke.tekst
    gemeente.werk()
    with gemeente.installatie.db.lezen() as verbinding:
        assert not motor.incidenten(verbinding)
