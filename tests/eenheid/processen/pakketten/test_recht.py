"""Wat elk meegeleverd pakket volgens de wet moet: een mens weigert, en de klok van de wet is de enige klok."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import processen
from integratie.besluiten.strekking import is_afwijzing, samen
from processen.motor.lezen import lees
from processen.motor.model import Element
from processen.pakketten.controle_mens import tegenstrijdig, zonder_mens
from processen.pakketten.controle_ontvangst import zonder_bevestiging
from processen.pakketten.formaat import Pakket, lees_pakket, strekkingen

MAPPEN = sorted(pad.parent for pad in (Path(processen.__file__).parent / "procespakketten").glob("*/pakket.toml"))
BESLUITEND = ("besluiten.vastleggen", "besluit-en-brief")
GEEN_WET = {
    ("bouwstenen", "te-laat"): "een adviestermijn die de gemeente zelf stelt (Awb 3:6)",
    ("parkeervergunning", "bijna-verlopen"): "een herinnering voor het einde van de vergunning",
    ("melding-openbare-ruimte", "twee-weken"): "hoe lang een melder kan zeggen dat het niet goed is opgelost",
}
"""Timers die geen wettelijke termijn bewaken, met wat zij dan wel zijn."""


ALLE = [*MAPPEN, Path(processen.__file__).parent / "pakketten" / "begin"]
WEKKERS = {
    "termijn-bereikt": "termijnen.wachten-tot",
    "termijn-dreigt": "termijnen.dreigt-te-verlopen",
    "termijn-verlopen": "termijnen.verlopen",
    "termijn-reactie-voorbij": "termijnen.reactie-voorbij",
}
"""Het bericht van de klok, met het bouwblok dat erom vraagt."""
AARD_BIJ = {
    'type="termijnen.verdagen"': "verdaging",
    'type="termijnen.opschorten"': "aanvulling",
    'value="zienswijze gevraagd"': "voornemen",
}
ZONDER_BERICHT: dict[tuple[str, str], str] = {}
"""Processen waar een ander het bericht stuurt, met wie dat is."""


def _van(pakket: Pakket) -> Iterator[tuple[str, Element]]:
    for bpmn in pakket.processen.values():
        for _, element in lees(bpmn).bereik.alles():
            yield pakket.kop.naam, element


def _elementen(mappen: Iterable[Path]) -> Iterator[tuple[str, Element]]:
    for map_ in mappen:
        yield from _van(lees_pakket(map_))


def _heeft_timer(element: Element) -> bool:
    return any(gebeurtenis.soort == "tijd" for gebeurtenis in element.gebeurtenissen)


@pytest.fixture(params=MAPPEN, ids=lambda pad: pad.name)
def pakket(request: pytest.FixtureRequest) -> Pakket:
    return lees_pakket(request.param)


def test_alleen_een_mens_weigert(pakket: Pakket) -> None:
    assert list(zonder_mens(pakket)) == []


def test_elk_besluittype_zegt_waar_het_toe_strekt(pakket: Pakket) -> None:
    """Zonder strekking telt een besluit als weigering: dan vraagt ook een verlening een mens, en dat is zelden bedoeld."""
    for zaaktype in pakket.zaaktypen:
        for besluittype in zaaktype.besluittypen:
            assert besluittype.strekking, (zaaktype.identificatie, besluittype.omschrijving)
    assert list(tegenstrijdig(pakket)) == []


def met_strekking(naam: str, omschrijving: str, **velden: str) -> Pakket:
    """Het pakket met die naam, en dit besluittype zoals gegeven."""
    pakket = lees_pakket(next(pad for pad in MAPPEN if pad.name == naam))
    zaaktypen = [
        deel.model_copy(
            update={
                "besluittypen": [
                    b.model_copy(update=velden) if b.omschrijving == omschrijving else b for b in deel.besluittypen
                ]
            }
        )
        for deel in pakket.zaaktypen
    ]
    return pakket.model_copy(update={"zaaktypen": zaaktypen})


def test_een_ouder_pakket_zegt_het_met_omschrijving_generiek() -> None:
    """Zonder `strekking` telt het eerste woord; met een ander woord zegt de controle dat de verlening een mens vraagt."""
    verlening = "Verlening parkeervergunning"
    oud = met_strekking("parkeervergunning", verlening, strekking="")
    assert list(zonder_mens(oud)) == []
    vreemd = met_strekking("parkeervergunning", verlening, strekking="", omschrijving_generiek="Verlening")
    (fout,) = zonder_mens(vreemd)
    assert "geef het besluittype de strekking toekenning" in fout
    goed = met_strekking("parkeervergunning", verlening, omschrijving_generiek="Verlening")
    assert [*zonder_mens(goed), *tegenstrijdig(goed)] == []


def test_een_strekking_die_de_aard_tegenspreekt_wordt_gevonden() -> None:
    """Een weigering die zegt dat zij toekent zou een computer laten weigeren."""
    stuk = met_strekking("parkeervergunning", "Weigering parkeervergunning", strekking="toekenning")
    assert [fout for fout in tegenstrijdig(stuk) if "past niet bij omschrijvingGeneriek Afwijzing" in fout]


def test_bij_twijfel_tussen_pakketten_kijkt_een_mens() -> None:
    for delen in (
        [{"Besluit": "toekenning"}, {"Besluit": "overig"}],
        [{"Besluit": "overig"}, {"Besluit": "toekenning"}],
    ):
        assert samen(delen) == {"Besluit": "overig"}


def test_geen_eigen_timer_voor_een_wettelijke_termijn(pakket: Pakket) -> None:
    timers = {(naam, element.id) for naam, element in _van(pakket) if _heeft_timer(element)}
    assert timers <= set(GEEN_WET), "laat termijnen.dreigt-te-verlopen, verlopen of wachten-tot de wekker zetten"


def test_elke_uitzondering_bestaat_nog() -> None:
    """Een timer die weg is, hoort ook uit de lijst: anders glipt een nieuwe met dezelfde naam erdoor."""
    timers = {(naam, element.id) for naam, element in _elementen(ALLE) if _heeft_timer(element)}
    assert timers == set(GEEN_WET)


def test_wie_op_de_klok_wacht_zette_een_wekker(pakket: Pakket) -> None:
    """Een bericht van de klok komt alleen als een stap in hetzelfde model erom vroeg."""
    for naam, bpmn in pakket.processen.items():
        for bericht, blok in WEKKERS.items():
            if f'name="{bericht}"' in bpmn.decode():
                assert f'type="{blok}"' in bpmn.decode(), (naam, bericht)


def test_een_bericht_bij_een_termijn_moet_aankomen(pakket: Pakket) -> None:
    """Een proces dat verdaagt, om aanvulling vraagt of een voornemen heeft, stuurt dat met de aard die op papier eindigt als niemand leest."""
    for naam, inhoud in pakket.processen.items():
        bpmn = inhoud.decode()
        for vastlegging, aard in AARD_BIJ.items():
            if vastlegging in bpmn and (pakket.kop.naam, naam) not in ZONDER_BERICHT:
                assert f'key="aard" value="{aard}"' in bpmn, (naam, vastlegging)


def test_wie_beslist_heeft_een_termijn(pakket: Pakket) -> None:
    """Een proces dat op een verzoek besluit, begint de wettelijke klok."""
    for start in pakket.kop.starts:
        bpmn = pakket.processen[start.proces].decode()
        if any(naam in bpmn for naam in BESLUITEND):
            assert "termijnen.starten" in bpmn, start.proces


def test_een_afwijzing_na_een_aanvraag_laat_de_aanvrager_eerst_reageren(pakket: Pakket) -> None:
    """Awb 4:7: elk proces dat afwijst, kent de stap waarin de aanvrager zijn zienswijze geeft."""
    vastgelegd = strekkingen(pakket.zaaktypen)
    afwijzend = {b.omschrijving for z in pakket.zaaktypen for b in z.besluittypen if is_afwijzing(b, vastgelegd)}
    for naam, inhoud in pakket.processen.items():
        bpmn = inhoud.decode()
        if any(f'"{omschrijving}"' in bpmn for omschrijving in afwijzend):
            assert "afwijzing-voorbereiden" in bpmn, naam


def test_een_weg_zonder_mens_wordt_gevonden() -> None:
    """De bewaking zelf: zonder de taak van de medewerker is de parkeervergunning onwettig."""
    pakket = lees_pakket(next(pad for pad in MAPPEN if pad.name == "parkeervergunning"))
    bpmn = pakket.processen["parkeervergunning"].decode()
    stuk = bpmn.replace('sourceRef="mag" targetRef="beoordelen"', 'sourceRef="mag" targetRef="zienswijze"')
    zonder = pakket.model_copy(update={"processen": {"parkeervergunning": stuk.encode()}})
    (fout,) = zonder_mens(zonder)
    assert "weigeren: Weigering parkeervergunning kent niet toe" in fout
    grens = bpmn.replace(
        '<bpmn:sequenceFlow id="beoordelen-naar-welk-besluit"',
        '<bpmn:boundaryEvent id="weg" attachedToRef="beoordelen"><bpmn:timerEventDefinition id="wegd"/></bpmn:boundaryEvent>'
        '<bpmn:sequenceFlow id="weg-naar" sourceRef="weg" targetRef="weigeren"/><bpmn:sequenceFlow id="beoordelen-naar-welk-besluit"',
    )
    assert len(list(zonder_mens(pakket.model_copy(update={"processen": {"parkeervergunning": grens.encode()}})))) == 1


def test_een_proces_dat_de_ontvangst_zelf_bevestigt_doet_dat_ook() -> None:
    """Awb 4:3a: zonder de instelling stuurt het platform de bevestiging, met de instelling moet de stap er zijn."""
    pakket = lees_pakket(next(pad for pad in MAPPEN if pad.name == "woo-verzoek"))
    assert list(zonder_bevestiging(pakket)) == []
    bpmn = pakket.processen["woo-verzoek"].replace(
        b'key="ontvangstbevestiging" value="true"', b'key="kanaal" value="voorkeur"'
    )
    (fout,) = zonder_bevestiging(pakket.model_copy(update={"processen": {"woo-verzoek": bpmn}}))
    assert "processen/woo-verzoek.bpmn: zaak-aanmaken: het proces bevestigt de ontvangst zelf" in fout
