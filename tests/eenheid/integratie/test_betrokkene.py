"""Wie er bij een gegeven hoort, en dat elke registratie met mensen dat zegt."""

from collections.abc import Mapping
from typing import Any

import pytest

from integratie.betrokkene import uit_eigenaren, uit_partij, uit_rol, uit_urns
from integratie.urn import urn_bsn, urn_kvk, urn_pseudoniem, urn_uuid
from registraties.berichten.bronnen import BERICHTEN
from registraties.klantinteracties.bronnen import KLANTINTERACTIES
from registraties.producten.bronnen import PRODUCTEN
from registraties.taken.bronnen import TAKEN
from registraties.verzoeken.bronnen import VERZOEKEN
from registraties.zaken.bronnen import ZAKEN

BSN = "999990019"


def test_uit_urns() -> None:
    vestiging = urn_kvk("69599084", "000012345678")
    urns = (
        urn_bsn(BSN),
        urn_kvk("69599084"),
        vestiging,
        urn_pseudoniem("NL/a:b"),
        "",
        urn_uuid("1", "zaak", "x"),
        None,
    )
    verwacht = [("bsn", BSN), ("kvk", "69599084"), ("vestiging", "000012345678"), ("pseudoniem", "NL/a:b")]
    assert list(uit_urns(*urns)) == verwacht


@pytest.mark.parametrize("urn", ["urn:nld:eidas:pseudoniem", "urn:nld:brp:bsn", "urn:nld:iets:anders:1", "geen urn"])
def test_een_andere_urn_wijst_niemand_aan(urn: str) -> None:
    assert list(uit_urns(urn)) == []


def test_uit_rol_partij_en_eigenaar() -> None:
    assert list(uit_rol({"inpBsn": BSN, "anpIdentificatie": ""})) == [("bsn", BSN)]
    assert list(uit_rol(None)) == []
    assert list(uit_partij({"codeSoortObjectId": "bsn", "objectId": BSN})) == [("bsn", BSN)]
    assert list(uit_partij({"codeSoortObjectId": "iets", "objectId": "1"})) == list(uit_partij(None)) == []
    eigenaren = [{"bsn": BSN}, {"kvk_nummer": "69599084", "vestigingsnummer": ""}, {"klantnummer": ""}]
    assert list(uit_eigenaren(eigenaren)) == [("bsn", BSN), ("kvk", "69599084")]


def test_elke_resource_met_een_persoonsnummer_zegt_over_wie_zij_gaat() -> None:
    """Zo laat elk lezen door een ander systeem een regel na in het Logboek dataverwerkingen."""
    wijst_aan: Mapping[str, Mapping[str, Any]] = {
        "bericht": {"ontvanger": urn_bsn(BSN)},
        "partijidentificator": {"partijIdentificator": {"codeSoortObjectId": "bsn", "objectId": BSN}},
        "product": {"eigenaren": [{"bsn": BSN}]},
        "externetaak": {"isToegewezenAan": urn_bsn(BSN)},
        "verzoek": {"initiator": urn_bsn(BSN), "medeInitiator": ""},
        "rol": {"betrokkeneIdentificatie": {"inpBsn": BSN}},
    }
    for registratie in (BERICHTEN, KLANTINTERACTIES, PRODUCTEN, TAKEN, VERZOEKEN, ZAKEN):
        for bron in registratie.bronnen:
            if bron.enkelvoud in wijst_aan:
                assert bron.betrokkenen is not None, bron.enkelvoud
                assert list(bron.betrokkenen(wijst_aan[bron.enkelvoud])) == [("bsn", BSN)]
