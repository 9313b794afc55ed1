"""Welk proces er begint als iemand een formulier instuurt: de regels `[[starts]]` van het pakket."""

import tomllib
from collections.abc import Mapping

from processen.modelleren.inhoud import Bestanden, delen, in_map, kop
from processen.pakketten.exporteren import als_toml
from processen.pakketten.formaat import Kop, Start


def starts(bestanden: Bestanden) -> dict[str, str]:
    """Per verzoektype van het pakket het proces dat begint; leeg als er niets begint."""
    nu = {str(start.get("verzoektype")): str(start.get("proces")) for start in kop(bestanden).get("starts", ())}
    namen = [str(deel.get("naam")) for deel in delen(bestanden, "verzoektypen").values()]
    return {naam: nu.get(naam, "") for naam in namen}


def processen(bestanden: Bestanden) -> list[str]:
    """De sleutels van de processen in het pakket."""
    return sorted(in_map(bestanden, "processen"))


def met_starts(toml: bytes, gekozen: Mapping[str, str]) -> bytes:
    """`pakket.toml` met deze starts; een leeg proces is: er begint niets. `ValueError` als het bestand niet klopt."""
    oud = Kop.model_validate(tomllib.loads(toml.decode()))
    nieuw = [Start(verzoektype=soort, proces=proces) for soort, proces in gekozen.items() if proces]
    ander = [start for start in oud.starts if start.verzoektype not in gekozen]
    return als_toml(oud.model_copy(update={"starts": [*ander, *nieuw]})).encode()
