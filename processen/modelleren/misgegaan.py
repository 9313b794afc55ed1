"""Wat er in een proefrun misging, in gewone taal; wat de techniek ervan zegt staat er apart bij."""

from collections.abc import Mapping
from typing import Any, Final

from huisstijl import lui
from integratie.basis import ApiFout, NietBereikbaar
from processen.motor import MotorFout
from processen.pakketten.formaat import PakketFout
from processen.pakketten.indienen import ScenarioFout

ONBEREIKBAAR, GEWEIGERD, PAKKET, STAP, ANDERS = "onbereikbaar", "geweigerd", "pakket", "stap", "anders"
UITLEG: Final[Mapping[str, Any]] = {
    ONBEREIKBAAR: lui("Een dienst waar deze stap mee werkt antwoordt niet. Probeer het later nog eens, of kijk welke dienst de stap aanroept."),
    GEWEIGERD: lui("Een registratie neemt deze gegevens niet aan. Kijk of het formulier of de stap alles geeft wat de registratie vraagt."),
    PAKKET: lui("Deze werkversie kan niet worden geïnstalleerd. Het overzicht noemt elke fout, met een link naar de plek."),
    STAP: lui("Deze stap kan nu niet."),
    "uitdrukking": lui("Een formule in deze stap klopt niet, of gebruikt een naam die daar niet bestaat."),
    "beslissing": lui("Deze beslissing kan niet worden uitgerekend. Kijk of de tabel alle invoer krijgt en elke invoer een regel heeft."),
    "invoer": lui("Deze stap krijgt gegevens die er niet bij passen, of er ontbreekt iets. Kijk de invoer van de stap na."),
    "geen-pad": lui("Geen van de voorwaarden na deze keuze klopt. Maak er een die altijd mag, of pas een voorwaarde aan."),
    "bpmn-fout": lui("Deze stap geeft een fout die nergens in het proces wordt opgevangen."),
    "te-groot": lui("De gegevens van dit proces zijn samen te groot."),
    "te-veel-stappen": lui("Het proces blijft rondgaan zonder ergens te wachten."),
    "bouwblok": lui("Deze stap is mislukt."),
    ANDERS: lui("Het spelen is mislukt. Lukt het nog eens niet, vraag dan uw technisch beheerder om hulp."),
}  # fmt: skip
"""Per soort wat een beheerder leest."""
ONBEREIKBARE: Final = ("NietBereikbaar", "NietIngesteld", "BronNietBereikbaar", "ConnectError", "TimeoutException")


def melding_van(fout: Exception) -> str:
    """De melding zoals een proefrun haar bewaart: de soort, en op de volgende regels wat de fout zelf zegt."""
    if isinstance(fout, PakketFout):
        return "\n".join([PAKKET, *fout.fouten])
    if isinstance(fout, ApiFout):
        soort = ONBEREIKBAAR if isinstance(fout, NietBereikbaar) else GEWEIGERD
        return "\n".join([soort, " ".join(filter(None, (str(fout), fout.detail)))])
    soort = STAP if isinstance(fout, ScenarioFout | MotorFout) else ANDERS
    return f"{getattr(fout, 'soort', soort)}\n{fout}"


def lees_melding(melding: str) -> tuple[str, str]:
    """De soort en de rest; een melding zonder soort is helemaal de rest."""
    soort, _, rest = melding.partition("\n")
    return (soort, rest) if soort in UITLEG else ("", melding)


def soort_van_incident(soort: str, fout: str) -> str:
    """Een bouwblok dat mislukte zegt met zijn fout of de registratie weigerde of niet antwoordde."""
    if soort != "bouwblok":
        return soort if soort in UITLEG else ANDERS
    if fout.startswith(ONBEREIKBARE):
        return ONBEREIKBAAR
    return GEWEIGERD if fout.startswith("ApiFout") else soort
