"""`dienstverlening importeer`: gegevens van een andere installatie overnemen.

Geheimen komen uit de omgeving (`IMPORT_GEHEIM`, `IMPORT_TOKEN`), uit een bestand, of worden gevraagd: nooit als argument, dat in de
lijst van processen leesbaar is.
"""

import csv
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, fields
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, Self, TypeVar, cast

import click

from dienstverlening.geopend import geopend, met_data
from dienstverlening.importeren.andere import Aanmelding, Andere, NietTeLezen
from dienstverlening.importeren.kern import Import, Stap
from dienstverlening.importeren.stand import Telling
from dienstverlening.opstarten import StartFout
from kern.diensten import API_PADEN
from kern.installatie import Installatie

SOORTEN = {
    "objecten": "dienstverlening.importeren.objecten:objecten",
    "open-klant": "dienstverlening.importeren.open_klant:open_klant",
    "open-zaak": "dienstverlening.importeren.open_zaak:open_zaak",
    "producten": "dienstverlening.importeren.producten:producten",
}
"""De opdrachten, als module:naam; zij laden pas als iemand ze gebruikt."""
GETOOND = 20
F = TypeVar("F", bound=Callable[..., Any])


class _Soorten(click.Group):
    def list_commands(self, _ctx: click.Context) -> list[str]:
        return sorted(SOORTEN)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in SOORTEN:
            return None
        module, _, naam = SOORTEN[cmd_name].partition(":")
        opdracht: click.Command = getattr(import_module(module), naam)
        return opdracht


@click.group(cls=_Soorten)
def importeer() -> None:
    """Neem gegevens over van een andere installatie, langs haar standaard-API's."""


@dataclass(frozen=True)
class Keuzen:
    """Wat iemand bij elke import kiest. `elders` is een rij API=ADRES."""

    url: str
    elders: tuple[str, ...]
    opnieuw: bool
    rapport: Path | None
    data: Path | None


def opties(functie: F) -> F:
    """Wat elke import kan; `functie` krijgt het als eerste, als `Keuzen`."""

    @wraps(functie)
    def met_keuzen(**waarden: Any) -> None:
        eigen = {veld.name: waarden.pop(veld.name) for veld in fields(Keuzen)}
        functie(Keuzen(**eigen), **waarden)

    met_data(met_keuzen)
    for optie in (
        click.option("--rapport", type=click.Path(dir_okay=False, path_type=Path), help="CSV van wat niet kon."),
        click.option("--opnieuw", is_flag=True, help="Begin van voren af aan, ook als een import halverwege is."),
        click.option("--elders", multiple=True, metavar="API=ADRES", help="Deze API staat daar op een ander adres."),
        click.argument("url"),
    ):
        optie(met_keuzen)
    return cast("F", met_keuzen)


def geheim(naam: str, omgeving: str, vraag: str) -> Callable[[F], F]:
    """Een geheim als parameter `naam`: uit het bestand, de omgeving, of van wie er typt."""

    def lees(_context: click.Context, _optie: click.Parameter, bestand: Path | None) -> str:
        waarde = bestand.read_text() if bestand else os.environ.get(omgeving) or click.prompt(vraag, hide_input=True)
        return str(waarde).strip()

    return click.option(
        f"--{naam.replace('_', '-')}-bestand",
        naam,
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        callback=lees,
        help=f"Bestand met het {vraag}; anders {omgeving} in de omgeving, anders wordt het gevraagd.",
    )


def lees_elders(waarden: Iterable[str]) -> dict[str, str]:
    """`zaken=https://…` als {zaken: https://…}."""
    bases = dict(waarde.partition("=")[::2] for waarde in waarden)
    onbekend = set(bases) - set(API_PADEN)
    if onbekend or not all(bases.values()):
        raise StartFout(f"--elders vraagt API=ADRES, met een API uit {', '.join(API_PADEN)}")
    return bases


def draai(
    soort: str,
    keuzen: Keuzen,
    stappen: Sequence[Stap],
    aanmelding: Aanmelding,
    na: Callable[[Installatie], None] | None = None,
) -> None:
    """Open de installatie, doe de import met een voortgangsbalk, en druk het verslag af. `na` loopt daarna, ook na afbreken."""
    bases = lees_elders(keuzen.elders)
    with geopend(keuzen.data) as installatie:
        eis_eigen(installatie, stappen)
        tellingen, fouten = importeer_uit(
            installatie, soort, keuzen.url, stappen, aanmelding, bases=bases, opnieuw=keuzen.opnieuw, na=na
        )
    toon(tellingen, fouten, keuzen.rapport)


def eis_eigen(installatie: Installatie, stappen: Sequence[Stap]) -> None:
    """Overnemen kan alleen in een registratie van onszelf."""
    van_ander = {stap.registratie.titel for stap in stappen if not installatie.diensten[stap.registratie.naam].eigen}
    if van_ander:
        raise StartFout(f"Deze installatie gebruikt een ander voor: {', '.join(sorted(van_ander))}")


def importeer_uit(
    installatie: Installatie,
    soort: str,
    url: str,
    stappen: Sequence[Stap],
    aanmelding: Aanmelding,
    *,
    bases: Mapping[str, str] | None = None,
    opnieuw: bool = False,
    na: Callable[[Installatie], None] | None = None,
) -> tuple[dict[str, Telling], list[tuple[str, str, str]]]:
    """De import zelf: de tellingen per stap, en (stap, url, reden) van wat niet kon. Afgebroken gaat zij een volgende keer verder.

    `na` loopt altijd: wat tot een storing overgenomen is staat er, en moet ook vindbaar en ververst zijn.
    """
    andere = Andere(installatie, url, aanmelding, bases)
    with ExitStack() as slot:
        if na is not None:
            slot.callback(na, installatie)
        slot.callback(andere.sluit)
        return _doe(installatie, soort, andere, stappen, opnieuw=opnieuw)


def _doe(
    installatie: Installatie, soort: str, andere: Andere, stappen: Sequence[Stap], *, opnieuw: bool
) -> tuple[dict[str, Telling], list[tuple[str, str, str]]]:
    try:
        taak = Import(installatie, andere, stappen, f"{soort} {andere.adres}")
        with _Balk() as balk:
            tellingen = taak.voer_uit(balk, opnieuw=opnieuw)
        return tellingen, taak.stand.niet_overgenomen()
    except NietTeLezen as fout:
        raise StartFout(f"{fout}\nWat er is, is bewaard; dezelfde opdracht gaat verder waar deze stopte.") from fout


class _Balk:
    """Eén voortgangsbalk per stap, op stderr; zonder terminal blijft het stil."""

    def __init__(self) -> None:
        self._stap = ""
        self._balk: Any = None  # de klasse van click heeft geen openbare naam

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._sluit()

    def _sluit(self) -> None:
        if self._balk is not None:
            self._balk.render_finish()
            self._balk = None

    def __call__(self, stap: str, gelezen: int, totaal: int) -> None:
        if stap != self._stap:
            self._sluit()
            self._stap = stap
            self._balk = click.progressbar(length=totaal, label=f"{stap:<28}", show_pos=True, file=sys.stderr)
        self._balk.length = totaal
        self._balk.update(gelezen - self._balk.pos)


def toon(tellingen: Mapping[str, Telling], fouten: Sequence[tuple[str, str, str]], rapport: Path | None) -> None:
    """Het verslag: een tabel per stap, en wat niet kon (de eerste twintig; alles in `rapport`)."""
    click.echo(f"{'':<30}{'gelezen':>9}{'nieuw':>9}{'bijgewerkt':>12}{'gelijk':>9}{'bestond al':>12}{'niet':>7}")
    for stap, t in tellingen.items():
        niet = t.geweigerd + t.behouden
        click.echo(f"{stap:<30}{t.gelezen:>9}{t.nieuw:>9}{t.bijgewerkt:>12}{t.gelijk:>9}{t.bestond:>12}{niet:>7}")
    if rapport is not None:
        with rapport.open("w", newline="") as bestand:
            csv.writer(bestand).writerows([("stap", "url", "reden"), *fouten])
    for _, url, reden in fouten[:GETOOND]:
        click.echo(f"niet overgenomen: {url}: {reden}")
    if len(fouten) > GETOOND:
        click.echo(f"… en nog {len(fouten) - GETOOND}{f'; zie {rapport}' if rapport else ' (--rapport geeft alles)'}")
