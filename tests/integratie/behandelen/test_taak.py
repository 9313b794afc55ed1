"""Een taak: zien, pakken, teruggeven, toewijzen, afronden; en wat er gebeurt als twee mensen dat tegelijk doen."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import select

from integratie.taken.schemas import MedewerkerTaakUit
from kern.tabellen import Auditregel, Verwerking
from tests.integratie.behandelen.hulp import (
    BAS,
    KIM,
    NADIA,
    TESSA,
    Beoordeling,
    Browser,
    browser,
    kapot,
    losse_taak,
    pad_taak,
    taken_van,
    te_beoordelen,
)
from tests.reishulp import BSN, Gemeente

WEIGEREN = {
    "actie": "verder",
    "besluit": "weigeren",
    "steuntOp": "nee",
    "motivering": "Dat mag niet van de corporatie.",
}


def test_de_taak_vertelt_wat_er_te_beslissen_is(beoordeling: Beoordeling, bas: Browser) -> None:
    zaak, taak = beoordeling
    tekst = bas.naar(pad_taak(taak)).tekst
    for stuk in (
        "Aanvraag beoordelen",
        "Deze taak: nog",
        "Beslistermijn: nog",
        "U huurt van een woningcorporatie",
        zaak.identificatie,
        "Wat u heeft ingevuld",  # het document
        "Ontvangen",  # de tijdlijn
        "Taak pakken",
    ):
        assert stuk in tekst, stuk
    assert BSN not in tekst
    assert "niet bereikbaar" not in tekst
    volgorde = [
        tekst.index(s) for s in ("Deze taak: nog", "U huurt van een woning", "Taak pakken", "Documenten bij de zaak")
    ]
    assert volgorde == sorted(volgorde)


@pytest.fixture(scope="module")
def gepakt(gemeente: Gemeente) -> MedewerkerTaakUit:
    """Een taak die Bas heeft en in deze tests houdt."""
    _zaak, taak = te_beoordelen(gemeente)
    return taken_van(gemeente.installatie).wijzig_medewerkertaak(
        taak.url, behandelaar=BAS, behandelaarNaam="Bas Behandelaar"
    )


def test_pakken_en_weigeren_met_motivering(gemeente: Gemeente, bas: Browser) -> None:
    zaak, taak = te_beoordelen(gemeente)
    bas.naar(pad_taak(taak)).stuur(f"{pad_taak(taak)}/pakken")
    assert "U heeft deze taak nu in behandeling." in bas.tekst
    bas.stuur(pad_taak(taak), **WEIGEREN)
    assert (bas.pad, "De taak is afgerond" in bas.tekst) == ("/behandelen/", True)
    gemeente.werk()
    (zaak,) = gemeente.zaken.zoek_zaken(identificatie=zaak.identificatie).results
    assert gemeente.resultaat(zaak) == "Geweigerd"
    tekst = bas.naar(pad_taak(taak)).tekst
    assert "De vergunning weigeren" in tekst
    assert "Bas Behandelaar" in tekst
    assert "Dat mag niet van de corporatie." in tekst


def test_zonder_antwoord_een_duidelijke_fout(gemeente: Gemeente, gepakt: MedewerkerTaakUit, bas: Browser) -> None:
    taak = gepakt
    bas.naar(pad_taak(taak)).stuur(pad_taak(taak), actie="verder")
    assert "<title>Fout: Aanvraag beoordelen" in bas.tekst
    assert "Er gaat nog iets niet goed" in bas.tekst
    bas.stuur(pad_taak(taak), actie="verder", besluit="weigeren", steuntOp="nee", motivering="")
    assert "Fout:" in bas.tekst
    assert taken_van(gemeente.installatie).medewerkertaak(taak.url).status == "open"


def test_een_keuze_ververst_alleen_de_velden(gepakt: MedewerkerTaakUit, bas: Browser) -> None:
    taak = gepakt
    bas.naar(pad_taak(taak))
    velden = {"csrf_token": bas.token, "actie": "ververs", "besluit": "aanvullen"}
    antwoord = bas.http.post(pad_taak(taak), data=velden, headers={"X-Fragment": "1"})
    assert 'name="vraag"' in antwoord.text
    assert "<html" not in antwoord.text
    assert "<html" in bas.http.post(pad_taak(taak), data=velden).text


def test_twee_keer_afronden_is_een_keer(gemeente: Gemeente, bas: Browser) -> None:
    zaak, taak = te_beoordelen(gemeente)
    bas.naar(pad_taak(taak)).stuur(f"{pad_taak(taak)}/pakken")
    velden = {"csrf_token": bas.token, **WEIGEREN}
    with ThreadPoolExecutor(2) as pool:
        antwoorden = list(pool.map(lambda _: bas.http.post(pad_taak(taak), data=velden), range(2)))
    assert {antwoord.status_code for antwoord in antwoorden} == {200}
    assert "De taak is afgerond" in bas.http.post(pad_taak(taak), data=velden).text
    gemeente.werk()
    assert len(gemeente.besluiten(zaak)) == 1
    assert _acties(gemeente, zaak.identificatie).count("taak afgerond") <= 2


def test_twee_collegas_pakken_tegelijk(gemeente: Gemeente) -> None:
    taak = losse_taak(gemeente.installatie, "Wie het eerst komt")
    samen = Barrier(2)

    def pak(wie: str) -> str:
        with browser(gemeente.installatie, wie) as venster:
            venster.naar(pad_taak(taak))
            samen.wait(timeout=30)
            return venster.stuur(f"{pad_taak(taak)}/pakken").tekst

    with ThreadPoolExecutor(2) as pool:
        teksten = list(pool.map(pak, (BAS, TESSA)))
    gelukt = [tekst for tekst in teksten if "U heeft deze taak nu in behandeling." in tekst]
    te_laat = [tekst for tekst in teksten if "Een collega heeft deze taak net in behandeling genomen." in tekst]
    assert (len(gelukt), len(te_laat)) == (1, 1)
    assert taken_van(gemeente.installatie).medewerkertaak(taak.url).behandelaar in (BAS, TESSA)


def test_teruggeven(gemeente: Gemeente, bas: Browser) -> None:
    taak = losse_taak(gemeente.installatie, "Toch niet")
    bas.naar(pad_taak(taak)).stuur(f"{pad_taak(taak)}/pakken").stuur(f"{pad_taak(taak)}/teruggeven")
    assert "weer in de lijst van de groep" in bas.tekst
    assert taken_van(gemeente.installatie).medewerkertaak(taak.url).behandelaar == ""


def test_taak_van_een_collega_blijft_van_hem(gemeente: Gemeente, bas: Browser) -> None:
    taak = losse_taak(gemeente.installatie, "Van Tessa", behandelaar=TESSA, behandelaarNaam="Tessa de Lange")
    bas.naar(pad_taak(taak))
    assert "Tessa de Lange heeft deze taak in behandeling." in bas.tekst
    assert "Teruggeven" not in bas.tekst
    for pad in ("/pakken", "/teruggeven", ""):
        bas.naar("/behandelen/").stuur(f"{pad_taak(taak)}{pad}", **WEIGEREN)
        assert bas.status == 200
    nu = taken_van(gemeente.installatie).medewerkertaak(taak.url)
    assert (nu.behandelaar, nu.status) == (TESSA, "open")


def test_zonder_pakken_geen_antwoord(gemeente: Gemeente, beoordeling: Beoordeling, bas: Browser) -> None:
    _zaak, taak = beoordeling
    bas.naar(pad_taak(taak)).stuur(pad_taak(taak), **WEIGEREN)
    assert "Neem de taak eerst in behandeling." in bas.tekst
    assert taken_van(gemeente.installatie).medewerkertaak(taak.url).status == "open"


def test_teamleider_wijst_toe_en_over(gemeente: Gemeente) -> None:
    losse_taak(gemeente.installatie, "Zo kennen we Bas", behandelaar=BAS, behandelaarNaam="Bas Behandelaar")
    taak = losse_taak(gemeente.installatie, "Te verdelen")
    with browser(gemeente.installatie, TESSA) as tessa:
        tessa.naar(pad_taak(taak))
        tessa.stuur(f"{pad_taak(taak)}/toewijzen", van="", aan="")
        assert "<title>Fout: Te verdelen" in tessa.tekst
        tessa.stuur(f"{pad_taak(taak)}/toewijzen", van="", aan=BAS)
        assert "De taak is nu van Bas Behandelaar." in tessa.tekst
        tessa.stuur(f"{pad_taak(taak)}/toewijzen", van="", aan=TESSA)  # een pagina van voor de wissel
        assert "net van behandelaar gewisseld" in tessa.tekst
        tessa.stuur(f"{pad_taak(taak)}/toewijzen", van=BAS, aan=TESSA)
        assert taken_van(gemeente.installatie).medewerkertaak(taak.url).behandelaar == TESSA
        tessa.stuur(f"{pad_taak(taak)}/toewijzen", van=TESSA, aan="iemand")
        assert taken_van(gemeente.installatie).medewerkertaak(taak.url).behandelaar == TESSA
    assert "taak toegewezen: bas" in _acties(gemeente, str(taak.uuid))


def test_een_gewone_behandelaar_wijst_niet_toe(gemeente: Gemeente, bas: Browser) -> None:
    taak = losse_taak(gemeente.installatie, "Alleen de teamleider")
    assert "Toewijzen" not in bas.naar(pad_taak(taak)).tekst
    assert bas.stuur(f"{pad_taak(taak)}/toewijzen", van="", aan=BAS).status == 403


def test_buiten_de_groep_bestaat_de_taak_niet(gemeente: Gemeente) -> None:
    taak = losse_taak(gemeente.installatie, "Niet voor wonen")
    with browser(gemeente.installatie, NADIA) as nadia:
        assert nadia.naar(pad_taak(taak)).status == 404
        nadia.naar("/behandelen/")
        assert nadia.stuur(f"{pad_taak(taak)}/pakken").status == 404
        assert nadia.naar(f"/behandelen/taken/{uuid4()}").status == 404
    assert taken_van(gemeente.installatie).medewerkertaak(taak.url).behandelaar == ""


def test_wie_hier_niet_hoort(gemeente: Gemeente) -> None:
    taak = losse_taak(gemeente.installatie, "Geheim")
    with browser(gemeente.installatie) as niemand:
        assert "/aanmelden/" in str(niemand.http.get(pad_taak(taak), follow_redirects=False).headers["location"])
    with browser(gemeente.installatie, KIM) as kim:
        assert kim.naar(pad_taak(taak)).status == 403


def test_zonder_csrf_gebeurt_er_niets(gemeente: Gemeente, bas: Browser) -> None:
    taak = losse_taak(gemeente.installatie, "Vervalst")
    assert bas.http.post(f"{pad_taak(taak)}/pakken").status_code == 400
    assert taken_van(gemeente.installatie).medewerkertaak(taak.url).behandelaar == ""


@pytest.mark.parametrize("weg", ["zaken", "documenten", "objecten", "verzoeken", "catalogi"])
def test_een_bron_die_hapert_raakt_alleen_haar_deel(
    gemeente: Gemeente, gepakt: MedewerkerTaakUit, bas: Browser, weg: str
) -> None:
    with kapot(gemeente.installatie, weg):
        bas.naar(pad_taak(gepakt))
    assert bas.status == 200
    assert "niet bereikbaar" in bas.tekst
    assert "U huurt van een woningcorporatie" in bas.tekst


def test_afronden_bij_een_storing_verliest_niets(gemeente: Gemeente, gepakt: MedewerkerTaakUit, bas: Browser) -> None:
    bas.naar(pad_taak(gepakt))
    with kapot(gemeente.installatie, "taken"):
        assert bas.stuur(pad_taak(gepakt), **WEIGEREN).status == 503
    assert taken_van(gemeente.installatie).medewerkertaak(gepakt.url).status == "open"


def test_formulier_dat_niet_is_ingericht(gemeente: Gemeente, bas: Browser) -> None:
    taak = losse_taak(gemeente.installatie, "Zonder formulier", formulier="bestaat-niet")
    bas.naar(pad_taak(taak)).stuur(f"{pad_taak(taak)}/pakken")
    assert "Waarschuw de functioneel beheerder" in bas.tekst
    assert "Waarschuw" in bas.stuur(pad_taak(taak), actie="verder").tekst


def test_wie_keek_en_wat_hij_deed_ligt_vast(gemeente: Gemeente, bas: Browser) -> None:
    zaak, taak = te_beoordelen(gemeente)
    bas.naar(pad_taak(taak)).stuur(f"{pad_taak(taak)}/pakken").stuur(pad_taak(taak), **WEIGEREN)
    acties = _acties(gemeente, zaak.identificatie)
    assert [actie for actie in acties if actie != "taak bekeken"] == ["taak gepakt", "taak afgerond"]
    assert "taak bekeken" in acties
    with gemeente.installatie.db.lezen() as verbinding:
        vraag = select(Verwerking.betrokkene_soort).where(Verwerking.naam == "Zaak behandelen")
        assert set(verbinding.scalars(vraag)) == {"bsn"}


def _acties(gemeente: Gemeente, onderwerp: str) -> list[str]:
    with gemeente.installatie.db.lezen() as verbinding:
        vraag = select(Auditregel.actie).where(Auditregel.onderwerp == onderwerp).order_by(Auditregel.id)
        return list(verbinding.scalars(vraag))
