"""De opdrachtregel: `dienstverlening dmn controleer|evalueer|vergelijk|verklaar|tck`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from dmn.fouten import DmnFout, Probleem
from dmn.model import Model, lees
from feel.naar_python import naar_json, uit_json

_BESTAND = click.Path(exists=True, dir_okay=False, path_type=Path)
_erbij = click.option("--erbij", type=_BESTAND, multiple=True, help="Model dat dit model importeert; mag vaker.")
_invoer = click.option("--invoer", default="{}", help="Invoer als JSON, of @BESTAND.")
_taal = click.option("--taal", type=click.Choice(["nl", "en"]), default="nl", help="Taal van de tekst.")
_peil = click.option("--peildatum", type=click.DateTime(["%Y-%m-%d"]), help="Dag waarvoor de regels gelden.")


@click.group("dmn")
def dmn() -> None:
    """Beslismodellen nakijken, uitvoeren, vergelijken en uitleggen."""


def _lees(bestand: Path, erbij: tuple[Path, ...] = ()) -> Model:
    try:
        return lees(bestand.read_bytes(), erbij=[ander.read_bytes() for ander in erbij])
    except DmnFout as fout:
        raise click.ClickException(f"{bestand}: {fout}") from None


def _json(bron: str) -> Any:
    tekst = Path(bron[1:]).read_text("utf-8") if bron.startswith("@") else bron
    try:
        return uit_json(json.loads(tekst, parse_float=Decimal))
    except ValueError as fout:
        raise click.ClickException(f"Dit is geen geldige JSON: {fout}") from None


def _dag(peildatum: Any) -> date | None:
    return peildatum.date() if peildatum is not None else None


@dmn.command()
@click.argument("bestand", type=_BESTAND)
@_erbij
@_taal
def controleer(bestand: Path, erbij: tuple[Path, ...], taal: str) -> None:
    """Kijk een model na: fouten, overlap, gaten, dode en dubbele regels. Code 1 bij fouten."""
    from dmn.controle import controleer as kijk_na  # noqa: PLC0415 - houdt de andere opdrachten licht

    problemen = kijk_na(_lees(bestand, erbij))
    for probleem in problemen:
        click.echo(_regel(bestand, probleem, taal))
    fouten = sum(probleem.ernst == "fout" for probleem in problemen)
    click.echo(f"{fouten} fouten, {len(problemen) - fouten} waarschuwingen")
    if fouten:
        raise click.exceptions.Exit(1)


def _regel(bestand: Path, probleem: Probleem, taal: str) -> str:
    waar = f"{bestand}:{probleem.regel}" if probleem.regel else str(bestand)
    tekst = probleem.nederlands if taal == "nl" else probleem.engels
    return f"{waar}: {probleem.ernst} [{probleem.code}] {probleem.plek}: {tekst}"


@dmn.command()
@click.argument("bestand", type=_BESTAND)
@click.argument("beslissing")
@_invoer
@_erbij
@_peil
def evalueer(bestand: Path, beslissing: str, invoer: str, erbij: tuple[Path, ...], peildatum: Any) -> None:
    """Voer een beslissing uit en druk de uitkomst af als JSON; redenen van null gaan naar stderr."""
    uitslag = _evalueer(_lees(bestand, erbij), beslissing, invoer, peildatum)
    click.echo(json.dumps(naar_json(uitslag.ruw), ensure_ascii=False))
    for reden in uitslag.redenen:
        click.echo(reden.nederlands, err=True)


def _evalueer(model: Model, beslissing: str, invoer: str, peildatum: Any) -> Any:
    try:
        return model.evalueer(beslissing, _json(invoer), peildatum=_dag(peildatum))
    except DmnFout as fout:
        raise click.ClickException(str(fout)) from None


@dmn.command()
@click.argument("bestand", type=_BESTAND)
@click.argument("beslissing")
@_invoer
@_erbij
@_peil
@_taal
@click.option("--json", "als_json", is_flag=True, help="De uitleg als JSON in plaats van zinnen.")
def verklaar(
    bestand: Path, beslissing: str, invoer: str, erbij: tuple[Path, ...], peildatum: Any, taal: Any, als_json: bool
) -> None:
    """Leg een beslissing uit: welke regels pasten, waarom, en waar het staat."""
    uitleg = _evalueer(_lees(bestand, erbij), beslissing, invoer, peildatum).uitleg
    click.echo(uitleg.model_dump_json(indent=2) if als_json else "\n".join(uitleg.zinnen(taal)))


@dmn.command()
@click.argument("oud", type=_BESTAND)
@click.argument("nieuw", type=_BESTAND)
@click.argument("beslissing")
@click.option("--invoeren", type=_BESTAND, required=True, help="Bestand met op elke regel één invoer als JSON.")
@_erbij
@_peil
@click.option("--json", "als_json", is_flag=True, help="Het verslag als JSON.")
def vergelijk(
    oud: Path, nieuw: Path, beslissing: str, invoeren: Path, erbij: tuple[Path, ...], peildatum: Any, als_json: bool
) -> None:
    """Vergelijk twee versies over vastgelegde invoer (terugtoets)."""
    from dmn.terugtoets import vergelijk as toets  # noqa: PLC0415 - pydantic alleen als het nodig is

    try:
        modellen = (_lees(oud, erbij), _lees(nieuw, erbij))
        verslag = toets(*modellen, beslissing, _invoeren(invoeren), peildatum=_dag(peildatum))
    except DmnFout as fout:
        raise click.ClickException(str(fout)) from None
    if als_json:
        click.echo(verslag.model_dump_json(indent=2))
        return
    click.echo(f"{verslag.aantal} invoeren: {verslag.gelijk} gelijk, {verslag.anders} anders")
    for overgang in verslag.overgangen:
        click.echo(f"{overgang.aantal:6} keer {overgang.oud} → {overgang.nieuw}")
    for wissel in verslag.regels:
        click.echo(f"{wissel.aantal:6} keer {', '.join(wissel.regels_oud)} → {', '.join(wissel.regels_nieuw)}")


def _invoeren(bestand: Path) -> Iterator[Any]:
    with bestand.open(encoding="utf-8") as regels:
        yield from (_json(regel) for regel in regels if regel.strip())


@dmn.command()
@click.argument("map_", metavar="MAP", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--kort", is_flag=True, help="Geen telling per groep.")
def tck(map_: Path, kort: bool) -> None:
    """Draai de conformiteitsgevallen van de DMN TCK in een map."""
    from dmn.conformiteit import main  # noqa: PLC0415 - alleen voor deze opdracht

    raise click.exceptions.Exit(main([str(map_), *(["--kort"] if kort else [])]))
