"""De velden: van invoer naar waarde, en terug naar wat er in het vak staat."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms.form import BaseForm

from huisstijl import velden
from huisstijl.controles import Aantal, Bereik, Datumbereik, Lengte
from huisstijl.velden import Optie

OPTIES = [Optie("a", "Eerste"), Optie("b", "Tweede", "uitleg")]
KWAAD = '"><script>alert(1)</script>'


def gelezen(veld: Any, *paren: tuple[str, Any], data: Any = None) -> Any:
    """Het gebonden en gecontroleerde veld `v`."""
    form = BaseForm({"v": veld})
    form.process(MultiDict(paren) if paren else None, data={"v": data} if data is not None else {})
    form.validate()
    return form["v"]


@pytest.mark.parametrize(
    ("veld", "invoer", "waarde"),
    [
        (velden.TekstVeld("V"), "  Jan   de Boer ", "Jan de Boer"),
        (velden.TekstvakVeld("V"), "een\r\ntwee", "een\ntwee"),
        (velden.GetalVeld("V"), "1.234,5", Decimal("1234.5")),
        (velden.BedragVeld("V"), "12,5", Decimal("12.5")),
        (velden.EmailVeld("V"), " jan@voorbeeld.nl ", "jan@voorbeeld.nl"),
        (velden.TelefoonVeld("V"), "0612345678", "+31612345678"),
        (velden.BsnVeld("V"), "123456782", "123456782"),
        (velden.IbanVeld("V"), "NL91 ABNA 0417 1643 00", "NL91ABNA0417164300"),
        (velden.PostcodeVeld("V"), "1234 ab", "1234AB"),
        (velden.KentekenVeld("V"), "ab123c", "AB-123-C"),
        (velden.KeuzeVeld("V", opties=OPTIES), "b", "b"),
        (velden.SelectVeld("V", opties=OPTIES), "a", "a"),
        (velden.JaNeeVeld("V"), "nee", False),
        (velden.VinkjeVeld("V"), "ja", True),
    ],
)
def test_goede_invoer(veld: Any, invoer: str, waarde: Any) -> None:
    gebonden = gelezen(veld, ("v", invoer))
    assert list(gebonden.errors) == []
    assert gebonden.data == waarde


@pytest.mark.parametrize(
    "soort",
    [velden.TekstVeld, velden.GetalVeld, velden.DatumVeld, velden.AdresVeld, velden.BestandVeld, velden.JaNeeVeld],
)
def test_leeg_is_een_fout_tenzij_niet_verplicht(soort: Any) -> None:
    assert "“Mijn vraag”" in gelezen(soort("Mijn vraag"), ("v", ""), ("v-dag", ""), ("v-postcode", "")).errors[0]
    assert list(gelezen(soort("Mijn vraag", verplicht=False), ("v", "")).errors) == []
    assert gelezen(soort("Mijn vraag", leeg="Doe dit."), ("v", "")).errors[0] == "Doe dit."


def test_foute_invoer_blijft_staan_en_heeft_een_fout() -> None:
    veld = gelezen(velden.GetalVeld("V"), ("v", "veel"))
    assert veld.data is None
    assert len(veld.errors) == 1
    assert 'value="veel"' in veld()


def test_datum() -> None:
    veld = gelezen(velden.DatumVeld("V"), ("v-dag", "1"), ("v-maand", "2"), ("v-jaar", "2024"))
    assert veld.data == date(2024, 2, 1)
    fout = gelezen(velden.DatumVeld("V"), ("v-dag", "31"), ("v-maand", "2"), ("v-jaar", "2024"))
    assert "bestaat niet" in fout.errors[0]
    assert 'value="31"' in fout()
    assert fout.eerste_id == "v-dag"
    assert 'value="12"' in gelezen(velden.DatumVeld("V"), data="2024-12-05")()
    later = velden.DatumVeld("V", controles=[Datumbereik(date(2024, 1, 1), date(2024, 12, 31))])
    assert "op of voor 31 december 2024" in gelezen(later, data=date(2025, 1, 1)).errors[0]


def test_adres() -> None:
    paren = [("v-postcode", "1234ab"), ("v-huisnummer", "12"), ("v-huisletter", "A"), ("v-toevoeging", "bis")]
    assert gelezen(velden.AdresVeld("V"), *paren).data == {
        "postcode": "1234AB", "huisnummer": "12", "huisletter": "A", "toevoeging": "bis",
    }  # fmt: skip
    assert "Huisnummer" in gelezen(velden.AdresVeld("V"), ("v-postcode", "1234AB")).errors[0]
    assert "alleen cijfers" in gelezen(velden.AdresVeld("V"), paren[0], ("v-huisnummer", "12a")).errors[0]
    assert "één letter" in gelezen(velden.AdresVeld("V"), *paren[:2], ("v-huisletter", "AB")).errors[0]
    assert "Straat" in gelezen(velden.AdresVeld("V", volledig=True), *paren).errors[0]


def test_keuzes_die_er_niet_bij_staan() -> None:
    assert "mogelijkheden" in gelezen(velden.KeuzeVeld("V", opties=OPTIES), ("v", "c")).errors[0]
    assert "mogelijkheden" in gelezen(velden.KeuzeVeld("V", opties=OPTIES), data="c").errors[0]
    assert "mogelijkheden" in gelezen(velden.MeerkeuzeVeld("V", opties=OPTIES), ("v", "a"), ("v", "c")).errors[0]
    assert "mogelijkheden" in gelezen(velden.MeerkeuzeVeld("V", opties=OPTIES), data=["c"]).errors[0]
    assert gelezen(velden.MeerkeuzeVeld("V", opties=OPTIES), ("v", "b"), ("v", "a")).data == ["a", "b"]
    beperkt = velden.MeerkeuzeVeld("V", opties=OPTIES, controles=[Aantal(2, 2)])
    assert "minstens 2" in gelezen(beperkt, ("v", "a")).errors[0]


def test_grenzen() -> None:
    veld = velden.GetalVeld("V", decimalen=0, controles=[Bereik(Decimal(1), Decimal(60))])
    assert "60 of minder" in gelezen(veld, ("v", "61")).errors[0]
    assert "1 of meer" in gelezen(veld, ("v", "0")).errors[0]
    kort = velden.TekstVeld("V", controles=[Lengte(2, 4)])
    assert "hoogstens 4 tekens. U hebt er nu 5" in gelezen(kort, ("v", "abcde")).errors[0]
    assert "minstens 2" in gelezen(kort, ("v", "a")).errors[0]


def test_bewaarde_waarde_wordt_ook_gecontroleerd() -> None:
    assert gelezen(velden.EmailVeld("V"), data="geen adres").errors
    assert not gelezen(velden.EmailVeld("V"), data="jan@voorbeeld.nl").errors


def _upload(naam: str, inhoud: bytes = b"%PDF-1.7") -> FileStorage:
    return FileStorage(BytesIO(inhoud), filename=naam)


def test_bestanden() -> None:
    goed = gelezen(velden.BestandVeld("V"), ("v", _upload("a.pdf")), ("v", _upload("b.pdf")))
    assert [b.filename for b in goed.data] == ["a.pdf", "b.pdf"]
    assert "“x.exe”" in gelezen(velden.BestandVeld("V"), ("v", _upload("x.exe", b"MZ"))).errors[0]
    een = velden.BestandVeld("V", meer=False)
    assert "hoogstens 1" in gelezen(een, ("v", _upload("a.pdf")), ("v", _upload("b.pdf"))).errors[0]
    twee: Any = velden.BestandVeld("V", hoogstens=2)
    al = [{"id": "1", "naam": "x"}, {"id": "2", "naam": "y"}]
    form = BaseForm({"v": twee})
    form.process(MultiDict([("v", _upload("a.pdf"))]), data={"v": al})
    assert not form.validate()
    assert list(gelezen(velden.BestandVeld("V"), data=al).errors) == []


@pytest.mark.parametrize(
    "veld",
    [
        velden.TekstVeld(KWAAD, hulptekst=KWAAD, eenheid=KWAAD),
        velden.TekstvakVeld(KWAAD),
        velden.SelectVeld(KWAAD, opties=[Optie(KWAAD, KWAAD, KWAAD)]),
        velden.KeuzeVeld(KWAAD, opties=[Optie(KWAAD, KWAAD, KWAAD)]),
        velden.MeerkeuzeVeld(KWAAD, opties=[Optie(KWAAD, KWAAD, KWAAD)]),
        velden.VinkjeVeld(KWAAD),
        velden.DatumVeld(KWAAD),
        velden.AdresVeld(KWAAD),
        velden.BestandVeld(KWAAD),
    ],
)
def test_alles_wordt_ontsnapt(veld: Any) -> None:
    gebonden = gelezen(veld, ("v", KWAAD), ("v-dag", KWAAD), ("v-postcode", KWAAD))
    assert "<script>" not in gebonden()
