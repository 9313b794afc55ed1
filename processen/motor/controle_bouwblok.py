"""De controle van een stap die een bouwblok laat lopen."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from contracten import Bouwblokken
from contracten.bouwblok import mag_als_invoer
from processen.motor import tijdstippen
from processen.motor.fouten import Bevinding, UitdrukkingFout, onvolledig
from processen.motor.model import WACHTTIJDEN, Element

Uit = Iterator[Bevinding]
VERBETER = ("Verbeter de instelling van dit bouwblok.", "Correct this building block's setting.")


def controleer(element: Element, bouwblokken: Bouwblokken) -> Uit:
    """Bestaat het bouwblok, en past wat het element eraan geeft?"""
    zeebe = element.zeebe
    blok = bouwblokken.get(zeebe.taak_type)
    if blok is None:
        yield Bevinding(
            element.id, "bouwblok", f"Bouwblok {zeebe.taak_type or '(geen)'} bestaat niet.", "Unknown building block.",
            "Kies een bouwblok in de modelleur.", "Choose a building block in the modeller.",
        )  # fmt: skip
        return
    if zeebe.herhalingen and not zeebe.herhalingen.isdigit():
        yield onvolledig(element, "Het aantal herhalingen is een getal.", "The number of retries is a number.")
    yield from _velden(element, blok)
    yield from _wachttijden(element)
    try:
        configuratie = blok.lees_configuratie(zeebe.koppen)
    except ValidationError as fout:
        for regel in fout.errors(include_input=False, include_url=False):
            naam = ".".join(map(str, regel["loc"]))
            yield Bevinding(
                element.id,
                "configuratie",
                f"Instelling {naam}: {regel['msg']}",
                f"Setting {naam}: {regel['msg']}",
                *VERBETER,
            )
    else:
        for tekst in blok.controleer(configuratie):
            yield Bevinding(element.id, "configuratie", tekst.nl, tekst.en, *VERBETER)


def _wachttijden(element: Element) -> Uit:
    for tekst in filter(None, element.zeebe.eigenschappen.get(WACHTTIJDEN, "").split(",")):
        try:
            tijdstippen.lengte(tekst)
        except UitdrukkingFout:
            yield onvolledig(
                element, f"Wachttijd {tekst!r} is geen duur (PT5M).", f"{tekst!r} is not a duration (PT5M)."
            )


def _velden(element: Element, blok: Any) -> Uit:
    velden = {veld.alias or naam: veld for naam, veld in blok.Invoer.model_fields.items()}
    zeebe = element.zeebe
    gegeven = {regel.doel.partition(".")[0] for regel in zeebe.invoer}
    for naam in sorted(gegeven - set(velden)):
        yield Bevinding(
            element.id, "invoer", f"Bouwblok {blok.sleutel} kent invoer {naam} niet.", f"{blok.sleutel} has no input {naam}.",
            f"Kies uit: {', '.join(velden) or '-'}.", f"Choose: {', '.join(velden) or '-'}.",
        )  # fmt: skip
    for naam in sorted(naam for naam, veld in velden.items() if veld.is_required() and naam not in gegeven):
        yield Bevinding(
            element.id, "invoer", f"Verplichte invoer {naam} ontbreekt.", f"Required input {naam} is missing.",
            "Vul de invoer in.", "Fill in the input.",
        )  # fmt: skip
    ingevuld = {naam for naam, tekst in zeebe.koppen.items() if tekst.strip()} | gegeven
    for naam in sorted(mag_als_invoer(blok.Configuratie) - ingevuld):
        yield Bevinding(
            element.id, "configuratie", f"Instelling {naam} ontbreekt.", f"Setting {naam} is missing.",
            "Vul de instelling in, of geef haar als invoer.", "Fill in the setting, or pass it as an input.",
        )  # fmt: skip
