"""Beheer van sjablonen, onder /beheer/sjablonen: nakijken, een voorbeeld maken, en elke eerdere versie terugzien of terugzetten.

De editor zelf (`processen.sjablonen.editor`, `templates/sjablonen/_editor.html`, `frontend/bron/brief`) gebruikt de werkbank ook.
"""

from pathlib import Path

from huisstijl import Catalogus
from processen.sjablonen.app import deel

TEKSTEN = Catalogus.lees(Path(__file__).parent / "vertalingen")
"""De vertalingen van de editor, voor een app die haar ook toont."""

__all__ = ["TEKSTEN", "deel"]
