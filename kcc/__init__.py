"""De schermen van het klantcontactcentrum: klant zoeken, klantbeeld, contact vastleggen en contactverzoeken afhandelen."""

from kcc.app import deel

__all__ = ["deel"]
