"""
Een ODT of DOCX als sjabloon: een behandelaar kan in het resultaat verder werken. Dezelfde velden en dezelfde FEEL als in HTML.

    {{ bedrag + 1 }}                 in een tekst, ook als er opmaak door de accolades loopt
    [[als bedrag > 0]] U betaalt …   aan het begin van een alinea: alleen als het waar is
    [[elk reden in redenen]] …       aan het begin van een alinea, lijstpunt of tabelrij: één keer per waarde

In een cel aan het begin van een rij geldt het voor de rij. Er is geen andere logica; wat op een andere sjabloontaal lijkt blijft tekst.

    controleer_sjabloon(sjabloon)        -> alle problemen van tekst en bestand samen
    controleer_bestand(inhoud, sjabloon) -> alle problemen: onbekende velden, macro's, verwijzingen naar buiten
    vul_bestand(inhoud, omgeving)        -> het ingevulde bestand
    tekst_uit(inhoud)                    -> de alinea's van een bestand, als voorbeeld
"""

from formuliermotor.kantoor.bestand import (
    GROOTSTE,
    MEDIATYPEN,
    bestand_van,
    controleer_bestand,
    controleer_sjabloon,
    soort_van,
    tekst_uit,
    vul_bestand,
)

__all__ = [
    "GROOTSTE", "MEDIATYPEN", "bestand_van", "controleer_bestand", "controleer_sjabloon", "soort_van", "tekst_uit",
    "vul_bestand",
]  # fmt: skip
