"""De bewaarde toestand van een instantie: alleen de open stappen, zonder model en zonder geschiedenis (orjson + zstd).

Vorm 1: `{"v": 1, "n": volgnummer, "w": [werkstroom, …]}`, met per werkstroom `o` (de stap waar zij onder hangt), `d` (de definitie
bij een aangeroepen proces), `b` (het bereik), `v` (eigen variabelen), `s` (stappen: id, spec, toestand, intern, lokaal) en, als er
iets terug te draaien is, `k` (zie `compenseren`).
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import orjson
import zstandard

import feel
from processen.motor.bouw import Gecompileerd
from processen.motor.fouten import MotorFout
from processen.motor.spiff_aanpassing import MotorDeel, MotorStroom, Stap, begin

VORM = 1
Ophalen = Callable[[UUID], Gecompileerd]


def bewaar(werkstroom: MotorStroom, volgnummer: int) -> bytes:
    """De toestand als bytes."""
    delen = [_werkstroom(werkstroom, None)]
    delen += [_werkstroom(deel, ouder) for ouder, deel in werkstroom.subprocesses.items()]
    return pak_in({"v": VORM, "n": volgnummer, "w": delen})


def pak_in(inhoud: dict[str, Any]) -> bytes:
    """De inhoud (vorm 1) als bytes."""
    return zstandard.ZstdCompressor(level=3).compress(orjson.dumps(inhoud))


def pak_uit(bytes_: bytes) -> dict[str, Any]:
    """De inhoud van een bewaarde toestand; `MotorFout` als de vorm onbekend is."""
    inhoud: dict[str, Any] = orjson.loads(zstandard.ZstdDecompressor().decompress(bytes_, max_output_size=1 << 26))
    if inhoud["v"] != VORM:
        raise MotorFout(f"toestand van vorm {inhoud['v']} is niet leesbaar met deze versie")
    return inhoud


def herstel(bytes_: bytes, gecompileerd: Gecompileerd, haal: Ophalen) -> tuple[MotorStroom, int]:
    """De werkstroom en het laatste volgnummer. De stappen staan in de volgorde waarin zij bewaard zijn."""
    inhoud = pak_uit(bytes_)
    eerste, *overige = inhoud["w"]
    top = MotorStroom(gecompileerd.bereiken[eerste["b"]].spec, deserializing=True)
    top.gecompileerd = gecompileerd
    _vul(top, eerste)
    for deel in overige:
        ouder = UUID(hex=deel["o"])
        bovenliggend = top.get_task_from_id(ouder).workflow
        compilatie = haal(UUID(hex=deel["d"])) if deel["d"] else bovenliggend.gecompileerd
        sub = MotorDeel(compilatie.bereiken[deel["b"]].spec, parent_task_id=ouder, top_workflow=top, deserializing=True)
        sub.gecompileerd = compilatie
        top.subprocesses[ouder] = sub
        sub.variabelen = None if deel["v"] is None else feel.uit_json(deel["v"])
        _vul(sub, deel)
    return top, inhoud["n"]


def _werkstroom(werkstroom: Any, ouder: UUID | None) -> dict[str, Any]:
    eigen = ouder is not None and werkstroom.variabelen is not None
    keerbaar = {"k": werkstroom.keerbaar} if werkstroom.keerbaar else {}
    return keerbaar | {
        "o": ouder.hex if ouder else None,
        "d": werkstroom.gecompileerd.definitie.hex if eigen else None,
        "b": werkstroom.spec.name,
        "v": feel.naar_json(werkstroom.variabelen) if eigen else None,
        "s": [_stap(stap) for stap in werkstroom.open.values()],
    }


def _stap(stap: Stap) -> list[Any]:
    rij: list[Any] = [stap.id.hex, stap.task_spec.name, stap.state, stap.internal_data]
    return [*rij, feel.naar_json(stap.lokaal)] if stap.lokaal else rij


def _vul(werkstroom: Any, deel: dict[str, Any]) -> None:
    wortel = begin(werkstroom)
    specs = werkstroom.spec.task_specs
    werkstroom.keerbaar = deel.get("k", [])
    for sleutel, naam, toestand, intern, *lokaal in deel["s"]:
        stap = Stap(werkstroom, specs[naam], wortel, state=toestand, id=UUID(hex=sleutel))
        stap.triggered = True
        stap.internal_data = intern
        stap.lokaal = feel.uit_json(lokaal[0]) if lokaal else {}
