"""Intrekken: de inwoner in MijnGemeente, en een medewerker voor wie belt of schrijft. Alles wat liep stopt."""

from datetime import timedelta

from integratie.processen import ProcessenClient
from integratie.taken import TakenClient
from integratie.termijnen import TermijnenClient
from integratie.zaken.schemas import ZaakUit
from tests.integratie.behandelen.hulp import Browser, losse_taak, pad_zaak, te_beoordelen
from tests.integratie.mijngemeente.conftest import inwoner
from tests.reishulp import KOOP, Gemeente


def eis_ingetrokken(gemeente: Gemeente, zaak: ZaakUit) -> None:
    """De zaak is dicht, er loopt niets meer, en de termijn staat met een reden stil."""
    nu = gemeente.zaken.zaak(zaak.url)
    assert (gemeente.resultaat(nu), gemeente.besluiten(nu), gemeente.taken(nu)) == ("Ingetrokken", [], [])
    processen = ProcessenClient(gemeente.installatie, namens="behandelen")
    staten = sorted(instantie.staat for instantie in processen.instanties(zaak=zaak.url))
    assert staten == ["afgebroken", "klaar"]
    klok = TermijnenClient(gemeente.installatie, namens="behandelen").klok(zaak.url)
    assert klok
    (stap,) = [stap for stap in klok.stappen if stap.wat == "ingetrokken"]
    assert (klok.toestand, stap.grondslag) == ("beslist", "Awb 4:13")
    assert "Uw intrekking is ontvangen" in [bericht.onderwerp for bericht in gemeente.berichten()]


def test_de_inwoner_trekt_zijn_aanvraag_in(gemeente: Gemeente) -> None:
    zaak, _ = te_beoordelen(gemeente)
    losse_taak(gemeente.installatie, "Uitzoeken", zaak=zaak.url, zaaknummer=zaak.identificatie)
    pad = f"/mijn/zaken/{zaak.uuid}"
    jan = inwoner(gemeente.installatie, gemeente.bsn)
    assert f"{pad}/intrekken" in jan.ga(pad).text
    jan.ga(f"{pad}/intrekken")
    assert "U kunt dit niet ongedaan maken." in jan.tekst
    jan.stuur()
    assert (jan.antwoord.status_code, "Zet een vinkje" in jan.tekst) == (422, True)
    jan.stuur({"zeker": "ja", "reden": "Wij verhuizen."})
    assert "U hebt dit ingetrokken. Wij sturen u een bevestiging." in jan.tekst
    gemeente.werk()
    eis_ingetrokken(gemeente, zaak)
    jan.ga(pad)
    assert "U trok dit in" in jan.tekst
    assert f"{pad}/intrekken" not in jan.antwoord.text
    jan.ga(f"{pad}/intrekken")
    assert "Dit kunt u niet meer intrekken." in jan.tekst
    jan.http.close()


def test_een_behandelaar_legt_een_intrekking_vast(gemeente: Gemeente, bas: Browser) -> None:
    zaak, _ = te_beoordelen(gemeente)
    pad = f"{pad_zaak(zaak)}/intrekken"
    assert pad in bas.naar(pad_zaak(zaak)).antwoord.text
    morgen = gemeente.installatie.klok.vandaag() + timedelta(days=1)
    bas.naar(pad)
    velden = {"hoe": "telefoon", "ontvangen-maand": str(morgen.month), "ontvangen-jaar": str(morgen.year)}
    bas.stuur(pad, **velden, **{"ontvangen-dag": str(morgen.day)})
    assert "of in de toekomst" in bas.tekst
    vandaag = morgen - timedelta(days=1)
    bas.stuur(
        pad,
        **{
            "hoe": "telefoon", "ontvangen-dag": str(vandaag.day), "ontvangen-maand": str(vandaag.month),
            "ontvangen-jaar": str(vandaag.year),
        },
    )  # fmt: skip
    assert "De intrekking is vastgelegd." in bas.tekst
    gemeente.werk()
    eis_ingetrokken(gemeente, zaak)


def test_na_het_besluit_kan_intrekken_niet_meer(gemeente: Gemeente, bas: Browser) -> None:
    verzoek = gemeente.dien_in("vergunning", KOOP)
    gemeente.werk()
    zaak = gemeente.zaak(verzoek)
    bas.naar(f"{pad_zaak(zaak)}/intrekken")
    assert "Deze zaak is al afgesloten." in bas.tekst
    taken = TakenClient(gemeente.installatie, namens="behandelen").medewerkertaken(zaaknummer=zaak.identificatie)
    assert list(taken) == []
