"""Het scherm van sjablonen: nakijken met voorbeeld, niets bewaren dat niet klopt, en elke versie terug te zetten."""

from integratie.configuratie import SJABLOON, Configuratie
from tests.integratie.behandelen.hulp import BAS, Browser, browser
from tests.reishulp import Gemeente

PAD = "/beheer/sjablonen/tv-bevestiging-registratie"


def velden(**anders: str) -> dict[str, str]:
    goed = {
        "onderwerp_nl": "Uw nummer", "inhoud_nl": "<p>{{ aanhef }},</p><p>Nummer {{ nummer }}, tot {{ tot }}.</p>",
        "onderwerp_en": "", "inhoud_en": "", "velden": 'nummer = "N-1"\ntot = date("2026-09-01")', "actie": "bewaar",
    }  # fmt: skip
    return {**goed, **anders}


def test_een_sjabloon_schrijven(gemeente: Gemeente) -> None:
    configuratie = Configuratie(gemeente.installatie, namens="beheer")
    oud = configuratie.haal_met_versie(SJABLOON, "tv-bevestiging-registratie")
    assert oud
    with browser(gemeente.installatie) as femke:
        femke.log_in("femke", "/beheer/sjablonen/")
        assert "tv-bevestiging-registratie" in femke.tekst
        femke.naar(PAD)
        femke.stuur(PAD, **velden(inhoud_nl="<p>Dag</p>\n<script>x</script><p>{{ nummr }}</p>"))
        for deel in ("Zo wordt het niet bewaard", "regel 2: <script> mag niet", "veld nummr is onbekend"):
            assert deel in femke.tekst
        femke.stuur(PAD, **velden(velden="nummer = ("))
        assert "Deze regel is niet te lezen: nummer = (" in femke.tekst
        femke.stuur(PAD, **velden(actie="kijk"))
        assert "Nummer N-1, tot 1 september 2026." in femke.tekst
        femke.stuur(PAD, **velden(actie="pdf"))
        assert femke.antwoord.content.startswith(b"%PDF")
        assert configuratie.haal_met_versie(SJABLOON, "tv-bevestiging-registratie") == oud
        _bewaar_en_zet_terug(femke, configuratie, oud[1])


def _bewaar_en_zet_terug(femke: Browser, configuratie: Configuratie, versie: int) -> None:
    oud = configuratie.haal(SJABLOON, "tv-bevestiging-registratie")
    femke.naar(PAD)
    femke.stuur(PAD, **velden())
    nieuw = configuratie.haal_met_versie(SJABLOON, "tv-bevestiging-registratie")
    assert nieuw
    assert (nieuw[0]["onderwerp"], nieuw[1]) == ({"nl": "Uw nummer"}, versie + 1)
    assert nieuw[0]["velden"]["tot"] == {"$feel": "date", "waarde": "2026-09-01"}
    femke.naar(f"{PAD}/versies")
    femke.stuur(f"{PAD}/versies/{versie}")
    assert configuratie.haal(SJABLOON, "tv-bevestiging-registratie") == oud


def test_alleen_voor_functioneel_beheer(gemeente: Gemeente) -> None:
    with browser(gemeente.installatie, BAS) as bas:
        assert bas.naar("/beheer/sjablonen/").status == 403
