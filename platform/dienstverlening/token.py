"""`dienstverlening token`: andere systemen toegang geven tot de API's met een token (Klantinteracties, Objecten, Producten, …).

Een token geldt per registratie (`lezen` of `alles`), en in de Objecten API desgewenst per objecttype en per veld, en desgewenst tot en
met een dag. Het platform bewaart alleen een afdruk: het token zelf is één keer te zien, als het gemaakt wordt.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from dienstverlening.geopend import geopend, met_data
from dienstverlening.opstarten import StartFout
from integratie.objecttypen import ObjecttypenClient
from kern.diensten import API_PADEN
from kern.installatie import Installatie
from kern.machines import EIGEN_PREFIX
from kern.tabellen import Toegangssleutel
from kern.versies import vernieuw_versie

MODI = ("lezen", "alles")
OVERAL = "*"
REGISTRATIES = tuple(api for api, (_, aanmelding) in API_PADEN.items() if aanmelding == "token")
WAARSCHUW = timedelta(days=30)
NAAM = re.compile(r"[A-Za-z0-9_-]{1,100}")


@click.group()
def token() -> None:
    """Tokens van andere systemen: wie welke registratie leest of schrijft."""


@token.command()
@click.argument("naam")
@click.option("--recht", multiple=True, metavar="API=lezen|alles", help=f"Een van {', '.join(REGISTRATIES)}, of *.")
@click.option(
    "--objecttype",
    multiple=True,
    metavar="TYPE=lezen|alles",
    help="Alleen dit objecttype in de Objecten API (uuid of URL).",
)
@click.option(
    "--velden",
    multiple=True,
    metavar="TYPE:VERSIE=VELD,VELD",
    help="Van dit objecttype in deze versie alleen deze velden (record__data__naam); wat niet genoemd is, blijft dicht.",
)
@click.option(
    "--tot",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="JJJJ-MM-DD",
    help="De laatste dag dat het token geldt; zonder datum tot u het intrekt.",
)
@met_data
def toevoegen(
    naam: str,
    recht: tuple[str, ...],
    objecttype: tuple[str, ...],
    velden: tuple[str, ...],
    tot: datetime | None,
    data: Path | None,
) -> None:
    """Geef NAAM een nieuw token met deze rechten en druk het af; een vorig token met deze naam geldt dan niet meer."""
    with geopend(data) as installatie:
        rechten = rechten_uit(installatie, recht, objecttype, velden)
        waarde = geef_token(installatie, naam, rechten, tot.date() if tot else None)
    click.echo(waarde)


@token.command()
@met_data
def tonen(data: Path | None) -> None:
    """Toon elk token met zijn rechten en tot wanneer het geldt, op naam; het token zelf is nergens bewaard."""
    with geopend(data) as installatie:
        for regel in toon(installatie):
            click.echo(regel)


@token.command()
@click.argument("naam")
@met_data
def verwijderen(naam: str, data: Path | None) -> None:
    """Trek het token van NAAM in."""
    with geopend(data) as installatie:
        if not trek_in(installatie, naam):
            raise StartFout(f"{naam} heeft hier geen token.")
    click.echo(f"{naam} heeft geen toegang meer.")


def rechten_uit(
    installatie: Installatie, recht: Iterable[str], objecttype: Iterable[str], velden: Iterable[str]
) -> dict[str, Any]:
    """De rechten zoals ze bij een token staan; `StartFout` als er iets niet klopt of niets gegeven is."""
    rechten: dict[str, Any] = {}
    for deel in recht:
        api, modus = _paar(deel, "--recht")
        if api not in (*REGISTRATIES, OVERAL):
            raise StartFout(f"--recht: {api} is geen registratie met tokens; kies uit {', '.join(REGISTRATIES)} of *.")
        rechten[api] = modus
    per_type = _per_objecttype(installatie, objecttype, velden)
    if per_type and "objecten" in rechten:
        raise StartFout("Geef voor objecten --recht of --objecttype, niet allebei.")
    rechten |= {"objecten": per_type} if per_type else {}
    if not rechten:
        raise StartFout("Zonder --recht of --objecttype mag het token niets.")
    return rechten


def _per_objecttype(installatie: Installatie, objecttype: Iterable[str], velden: Iterable[str]) -> dict[str, Any]:
    per_type: dict[str, Any] = {}
    for deel in objecttype:
        type_, modus = _paar(deel, "--objecttype")
        per_type[_url(installatie, type_)] = {"modus": modus}
    for deel in velden:
        type_, _, rest = deel.rpartition(":")
        versie, _, namen = rest.partition("=")
        eigen = per_type.get(_url(installatie, type_)) if versie.isdigit() and namen else None
        if eigen is None or eigen["modus"] != "lezen":
            raise StartFout(f"--velden {deel}: geef TYPE:VERSIE=VELD,VELD bij een --objecttype TYPE=lezen.")
        eigen.setdefault("velden", {})[versie] = [naam.strip() for naam in namen.split(",") if naam.strip()]
    return per_type


def _paar(deel: str, optie: str) -> tuple[str, str]:
    naam, _, modus = deel.rpartition("=")
    if not naam or modus not in MODI:
        raise StartFout(f"{optie} {deel}: schrijf NAAM=lezen of NAAM=alles.")
    return naam, modus


def _url(installatie: Installatie, type_: str) -> str:
    """De URL van een bestaand objecttype, uit zijn URL of uuid."""
    try:
        uuid = UUID(type_.rstrip("/").rpartition("/")[2])
    except ValueError:
        raise StartFout(f"{type_} is geen uuid of URL van een objecttype.") from None
    gevonden = ObjecttypenClient(installatie, namens="objecten").objecttype(uuid)
    if gevonden is None:
        raise StartFout(f"Objecttype {uuid} bestaat hier niet.")
    return gevonden.url


def geef_token(installatie: Installatie, naam: str, rechten: Mapping[str, Any], tot: date | None = None) -> str:
    """Maak een token met deze rechten, dat geldt tot en met `tot`; elk proces kent het meteen. Een vorig token met deze naam vervalt."""
    if naam.startswith(EIGEN_PREFIX) or not NAAM.fullmatch(naam):
        reden = f"letters, cijfers, - en _, en niet beginnend met {EIGEN_PREFIX}"
        raise StartFout(f"{naam} kan niet de naam van een token zijn: {reden}.")
    if tot is not None and tot < installatie.klok.vandaag():
        raise StartFout(f"--tot {tot}: die dag is al voorbij.")
    waarde = f"{naam}.{secrets.token_urlsafe(32)}"
    velden = {"geheim": hashlib.sha256(waarde.encode()).digest(), "rechten": dict(rechten), "tot": tot}
    rij = insert(Toegangssleutel).values(soort="token", client_id=naam, **velden)
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(rij.on_conflict_do_update(index_elements=["soort", "client_id"], set_=velden))
    vernieuw_versie(installatie, "toegang")
    return waarde


def toon(installatie: Installatie) -> Iterator[str]:
    """Eén regel per token, en per objecttype een regel eronder."""
    sleutel = Toegangssleutel
    vraag = select(sleutel.client_id, sleutel.rechten, sleutel.tot).where(sleutel.soort == "token")
    with installatie.db.lezen() as verbinding:
        rijen = verbinding.execute(vraag.order_by(sleutel.client_id)).all()
    for naam, rechten, tot in rijen:
        los = sorted(f"{api}={recht}" for api, recht in rechten.items() if isinstance(recht, str))
        per_type = rechten.get("objecten") if isinstance(rechten.get("objecten"), dict) else {}
        yield f"{naam}\t{', '.join(los) or '-'}\t{_geldigheid(tot, installatie.klok.vandaag())}"
        for type_, recht in (per_type or {}).items():
            velden = "".join(f" versie {nr}: {', '.join(namen)}" for nr, namen in recht.get("velden", {}).items())
            yield f"  {type_}\t{recht['modus']}{velden}"


def _geldigheid(tot: date | None, vandaag: date) -> str:
    """Tot wanneer een token geldt, met een waarschuwing als dat bijna voorbij is."""
    if tot is None:
        return "geldt tot het ingetrokken wordt"
    if tot < vandaag:
        return f"VERLOPEN: gold tot en met {tot}"
    dagen = (tot - vandaag).days
    waarschuwing = f"; LET OP: nog {dagen} {'dag' if dagen == 1 else 'dagen'}" if tot - vandaag <= WAARSCHUW else ""
    return f"geldt tot en met {tot}{waarschuwing}"


def trek_in(installatie: Installatie, naam: str) -> bool:
    """Neem een token weg; False als het er niet was."""
    waar = Toegangssleutel.soort == "token", Toegangssleutel.client_id == naam
    with installatie.db.schrijven() as verbinding:
        weg = verbinding.execute(delete(Toegangssleutel).where(*waar)).rowcount > 0
    vernieuw_versie(installatie, "toegang")
    return weg
