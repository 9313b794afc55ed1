"""`dienstverlening applicatie`: andere systemen toegang geven tot de ZGW-API's van deze installatie.

Een applicatie is een client_id met een geheim (hier, versleuteld) en autorisaties (in de Autorisaties API, ook als die van een
ander is). De opdrachten mogen herhaald worden: de uitkomst blijft gelijk.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click
import orjson
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from dienstverlening.geopend import geopend, met_data
from dienstverlening.inrichten import HOOGSTE_VA, TYPEN, voor_alle_types
from dienstverlening.opstarten import StartFout
from integratie.autorisaties import AutorisatiesClient
from integratie.autorisaties.schemas import ApplicatieIn, ApplicatieUit, Autorisatie, Component
from integratie.basis import ApiFout
from integratie.catalogi import CatalogiClient
from kern.installatie import Installatie
from kern.machines import EIGEN_PREFIX
from kern.tabellen import Toegangssleutel
from kern.versies import vernieuw_versie
from kit.toegang import VERTROUWELIJKHEID

KORTSTE_GEHEIM = 32  # bytes; HS256 vraagt er zoveel (RFC 7518)
COMPONENTEN: dict[str, Component] = {
    "zaken": "zrc",
    "documenten": "drc",
    "besluiten": "brc",
    "catalogi": "ztc",
    "autorisaties": "ac",
    "notificaties": "nrc",
}
F = TypeVar("F", bound=Callable[..., Any])


@click.group()
def applicatie() -> None:
    """Applicaties van anderen: wie met welk geheim en welke rechten de API's gebruikt."""


def _met_geheim(functie: F) -> F:
    zwak = click.option("--zwak-geheim", is_flag=True, help="Sta een geheim van minder dan 32 bytes toe.")
    geheim = click.option("--secret", required=True, help="Het geheim waarmee de applicatie haar JWT's ondertekent.")
    return geheim(zwak(functie))


@applicatie.command()
@click.argument("client_id")
@_met_geheim
@click.option("--alle-autorisaties", is_flag=True, help="Alles toestaan.")
@click.option("--scopes", default="", help="Scopes met komma's: zaken.lezen,documenten.lezen")
@click.option(
    "--catalogus", default="", help="De scopes gelden voor alle types in deze catalogus (domein); anders overal."
)
@click.option(
    "--vertrouwelijkheid",
    type=click.Choice(VERTROUWELIJKHEID),
    default=HOOGSTE_VA,
    help="Tot en met deze vertrouwelijkheid; anders alles.",
)
@click.option(
    "--autorisaties",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON-bestand met autorisaties zoals de Autorisaties API ze geeft.",
)
@click.option("--label", default="", help="De naam van de applicatie; anders het client_id.")
@met_data
def toevoegen(  # elk argument is een optie van de opdracht
    client_id: str,
    secret: str,
    *,
    zwak_geheim: bool,
    alle_autorisaties: bool,
    scopes: str,
    catalogus: str,
    vertrouwelijkheid: str,
    autorisaties: Path | None,
    label: str,
    data: Path | None,
) -> None:
    """Geef CLIENT_ID toegang met een geheim en rechten; bestaat hij al, dan vervangen deze de oude."""
    eis_goed_geheim(client_id, secret, zwak_geheim=zwak_geheim)
    lijst = [scope.strip() for scope in scopes.split(",") if scope.strip()]
    if [alle_autorisaties, bool(lijst), autorisaties is not None].count(True) != 1:
        raise click.UsageError("Geef --alle-autorisaties, --scopes of --autorisaties, één van de drie.")
    with geopend(data) as installatie:
        rechten = (
            lees_autorisaties(autorisaties)
            if autorisaties
            else autorisaties_uit(installatie, lijst, catalogus=catalogus, va=vertrouwelijkheid)
        )
        bewaar_geheim(installatie, client_id, secret)
        zet_autorisaties(installatie, client_id, rechten, label=label)
    click.echo(f"{client_id} heeft toegang.")


@applicatie.command()
@click.argument("client_id")
@_met_geheim
@met_data
def geheim(client_id: str, secret: str, *, zwak_geheim: bool, data: Path | None) -> None:
    """Zet of vervang alleen het geheim van CLIENT_ID; de rechten blijven zoals ze zijn."""
    eis_goed_geheim(client_id, secret, zwak_geheim=zwak_geheim)
    with geopend(data) as installatie:
        bewaar_geheim(installatie, client_id, secret)
        bekend = AutorisatiesClient(installatie, namens="autorisaties").applicatie(client_id)
    click.echo(f"Het geheim van {client_id} is bewaard.")
    if bekend is None:
        click.echo("Let op: in de Autorisaties API heeft dit client_id nog geen rechten.", err=True)


@applicatie.command()
@click.argument("client_id", required=False)
@met_data
def tonen(client_id: str | None, data: Path | None) -> None:
    """Toon alle applicaties, of de autorisaties van CLIENT_ID. Geheimen worden nooit getoond."""
    with geopend(data) as installatie:
        regels = toon(installatie, client_id)
    for regel in regels:
        click.echo(regel)


@applicatie.command()
@click.argument("client_id")
@met_data
def verwijderen(client_id: str, data: Path | None) -> None:
    """Neem CLIENT_ID zijn geheim en zijn rechten af; een applicatie zonder client_id's verdwijnt."""
    if client_id.startswith(EIGEN_PREFIX):
        raise StartFout(f"Namen die met {EIGEN_PREFIX} beginnen zijn van het platform zelf.")
    with geopend(data) as installatie:
        if not verwijder(installatie, client_id):
            raise StartFout(f"{client_id} is hier niet bekend.")
    click.echo(f"{client_id} heeft geen toegang meer.")


# het geheim


def eis_goed_geheim(client_id: str, secret: str, *, zwak_geheim: bool) -> None:
    """Geef `StartFout` bij een te kort geheim (met `zwak_geheim` een waarschuwing), of een naam van onszelf."""
    if client_id.startswith(EIGEN_PREFIX):
        raise StartFout(f"Namen die met {EIGEN_PREFIX} beginnen zijn van het platform zelf.")
    if not secret:
        raise StartFout("Een leeg geheim beschermt niets.")
    if len(secret.encode()) >= KORTSTE_GEHEIM:
        return
    tekst = f"Het geheim is korter dan {KORTSTE_GEHEIM} bytes en daarmee te raden"
    if not zwak_geheim:
        raise StartFout(f"{tekst}; neem een langer geheim, of geef --zwak-geheim.")
    click.echo(f"Let op: {tekst}.", err=True)


def bewaar_geheim(installatie: Installatie, client_id: str, secret: str) -> None:
    """Bewaar het geheim van een client_id versleuteld; elk proces gebruikt het meteen."""
    versleuteld = installatie.kluis.encrypt(secret.encode())
    rij = insert(Toegangssleutel).values(soort="zgw", client_id=client_id, geheim=versleuteld, rechten={})
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(
            rij.on_conflict_do_update(index_elements=["soort", "client_id"], set_={"geheim": versleuteld})
        )
    vernieuw_versie(installatie, "toegang")


# de rechten


def zet_rechten(installatie: Installatie, client_id: str, scopes: list[str]) -> None:
    """Zet de rechten van een client_id: deze scopes voor alle types, of alles als er geen scopes zijn."""
    zet_autorisaties(installatie, client_id, autorisaties_uit(installatie, scopes))


def zet_autorisaties(
    installatie: Installatie, client_id: str, autorisaties: list[Autorisatie], *, label: str = ""
) -> None:
    """Zet de autorisaties van een client_id, of alles als er geen zijn; een bestaande applicatie houdt haar naam."""
    client = AutorisatiesClient(installatie, namens="autorisaties")
    bestaand = client.applicatie(client_id)
    velden: dict[str, Any] = {"heeft_alle_autorisaties": not autorisaties, "autorisaties": autorisaties}
    if bestaand is None:
        client.maak_applicatie(ApplicatieIn(client_ids=[client_id], label=label or client_id, **velden))
        return
    lijst = [deel.als_json() for deel in autorisaties]
    naam = {"label": label} if label else {}
    client.wijzig_applicatie(bestaand.url, heeftAlleAutorisaties=not lijst, autorisaties=lijst, **naam)


def autorisaties_uit(
    installatie: Installatie, scopes: list[str], *, catalogus: str = "", va: str = HOOGSTE_VA
) -> list[Autorisatie]:
    """De scopes verdeeld over de componenten waar ze bij horen; `audittrails.lezen` geldt overal waar er types zijn.

    Zij gelden voor alle types (ook toekomstige), of alleen die van `catalogus` (een domein), tot en met `va`.
    """
    per_component: dict[Component, list[str]] = {}
    for scope in scopes:
        soort = scope.partition(".")[0]
        if soort != "audittrails" and soort not in COMPONENTEN:
            raise StartFout(f"Onbekende scope: {scope}")
        for component in TYPEN if soort == "audittrails" else (COMPONENTEN[soort],):
            per_component.setdefault(component, []).append(scope)
    typen = _catalogus(installatie, catalogus) if catalogus else ""
    return [_begrensd(voor_alle_types(installatie, deel, eigen), typen, va) for deel, eigen in per_component.items()]


def _begrensd(autorisatie: Autorisatie, typen: str, va: str) -> Autorisatie:
    if autorisatie.component not in TYPEN:
        return autorisatie
    velden = {TYPEN[autorisatie.component][0]: typen} if typen else {}
    if autorisatie.max_vertrouwelijkheidaanduiding:
        velden["max_vertrouwelijkheidaanduiding"] = va
    return autorisatie.model_copy(update=velden)


def _catalogus(installatie: Installatie, domein: str) -> str:
    client = CatalogiClient(installatie, namens="autorisaties")
    gevonden = client.vraag("GET", "catalogussen", params={"domein": domein})["results"]
    if len(gevonden) != 1:
        raise StartFout(f"Er {'is geen' if not gevonden else 'zijn meer'} catalogus met domein {domein}.")
    return str(gevonden[0]["url"])


def lees_autorisaties(bestand: Path) -> list[Autorisatie]:
    """De autorisaties uit een JSON-bestand: een lijst, of een applicatie met zo'n lijst."""
    try:
        inhoud = orjson.loads(bestand.read_bytes())
        lijst = inhoud["autorisaties"] if isinstance(inhoud, dict) else inhoud
        gelezen = TypeAdapter(list[Autorisatie]).validate_python(lijst)
    except (orjson.JSONDecodeError, KeyError, ValidationError) as fout:
        raise StartFout(f"{bestand} is geen lijst van autorisaties: {fout}") from None
    if not gelezen:
        raise StartFout(f"{bestand} heeft geen autorisaties; geef --alle-autorisaties als alles mag.")
    return gelezen


# tonen en verwijderen


def toon(installatie: Installatie, client_id: str | None) -> Iterator[str]:
    """Eén regel per client_id, of de autorisaties van dit ene."""
    met_geheim = set(_geheimen(installatie))
    applicaties = list(AutorisatiesClient(installatie, namens="autorisaties").applicaties())
    bekend = {deel: app for app in applicaties for deel in app.client_ids}
    if client_id is not None:
        if client_id not in met_geheim | bekend.keys():
            raise StartFout(f"{client_id} is hier niet bekend.")
        return iter(_details(client_id, bekend.get(client_id), geheim=client_id in met_geheim))
    namen = sorted((met_geheim | bekend.keys()) - {naam for naam in bekend if naam.startswith(EIGEN_PREFIX)})
    return (_regel(naam, bekend.get(naam), geheim=naam in met_geheim) for naam in namen)


def _regel(client_id: str, app: ApplicatieUit | None, *, geheim: bool) -> str:
    return f"{client_id}\t{'geheim' if geheim else 'geen geheim'}\t{app.label if app else '-'}\t{_samenvatting(app)}"


def _samenvatting(app: ApplicatieUit | None) -> str:
    if app is None:
        return "geen rechten"
    if app.heeft_alle_autorisaties:
        return "alle autorisaties"
    return ", ".join(sorted({deel.component for deel in app.autorisaties}))


def _details(client_id: str, app: ApplicatieUit | None, *, geheim: bool) -> list[str]:
    regels = [_regel(client_id, app, geheim=geheim)]
    for deel in app.autorisaties if app else ():
        type_ = deel.zaaktype or deel.informatieobjecttype or deel.besluittype
        grens = f" tot {deel.max_vertrouwelijkheidaanduiding}" if deel.max_vertrouwelijkheidaanduiding else ""
        regels.append(f"  {deel.component}: {', '.join(deel.scopes)}{f' op {type_}' if type_ else ''}{grens}")
    return regels


def _geheimen(installatie: Installatie) -> list[str]:
    with installatie.db.lezen() as verbinding:
        return list(verbinding.scalars(select(Toegangssleutel.client_id).where(Toegangssleutel.soort == "zgw")))


def verwijder(installatie: Installatie, client_id: str) -> bool:
    """Neem een client_id alles af; False als hij nergens bekend was."""
    zelfde = Toegangssleutel.soort == "zgw", Toegangssleutel.client_id == client_id
    with installatie.db.schrijven() as verbinding:
        had_geheim = verbinding.execute(delete(Toegangssleutel).where(*zelfde)).rowcount > 0
    vernieuw_versie(installatie, "toegang")
    client = AutorisatiesClient(installatie, namens="autorisaties")
    app = client.applicatie(client_id)
    if app is None:
        return had_geheim
    over = [deel for deel in app.client_ids if deel != client_id]
    try:
        if over:
            client.wijzig_applicatie(app.url, clientIds=over)
        else:
            client.verwijder_applicatie(app.url)
    except ApiFout as fout:
        raise StartFout(f"Het geheim van {client_id} is weg, maar zijn rechten nog niet: {fout}") from None
    return True
