"""De werkbank: een functioneel beheerder maakt en wijzigt procespakketten op schermen, en publiceert ze.

tabellen      wat er bewaard wordt: de werkversie met haar bestanden, de stappen terug, de proeven en de aanvragen
werkplaats    de werkversie: openen, lezen, bewaren, ongedaan maken (zie docs/modelleren.md)
uitgaven      publiceren, versies bewaren en terugdraaien
nakijken      de controle, met een adres bij elke bevinding
proeven       scenario's spelen in de worker
app           de schermen, en het JSON-eindpunt van de tekenvlakken
"""

from processen.modelleren.onderdeel import maak_deel
from processen.modelleren.werkplaats import Botsing, GeenPakket, Werkplaats, Wie

__all__ = ["Botsing", "GeenPakket", "Werkplaats", "Wie", "maak_deel"]
