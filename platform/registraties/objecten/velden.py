"""Alleen bepaalde velden van een object: wat gevraagd is (`fields`), en wat de aanroeper mag zien."""

from collections.abc import Iterable, Mapping
from typing import Any

from registraties.objecten.rechten import Typerecht, valt_onder

KOP = "X-Unauthorized-Fields"
Weergave = dict[str, Any]


def gevraagd(weergave: Weergave, velden: str) -> Weergave:
    """Alleen de gevraagde velden (`url,record__data__naam`); leeg is alles. Wat er niet is, blijft weg."""
    if not velden.strip():
        return weergave
    uit: Weergave = {}
    for pad in velden.split(","):
        _neem_over(weergave, uit, pad.strip().split("__"))
    return uit


def _neem_over(bron: Any, doel: Weergave, pad: list[str]) -> None:
    *stappen, laatste = pad
    for stap in stappen:
        if not isinstance(bron, Mapping) or not isinstance(bron.get(stap), Mapping):
            return
        bron, doel = bron[stap], doel.setdefault(stap, {})
    if isinstance(bron, Mapping) and laatste in bron:
        doel[laatste] = bron[laatste]


def toegestaan(weergave: Weergave, velden: Iterable[str], *, onder: str = "") -> tuple[Weergave, list[str]]:
    """De weergave met alleen deze velden, en de namen van wat weggelaten is."""
    bekend = frozenset(velden)
    uit: Weergave = {}
    weg: list[str] = []
    for naam, waarde in weergave.items():
        pad = f"{onder}{naam}"
        if valt_onder(pad, bekend):
            uit[naam] = waarde
        elif isinstance(waarde, dict) and any(veld.startswith(f"{pad}__") for veld in bekend):
            uit[naam], dieper = toegestaan(waarde, bekend, onder=f"{pad}__")
            weg += dieper
        else:
            weg.append(pad)
    return uit, weg


def toon(weergaven: Iterable[tuple[Weergave, Typerecht]], velden: str) -> tuple[list[Weergave], dict[str, str]]:
    """De objecten zoals deze aanroeper ze ziet, met de kop die zegt wat hij per objecttype niet zag."""
    uit: list[Weergave] = []
    verborgen: dict[str, set[str]] = {}
    for weergave, recht in weergaven:
        deel = gevraagd(weergave, velden)
        mag = recht.van_versie(weergave["record"]["typeVersion"])
        if mag is not None:
            deel, weg = toegestaan(deel, mag)
            verborgen.setdefault(weergave["type"], set()).update(weg)
        uit.append(deel)
    tekst = "; ".join(f"{type_}:{','.join(sorted(weg))}" for type_, weg in sorted(verborgen.items()) if weg)
    return uit, {KOP: tekst} if tekst else {}
