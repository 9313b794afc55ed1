"""`dienstverlening applicatie`: andere systemen toegang geven tot de ZGW-API's van deze installatie."""

from pathlib import Path

import click
from sqlalchemy.dialects.postgresql import insert

from dienstverlening.inrichten import TYPEN, voor_alle_types
from dienstverlening.opstarten import StartFout, lees, met_motoren
from dienstverlening.samenstellen import maak_platform
from integratie.autorisaties import AutorisatiesClient
from integratie.autorisaties.schemas import ApplicatieIn, Autorisatie, Component
from kern.installatie import Installatie
from kern.machines import EIGEN_PREFIX
from kern.tabellen import Toegangssleutel
from kit.versies import vernieuw_versie

KORTSTE_GEHEIM = 32  # bytes; HS256 vraagt er zoveel (RFC 7518)
COMPONENTEN: dict[str, Component] = {
    "zaken": "zrc",
    "documenten": "drc",
    "besluiten": "brc",
    "catalogi": "ztc",
    "autorisaties": "ac",
    "notificaties": "nrc",
}


@click.group()
def applicatie() -> None:
    """Applicaties van anderen: wie met welk geheim en welke rechten de API's gebruikt."""


@applicatie.command()
@click.argument("client_id")
@click.option("--secret", required=True, help="Het geheim waarmee de applicatie haar JWT's ondertekent.")
@click.option("--alle-autorisaties", is_flag=True, help="Alles toestaan.")
@click.option("--scopes", default="", help="Scopes met komma's, voor alle types: zaken.lezen,documenten.lezen")
@click.option("--zwak-geheim", is_flag=True, help="Sta een geheim van minder dan 32 bytes toe.")
@click.option("--data", type=click.Path(path_type=Path), help="Datamap; anders DATA, anders ./data.")
def toevoegen(client_id: str, secret: str, alle_autorisaties: bool, scopes: str, zwak_geheim: bool, data: Path) -> None:
    """Geef CLIENT_ID toegang met een geheim en rechten; bestaat hij al, dan vervangen deze de oude."""
    eis_goed_geheim(client_id, secret, zwak_geheim=zwak_geheim)
    lijst = [scope.strip() for scope in scopes.split(",") if scope.strip()]
    if alle_autorisaties == bool(lijst):
        raise click.UsageError("Geef --alle-autorisaties of --scopes, een van beide.")
    with met_motoren(lees(data=data)) as instellingen:
        installatie = maak_platform(instellingen)
        try:
            bewaar_geheim(installatie, client_id, secret)
            zet_rechten(installatie, client_id, lijst)
        finally:
            installatie.sluit()
    click.echo(f"{client_id} heeft toegang.")


def eis_goed_geheim(client_id: str, secret: str, *, zwak_geheim: bool) -> None:
    """Geef `StartFout` bij een te kort geheim (met `zwak_geheim` een waarschuwing), of een naam van onszelf."""
    if client_id.startswith(EIGEN_PREFIX):
        raise StartFout(f"Namen die met {EIGEN_PREFIX} beginnen zijn van het platform zelf.")
    if len(secret.encode()) >= KORTSTE_GEHEIM:
        return
    tekst = f"Het geheim is korter dan {KORTSTE_GEHEIM} bytes en daarmee te raden"
    if not zwak_geheim:
        raise StartFout(f"{tekst}; neem een langer geheim, of geef --zwak-geheim.")
    click.echo(f"Let op: {tekst}.", err=True)


def bewaar_geheim(installatie: Installatie, client_id: str, secret: str) -> None:
    """Bewaar het geheim van een client_id versleuteld; elk proces gebruikt het meteen."""
    geheim = installatie.kluis.encrypt(secret.encode())
    rij = insert(Toegangssleutel).values(soort="zgw", client_id=client_id, geheim=geheim, rechten={})
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(rij.on_conflict_do_update(index_elements=["soort", "client_id"], set_={"geheim": geheim}))
    vernieuw_versie(installatie, "toegang")


def zet_rechten(installatie: Installatie, client_id: str, scopes: list[str]) -> None:
    """Zet de rechten van een client_id: deze scopes voor alle types, of alles als er geen scopes zijn."""
    client = AutorisatiesClient(installatie, namens="autorisaties")
    gewenst = ApplicatieIn(
        client_ids=[client_id],
        label=client_id,
        heeft_alle_autorisaties=not scopes,
        autorisaties=autorisaties_uit(installatie, scopes),
    )
    bestaand = client.applicatie(client_id)
    if bestaand is None:
        client.maak_applicatie(gewenst)
    else:
        client.wijzig_applicatie(
            bestaand.url,
            heeftAlleAutorisaties=gewenst.heeft_alle_autorisaties,
            autorisaties=[deel.als_json() for deel in gewenst.autorisaties],
        )


def autorisaties_uit(installatie: Installatie, scopes: list[str]) -> list[Autorisatie]:
    """De scopes verdeeld over de componenten waar ze bij horen; `audittrails.lezen` geldt overal waar er types zijn."""
    per_component: dict[Component, list[str]] = {}
    for scope in scopes:
        soort = scope.partition(".")[0]
        if soort != "audittrails" and soort not in COMPONENTEN:
            raise StartFout(f"Onbekende scope: {scope}")
        for component in TYPEN if soort == "audittrails" else (COMPONENTEN[soort],):
            per_component.setdefault(component, []).append(scope)
    return [voor_alle_types(installatie, component, deel) for component, deel in per_component.items()]
