"""De wettelijke klok: uitgewerkte voorbeelden, een tweede berekening ernaast, en wat geen gevolg mag hebben."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern.termijnen import is_werkdag, valt_onder_atw
from processen.termijnen.dwangsom import bedrag
from processen.termijnen.gebeurtenissen import Gebeurtenis, Soort
from processen.termijnen.klok import Kalender, Stand, bereken, laatste_dag_voor_inwoner
from processen.termijnen.regels import SOORTEN, regels_voor
from tests.eenheid.processen.termijnen.voorbeelden import VOORBEELDEN

DAG = timedelta(days=1)
ALLE = [(groep, *voorbeeld) for groep, voorbeelden in VOORBEELDEN.items() for voorbeeld in voorbeelden]


def lees(tekst: str) -> list[Gebeurtenis]:
    """`soort dag..tot+duur; …` als gebeurtenissen."""
    return [_lees_een(deel) for deel in tekst.split("; ")]


def _lees_een(deel: str) -> Gebeurtenis:
    soort, _, rest = deel.rpartition(" ")
    dagen, _, duur = rest.partition("+")
    dag, _, tot = dagen.partition("..")
    return Gebeurtenis(
        soort,  # type: ignore[arg-type]  # uit de tabel
        date.fromisoformat(dag),
        date.fromisoformat(tot) if tot else None,
        duur,
        "reden",
    )


def stand(soort: str, gebeurtenissen: str, peildatum: str = "2099-12-31", **eigen: Any) -> Stand:
    return bereken(regels_voor(soort, **eigen), lees(gebeurtenissen), date.fromisoformat(peildatum or "2099-12-31"))


def test_er_zijn_ten_minste_honderdvijftig_voorbeelden() -> None:
    assert len(ALLE) >= 150


@pytest.mark.parametrize(("groep", "soort", "gebeurtenissen", "peildatum", "eigen", "einddatum", "toestand"), ALLE)
def test_voorbeeld(
    groep: str, soort: str, gebeurtenissen: str, peildatum: str, eigen: dict[str, Any], einddatum: str, toestand: str
) -> None:
    uitkomst = stand(soort, gebeurtenissen, peildatum, **eigen)
    assert (str(uitkomst.einddatum or ""), uitkomst.toestand) == (einddatum, toestand), groep


# een tweede berekening: dag voor dag, zonder iets van de klok te gebruiken

DAGEN = st.dates(date(1990, 1, 1), date(2120, 1, 1))
PERIODEN = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 40)), max_size=4)


@given(DAGEN, st.integers(3, 12), PERIODEN)
def test_stilstaande_dagen_tellen_niet_en_geen_dag_dubbel(
    ontvangen: date, weken: int, perioden: list[tuple[int, int]]
) -> None:
    """Instemming met uitstel, in volgorde en ook overlappend: de termijn is op als zij zoveel dagen gelopen heeft."""
    regels = regels_voor("aanvraag", duur=f"P{weken}W", grondslag="toets")
    stil: set[date] = set()
    nodig = weken * 7
    gebeurtenissen = [Gebeurtenis("ontvangen", ontvangen)]
    for begin, lengte in sorted(perioden):
        dag, tot = ontvangen + begin * DAG, ontvangen + (begin + lengte) * DAG
        kaal, eind = _loop(ontvangen, nodig, stil, atw=False), _loop(ontvangen, nodig, stil)
        if dag < eind:
            nodig += (eind - kaal).days if dag >= kaal else 0
            stil |= {dag + nr * DAG for nr in range(1, lengte + 1)}
        gebeurtenissen.append(Gebeurtenis("instemming", dag, tot))
    eind = _loop(ontvangen, nodig, stil)
    assert bereken(regels, gebeurtenissen, date(2130, 1, 1)).einddatum == eind
    assert eind not in stil


def _loop(begin: date, dagen: int, stil: set[date], *, atw: bool = True) -> date:
    dag, gelopen = begin, 0
    while gelopen < dagen or (atw and not is_werkdag(dag)):
        dag += DAG
        gelopen += dag not in stil
    return dag


@given(DAGEN, st.integers(0, 120))
def test_een_latere_peildatum_verschuift_de_einddatum_niet(ontvangen: date, later: int) -> None:
    gebeurtenissen = [
        Gebeurtenis("ontvangen", ontvangen),
        Gebeurtenis("aanvulling gevraagd", ontvangen + 5 * DAG, ontvangen + 20 * DAG),
    ]
    vroeg = bereken(SOORTEN["aanvraag"], gebeurtenissen, ontvangen + 6 * DAG)
    laat = bereken(SOORTEN["aanvraag"], gebeurtenissen, ontvangen + (6 + later) * DAG)
    assert vroeg.einddatum == laat.einddatum


# wat er op een dag te zien is


def test_tijdens_een_opschorting() -> None:
    nu = stand("aanvraag", "ontvangen 2026-01-05; aanvulling gevraagd 2026-01-12..2026-01-26", "2026-01-20")
    assert (nu.toestand, nu.voorlopig) == ("opgeschort", True)
    assert (nu.opgeschort_sinds, nu.opgeschort_tot) == (date(2026, 1, 13), date(2026, 1, 26))
    assert nu.dagen == 55


def test_elke_stap_zegt_wat_waarom_en_op_welke_grond() -> None:
    nu = stand("aanvraag", "ontvangen 2026-01-05; aanvulling gevraagd 2026-01-12..2026-01-26; aangevuld 2026-01-20")
    assert [(stap.wat, stap.grondslag, str(stap.einddatum)) for stap in nu.stappen] == [
        ("ontvangen", "Awb 4:13", "2026-03-02"),
        ("aanvulling gevraagd", "Awb 4:5 en 4:15, eerste lid, onder a", "2026-03-09"),
        ("aangevuld", "Awb 4:15, eerste lid, onder a", "2026-03-09"),
    ]
    assert all(stap.uitleg and stap.geldig for stap in nu.stappen)


def test_de_streefdatum_staat_los_van_de_wettelijke_termijn() -> None:
    assert stand("aanvraag", "ontvangen 2026-01-05", streefduur="P3W").streefdatum == date(2026, 1, 26)
    assert stand("melding", "ontvangen 2026-01-05", streefduur="P3D").streefdatum == date(2026, 1, 8)


@pytest.mark.parametrize(
    ("soort", "gebeurtenissen", "uitleg"),
    [
        ("aanvraag", "ontvangen 2026-01-05; aanvulling gevraagd 2026-01-12", "Zonder datum"),
        ("aanvraag", "ontvangen 2026-01-05; derden gevraagd 2026-01-12..2026-01-26", "anderen om een zienswijze"),
        ("woo-verzoek", "ontvangen 2026-03-02; derden gevraagd 2026-03-09", "Zonder datum"),
        ("aanvraag", "ontvangen 2026-01-05; aanvulling gevraagd 2026-03-09..2026-03-16", "na de termijn"),
        ("aanvraag", "ontvangen 2026-01-05; verdaagd 2026-03-03+P4W", "al voorbij"),
        ("aanvraag", "ontvangen 2026-01-05; verdaagd 2026-02-02+P1W; verdaagd 2026-02-03+P1W", "al een keer verdaagd"),
        ("klacht", "ontvangen 2026-03-02; verdaagd 2026-04-01+P5W", "hoogstens met 4 weken"),
        ("aanvraag", "ontvangen 2026-01-05; ingebreke gesteld 2026-03-02", "te vroeg"),
        ("woo-verzoek", "ontvangen 2026-01-05; ingebreke gesteld 2026-03-02", "geen dwangsom"),
        ("aanvraag", "ontvangen 2026-01-05; beslist 2026-02-02; ingebreke gesteld 2026-03-09", "al beslist"),
    ],
)
def test_wat_volgens_de_wet_geen_gevolg_heeft(soort: str, gebeurtenissen: str, uitleg: str) -> None:
    nu = stand(soort, gebeurtenissen)
    assert [uitleg in stap.uitleg for stap in nu.fouten] == [True]
    assert all(stap.uitleg_en and stap.uitleg_en != stap.uitleg for stap in nu.stappen)
    assert nu.dwangsom is None


def test_een_wettelijke_termijn_is_niet_te_verdagen_zonder_dat_die_wet_het_zegt() -> None:
    nu = stand("aanvraag", "ontvangen 2026-01-05; verdaagd 2026-02-02+P1W", duur="P8W", grondslag="Wet X artikel 1")
    assert "kan niet verdaagd" in nu.fouten[0].uitleg
    assert nu.einddatum == date(2026, 3, 2)


@pytest.mark.parametrize(("soort", "eigen"), [("iets anders", {}), ("aanvraag", {"duur": "P4W"})])
def test_onbekende_soort_of_een_termijn_zonder_grondslag(soort: str, eigen: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"Onbekende soort|grondslag"):
        regels_voor(soort, **eigen)


def test_een_datum_voor_de_gebeurtenis_zelf_kan_niet() -> None:
    soort: Soort = "aanvulling gevraagd"
    with pytest.raises(ValueError, match="ligt voor"):
        Gebeurtenis(soort, date(2026, 1, 12), date(2026, 1, 11))


# dwangsom (Awb 4:17)

TE_LAAT = "ontvangen 2026-01-05; ingebreke gesteld 2026-03-03"


@pytest.mark.parametrize(
    ("peildatum", "dagen", "euro"),
    [
        ("2026-03-18", 1, 23),
        ("2026-03-31", 14, 322),
        ("2026-04-01", 15, 357),
        ("2026-04-14", 28, 812),
        ("2026-04-15", 29, 857),
        ("2026-04-28", 42, 1442),
        ("2026-12-31", 42, 1442),
    ],
)
def test_dwangsom_per_dag(peildatum: str, dagen: int, euro: int) -> None:
    verschuldigd = stand("aanvraag", TE_LAAT, peildatum).dwangsom
    assert verschuldigd is not None
    assert (verschuldigd.eerste_dag, verschuldigd.dagen, verschuldigd.bedrag) == (date(2026, 3, 18), dagen, euro)
    assert verschuldigd.vaststellen_voor == date(2026, 5, 12)  # twee weken na de laatste dag (Awb 4:18)


def test_geen_dwangsom_voor_de_twee_weken_om_zijn() -> None:
    assert stand("aanvraag", TE_LAAT, "2026-03-17").dwangsom is None
    assert stand("aanvraag", f"{TE_LAAT}; beslist 2026-03-18", "2026-06-01").dwangsom is None


def test_de_dag_van_het_besluit_telt_niet_mee() -> None:
    verschuldigd = stand("aanvraag", f"{TE_LAAT}; beslist 2026-03-20", "2026-06-01").dwangsom
    assert verschuldigd is not None
    assert (verschuldigd.dagen, verschuldigd.bedrag, verschuldigd.laatste_dag) == (2, 46, date(2026, 3, 19))


def test_een_tweede_ingebrekestelling_begint_niet_opnieuw() -> None:
    verschuldigd = stand("aanvraag", f"{TE_LAAT}; ingebreke gesteld 2026-03-10", "2026-03-20").dwangsom
    assert verschuldigd is not None
    assert verschuldigd.eerste_dag == date(2026, 3, 18)


def test_uitzondering_op_de_dwangsom() -> None:
    assert stand("aanvraag", f"{TE_LAAT}; geen dwangsom 2026-03-09", "2026-06-01").dwangsom is None


def test_de_bedragen_van_voor_de_indexering() -> None:
    assert (bedrag(date(2018, 6, 1), 42), bedrag(date(2018, 6, 1), 15)) == (1260, 310)
    assert bedrag(date(2019, 1, 1), 99) == 1442


# van rechtswege (Awb 4:20b) en storing (Awb 2:21)


def test_verlening_van_rechtswege() -> None:
    assert stand("aanvraag", "ontvangen 2026-01-05", "2026-03-03", van_rechtswege=True).van_rechtswege == date(
        2026, 3, 5
    )
    assert stand("aanvraag", "ontvangen 2026-01-05", "2026-03-02", van_rechtswege=True).van_rechtswege is None
    op_tijd = stand("aanvraag", "ontvangen 2026-01-05; beslist 2026-03-02", "2026-06-01", van_rechtswege=True)
    assert op_tijd.van_rechtswege is None
    assert stand("aanvraag", "ontvangen 2026-01-05", "2026-06-01").van_rechtswege is None


@pytest.mark.parametrize(
    ("storingen", "laatste"),
    [
        ([], "2026-04-13"),
        ([("2026-04-13", "2026-04-13")], "2026-04-14"),
        ([("2026-04-10", "2026-04-13")], "2026-04-14"),
        ([("2026-04-10", "2026-04-12")], "2026-04-13"),
        ([("2026-04-13", "2026-04-17")], "2026-04-20"),
        ([("2026-04-13", "2026-04-13"), ("2026-04-14", "2026-04-15")], "2026-04-16"),
        ([("2026-04-14", "2026-04-15")], "2026-04-13"),
    ],
)
def test_storing_op_de_laatste_dag(storingen: list[tuple[str, str]], laatste: str) -> None:
    dagen = [(date.fromisoformat(eerste), date.fromisoformat(tot)) for eerste, tot in storingen]
    assert laatste_dag_voor_inwoner(date(2026, 3, 2), "P6W", Kalender(storingen=tuple(dagen))) == date.fromisoformat(
        laatste
    )


@pytest.mark.parametrize(
    ("duur", "wel"),
    [("P90D", True), ("P91D", False), ("P12W", True), ("P13W", False), ("P3M", True), ("P4M", False), ("P1Y", False),
     ("PT48H", False), ("PT36H", False), ("P1Y1D", False)],
)  # fmt: skip
def test_atw_artikel_4(duur: str, wel: bool) -> None:
    assert valt_onder_atw(duur) is wel
