"""Een veld waarvan de vorm volgt uit een ander veld: `betrokkeneIdentificatie` uit `betrokkeneType`.

    identificatie: Annotated[dict[str, Any] | None, Polymorf("soort", {"persoon": Persoon, "bedrijf": Bedrijf})] = None

Het soortveld staat vóór het polymorfe veld. De waarde is na validatie de volledige structuur van dat schema, als JSON.
"""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


class Polymorf:
    """Merkteken op een veldtype: de vorm hoort bij de waarde van `soortveld` (snake_case).

    Een leeg object telt als weggelaten, en een waarde bij een soort zonder schema ook. `beschreven`: wat daarvan in het
    OpenAPI-document staat, als dat niet alles is.
    """

    def __init__(
        self,
        soortveld: str,
        vormen: Mapping[str, type[BaseModel]],
        beschreven: Mapping[str, type[BaseModel]] | None = None,
    ) -> None:
        self._soortveld = soortveld
        self._vormen = vormen
        self._beschreven = vormen if beschreven is None else beschreven

    def __get_pydantic_core_schema__(self, _bron: Any, _maak: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(
            self._valideer, serialization=core_schema.plain_serializer_function_ser_schema(lambda waarde: waarde)
        )

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, maak: GetJsonSchemaHandler) -> dict[str, Any]:
        keuze: Any = reduce(or_, dict.fromkeys(self._beschreven.values()))
        return maak(TypeAdapter(keuze | None).core_schema)

    def _valideer(self, waarde: Any, info: ValidationInfo) -> dict[str, Any] | None:
        vorm = self._vormen.get(info.data.get(self._soortveld, ""))
        if waarde is None or waarde == {}:
            return None
        if not isinstance(waarde, dict):
            raise PydanticCustomError("geen_object", "Hier hoort een object.")
        return vorm.model_validate(waarde).model_dump(mode="json", by_alias=True) if vorm else None
