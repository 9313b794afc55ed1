"""
WTForms-velden voor overheidsformulieren: lezen wat mensen typen, tonen wat ze bedoelden, en fouten waar iemand iets mee kan.

Gebruik in een formulier:

    class Adresformulier(Form):
        naam = TekstVeld("Uw naam", autocomplete="name")
        geboren = DatumVeld("Geboortedatum", hulptekst="Bijvoorbeeld 31 12 1980")
        soort = KeuzeVeld("Soort woning", opties=[Optie("koop", "Koopwoning"), Optie("huur", "Huurwoning")])

en in het sjabloon `{{ c.formulierveld(formulier.naam) }}`. Elk veld is verplicht, tenzij `verplicht=False`.
`data` is de gelezen waarde (str, Decimal, date, bool, list) of None/leeg.
"""

from huisstijl.velden.basis import Veld
from huisstijl.velden.bestand import BestandVeld
from huisstijl.velden.delen import AdresVeld, DatumVeld, Deelvak, DelenVeld
from huisstijl.velden.kaart import KaartVeld
from huisstijl.velden.keuze import JaNeeVeld, KeuzeVeld, MeerkeuzeVeld, MetOpties, Optie, SelectVeld, VinkjeVeld
from huisstijl.velden.tekst import (
    BedragVeld,
    BsnVeld,
    EmailVeld,
    GetalVeld,
    IbanVeld,
    KentekenVeld,
    PostcodeVeld,
    TekstvakVeld,
    TekstVeld,
    TelefoonVeld,
)

__all__ = [
    "AdresVeld",
    "BedragVeld",
    "BestandVeld",
    "BsnVeld",
    "DatumVeld",
    "Deelvak",
    "DelenVeld",
    "EmailVeld",
    "GetalVeld",
    "IbanVeld",
    "JaNeeVeld",
    "KaartVeld",
    "KentekenVeld",
    "KeuzeVeld",
    "MeerkeuzeVeld",
    "MetOpties",
    "Optie",
    "PostcodeVeld",
    "SelectVeld",
    "TekstVeld",
    "TekstvakVeld",
    "TelefoonVeld",
    "Veld",
    "VinkjeVeld",
]
