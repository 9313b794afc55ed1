"""Bouwstenen van een formulierdefinitie die stappen, componenten en logica delen: teksten, expressies, voorinvulling."""

from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

import feel
from huisstijl.taal import TALEN

LANGSTE_TEKST: Final = 20_000
LANGSTE_EXPRESSIE: Final = 2_000
LANGSTE_PATROON: Final = 200
SLEUTEL: Final = r"^[a-z][A-Za-z0-9_]{0,63}$"
STAPNAAM: Final = r"^[a-z][a-z0-9-]{0,63}$"


def _lees_tekst(waarde: Any) -> Any:
    """Een losse tekst is Nederlands; `{taal: tekst}` blijft zoals het is."""
    return {"nl": waarde} if isinstance(waarde, str) else (waarde or {})


def _toets_talen(waarde: dict[str, str]) -> dict[str, str]:
    onbekend = waarde.keys() - TALEN.keys()
    if onbekend:
        raise ValueError(f"taal {', '.join(sorted(onbekend))} wordt niet gebruikt; kies uit {', '.join(TALEN)}")
    return waarde


def _toets_expressie(tekst: str) -> str:
    try:
        feel.compileer(tekst)
    except (feel.FeelFout, feel.FeelGrens, RecursionError) as fout:
        raise ValueError(f"geen geldige FEEL-expressie: {fout}") from fout
    return tekst


def _toets_patroon(patroon: str) -> str:
    """Proberen is de enige zekere toets: FEEL kent een eigen, begrensde regex-motor."""
    if not past_op(patroon, "", fout_is=None) and past_op(patroon, "", fout_is=True):
        raise ValueError("geen geldig patroon (een reguliere expressie zonder opzoekwerk vooruit of achteruit)")
    return patroon


def past_op(patroon: str, tekst: str, *, fout_is: bool | None = False) -> bool | None:
    """Of de hele tekst aan het patroon voldoet. Lineair in de lengte; een onbruikbaar patroon geeft `fout_is`."""
    uitkomst = feel.compileer("matches(tekst, patroon)").evalueer({"tekst": tekst, "patroon": f"^(?:{patroon})$"})
    return uitkomst.waarde if isinstance(uitkomst.waarde, bool) else fout_is


Tekst = Annotated[
    dict[str, Annotated[str, Field(max_length=LANGSTE_TEKST)]],
    BeforeValidator(_lees_tekst),
    AfterValidator(_toets_talen),
]
Expressie = Annotated[str, Field(max_length=LANGSTE_EXPRESSIE), AfterValidator(_toets_expressie)]
Patroon = Annotated[str, Field(max_length=LANGSTE_PATROON), AfterValidator(_toets_patroon)]
Sleutel = Annotated[str, Field(pattern=SLEUTEL)]


class Model(BaseModel):
    """Onveranderlijk, met de sleutels van form.io (camelCase), en niets dan bekende sleutels."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=to_camel, populate_by_name=True, defer_build=True
    )


class Voorinvulling(Model):
    """Waar een eerste waarde vandaan komt: een bron (`brp`, `kvk`, …) en een attribuut daarvan."""

    plugin: str = Field("", max_length=60)
    attribute: str = Field("", max_length=120)
    identifier_role: str = Field("main", max_length=30)


class Voorwaarde(Model):
    """De eenvoudige voorwaarde van form.io: toon (of verberg) als een andere vraag deze waarde heeft."""

    show: bool | None = None
    when: str | None = Field(None, max_length=64)
    eq: str | int | float | bool | None = ""

    def als_feel(self) -> str | None:
        """De voorwaarde als FEEL, of None als zij leeg is."""
        if self.show is None or not self.when:
            return None
        vraag, waarde = self.when, _feelwaarde(self.eq)
        gelijk = f"if {vraag} instance of list<Any> then list contains({vraag}, {waarde}) else {vraag} = {waarde}"
        return gelijk if self.show else f"not({gelijk})"


def _feelwaarde(waarde: str | float | bool | None) -> str:
    if isinstance(waarde, str) and waarde.lower() not in ("true", "false"):
        return '"' + waarde.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(waarde).lower()


class Regel(Model):
    """Een controle over meer antwoorden heen: als `regel` niet waar is, staat `melding` bij deze vraag."""

    regel: Expressie
    melding: Tekst
