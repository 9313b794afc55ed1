"""Producten die ik heb: vergunningen, registraties en abonnementen."""

from integratie.producten.schemas import ProductUit
from mijngemeente.bladeren import Bladzijde
from mijngemeente.bronnen import Bronnen


def lees_producten(bron: Bronnen, bladzijde: Bladzijde) -> tuple[list[ProductUit], int]:
    """Eén bladzijde van mijn producten en het totaal, nieuwste eerst."""
    criteria = {**bron.ik.productcriteria, "ordering": "-start_datum"}
    pagina = bron.producten.zoek_producten(criteria, **bladzijde.params)
    return pagina.results, pagina.count
