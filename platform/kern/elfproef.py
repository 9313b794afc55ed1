"""De elfproef van BSN en RSIN. De bibliotheek voor nummers van elk land is voor één som te groot: elk proces heeft deze nodig."""

import re

_SCHEIDING = re.compile(r"[ .-]")
_CIJFERS = re.compile(r"[0-9]{9}")
_GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def voldoet_aan_elfproef(nummer: str) -> bool:
    """Is dit een BSN of RSIN? Spaties, punten en streepjes tellen niet mee, en nullen vooraan mogen ontbreken."""
    kaal = _SCHEIDING.sub("", nummer).zfill(9)
    if not _CIJFERS.fullmatch(kaal) or not int(kaal):
        return False
    return sum(gewicht * int(cijfer) for gewicht, cijfer in zip(_GEWICHTEN, kaal, strict=True)) % 11 == 0
