"""Een adres uit het handelsregister, zoals het op een envelop staat."""

import pytest

from integratie.kvk.schemas import Adres


@pytest.mark.parametrize(
    ("velden", "regels"),
    [
        ({"straatnaam": "Zandpad", "huisnummer": 9, "huisnummerToevoeging": "2", "postcode": "9999ZH", "plaats": "Voorbeeldstad"},
         ("Zandpad 9-2", "9999 ZH Voorbeeldstad")),
        ({"postbusnummer": 12, "postcode": "9998ZZ", "plaats": "Elders"}, ("Postbus 12", "9998 ZZ Elders")),
        ({"straatHuisnummer": "Rue Neuve 5", "postcodeWoonplaats": "1000 Brussel", "land": "België"},
         ("Rue Neuve 5", "1000 Brussel", "België")),
        ({"indAfgeschermd": "Ja", "land": "Nederland"}, ()),
    ],
    ids=["toevoeging", "postbus", "buitenland", "afgeschermd"],
)  # fmt: skip
def test_op_de_envelop(velden: dict[str, object], regels: tuple[str, ...]) -> None:
    adres = Adres.model_validate({"type": "bezoekadres", "land": "Nederland", **velden})
    assert adres.op_de_envelop == regels
