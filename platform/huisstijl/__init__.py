"""
De huisstijl: paginaschil, componenten, formuliervelden en vertalingen voor alle schermen van het platform.

Een onderdeel doet één aanroep en schrijft daarna sjablonen:

    from huisstijl import Navigatiepunt, registreer

    registreer(app, titel="Mijn gemeente", navigatie=lambda: [Navigatiepunt("Mijn zaken", "/mijn/zaken", teller=2)])

    {% extends "basis.html" %}
    {% block titel %}{{ _("Mijn zaken") }}{% endblock %}
    {% block inhoud %}
    {{ c.kop(_("Mijn zaken"), 1) }}
    {{ c.takenlijst(taken) }}
    {% endblock %}

* `c` zijn de componenten (templates/componenten.html; elke macro heeft daar een regel uitleg). `huisstijl.voorbeeldpagina`
  toont ze allemaal: `python -m huisstijl.voorbeeldpagina`.
* Teksten zijn Nederlands; de Engelse staan in `<onderdeel>/vertalingen/en.json` (geef de map mee als `vertalingen`).
  In sjablonen `_("…%(naam)s", naam=…)`, in Python `vertaal` en (bij het laden van een module) `lui`.
* Filters: datum, tijdstip, maand_en_jaar, bedrag, getal, bsn_gemaskeerd, bestandsgrootte.
* Velden voor WTForms: `huisstijl.velden`; controles: `huisstijl.controles`.
* CSS en JS komen uit `frontend/` en worden gebouwd met `python tools/bouw_voorkant.py`.
"""

from huisstijl.schil import Gebruiker, Huisstijl, Navigatiepunt, Sessie, Voetkolom, registreer, vul_aan
from huisstijl.taal import (
    Catalogus,
    huidige_taal,
    in_taal,
    kies,
    lui,
    uit_verzoek,
    vertaal,
    vertaal_aantal,
    vertaal_uit,
)

__all__ = [
    "Catalogus",
    "Gebruiker",
    "Huisstijl",
    "Navigatiepunt",
    "Sessie",
    "Voetkolom",
    "huidige_taal",
    "in_taal",
    "kies",
    "lui",
    "registreer",
    "uit_verzoek",
    "vertaal",
    "vertaal_aantal",
    "vertaal_uit",
    "vul_aan",
]
