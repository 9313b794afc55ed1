"""De Notificaties API: schema's, client en het ontvangen van berichten."""

from integratie.notificaties.client import NotificatiesClient
from integratie.notificaties.ontvangst import Ontvanger

__all__ = ["NotificatiesClient", "Ontvanger"]
