"""De resources van de referentielijsten, als declaraties."""

from typing import Annotated, Any

from pydantic import StringConstraints
from sqlalchemy import ColumnElement, case, func, not_

from integratie.basis import Schema, Url
from integratie.referentielijsten import schemas
from integratie.referentielijsten.client import openbaar_pad
from kit import Bron, Filter, Omgeving, Registratie, Resource, waarde
from kit.afgeleid import Afgeleid
from kit.toegang import OpenbaarLezen
from registraties.referentielijsten.modellen import (
    CommunicatieKanaal,
    ProcesType,
    Resultaat,
    ResultaattypeOmschrijving,
)

Jaartal = Annotated[str, StringConstraints(pattern=r"^\d{1,4}$")]


def _generiek() -> ColumnElement[bool]:
    """Een nummer van twee delen (`11.1`) is het generieke resultaat, drie delen een specifiek."""
    return func.regexp_count(Resultaat.volledig_nummer, r"\.") == 1


def _weergave() -> ColumnElement[str]:
    return case(schemas.WEERGAVEN, value=Resultaat.procestermijn, else_="")


def _bij_procestype(url: str, omgeving: Omgeving) -> ColumnElement[bool]:
    """Ook met de URL van een openbare dienst: bestaande catalogi kennen de procestypen daarvan."""
    eigen = f"{omgeving.basis}/{openbaar_pad(url)}" if openbaar_pad(url) else url
    return Resultaat.proces_type == omgeving.id_uit_url(eigen, Resultaat.proces_type)


def _lijst(
    pad: str, enkelvoud: str, model: type[Resource], lees: type[Schema], schrijf: type[Schema], **meer: Any
) -> Bron:
    """Een lijst die iedereen mag lezen, zonder aanmelden; schrijven gebeurt door te laden."""
    return Bron(
        pad=pad,
        enkelvoud=enkelvoud,
        model=model,
        lees=lees,
        schrijf=schrijf,
        operaties=("lijst", "haal"),
        rechten=OpenbaarLezen(),
        **meer,
    )


COMMUNICATIEKANAAL = _lijst(
    "communicatiekanalen",
    "communicatiekanaal",
    CommunicatieKanaal,
    schemas.CommunicatieKanaalUit,
    schemas.CommunicatieKanaalIn,
)
PROCESTYPE = _lijst(
    "procestypen",
    "procestype",
    ProcesType,
    schemas.ProcesTypeUit,
    schemas.ProcesTypeIn,
    gepagineerd=False,
    filters={"jaar": Filter(Jaartal, lambda jaar, _o: ProcesType.jaar == int(jaar))},
)
AFGELEID: dict[str, Afgeleid] = {
    "generiek": waarde(_generiek),
    "specifiek": waarde(lambda: not_(_generiek())),
    "procestermijn_weergave": waarde(_weergave),
}
RESULTAAT = _lijst(
    "resultaten",
    "resultaat",
    Resultaat,
    schemas.ResultaatUit,
    schemas.ResultaatIn,
    afgeleid=AFGELEID,
    filters={"proces_type": Filter(Url, _bij_procestype)},
)
OMSCHRIJVING = _lijst(
    "resultaattypeomschrijvingen",
    "resultaattypeomschrijving",
    ResultaattypeOmschrijving,
    schemas.ResultaattypeOmschrijvingUit,
    schemas.ResultaattypeOmschrijvingIn,
    gepagineerd=False,
)

REFERENTIELIJSTEN = Registratie(
    naam="referentielijsten",
    titel="Referentielijsten en selectielijst API",
    versie="0.6.0",
    bronnen=(COMMUNICATIEKANAAL, PROCESTYPE, RESULTAAT, OMSCHRIJVING),
)
