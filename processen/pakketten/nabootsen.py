"""De bouwblokken die een scenario nabootst, op de installatie van dat scenario."""

from contracten import Afspraak, Bouwblokken, boots_na
from kern.installatie import Installatie
from processen.motor import Motor
from processen.pakketten.scenario import Scenario


def boots_blokken_na(installatie: Installatie, motor: Motor, scenario: Scenario) -> list[str]:
    """Vervang ze in deze motor en laat die het outbox-werk doen; geef wat er niet kan, en verander dan niets."""
    if not scenario.bouwblokken:
        return []
    blokken, fouten = dict(motor.bouwblokken), []
    for sleutel, gegeven in scenario.bouwblokken.items():
        delen = gegeven if isinstance(gegeven, list) else [gegeven]
        try:
            blokken[sleutel] = boots_na(blokken[sleutel], [Afspraak(**deel.model_dump()) for deel in delen])
        except KeyError:
            fouten.append(f"bouwblokken.{sleutel}: dit bouwblok bestaat niet")
        except ValueError as fout:
            fouten.append(f"bouwblokken.{sleutel}: {fout}")
    if not fouten:
        motor.bouwblokken = Bouwblokken(blokken.values())
        installatie.stel_samen(installatie.wsgi, motor.verwerkers())
    return fouten
