"""De formulieren van het KCC: zoeken, een vraag in een gesprek, en een contactverzoek afhandelen."""

from collections.abc import Sequence
from typing import Any

from wtforms import Form

from huisstijl import lui
from huisstijl.controles import Lengte
from huisstijl.velden import (
    BsnVeld,
    DatumVeld,
    EmailVeld,
    GetalVeld,
    KeuzeVeld,
    Optie,
    PostcodeVeld,
    SelectVeld,
    TekstvakVeld,
    TekstVeld,
    TelefoonVeld,
)

LANGSTE_NOTITIE = 1000


class OpBsn(Form):
    bsn = BsnVeld(lui("Burgerservicenummer"), hulptekst=lui("Negen cijfers."))


class OpNaam(Form):
    geslachtsnaam = TekstVeld(
        lui("Achternaam"), hulptekst=lui("Zonder voorvoegsel. Na drie letters mag een *."), controles=[Lengte(1, 200)]
    )
    geboortedatum = DatumVeld(lui("Geboortedatum"))
    voornamen = TekstVeld(lui("Voornamen"), verplicht=False)


class OpAdres(Form):
    postcode = PostcodeVeld(lui("Postcode"))
    huisnummer = GetalVeld(lui("Huisnummer"), decimalen=0)
    huisletter = TekstVeld(lui("Huisletter"), verplicht=False, breedte=4, controles=[Lengte(0, 1)])
    toevoeging = TekstVeld(lui("Toevoeging"), verplicht=False, breedte=8, controles=[Lengte(0, 4)])


class OpBedrijf(Form):
    zoek = TekstVeld(lui("KVK-nummer of naam van het bedrijf"), controles=[Lengte(2, 200)])


class OpContactgegeven(Form):
    adres = TekstVeld(lui("Telefoonnummer of e-mailadres"), controles=[Lengte(5, 80)])


class OpZaak(Form):
    zaaknummer = TekstVeld(lui("Zaaknummer"), controles=[Lengte(1, 40)])


REDENEN = (
    Optie("verzoek", lui("De klant vraagt er zelf naar")),
    Optie("vertegenwoordiging", lui("Ik controleer of iemand namens de klant mag bellen")),
    Optie("product", lui("Nodig voor de aanvraag of melding van de klant")),
)


class GezinReden(Form):
    reden = KeuzeVeld(lui("Waarom hebt u deze gegevens nodig?"), opties=REDENEN)


KANALEN = (
    Optie("telefoon", lui("Telefoon")),
    Optie("balie", lui("Balie")),
    Optie("email", lui("E-mail")),
    Optie("chat", lui("Chat")),
    Optie("post", lui("Post")),
)
UITKOMSTEN = (
    Optie("beantwoord", lui("De vraag is beantwoord")),
    Optie("doorverbonden", lui("Doorverbonden met een collega")),
    Optie("contactverzoek", lui("Een collega neemt contact op (contactverzoek)")),
    Optie("niet_bereikt", lui("De klant is niet bereikt")),
)


class Gespreksformulier(Form):
    kanaal = SelectVeld(lui("Hoe kwam het contact?"), opties=KANALEN)


def vraagformulier(afdelingen: Sequence[Optie]) -> type[Form]:
    """Het formulier van één vraag in een gesprek; de afdelingen komen uit Klantinteracties."""

    class Vraagformulier(Form):
        onderwerp = TekstVeld(lui("Waar gaat de vraag over?"), controles=[Lengte(2, 200)])
        notitie = TekstvakVeld(lui("Notitie"), verplicht=False, controles=[Lengte(0, LANGSTE_NOTITIE)])
        zaaknummer = TekstVeld(lui("Zaaknummer"), verplicht=False, controles=[Lengte(0, 40)])
        uitkomst = KeuzeVeld(lui("Hoe is het contact afgelopen?"), opties=UITKOMSTEN)
        afdeling = SelectVeld(lui("Welke afdeling neemt contact op?"), verplicht=False, opties=afdelingen)
        gevraagd = TekstVeld(lui("Wat moet de collega doen?"), verplicht=False, controles=[Lengte(0, 200)])
        naam = TekstVeld(lui("Naam van de klant"), verplicht=False, controles=[Lengte(0, 200)])
        telefoon = TelefoonVeld(lui("Telefoonnummer van de klant"), verplicht=False)
        email = EmailVeld(lui("E-mailadres van de klant"), verplicht=False)

        def validate(self, *args: Any, **kw: Any) -> bool:
            """Een contactverzoek heeft een afdeling, een vraag en iets om de klant mee te bereiken."""
            geldig: bool = super().validate(*args, **kw)
            return self._contactverzoek_is_volledig() and geldig if self.uitkomst.data == "contactverzoek" else geldig

        def _contactverzoek_is_volledig(self) -> bool:
            eisen = [
                (self.afdeling, self.afdeling.data, lui("Kies een afdeling.")),
                (self.gevraagd, self.gevraagd.data, lui("Vul in wat de collega moet doen.")),
                (
                    self.telefoon,
                    self.telefoon.getoond() or self.email.getoond(),
                    lui("Vul een telefoonnummer of e-mailadres in."),
                ),
            ]
            fouten = [(veld, tekst) for veld, waarde, tekst in eisen if not waarde]
            for veld, tekst in fouten:
                veld.errors = [*veld.errors, tekst]
            return not fouten

    return Vraagformulier


AFHANDELINGEN = (
    Optie("verwerkt", lui("De klant is geholpen")),
    Optie("niet_bereikt", lui("De klant is niet bereikt, later opnieuw")),
    Optie("doorzetten", lui("Doorzetten naar een andere afdeling")),
)


def afhandelformulier(afdelingen: Sequence[Optie]) -> type[Form]:
    """Wat een collega met een contactverzoek deed."""

    class Afhandelformulier(Form):
        actie = KeuzeVeld(lui("Wat is er gebeurd?"), opties=AFHANDELINGEN)
        notitie = TekstvakVeld(lui("Notitie"), controles=[Lengte(2, 400)])
        afdeling = SelectVeld(lui("Naar welke afdeling?"), verplicht=False, opties=afdelingen)

        def validate(self, *args: Any, **kw: Any) -> bool:
            """Doorzetten vraagt een afdeling."""
            geldig: bool = super().validate(*args, **kw)
            if self.actie.data == "doorzetten" and not self.afdeling.data:
                self.afdeling.errors = [lui("Kies een afdeling.")]
                return False
            return geldig

    return Afhandelformulier
