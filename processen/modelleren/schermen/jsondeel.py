"""Wat de tabbladen product, brieven, uitvoerregels en zaaktype delen: een JSON-bestand van het pakket bewerken met een formulier."""

from collections.abc import Callable
from typing import Any

import orjson
from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from huisstijl import vertaal
from processen.modelleren.werkbank import Werkbank
from processen.modelleren.werkplaats import Botsing, Deel, OnbekendPad

Inhoud = Any
OPTIES = orjson.OPT_INDENT_2


def lees(deel: Deel, leeg: Inhoud) -> Inhoud:
    """De inhoud; `leeg` als het geen JSON is."""
    try:
        return orjson.loads(deel.inhoud or b"null") or leeg
    except orjson.JSONDecodeError:
        return leeg


def bewaar(bank: Werkbank, pakket: str, pad: str, inhoud: Inhoud, wat: str) -> bool:
    """Bewaar tegen de versie die op het formulier stond. Was een collega eerder, dan zegt een melding dat en is het geparkeerd."""
    versie = request.form.get("versie", 0, type=int)
    try:
        bank.werkplaats.bewaar(
            pakket, pad, orjson.dumps(inhoud, option=OPTIES) + b"\n", versie=versie, wie=bank.wie(), wat=wat
        )
    except Botsing as botsing:
        melding = vertaal(
            "%(naam)s heeft dit intussen gewijzigd. Wat u invulde is niet weg: het staat als geparkeerd bij Versies.",
            naam=botsing.nu.door_naam,
        )
        flash(melding, "error")
        return False
    except OnbekendPad as fout:
        flash(str(fout), "error")
        return False
    return True


def veldenpagina(
    bank: Werkbank, pakket: str, tab: str, formulier: Form, kop: str, terug: str, **meer: Any
) -> ResponseReturnValue:
    """Een pagina met één formulier."""
    versie = request.form.get("versie") or meer.pop("versie", 0)
    pagina = bank.pagina(
        "velden.html", pakket, tab, formulier=formulier, kop=kop, terug=terug, versie=versie, hulp=meer.get("hulp", ""),
        fouten=meer.get("fouten", []),
    )  # fmt: skip
    return (pagina, 422) if formulier.errors or meer.get("fouten") else pagina


def bewerk(  # de schermen verschillen alleen in deze stukken
    bank: Werkbank, pakket: str, tab: str, deel: Deel, formulier: Callable[..., Form], *, kop: str, naar_velden: Callable[[Inhoud], dict[str, Any]],
    uit_velden: Callable[[Inhoud, dict[str, Any]], Inhoud], terug: str, leeg: Inhoud,
) -> ResponseReturnValue:  # fmt: skip
    """GET toont een bestand als formulier, POST bewaart het."""
    inhoud = lees(deel, leeg)
    if request.method == "GET":
        gevuld = formulier(data=naar_velden(inhoud))
        return veldenpagina(bank, pakket, tab, gevuld, kop, terug, versie=deel.versie)
    ingestuurd = formulier(formdata=request.form)
    if not ingestuurd.validate():
        return veldenpagina(bank, pakket, tab, ingestuurd, kop, terug)
    if bewaar(bank, pakket, deel.pad, uit_velden(inhoud, ingestuurd.data), f"{kop}: {vertaal('gewijzigd')}"):
        flash(vertaal("Bewaard. Het werkt pas na publiceren."), "ok")
    return redirect(terug, 303)


def verwijder(bank: Werkbank, pakket: str, pad: str, route: str) -> ResponseReturnValue:
    """Haal een bestand weg; ook dat is ongedaan te maken."""
    deel = bank.deel(pakket, pad)
    bank.werkplaats.verwijder(pakket, pad, versie=deel.versie, wie=bank.wie(), wat=f"{pad} {vertaal('weggehaald')}")
    flash(vertaal("Weggehaald. Dit is ongedaan te maken."), "ok")
    return redirect(url_for(route, pakket=pakket), 303)
