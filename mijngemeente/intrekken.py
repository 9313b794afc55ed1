"""Een aanvraag, klacht of bezwaar intrekken zolang er niet op beslist is."""

from collections.abc import Mapping
from typing import Any

from wtforms import Form

from huisstijl import lui
from huisstijl.velden import TekstvakVeld, VinkjeVeld
from integratie.intrekken import waarom_niet
from integratie.processen.schemas import IntrekkingIn
from mijngemeente.bronnen import Bronnen


class Intrekformulier(Form):
    """Bevestigen, en als iemand wil waarom."""

    reden = TekstvakVeld(
        lui("Waarom trekt u in?"), verplicht=False, hulptekst=lui("Dit hoeft niet. Het helpt ons wel.")
    )
    zeker = VinkjeVeld(lui("Ja, ik weet het zeker"), leeg=lui("Zet een vinkje als u zeker weet dat u wilt intrekken."))


def kan_intrekken(bron: Bronnen, zaak: Mapping[str, Any]) -> bool:
    """Kan de inwoner deze zaak nu intrekken?"""
    return not waarom_niet(bron, zaak["url"], zaak["zaaktype"], zaak["einddatum"])


def trek_in(bron: Bronnen, zaak: Mapping[str, Any], reden: str) -> None:
    """Leg de intrekking vast; `ApiFout` 400 als er intussen beslist is."""
    vandaag = bron.installatie.klok.vandaag()
    bron.processen.trek_in(IntrekkingIn(zaak=zaak["url"], hoe="mijngemeente", ontvangen=vandaag, reden=reden or ""))
