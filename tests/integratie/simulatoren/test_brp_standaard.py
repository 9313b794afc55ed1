"""De antwoorden van de BRP-simulator tegen het officiële OpenAPI-bestand, als dat naast het project staat."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from integratie.brp.schemas import Persoon, PersoonBeperkt
from kern.klok import Klok
from simulatoren.brp import maak_app
from simulatoren.brp.bevolking import Bevolking
from simulatoren.brp.velden import bestaande_velden

BESTAND = Path(__file__).parents[4] / "shared" / "standaarden" / "openapi" / "brp-personen-bevragen.yaml"
BSNS = list(Bevolking.voorbeeldstad().inwoners)
ALIASSEN = ("verblijfplaatsBinnenland", "adresseringBinnenland")

pytestmark = pytest.mark.skipif(not BESTAND.exists(), reason="het officiële bestand staat niet naast het project")


@pytest.fixture(scope="module")
def standaard() -> dict[str, Any]:
    gelezen: dict[str, Any] = yaml.safe_load(BESTAND.read_text(encoding="utf-8"))
    return gelezen


class Schemas:
    """De schema's uit het bestand, met de keuze op `type` die JSON Schema zelf niet kent."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._schemas: dict[str, Any] = document["components"]["schemas"]

    def fouten(self, schema: dict[str, Any], gegeven: Any, pad: str = "") -> list[str]:
        """Wat er niet klopt: waarden die niet passen, en velden die de standaard niet kent."""
        if isinstance(gegeven, list):
            return [fout for deel in gegeven for fout in self.fouten(self._vlak(schema)["items"], deel, f"{pad}[]")]
        vlak = self._vlak(schema, gegeven)
        if not isinstance(gegeven, dict):
            return [f"{pad}: {fout.message}" for fout in Draft202012Validator(vlak).iter_errors(gegeven)]
        velden = vlak.get("properties", {})
        fouten = [f"{pad}.{naam}: onbekend veld" for naam in gegeven if naam not in velden]
        fouten += [f"{pad}.{naam}: ontbreekt" for naam in vlak.get("required", ()) if naam not in gegeven]
        for naam in gegeven.keys() & velden.keys():
            fouten += self.fouten(velden[naam], gegeven[naam], f"{pad}.{naam}")
        return fouten

    def _vlak(self, schema: dict[str, Any], gegeven: Any = None) -> dict[str, Any]:
        """Eén schema uit $ref, allOf en de keuze op type."""
        if "$ref" in schema:
            schema = self._schemas[schema["$ref"].rpartition("/")[2]]
        soort = (
            schema.get("discriminator", {}).get("mapping", {}).get(gegeven.get("type"))
            if isinstance(gegeven, dict)
            else None
        )
        if soort:
            gekozen = {**self._schemas[soort.rpartition("/")[2]]}
            return self._samen([gekozen, *gekozen.pop("allOf", [])])
        return self._samen([schema, *schema.get("allOf", [])])

    def _samen(self, delen: list[dict[str, Any]]) -> dict[str, Any]:
        uit: dict[str, Any] = {"properties": {}, "required": []}
        for deel in delen:
            echt = self._schemas[deel["$ref"].rpartition("/")[2]] if "$ref" in deel else deel
            onder = self._samen(echt["allOf"]) if "allOf" in echt else {"properties": {}, "required": []}
            eigen = {k: v for k, v in echt.items() if k not in ("allOf", "properties", "required", "discriminator")}
            uit |= {**onder, **eigen} | {
                "properties": uit["properties"] | onder["properties"] | echt.get("properties", {}),
                "required": [*uit["required"], *onder["required"], *echt.get("required", [])],
            }
        return uit

    def antwoord(self, naam: str) -> dict[str, Any]:
        """Het schema van een antwoord."""
        return {"$ref": f"#/components/schemas/{naam}"}


def _vraag(**vraag: Any) -> Any:
    antwoord = maak_app(omgeving="test", klok=Klok()).test_client().post("/personen", json=vraag)
    assert antwoord.status_code == 200, antwoord.text
    return antwoord.json


@pytest.mark.parametrize("begin", range(0, len(BSNS), 20))
def test_raadplegen_van_alles_past_in_de_standaard(standaard: dict[str, Any], begin: int) -> None:
    velden = [veld for veld in bestaande_velden(Persoon) if veld not in ALIASSEN]
    soort = "RaadpleegMetBurgerservicenummer"
    antwoord = _vraag(type=soort, burgerservicenummer=BSNS[begin : begin + 20], fields=velden)
    assert len(antwoord["personen"]) == len(BSNS[begin : begin + 20])
    schemas = Schemas(standaard)
    assert schemas.fouten(schemas.antwoord(f"{soort}Response"), antwoord) == []


def test_zoeken_past_in_de_standaard(standaard: dict[str, Any]) -> None:
    velden = [veld for veld in bestaande_velden(PersoonBeperkt) if veld not in ALIASSEN]
    soort = "ZoekMetAdresseerbaarObjectIdentificatie"
    antwoord = _vraag(type=soort, adresseerbaarObjectIdentificatie="9999010000000001", fields=velden)
    assert len(antwoord["personen"]) == 4
    schemas = Schemas(standaard)
    assert schemas.fouten(schemas.antwoord(f"{soort}Response"), antwoord) == []


def test_de_toets_vindt_fouten(standaard: dict[str, Any]) -> None:
    schemas = Schemas(standaard)
    fout = {
        "type": "RaadpleegMetBurgerservicenummer",
        "personen": [
            {
                "burgerservicenummer": "1",
                "geboorte": {"datum": {"type": "Datum", "langFormaat": "Mei"}},
                "zomaar": 1,
            }
        ],
    }
    gevonden = schemas.fouten(schemas.antwoord("RaadpleegMetBurgerservicenummerResponse"), fout)
    assert len(gevonden) == 4


def _paden(schemas: Schemas, schema: dict[str, Any]) -> set[str]:
    return set(schemas._vlak(schema)["properties"])


def test_de_client_kent_elk_veld_van_een_persoon(standaard: dict[str, Any]) -> None:
    schemas = Schemas(standaard)
    for model, naam in ((Persoon, "Persoon"), (PersoonBeperkt, "GezagPersoonBeperkt")):
        eigen = {veld.alias or sleutel for sleutel, veld in model.model_fields.items()}
        assert eigen == _paden(schemas, schemas.antwoord(naam))
