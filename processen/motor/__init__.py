"""De procesmotor: BPMN 2.0 met FEEL, duurzaam en herstelbaar, achter één klasse `Motor`.

    motor = Motor(installatie, bouwblokken, functies, taakpoort)
    with installatie.db.schrijven() as verbinding:
        motor.zet_neer(verbinding, bpmn, [dmn], pakket="toeristische-verhuur")
        motor.start(verbinding, verzoek_uuid, "vergunning", {"verzoek": verzoek_url})
        motor.taak_afgerond(verbinding, kenmerk, {"akkoord": True}, door="jan")
        motor.bericht(verbinding, "betaald", zaak_uuid, {"bedrag": 10}, uniek_id=notificatie_id)

Wie een installatie samenstelt geeft `motor.verwerkers()` aan de outbox. Fouten staan in `processen.motor.fouten`.
"""

from processen.motor.definities import DefinitieInfo
from processen.motor.fouten import Bevinding, ModelGeweigerd, MotorFout, NietGevonden, StapFout, TeGroot
from processen.motor.herstel import HerstelFout
from processen.motor.motor import Motor
from processen.motor.overzicht import IncidentInfo, InstantieInfo, Regel, WachtendInfo
from processen.motor.taken import GeenTaken, TaakOpdracht, TaakPoort

__all__ = [
    "Bevinding",
    "DefinitieInfo",
    "GeenTaken",
    "HerstelFout",
    "IncidentInfo",
    "InstantieInfo",
    "ModelGeweigerd",
    "Motor",
    "MotorFout",
    "NietGevonden",
    "Regel",
    "StapFout",
    "TaakOpdracht",
    "TaakPoort",
    "TeGroot",
    "WachtendInfo",
]
