"""Bestanden meesturen."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms.validators import StopValidation

from huisstijl import controles, widgets
from huisstijl.taal import vertaal
from huisstijl.velden.basis import Veld


class BestandVeld(Veld):
    """Een of meer bestanden; `data` is een lijst `FileStorage`. `aanwezig` is wat er al staat (met `id`, `naam`, `grootte`).

    `hoogstens` telt de bestanden die er al staan mee.
    """

    widget = widgets.Bestandskeuze()

    def __init__(
        self, label: str | None = None, *, extensies: Sequence[str] = ("pdf", "jpg", "jpeg", "png"), meer: bool = True,
        grootste_mb: int = 50, hoogstens: int = 50, controles: Sequence[Callable[..., None]] = (), **overig: Any,
    ) -> None:  # fmt: skip
        regels = _bestandsregels(extensies, grootste_mb)
        super().__init__(label, controles=(regels, *controles), **overig)
        self.extensies = tuple(extensies)
        self.grootste_mb = grootste_mb
        self.meer = meer
        self.hoogstens = hoogstens if meer else 1
        self.aanwezig: Sequence[Mapping[str, Any]] = ()

    @property
    def accept(self) -> str:
        return ",".join(f".{extensie}" for extensie in self.extensies)

    @property
    def regeltekst(self) -> str:
        """Wat er mag, voor onder de vraag."""
        soorten = ", ".join(self.extensies)
        return vertaal("Soorten: %(soorten)s. Hoogstens %(mb)s MB per bestand.", soorten=soorten, mb=self.grootste_mb)

    def process_data(self, value: Any) -> None:
        self.data = []
        if value:
            self.aanwezig = list(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = [b for b in valuelist if isinstance(b, FileStorage) and b.filename]

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # vorm van WTForms
        al = len(self.aanwezig) if self.meer else 0  # één bestand vervangt het vorige
        if len(self.data) + al > self.hoogstens:
            raise StopValidation(vertaal("Kies er hoogstens %(aantal)s.", aantal=self.hoogstens))

    def is_leeg(self) -> bool:
        return not self.data and not self.aanwezig

    def leegmelding(self) -> str:
        return vertaal("Voeg een bestand toe bij “%(vraag)s”.", vraag=str(self.label.text))


def _bestandsregels(extensies: Sequence[str], grootste_mb: int) -> controles.Bestandsregels:
    return controles.Bestandsregels(extensies=extensies, grootste_mb=grootste_mb)
