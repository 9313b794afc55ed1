"""De BAG: adressen en wat eraan staat, met de BAG API Individuele Bevragingen van het Kadaster (versie 2)."""

from integratie.bag.client import BagClient, maak_bag_client
from integratie.bag.schemas import BagAdres

__all__ = ["BagAdres", "BagClient", "maak_bag_client"]
