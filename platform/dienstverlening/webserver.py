"""Granian met het platform al geladen: de webprocessen ontstaan als kopie daarvan.

Laden kost de meeste starttijd en het meeste geheugen. Zo gebeurt het één keer, en delen de processen wat geladen is.
"""

import gc

from granian.cli import entrypoint

import dienstverlening.web


def draai() -> None:
    """Start de webserver met de opties van de opdrachtregel, zoals `python -m granian`."""
    dienstverlening.web.spaar_de_opruimer()
    gc.disable()  # de ouder doet hierna niets meer; opruimen zou het gedeelde geheugen kopiëren
    entrypoint()  # type: ignore[no-untyped-call]  # granian geeft hier geen type


if __name__ == "__main__":
    draai()
