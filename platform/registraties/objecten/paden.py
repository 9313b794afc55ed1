"""Een pad in `data` als SQL: vergelijken met `pad__operator__waarde`, en sorteren (regels 12.3).

`objecten.sleutel(data, pad)` is de waarde op dat pad als sorteerbare JSON: een tekst (hoogstens 200 tekens), getal of ja/nee. Op
paden die een objecttype aanwijst staat daar een index op; PostgreSQL gebruikt hem vanzelf, want de uitdrukking is dezelfde.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import orjson
from sqlalchemy import ColumnElement, String, and_, cast, func, literal, literal_column, or_
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH

from kern.fouten import Ongeldig, ParamFout
from kit.trigram import kan_bevatten
from registraties.objecten.functies import SLEUTELLENGTE
from registraties.objecten.modellen import Record

Pad = tuple[str, ...]
PADDEEL = re.compile(r"[\w\- .@]{1,100}")
OPERATOREN = ("exact", "gt", "gte", "lt", "lte", "icontains", "in")
DATUM = re.compile(r"\d{4}-\d{2}-\d{2}(T.*)?")
DATUMVORM = r"^\d{4}-\d{2}-\d{2}"
GETAL = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
LANGSTE_GETAL = 100
LANG_WOORD = 5
JSONTEKENS = re.compile(r'["\[\]{},:\\\x00-\x1f]+')


def lees_pad(tekst: str) -> Pad | None:
    """`plek__wijk` als pad, of None als dat geen pad kan zijn."""
    delen = tuple(tekst.split("__"))
    return delen if all(map(PADDEEL.fullmatch, delen)) else None


def sleutel(pad: Pad) -> ColumnElement[Any]:
    """De sorteerbare waarde op dit pad. Het pad staat letterlijk in de SQL, anders herkent PostgreSQL de index niet."""
    return func.objecten.sleutel(Record.data, _letterlijk(pad), type_=JSONB)


def sleutel_sql(pad: Pad) -> str:
    """Dezelfde uitdrukking als tekst, om een index op te maken."""
    return f"objecten.sleutel(data, {_als_sql(pad)})"


def _als_sql(pad: Pad) -> str:
    return "'{" + ",".join(f'"{deel}"' for deel in pad) + "}'::text[]"


def _letterlijk(pad: Pad) -> ColumnElement[Any]:
    return literal_column(_als_sql(pad))


def op_attribuut(
    tekst: str, heeft_index: Callable[[Pad], bool] = lambda _pad: False, *, al_gekozen: bool = False
) -> tuple[Pad, ColumnElement[bool]]:
    """Het pad en de voorwaarde van `pad__operator__waarde`; een fout daarin geeft een duidelijke 400.

    `al_gekozen`: een ander criterium wijst met zijn index al een paar objecten aan, die zijn zo na te kijken.
    """
    pad, operator, waarde = _ontleed(tekst)
    if operator in _EEN_VAN:
        return pad, _een_van(pad, _EEN_VAN[operator](waarde), heeft_index)
    if operator == "icontains" and al_gekozen:
        return pad, _tekst_bevat(pad, waarde)
    return pad, _VOORWAARDEN[operator](pad, waarde)


def kiest(tekst: str, heeft_index: Callable[[Pad], bool]) -> bool:
    """Wijst dit criterium met een eigen index precies aan welke objecten het zijn?"""
    try:
        pad, operator, waarde = _ontleed(tekst)
    except Ongeldig:  # wat eraan mankeert, zegt `op_attribuut`
        return False
    return operator in _EEN_VAN and _past(_EEN_VAN[operator](waarde)) and heeft_index(pad)


def _ontleed(tekst: str) -> tuple[Pad, str, str]:
    delen = tekst.split("__")
    plek = next((i for i in range(len(delen) - 2, 0, -1) if delen[i] in OPERATOREN), 0)
    pad = lees_pad("__".join(delen[:plek])) if plek else None
    if pad is None:
        uitleg = f"Gebruik pad__operator__waarde, met een van: {', '.join(OPERATOREN)}."
        raise Ongeldig(ParamFout("data_attr", "invalid", uitleg))
    return pad, delen[plek], "__".join(delen[plek + 1 :])


def _past(vormen: list[Any]) -> bool:
    """Passen deze waarden in hun geheel in een index?"""
    return all(not isinstance(vorm, str) or len(vorm) < SLEUTELLENGTE for vorm in vormen)


def _een_van(pad: Pad, vormen: list[Any], heeft_index: Callable[[Pad], bool]) -> ColumnElement[bool]:
    """Gelijk aan een van deze JSON-waarden: zonder eigen index door de GIN-index op alle gegevens.

    Met een eigen index, en een waarde die daar in haar geheel in past, is die alleen genoeg: twee indexen samennemen kost meer.
    """
    kort = [vorm[:SLEUTELLENGTE] if isinstance(vorm, str) else vorm for vorm in vormen]
    gelijk = sleutel(pad).in_([_json(vorm) for vorm in kort])
    if _past(vormen) and heeft_index(pad):
        return gelijk
    if any(deel.isdigit() for deel in pad):  # mogelijk een plaats in een lijst, en die kent @> niet
        return and_(gelijk, func.jsonb_extract_path(Record.data, *pad, type_=JSONB).in_([_json(v) for v in vormen]))
    return and_(gelijk, or_(*(Record.data.contains(_genest(pad, vorm)) for vorm in vormen)))


def _genest(pad: Pad, waarde: Any) -> Any:
    for deel in reversed(pad):
        waarde = {deel: waarde}
    return waarde


def _vormen(waarde: str) -> list[Any]:
    """De JSON-waarden die deze tekst kan bedoelen: tekst, en zo mogelijk getal of ja/nee."""
    if waarde in ("true", "false"):
        return [waarde, waarde == "true"]
    if GETAL.fullmatch(waarde):
        return [waarde, float(waarde) if "." in waarde or len(waarde) > 18 else int(waarde)]  # noqa: PLR2004  # 64 bits
    return [waarde]


def _bevat(pad: Pad, waarde: str) -> ColumnElement[bool]:
    """De tekst op dit pad bevat de waarde; ook in een lijst van teksten. De trigrammen van het hele object kiezen voor."""
    return and_(*kan_bevatten(Record.trigrammen, *_zekere_delen(waarde)), _tekst_bevat(pad, waarde))


def _tekst_bevat(pad: Pad, waarde: str) -> ColumnElement[bool]:
    return func.jsonb_extract_path_text(Record.data, *pad).icontains(waarde, autoescape=True)


def _zekere_delen(waarde: str) -> list[str]:
    """De delen van een naald die in één tekst moeten staan: zonder tekens die JSON zelf tussen waarden zet.

    Korte woorden (de, van, door) staan bijna overal: zij kiezen niets en kosten wel, dus zij tellen alleen als er niets langers is.
    """
    delen = [deel.strip() for deel in JSONTEKENS.split(waarde)]
    lang = [woord for deel in delen for woord in deel.split() if len(woord) >= LANG_WOORD]
    return lang or delen


def overal(waarde: str) -> ColumnElement[bool]:
    """Ergens in de gegevens staat een tekst die de waarde bevat (`data_icontains`)."""
    pad = f'strict $.** ? (@ like_regex {orjson.dumps(waarde).decode()} flag "iq")'  # q: de waarde is geen patroon
    bevat = func.jsonb_path_exists(Record.data, cast(literal(pad, String), JSONPATH))
    return and_(*kan_bevatten(Record.trigrammen, waarde), bevat)


def _vergelijker(operator: str) -> Callable[[Pad, str], ColumnElement[bool]]:
    def voorwaarde(pad: Pad, waarde: str) -> ColumnElement[bool]:
        return _op_datum(pad, operator, waarde) if DATUM.fullmatch(waarde) else _op_getal(pad, operator, waarde)

    return voorwaarde


def _op_getal(pad: Pad, operator: str, waarde: str) -> ColumnElement[bool]:
    """Alleen getallen tellen mee."""
    if not GETAL.fullmatch(waarde) or len(waarde) > LANGSTE_GETAL:
        reden = "Groter en kleiner kan alleen met een getal of een datum (JJJJ-MM-DD)."
        raise Ongeldig(ParamFout("data_attr", "invalid", reden))
    veld = sleutel(pad)
    return and_(_VERGELIJK[operator](veld, cast(literal(waarde, String), JSONB)), func.jsonb_typeof(veld) == "number")


def _op_datum(pad: Pad, operator: str, waarde: str) -> ColumnElement[bool]:
    """Datums op de dag vergelijken, ook als er een tijd bij staat; tijdstippen zoals ze er staan."""
    if "T" not in waarde:
        operator, waarde = _dag_als_tekst(operator, waarde)
    veld = sleutel(pad)
    is_datum = func.jsonb_extract_path_text(Record.data, *pad).op("~")(DATUMVORM)
    return and_(_VERGELIJK[operator](veld, _json(waarde)), func.jsonb_typeof(veld) == "string", is_datum)


def _dag_als_tekst(operator: str, waarde: str) -> tuple[str, str]:
    """Na de dag is vanaf de volgende; tot en met de dag is voor de volgende. Zo telt een tijd op die dag goed mee."""
    try:
        dag = date.fromisoformat(waarde)
    except ValueError:
        raise Ongeldig(ParamFout("data_attr", "invalid", "Dit is geen datum (JJJJ-MM-DD).")) from None
    morgen = (dag + timedelta(days=1)).isoformat() if dag < date.max else "9999-12-32"
    return {"gt": ("gte", morgen), "lte": ("lt", morgen)}.get(operator, (operator, waarde))


def _json(waarde: Any) -> ColumnElement[Any]:
    return literal(waarde, JSONB)


_VERGELIJK: dict[str, Callable[[Any, Any], ColumnElement[bool]]] = {
    "gt": lambda links, rechts: links > rechts,
    "gte": lambda links, rechts: links >= rechts,
    "lt": lambda links, rechts: links < rechts,
    "lte": lambda links, rechts: links <= rechts,
}
_EEN_VAN: dict[str, Callable[[str], list[Any]]] = {
    "exact": _vormen,
    "in": lambda waarde: [vorm for deel in waarde.split("|") for vorm in _vormen(deel)],
}
_VOORWAARDEN: dict[str, Callable[[Pad, str], ColumnElement[bool]]] = {
    "icontains": _bevat,
    **{operator: _vergelijker(operator) for operator in _VERGELIJK},
}
