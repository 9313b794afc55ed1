"""De fouten van een schema, zoals een aanroeper ze krijgt."""

from integratie.zaken.schemas import ZaakIn
from kit.schema import valideer


def test_dezelfde_fout_staat_er_een_keer() -> None:
    """Een veld dat een keuze of leeg mag zijn en null krijgt: één fout, niet één per mogelijkheid."""
    fouten = valideer(ZaakIn, {"vertrouwelijkheidaanduiding": None})
    assert isinstance(fouten, list)
    codes = [(fout.naam, fout.code) for fout in fouten]
    assert codes.count(("vertrouwelijkheidaanduiding", "null")) == 1
    assert len(codes) == len(set(codes))
