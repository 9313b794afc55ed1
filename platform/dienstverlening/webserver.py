"""Granian met het platform al geladen: de webprocessen ontstaan als kopie daarvan.

Laden kost de meeste starttijd en het meeste geheugen. Zo gebeurt het één keer, en delen de processen wat geladen is.
"""

import gc


def draai() -> None:
    """Start de webserver met de opties van de opdrachtregel, zoals `python -m granian`.

    Zonder opruimer: bij het laden doorzoekt zij steeds alles wat er al is (een vijfde van de tijd), en daarna doet de ouder niets meer en zou
    opruimen het gedeelde geheugen kopiëren.
    """
    gc.disable()
    from granian.cli import entrypoint  # noqa: PLC0415

    import dienstverlening.web  # noqa: PLC0415  # eerst de opruimer uit

    dienstverlening.web.spaar_de_opruimer()
    gc.disable()
    entrypoint()  # type: ignore[no-untyped-call]  # granian geeft hier geen type


if __name__ == "__main__":
    draai()
