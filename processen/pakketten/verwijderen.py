"""Een pakket weghalen: de dienst stopt eerst, zodat er niets nieuws begint. Wat gepubliceerd is en waar zaken onder hangen, blijft in de registraties."""

from sqlalchemy import func, select

from integratie.configuratie import FORMULIER, PROCESPAKKET, REFERENTIELIJST, SJABLOON, VERZENDREGEL, Configuratie
from kern.installatie import Installatie
from processen.motor import Motor
from processen.motor.tabellen import Instantie
from processen.pakketten.afhankelijk import gebruikt_door
from processen.pakketten.formaat import PakketFout
from processen.pakketten.stoppen import UITGEFASEERD, stop_dienst

NAMENS = "processen"


def verwijder(installatie: Installatie, motor: Motor, naam: str) -> list[str]:
    """Stop de dienst, trek de processen in en haal de inrichting weg; geef wat er weg is. `PakketFout` als er nog instanties lopen.

    De producten blijven, met het einde erbij: wat bij uitfaseren over waarheen gezegd is blijft dan ook.
    """
    client = Configuratie(installatie, namens=NAMENS)
    hier = client.haal(PROCESPAKKET, naam)
    if hier is None:
        raise PakketFout([f"pakket {naam} is hier niet geïnstalleerd"])
    gebruikers = gebruikt_door(installatie, naam)
    if gebruikers:
        raise PakketFout([f"pakket {naam} is nodig voor {ander}" for ander in gebruikers])
    weg = _trek_in(installatie, motor, naam)
    if not hier.get(UITGEFASEERD):
        stop_dienst(installatie, naam, [deel["code"] for deel in hier.get("bron", {}).get("producten", ())], {})
    for soort in (FORMULIER, SJABLOON, VERZENDREGEL, REFERENTIELIJST):
        for deel in [deel for deel in client.alle(soort) if deel.get("pakket") == naam]:
            client.verwijder(soort, deel["sleutel"])
            weg.append(f"{soort.naam} {deel['sleutel']}")
    client.verwijder(PROCESPAKKET, naam)
    return weg


def _trek_in(installatie: Installatie, motor: Motor, naam: str) -> list[str]:
    """Trek alle definities van het pakket in, tenzij er nog instanties van lopen; dan verandert er niets."""
    with installatie.db.schrijven() as verbinding:
        eigen = [definitie for definitie in motor.definities.lijst(verbinding) if definitie.pakket == naam]
        lopend = select(Instantie.sleutel, func.count()).where(
            Instantie.staat == "loopt", Instantie.sleutel.in_([definitie.sleutel for definitie in eigen])
        )
        bezig = [
            f"{sleutel}: er lopen nog {aantal} instanties"
            for sleutel, aantal in verbinding.execute(lopend.group_by(Instantie.sleutel))
        ]
        if bezig:
            raise PakketFout(bezig)
        actief = [definitie for definitie in eigen if definitie.staat == "actief"]
        for definitie in actief:
            motor.trek_in(verbinding, definitie.id)
    return [f"proces {definitie.sleutel}" for definitie in actief]
