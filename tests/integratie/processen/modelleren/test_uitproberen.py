"""Een beslissing uitproberen, en de zaken die er al mee beslist zijn nog eens uitrekenen."""

from datetime import timedelta

from kern.klok import NEDERLAND
from processen.modelleren import Werkplaats
from tests.integratie.processen.modelleren.conftest import FEMKE, PAKKET
from tests.reishulp import KOOP, Gemeente
from tests.schermhulp import Venster

ADRES = f"/beheer/pakketten/{PAKKET}/beslissingen/tv-vergunning"
PAD = "beslissingen/tv-vergunning.dmn"


def test_met_de_hand(femke: Venster) -> None:
    femke.naar(f"{ADRES}/uitproberen")
    assert "Uitrekenen" in femke.tekst
    velden = {"g0": "huur", "g1": "ja", "g2": "nee", "g3": "ja", "g4": "30", "beslissing": "beoordeling"}
    femke.stuur(f"{ADRES}/uitproberen", **velden)
    assert "U huurt van een woningcorporatie" in femke.tekst
    assert "Huisvestingsverordening, artikel 3.2" in femke.tekst
    assert "moet zijn: > 60" in femke.tekst
    femke.stuur(f"{ADRES}/uitproberen", **{**velden, "g4": "veel"})
    assert "Uitkomst" not in femke.tekst
    assert femke.naar(f"/beheer/pakketten/{PAKKET}/beslissingen/bestaat-niet/uitproberen").status == 404


def test_over_eerdere_zaken(femke: Venster, plaats: Werkplaats, gemeente: Gemeente) -> None:
    gemeente.verzet(days=20)  # wat andere tests in deze gemeente beslisten is dan van voor de periode
    femke.log_in("femke", "/beheer/pakketten/")
    for nachten in (15, 30, 30):
        gemeente.dien_in("vergunning", {**KOOP, "nachten": nachten})
    gemeente.werk()
    deel = plaats.lees(PAKKET, PAD)
    strenger = (deel.inhoud or b"").replace(b"&gt; 60", b"&gt; 20").replace(b"<text>> 60", b"<text>> 20")
    assert strenger != deel.inhoud
    plaats.bewaar(PAKKET, PAD, strenger, versie=deel.versie, wie=FEMKE)
    vandaag = gemeente.installatie.klok.nu().astimezone(NEDERLAND).date()
    femke.naar(f"{ADRES}/terugtoets")

    def periode(van: timedelta, tot: timedelta) -> dict[str, str]:
        dagen = {"van": vandaag + van, "tot": vandaag + tot}
        delen = (("dag", "day"), ("maand", "month"), ("jaar", "year"))
        return {f"{n}-{deel}": str(getattr(dag, attribuut)) for n, dag in dagen.items() for deel, attribuut in delen}

    vraag = {"beslissing": "beoordeling", "gegeven": "nachten"}
    femke.stuur(f"{ADRES}/terugtoets", **vraag, **periode(-timedelta(days=1), timedelta()))
    assert "Van 3 beslissingen veranderen er 2." in femke.tekst
    assert "bezwaren: regel 5" in femke.tekst
    femke.stuur(f"{ADRES}/terugtoets", **vraag, **periode(-timedelta(days=9), -timedelta(days=5)))
    assert "In deze periode is hiermee niets beslist" in femke.tekst
