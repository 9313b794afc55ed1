"""Wie bij een zaak betrokken is, per soort betrokkene."""

import pytest

from contracten import BpmnFout, Onherstelbaar
from integratie.urn import urn_bsn
from integratie.zaken.schemas import RolUit
from tests.integratie.plugins.proef import Proef
from tests.reishulp import KOOP

PARTNER = "999993653"
BEHANDELAAR = {"roltype": "Behandelaar"}


def rollen(proef: Proef, zaak: str) -> dict[str, RolUit]:
    return {rol.betrokkene_type: rol for rol in proef.gemeente.zaken.rollen(zaak) if rol.omschrijving == "Behandelaar"}


def test_elke_soort_betrokkene_een_keer(proef: Proef) -> None:
    zaak = proef.zaak().url
    verzoek = proef.gemeente.dien_in("vergunning", {**KOOP, "partner": PARTNER}, mede_initiator=urn_bsn(PARTNER)).url
    proef.voer_uit("zaken.rol-persoon", {**BEHANDELAAR, "antwoord": "partner"}, zaak=zaak, verzoek=verzoek)
    proef.voer_uit("zaken.rol-persoon", BEHANDELAAR, zaak=zaak, verzoek=verzoek)  # de mede-aanvrager is dezelfde
    proef.voer_uit("zaken.rol-organisatie", BEHANDELAAR, zaak=zaak, kvkNummer="90000013", naam="Bakkerij")
    proef.voer_uit(
        "zaken.rol-organisatie", BEHANDELAAR, zaak=zaak, kvkNummer="90000013", vestigingsnummer="000090000013"
    )
    proef.voer_uit("zaken.rol-medewerker", BEHANDELAAR, zaak=zaak, gebruiker="bas", naam="Bas")
    proef.voer_uit("zaken.rol-afdeling", BEHANDELAAR, zaak=zaak, afdeling="vergunningen", naam="Vergunningen")
    alle = [rol for rol in proef.gemeente.zaken.rollen(zaak) if rol.omschrijving == "Behandelaar"]
    soorten = {"natuurlijk_persoon", "niet_natuurlijk_persoon", "vestiging", "medewerker", "organisatorische_eenheid"}
    assert (len(alle), {rol.betrokkene_type for rol in alle}) == (5, soorten)
    assert (rollen(proef, zaak)["natuurlijk_persoon"].betrokkene_identificatie or {})["inpBsn"] == PARTNER


def test_verwijderen_op_naam_of_allemaal(proef: Proef) -> None:
    zaak = proef.zaak().url
    for gebruiker in ("bas", "noor"):
        proef.voer_uit("zaken.rol-medewerker", BEHANDELAAR, zaak=zaak, gebruiker=gebruiker)
    proef.voer_uit("zaken.rol-afdeling", BEHANDELAAR, zaak=zaak, afdeling="vergunningen")
    assert proef.voer_uit("zaken.rol-verwijderen", BEHANDELAAR, zaak=zaak, wie="bas").aantal == 2
    assert proef.voer_uit("zaken.rol-verwijderen", BEHANDELAAR, zaak=zaak).aantal == 0
    assert [rol.omschrijving for rol in proef.gemeente.zaken.rollen(zaak)] == ["Aanvrager"]


def test_zonder_mede_aanvrager_is_er_niemand(proef: Proef) -> None:
    with pytest.raises(BpmnFout, match="niemand"):
        proef.voer_uit("zaken.rol-persoon", BEHANDELAAR, zaak=proef.zaak().url, verzoek=proef.verzoek().url)


def test_een_onbekend_roltype_is_een_fout_in_het_model(proef: Proef) -> None:
    with pytest.raises(Onherstelbaar, match="roltype"):
        proef.voer_uit("zaken.rol-medewerker", {"roltype": "Keizer"}, zaak=proef.zaak().url, gebruiker="bas")
