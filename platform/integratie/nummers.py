"""Nummers vooraf reserveren, zoals zaak- en documentnummers."""

from typing import Annotated

from pydantic import Field

from integratie.basis import Schema
from integratie.typen import Rsin


class NummersIn(Schema):
    """Hoeveel nummers, en van welke organisatie."""

    bronorganisatie: Annotated[Rsin, Field(min_length=9)]
    aantal: Annotated[int, Field(ge=1, le=1000)] = 1
