"""De toelichting van een besluit: de motivering, en daaronder op eigen regels waar het besluit op berust.

De standaard kent voor dit alles één tekstveld; wie schrijft en wie leest gebruiken daarom dezelfde vorm.
"""

from dataclasses import dataclass

KENMERKEN = ("Grondslag", "Mandaat", "Ondertekenaar")
OVERIGE = ("Zienswijze", "Reden", "Vervangt", "Vervangen door", "Trekt in", "Ingetrokken door", "Automatisch")


@dataclass(frozen=True)
class Toelichting:
    """De `motivering` (alinea's met een lege regel ertussen) en de `verantwoording`: (kenmerk, waarde), met kenmerken uit `KENMERKEN` en `OVERIGE`."""

    motivering: str = ""
    verantwoording: tuple[tuple[str, str], ...] = ()

    def als_tekst(self) -> str:
        """Voor het veld `toelichting` van een besluit."""
        regels = "\n".join(f"{kenmerk}: {waarde}" for kenmerk, waarde in self.verantwoording)
        return "\n\n".join(filter(None, (self.motivering.strip(), regels)))

    def met(self, kenmerk: str, waarde: str) -> "Toelichting":
        """Dezelfde toelichting met dit kenmerk erbij, of met een nieuwe waarde daarvoor."""
        overig = tuple(paar for paar in self.verantwoording if paar[0] != kenmerk)
        return Toelichting(self.motivering, (*overig, (kenmerk, waarde)))

    def kenmerk(self, kenmerk: str) -> str:
        """De waarde van dit kenmerk; leeg als het er niet bij staat."""
        return dict(self.verantwoording).get(kenmerk, "")

    @classmethod
    def lees(cls, tekst: str) -> "Toelichting":
        """Uit zo'n veld; eindigt de tekst niet op onze regels, dan is alles motivering."""
        motivering, _, slot = tekst.strip().rpartition("\n\n")
        paren = [_kenmerk(regel) for regel in slot.splitlines()]
        if not paren or any(paar is None for paar in paren):
            return cls(tekst.strip())
        return cls(motivering.strip(), tuple(paar for paar in paren if paar))


def _kenmerk(regel: str) -> tuple[str, str] | None:
    kenmerk, _, waarde = regel.partition(": ")
    return (kenmerk, waarde.strip()) if kenmerk in (*KENMERKEN, *OVERIGE) else None
