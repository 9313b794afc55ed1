"""Antwoorden die alleen een bron geeft: te zien, niet te wijzigen, en de browser kan ze niet vervalsen."""

import pytest

from formuliermotor import Formulierdefinitie, Formulierweergave, lees_definitie
from formuliermotor.pdf import warm_op

NAAM = {"type": "textfield", "key": "naam", "label": "Naam", "disabled": True, "validate": {"required": True}}
ADRES = {"type": "addressNL", "key": "adres", "label": "Adres", "disabled": True}
VRIJ = {"type": "textfield", "key": "naam2", "label": "Andere naam"}


@pytest.fixture
def definitie() -> Formulierdefinitie:
    stap = {"naam": "u", "titel": "U", "componenten": [NAAM, ADRES, VRIJ]}
    return lees_definitie({"slug": "proef", "naam": "Proef", "stappen": [stap]})


def test_wat_vast_ligt_komt_niet_van_de_browser(definitie: Formulierdefinitie) -> None:
    weergave = Formulierweergave(definitie, vast=("naam", "adres"))
    bewaard = {"naam": "Jan", "adres": {"postcode": "1234AB", "huisnummer": 1}}
    gestuurd = {"naam": "Kwaad", "adres-postcode": "9999ZZ", "naam2": "Piet", "_velden": "naam,adres,naam2"}
    waarden, fouten = weergave.controleer("u", gestuurd, gegevens=bewaard)
    assert waarden == {**bewaard, "naam2": "Piet"}
    assert fouten == []
    assert weergave.bewerk("u", {**gestuurd, "actie": "vorige"}, gegevens=bewaard)["naam"] == "Jan"


def test_wat_vast_ligt_staat_er_als_tekst(definitie: Formulierdefinitie) -> None:
    formulier = Formulierweergave(definitie, vast=("naam",)).stap("u", {"naam": "Jan"})
    knopen = [(knoop.sleutel, knoop.soort, knoop.tekst) for knoop in formulier.knopen]
    assert knopen == [("naam", "vast", "Jan"), ("adres", "veld", ""), ("naam2", "veld", "")]


def test_zonder_antwoord_van_de_bron_is_de_vraag_gewoon_in_te_vullen(definitie: Formulierdefinitie) -> None:
    waarden, fouten = Formulierweergave(definitie).controleer("u", {"naam": "Jan"})
    assert (waarden, fouten) == ({"naam": "Jan"}, [])


def test_opwarmen_gebeurt_een_keer() -> None:
    draad = warm_op()
    draad.join()
    assert warm_op() is draad
