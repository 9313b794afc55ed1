"""Vragen van een veldtype: gelezen, gecontroleerd, bewaard, getoond en in regels te gebruiken; en de kaart."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import pytest

from contracten import Ongeldig, Tekst, Veldtype, Veldtypen
from formuliermotor import DefinitieFout, Formulierweergave, lees_definitie
from plugins.kaart import Kaart
from tests.eenheid.formuliermotor.hulp import document, vraag


class Boomnummer(Veldtype):
    sleutel = "boomnummer"
    naam = Tekst("Boomnummer", "Tree number")
    schema: ClassVar[Mapping[str, Any]] = {"type": "string"}

    def lees(self, invoer: Any, opties: Mapping[str, Any]) -> str:
        tekst = str(invoer).upper().replace(" ", "")
        if not tekst.startswith(opties.get("begin", "B")):
            raise Ongeldig(Tekst("Een boomnummer begint met een B.", "A tree number begins with a B."))
        return tekst

    def toon(self, waarde: Any, opties: Mapping[str, Any]) -> str:
        del opties
        return f"Boom {waarde}"

    def fouten_in(self, opties: Mapping[str, Any]) -> Iterable[Tekst]:
        if "begin" in opties and not isinstance(opties["begin"], str):
            yield Tekst("begin is tekst", "begin is text")


SOORTEN = Veldtypen([Boomnummer, Kaart])
PUNT = {"type": "Point", "coordinates": [5.1214, 52.0907]}


def _weergave(*componenten: dict[str, Any], taal: str = "nl") -> Formulierweergave:
    return Formulierweergave(lees_definitie(document(*componenten), SOORTEN), taal)


def _stuur(weergave: Formulierweergave, **velden: str) -> Any:
    return weergave.controleer("een", {"_velden": "boom,plek,reden", **velden}, {}, gegevens={})


def test_een_eigen_vraag_van_invullen_tot_samenvatting() -> None:
    componenten = (
        vraag("boomnummer", "boom", validate={"required": True}),
        vraag("textfield", "reden", toonAls='starts with(boom, "B9")'),
    )
    weergave = _weergave(*componenten)
    fout = _stuur(weergave, boom="A 12")
    assert [f.tekst for f in fout.fouten] == ["Een boomnummer begint met een B."]
    goed = _stuur(weergave, boom="b 912", reden="Ziek")
    assert (goed.fouten, goed.waarden) == ([], {"boom": "B912", "reden": "Ziek"})
    (sectie,) = weergave.samenvatting(goed.waarden)
    assert [(regel.sleutel, regel.antwoord) for regel in sectie.regels] == [("boom", "Boom B912"), ("reden", "Ziek")]
    assert weergave.afronden(goed.waarden).fouten == []


def test_de_fout_komt_in_de_taal_van_de_invuller() -> None:
    fout = _stuur(_weergave(vraag("boomnummer", "boom"), taal="en"), boom="x")
    assert [f.tekst for f in fout.fouten] == ["A tree number begins with a B."]


@pytest.mark.parametrize(
    ("component", "fout"),
    [
        (vraag("draak", "boom"), "onbekende soort onderdeel"),
        (vraag("eigen", "boom", veldtype="draak"), "onbekende soort onderdeel"),
        (vraag("boomnummer", "boom", opties={"begin": 3}), "begin is tekst"),
        (vraag("kaart", "plek", opties={"midden": [5]}), "midden is een lijst van 2 getallen"),
        (vraag("kaart", "plek", opties={"zoom": 40}), "zoom is een heel getal"),
        (vraag("kaart", "plek", opties={"laag": "x"}), "kent optie laag niet"),
    ],
)
def test_een_definitie_die_niet_kan(component: dict[str, Any], fout: str) -> None:
    with pytest.raises(DefinitieFout, match=fout):
        lees_definitie(document(component), SOORTEN)


@pytest.mark.parametrize(
    ("invoer", "waarde", "tekst"),
    [
        ({"plek-breedtegraad": "52,0907", "plek-lengtegraad": "5.1214"}, PUNT, "52.090700, 5.121400"),
        ({"plek-plaats": "Bij de brug"}, {"plaats": "Bij de brug"}, "Bij de brug"),
        ({"plek-plaats": "Brug", "plek-breedtegraad": "52,0907", "plek-lengtegraad": "5,1214"}, {**PUNT, "plaats": "Brug"}, "Brug\n52.090700, 5.121400"),
    ],
)  # fmt: skip
def test_de_kaart_zonder_kaart(invoer: dict[str, str], waarde: dict[str, Any], tekst: str) -> None:
    """Met een adres of coördinaten is de vraag helemaal te beantwoorden; het script is niet nodig."""
    weergave = _weergave(vraag("kaart", "plek", validate={"required": True}))
    goed = _stuur(weergave, **invoer)
    assert (goed.fouten, goed.waarden) == ([], {"plek": waarde})
    assert weergave.samenvatting(goed.waarden)[0].regels[0].antwoord == tekst


@pytest.mark.parametrize(
    ("invoer", "melding"),
    [
        ({"plek-breedtegraad": "52"}, "Vul de breedtegraad en de lengtegraad allebei in, of geen van beide."),
        ({"plek-breedtegraad": "95", "plek-lengtegraad": "5"}, "Een breedtegraad ligt tussen -90 en 90, een lengtegraad tussen -180 en 180."),
        ({"plek-breedtegraad": "48", "plek-lengtegraad": "5"}, "Deze plek ligt buiten het gebied waar dit formulier over gaat."),
        ({}, "Vul “Vraag plek” in."),
    ],
)  # fmt: skip
def test_de_kaart_zegt_wat_er_niet_klopt(invoer: dict[str, str], melding: str) -> None:
    opties = {"gebied": [4, 51, 6, 53]}
    fout = _stuur(_weergave(vraag("kaart", "plek", validate={"required": True}, opties=opties)), **invoer)
    assert [f.tekst for f in fout.fouten] == [melding]


def test_een_punt_kan_verplicht_zijn() -> None:
    weergave = _weergave(vraag("kaart", "plek", opties={"puntVerplicht": True}))
    fout = _stuur(weergave, **{"plek-plaats": "Ergens"})
    assert [f.tekst for f in fout.fouten] == ["Wijs een punt aan op de kaart, of vul de coördinaten in."]
