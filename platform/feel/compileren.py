"""Van syntaxboom naar closures: de tabel van makers en de ingang voor wie compileert."""

from __future__ import annotations

from collections.abc import Mapping

from feel import compileren_basis, compileren_lussen, compileren_testen
from feel.bouwer import Bouwer, Extern
from feel.functies import INGEBOUWD
from feel.typen import Soort
from feel.waarden import Ingebouwd

_MAKERS = {**compileren_basis.MAKERS, **compileren_testen.MAKERS, **compileren_lussen.MAKERS}


def bouwer(
    extra: Mapping[str, Ingebouwd] | None = None,
    soorten: Mapping[str, Soort] | None = None,
    extern: Extern | None = None,
) -> Bouwer:
    """Een bouwer met de ingebouwde functies, die van de aanroeper, en de gedeclareerde soorten."""
    return Bouwer(_MAKERS, {**INGEBOUWD, **(extra or {})}, soorten or {}, extern)
