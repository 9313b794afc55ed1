"""`dienstverlening demo`: een compleet platform met een voorbeeldgemeente, in één opdracht."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import httpx

from dienstverlening import opdrachten
from dienstverlening.kinderen import Kinderen
from dienstverlening.opstarten import StartFout, lees, met_motoren, omgeving, onthoud
from dienstverlening.stand import is_bij, zet_bij
from kern.instellingen import Instellingen

GEDULD = 120.0  # de eerste start installeert alle pakketten; op een drukke of trage machine duurt dat
SCHERMEN = {
    "Producten en zoeken": "/",
    "MijnGemeente": "/mijn/",
    "Werkplek medewerkers": "/werkplek/",
    "Klantcontactcentrum": "/kcc/",
    "Zaken behandelen": "/behandelen/",
    "Procespakketten": "/beheer/pakketten/",
    "Postvak en simulatoren": "/simulatoren/",
}


def demo(data: Path | None, poort: int | None) -> None:
    """Start alles en blijf draaien tot Ctrl-C of SIGTERM."""
    begin = time.monotonic()
    vooraf = lees(omgeving="demo", data=data, poort=poort)
    opdrachten.eis_vrije_poort(vooraf.luister_op, vooraf.poort)
    with met_motoren(vooraf, alleen_eigenaar=True) as instellingen:
        _werk_bij(vooraf, instellingen)
        kinderen = _kinderen(instellingen)
        kinderen.start()
        kinderen.draai(Welkom(instellingen, begin))
    click.echo("Gestopt. De gegevens blijven bewaard.")


def _werk_bij(vooraf: Instellingen, instellingen: Instellingen) -> None:
    """Werk de installatie bij, tenzij deze code dat op deze datamap al deed: dat scheelt het laden van het hele platform."""
    onthoud(instellingen)
    if is_bij(vooraf):
        return
    from dienstverlening.bijwerken import werk_installatie_bij  # noqa: PLC0415 - alleen als het moet

    werk_installatie_bij(instellingen)
    zet_bij(vooraf)


def _kinderen(instellingen: Instellingen) -> Kinderen:
    """Web en workers, en een eigen mailserver tenzij er een is ingesteld."""
    lopend = {**opdrachten.web(instellingen), **opdrachten.workers(instellingen)}
    if not instellingen.smtp_url:
        smtp_url = f"smtp://127.0.0.1:{opdrachten.vrije_poort('127.0.0.1')}"
        instellingen = instellingen.model_copy(update={"smtp_url": smtp_url})
        lopend |= opdrachten.postvak()
    return Kinderen(lopend, omgeving(instellingen), log_map=log_map(instellingen))


def log_map(instellingen: Instellingen) -> Path:
    """Waar de logs van web en worker staan."""
    return instellingen.data.absolute() / "log"


@dataclass
class Welkom:
    """Meldt één keer de adressen, zodra het webproces antwoordt; antwoordt het niet, dan is dat een `StartFout`."""

    instellingen: Instellingen
    begin: float
    gemeld: bool = False

    def __call__(self) -> None:
        if self.gemeld:
            return
        if self._antwoordt():
            self.gemeld = True
            click.echo(welkomsttekst(self.instellingen, time.monotonic() - self.begin))
        elif time.monotonic() - self.begin > GEDULD:
            raise StartFout(
                f"De webserver antwoordt niet binnen {GEDULD:.0f} seconden; zie {log_map(self.instellingen)}"
            )

    def _antwoordt(self) -> bool:
        try:
            return httpx.get(
                f"http://{self.instellingen.luister_op}:{self.instellingen.poort}/gezond", timeout=2
            ).is_success
        except httpx.HTTPError:
            return False


def welkomsttekst(instellingen: Instellingen, seconden: float) -> str:
    """De adressen waar iemand kan beginnen, en als wie."""
    kop = f"{instellingen.gemeente_naam} draait (gestart in {seconden:.1f} s). Stop met Ctrl-C."
    adressen = [(naam, f"{instellingen.adres}{pad}") for naam, pad in SCHERMEN.items()]
    regels = [*adressen, ("Logs", str(log_map(instellingen)))]
    return "\n".join(
        [
            "",
            kop,
            "",
            *_uitgelijnd(regels),
            "",
            "Inloggen kan zonder wachtwoord, bijvoorbeeld als:",
            "",
            *_uitgelijnd(_aanmeldingen()),
            "",
        ]
    )


def _uitgelijnd(regels: Iterable[tuple[str, str]]) -> list[str]:
    return [f"  {links:<22} {rechts}" for links, rechts in regels]


def _aanmeldingen() -> Iterator[tuple[str, str]]:
    """Van elk inlogmiddel iemand, en een medewerker per stel rollen; op de inlogpagina staan ze allemaal."""
    from simulatoren.brp.bevolking import Bevolking  # noqa: PLC0415 - pas als web al draait
    from simulatoren.oidc.aanbod import alle_middelen  # noqa: PLC0415

    for middel in alle_middelen(Bevolking.voorbeeldstad()).values():
        eersten = {tuple(persoon.claims.get("roles", ())): persoon for persoon in reversed(middel.personen)}
        for persoon in reversed(eersten.values()):
            yield middel.titel, f"{persoon.titel} – {persoon.toelichting}" if persoon.toelichting else persoon.titel
