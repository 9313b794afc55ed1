"""Losse taken bij een zaak, zonder proces, en antwoorden die bewaard blijven tot een behandelaar verdergaat."""

from integratie.taken.schemas import MedewerkerTaakUit
from integratie.zaken.schemas import ZaakUit
from kern.tabellen import Concept
from tests.integratie.behandelen.hulp import NADIA, Browser, browser, pad_taak, pad_zaak, taken_van, te_beoordelen
from tests.reishulp import Gemeente

VELDEN = {"titel": "Bel de buren", "toelichting": "Vraag wie er woont.", "groep": "vergunningen", "einddatum-dag": "1", "einddatum-maand": "6", "einddatum-jaar": "2027"}  # fmt: skip


def _losse(gemeente: Gemeente, zaak: ZaakUit) -> list[MedewerkerTaakUit]:
    return [taak for taak in gemeente.taken(zaak) if taak.titel == VELDEN["titel"]]


def test_een_losse_taak_van_maken_tot_afronden(gemeente: Gemeente, bas: Browser) -> None:
    """Een dubbele klik is één taak; zij staat in de werklijst en bij de zaak, en brengt geen proces verder."""
    zaak, _ = te_beoordelen(gemeente)
    sleutel = bas.naar(pad_zaak(zaak)).sleutel
    for _ in range(2):
        bas.stuur(f"{pad_zaak(zaak)}/taken", **VELDEN, sleutel=sleutel)
    assert "De taak staat in de werklijst van de groep." in bas.tekst
    (taak,) = _losse(gemeente, zaak)
    assert (taak.procesinstantie, taak.zaak, taak.kandidaatgroepen) == ("", zaak.url, ["vergunningen"])
    assert str(taak.einddatum) == "2027-06-01"
    assert taak.titel in bas.naar(pad_zaak(zaak)).tekst
    bas.naar(pad_taak(taak)).stuur(f"{pad_taak(taak)}/pakken")
    bas.stuur(pad_taak(taak), actie="verder", uitkomst="Er woont niemand.")
    gemeente.werk()
    klaar = taken_van(gemeente.installatie).medewerkertaak(taak.url)
    assert (klaar.status, klaar.uitkomst) == ("afgerond", {"uitkomst": "Er woont niemand."})
    assert [t.titel for t in gemeente.taken(zaak) if t.status == "open"] == ["Aanvraag beoordelen"]


def test_een_losse_taak_zonder_titel_of_voor_een_vreemde_groep(gemeente: Gemeente, bas: Browser) -> None:
    zaak, _ = te_beoordelen(gemeente)
    bas.naar(pad_zaak(zaak))
    sleutel = bas.sleutel
    for fout in ({"titel": ""}, {"groep": "belastingen"}):
        bas.stuur(f"{pad_zaak(zaak)}/taken", **{**VELDEN, **fout}, sleutel=sleutel)
        assert "Er gaat nog iets niet goed" in bas.tekst
    assert bas.stuur(f"{pad_zaak(zaak)}/taken", **VELDEN).status == 400
    assert _losse(gemeente, zaak) == []
    with browser(gemeente.installatie, NADIA) as nadia:
        assert nadia.naar("/behandelen/").stuur(f"{pad_zaak(zaak)}/taken", **VELDEN, sleutel=sleutel).status in (
            403,
            404,
        )


def test_bewaarde_antwoorden_staan_er_weer_en_gaan_weg_na_afronden(gemeente: Gemeente, bas: Browser) -> None:
    _zaak, taak = te_beoordelen(gemeente)
    bas.naar(pad_taak(taak)).stuur(f"{pad_taak(taak)}/pakken")
    for motivering in ("Eerste gedachte.", "Tweede gedachte."):
        bas.stuur(pad_taak(taak), actie="later", besluit="weigeren", steuntOp="nee", motivering=motivering)
        assert "Uw antwoorden zijn bewaard" in bas.tekst
        assert motivering in bas.naar(pad_taak(taak)).tekst
    assert taken_van(gemeente.installatie).medewerkertaak(taak.url).status == "open"
    bas.stuur(pad_taak(taak), actie="verder", besluit="weigeren", steuntOp="nee", motivering="Definitief.")
    assert "De taak is afgerond" in bas.tekst
    with gemeente.installatie.db.lezen() as verbinding:
        over = verbinding.execute(Concept.__table__.select().where(Concept.soort.like("behandelen.taak:%"))).all()
    assert over == []
