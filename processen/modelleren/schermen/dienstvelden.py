"""De formulieren van product, zaaktype, brief en uitvoerregel, en heen en weer naar hun bestand."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import Form
from wtforms.validators import ValidationError

import feel
from huisstijl import lui, vertaal
from huisstijl.velden import BedragVeld, DatumVeld, KeuzeVeld, Optie, SelectVeld, TekstvakVeld, TekstVeld, VinkjeVeld

Inhoud = dict[str, Any]
RICHTINGEN = ("inkomend", "uitgaand", "intern")
_DUUR = re.compile(r"P(\d+)([DWMY])")
_EENHEDEN = {"D": lui("dagen"), "W": lui("weken"), "M": lui("maanden"), "Y": lui("jaar")}


# --- product ---------------------------------------------------------------------------------------------------------------


def nieuw_product(code: str, naam: str) -> Inhoud:
    """Een product met alleen wat moet."""
    return {
        "code": code, "naam": naam, "samenvatting": naam, "doelgroep": "burgers", "uniforme_product_naam": naam.lower(),
        "toegestane_statussen": ["actief"], "content": [], "prijzen": [], "links": [],
    }  # fmt: skip


def productformulier(formulieren: Iterable[str]) -> type[Form]:
    """De velden van een product; te kiezen zijn de aanvraagformulieren van het pakket."""
    opties = [Optie(f"/formulieren/{sleutel}", sleutel) for sleutel in formulieren]

    class Productformulier(Form):
        naam = TekstVeld(lui("Naam"), hulptekst=lui("Zoals inwoners het zoeken."))
        naam_en = TekstVeld(lui("Naam in het Engels"), verplicht=False)
        samenvatting = TekstvakVeld(
            lui("Samenvatting"), hulptekst=lui("Twee zinnen: voor wie is het, en wat krijgt iemand?")
        )
        samenvatting_en = TekstvakVeld(lui("Samenvatting in het Engels"), verplicht=False)
        doelgroep = KeuzeVeld(
            lui("Voor wie?"),
            opties=[Optie("burgers", lui("Inwoners")), Optie("bedrijven_en_instellingen", lui("Ondernemers"))],
        )
        voorwaarden = TekstvakVeld(
            lui("Voorwaarden"), verplicht=False, hulptekst=lui("Wanneer kan iemand dit aanvragen?")
        )
        voorwaarden_en = TekstvakVeld(lui("Voorwaarden in het Engels"), verplicht=False)
        aanpak = TekstvakVeld(
            lui("Hoe gaat het?"), verplicht=False, hulptekst=lui("Wat doet de inwoner, en wat doet de gemeente?")
        )
        aanpak_en = TekstvakVeld(lui("Hoe gaat het, in het Engels"), verplicht=False)
        bedrag = BedragVeld(lui("Wat kost het?"), verplicht=False, hulptekst=lui("Leeg is: er staat geen prijs bij."))
        vanaf = DatumVeld(lui("Vanaf wanneer geldt deze prijs?"), verplicht=False)
        formulier = SelectVeld(
            lui("Met welk formulier?"),
            verplicht=False,
            opties=opties,
            hulptekst=lui("Daarheen gaat de knop op de productpagina."),
        )
        knop = TekstVeld(lui("Tekst op de knop"), verplicht=False)
        trefwoorden = TekstVeld(
            lui("Trefwoorden"), verplicht=False, hulptekst=lui("Waarop mensen zoeken, met komma's ertussen.")
        )
        uniforme_product_naam = TekstVeld(
            lui("Uniforme productnaam"), hulptekst=lui("De naam uit de landelijke lijst (UPL), in kleine letters.")
        )

    return Productformulier


def product_naar_velden(product: Inhoud) -> dict[str, Any]:
    """De waarden van het formulier."""
    engels, prijs, link = product.get("engels") or {}, _eerste(product, "prijzen"), _eerste(product, "links")
    return {
        **{naam: product.get(naam, "") for naam in ("naam", "samenvatting", "doelgroep", "uniforme_product_naam")},
        "naam_en": engels.get("naam", ""), "samenvatting_en": engels.get("samenvatting", ""),
        **_stuk(product, "voorwaarden"), **_stuk(product, "aanpak"), "bedrag": prijs.get("bedrag"),
        "vanaf": date.fromisoformat(prijs["actief_vanaf"]) if prijs.get("actief_vanaf") else None, "formulier": link.get("url", ""),
        "knop": link.get("naam", ""), "trefwoorden": ", ".join(product.get("keywords", [])),
    }  # fmt: skip


def product_uit_velden(product: Inhoud, data: dict[str, Any]) -> Inhoud:
    """Het product met de ingevulde velden; wat hier niet te kiezen is blijft."""
    nieuw = {**product, **{n: data[n] for n in ("naam", "samenvatting", "doelgroep", "uniforme_product_naam")}}
    nieuw["keywords"] = [woord.strip() for woord in (data["trefwoorden"] or "").split(",") if woord.strip()]
    nieuw["content"] = _met_stukken(product.get("content", []), data)
    nieuw["prijzen"] = _met_prijs(product.get("prijzen", []), data)
    nieuw["links"] = _met_link(product.get("links", []), data)
    engels = {
        **(product.get("engels") or {}),
        "naam": data["naam_en"] or "",
        "samenvatting": data["samenvatting_en"] or "",
    }
    return _met_engels(nieuw, engels)


def _met_engels(product: Inhoud, engels: Inhoud) -> Inhoud:
    """Engels alleen als er iets staat; een naam en een samenvatting horen bij elkaar."""
    rest = {naam: waarde for naam, waarde in product.items() if naam != "engels"}
    if not (engels["naam"] or engels["samenvatting"]):
        return rest
    return {
        **rest,
        "engels": {
            **engels,
            "naam": engels["naam"] or product["naam"],
            "samenvatting": engels["samenvatting"] or product["samenvatting"],
        },
    }


def _eerste(product: Inhoud, naam: str) -> Inhoud:
    gevonden = product.get(naam) or [{}]
    eerste: Inhoud = gevonden[0]
    return eerste


def _stuk(product: Inhoud, label: str) -> dict[str, str]:
    gevonden: Inhoud = next((c for c in product.get("content", []) if label in c.get("labels", [])), {})
    return {label: gevonden.get("content", ""), f"{label}_en": gevonden.get("engels", "")}


def _met_stukken(content: list[Inhoud], data: dict[str, Any]) -> list[Inhoud]:
    uit = list(content)
    for label in ("voorwaarden", "aanpak"):
        plek = next((nr for nr, stuk in enumerate(uit) if label in stuk.get("labels", [])), None)
        tekst, engels = data[label] or "", data[f"{label}_en"] or ""
        if plek is not None and tekst:
            uit[plek] = {**uit[plek], "content": tekst, "engels": engels}
        elif plek is not None:
            del uit[plek]
        elif tekst:
            uit.append({"labels": [label], "content": tekst, "engels": engels})
    return uit


def _met_prijs(prijzen: list[Inhoud], data: dict[str, Any]) -> list[Inhoud]:
    if data["bedrag"] is None:
        return prijzen[1:]
    eerste = prijzen[0] if prijzen else {"beschrijving": data["naam"]}
    vanaf = data["vanaf"].isoformat() if data["vanaf"] else eerste.get("actief_vanaf", "2026-01-01")
    return [{**eerste, "bedrag": f"{data['bedrag']:.2f}", "actief_vanaf": vanaf}, *prijzen[1:]]


def _met_link(links: list[Inhoud], data: dict[str, Any]) -> list[Inhoud]:
    if not data["formulier"]:
        return links[1:]
    return [{"naam": data["knop"] or data["naam"], "url": data["formulier"]}, *links[1:]]


# --- zaaktype --------------------------------------------------------------------------------------------------------------


def _is_duur(_formulier: Any, veld: Any) -> None:
    if veld.data and not _DUUR.fullmatch(veld.data.strip().upper()):
        raise ValidationError(
            vertaal("Schrijf een duur als P8W (8 weken), P30D (30 dagen), P3M (3 maanden) of P1Y (1 jaar).")
        )


def duur_in_woorden(duur: str) -> str:
    """P8W als “8 weken”; een andere duur zoals hij er staat."""
    treffer = _DUUR.fullmatch(duur or "")
    return f"{treffer[1]} {vertaal(str(_EENHEDEN[treffer[2]]))}" if treffer else duur


class Zaaktypeformulier(Form):
    """De velden van een zaaktype die een dienst nodig heeft; de rest staat op de schermen van de catalogus."""

    omschrijving = TekstVeld(lui("Naam van het zaaktype"), invoerhulp={"maxlength": "80"})
    doel = TekstVeld(lui("Doel"), hulptekst=lui("Wat wil de gemeente met deze zaak bereiken?"))
    aanleiding = TekstVeld(lui("Aanleiding"), hulptekst=lui("Waardoor begint de zaak?"))
    onderwerp = TekstVeld(lui("Onderwerp"), invoerhulp={"maxlength": "80"})
    doorlooptijd = TekstVeld(
        lui("Hoelang mag het hoogstens duren?"),
        breedte=8,
        controles=(_is_duur,),
        hulptekst=lui("De wettelijke termijn, zoals P8W voor 8 weken."),
    )
    servicenorm = TekstVeld(
        lui("Hoe snel wil de gemeente klaar zijn?"),
        verplicht=False,
        breedte=8,
        controles=(_is_duur,),
        hulptekst=lui("Zoals P4W voor 4 weken."),
    )
    verantwoordelijke = TekstVeld(lui("Wie is verantwoordelijk?"))
    verlenging_mogelijk = VinkjeVeld(lui("De termijn mag verlengd worden"), verplicht=False)
    verlengingstermijn = TekstVeld(lui("Met hoeveel?"), verplicht=False, breedte=8, controles=(_is_duur,))
    opschorting_mogelijk = VinkjeVeld(lui("De zaak mag opgeschort worden"), verplicht=False)
    statustypen = TekstvakVeld(
        lui("Statussen"),
        hulptekst=lui(
            "Eén per regel, op volgorde; de laatste is het einde. Zet de tekst voor de inwoner erachter: Ontvangen | Wij hebben uw aanvraag."
        ),
    )
    documenttypen = TekstvakVeld(
        lui("Documenten"),
        verplicht=False,
        hulptekst=lui(
            "Eén per regel met de richting erachter: Ingediend formulier | inkomend. Of uitgaand, of intern."
        ),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Ook de regels per lijst."""
        goed = super().validate(extra_validators)
        if len(_regels(self.statustypen.data)) < 2:  # noqa: PLR2004  # begin en einde
            self.statustypen.errors = [vertaal("Er zijn minstens twee statussen: een begin en een einde.")]
        if any(deel[1] not in RICHTINGEN for deel in _regels(self.documenttypen.data)):
            self.documenttypen.errors = [vertaal("Zet achter elk document inkomend, uitgaand of intern.")]
        if self.verlenging_mogelijk.data and not self.verlengingstermijn.data:
            self.verlengingstermijn.errors = [vertaal("Vul in met hoeveel er verlengd mag worden.")]
        return goed and not self.errors


def _regels(tekst: Any) -> list[tuple[str, str]]:
    """Elke regel als (voor, na) het streepje."""
    delen = [regel.partition("|") for regel in str(tekst or "").splitlines() if regel.strip()]
    return [(voor.strip(), na.strip()) for voor, _, na in delen]


_ZAAKTYPEVELDEN = {
    "omschrijving": "omschrijving", "doel": "doel", "aanleiding": "aanleiding", "onderwerp": "onderwerp", "doorlooptijd": "doorlooptijd",
    "servicenorm": "servicenorm", "verantwoordelijke": "verantwoordelijke", "verlenging_mogelijk": "verlengingMogelijk",
    "verlengingstermijn": "verlengingstermijn", "opschorting_mogelijk": "opschortingEnAanhoudingMogelijk",
}  # fmt: skip


def zaaktype_naar_velden(zaaktype: Inhoud) -> dict[str, Any]:
    """De waarden van het formulier."""
    waarden = {veld: zaaktype.get(naam) for veld, naam in _ZAAKTYPEVELDEN.items()}
    waarden["opschorting_mogelijk"] = zaaktype.get("opschortingEnAanhoudingMogelijk", True)
    statussen = [
        f"{s['omschrijving']} | {s['statustekst']}" if s.get("statustekst") else s["omschrijving"]
        for s in zaaktype.get("statustypen", [])
    ]
    documenten = [f"{d['omschrijving']} | {d['richting']}" for d in zaaktype.get("documenttypen", [])]
    return {**waarden, "statustypen": "\n".join(statussen), "documenttypen": "\n".join(documenten)}


def zaaktype_uit_velden(zaaktype: Inhoud, data: dict[str, Any]) -> Inhoud:
    """Het zaaktype met de ingevulde velden; resultaten, rollen, eigenschappen en besluittypen blijven."""
    nieuw = dict(zaaktype)
    for veld, naam in _ZAAKTYPEVELDEN.items():
        waarde = (
            data[veld].strip().upper()
            if veld in ("doorlooptijd", "servicenorm", "verlengingstermijn") and data[veld]
            else data[veld]
        )
        nieuw.pop(naam, None)
        if waarde not in (None, ""):
            nieuw[naam] = waarde
        elif zaaktype.get(naam, "") is None:
            nieuw[naam] = None
    statussen = {s["omschrijving"]: s for s in zaaktype.get("statustypen", [])}
    nieuw["statustypen"] = [
        {**statussen.get(naam, {}), "omschrijving": naam, "statustekst": tekst}
        for naam, tekst in _regels(data["statustypen"])
    ]
    documenten = {d["omschrijving"]: d for d in zaaktype.get("documenttypen", [])}
    nieuw["documenttypen"] = [
        {**documenten.get(naam, {}), "omschrijving": naam, "richting": richting}
        for naam, richting in _regels(data["documenttypen"])
    ]
    return {naam: nieuw[naam] for naam in (*zaaktype, *nieuw) if naam in nieuw}


# --- brief -----------------------------------------------------------------------------------------------------------------


def nieuwe_brief(soort: str, naam: str) -> Inhoud:
    """Een brief of bericht om mee te beginnen."""
    inhoud = "<p>{{ aanhef }},</p><p>Wij schrijven u over {{ zaaknummer }}.</p><p>Met vriendelijke groet,</p><p>{{ gemeente }}</p>"
    return {"soort": soort, "onderwerp": {"nl": naam}, "inhoud": {"nl": inhoud}}


# --- uitvoerregel ----------------------------------------------------------------------------------------------------------


def gebeurtenissen() -> list[Optie]:
    """Waarop een uitvoerregel kan letten."""
    return [
        Optie("zaken.status.create", vertaal("Een zaak krijgt een status")),
        Optie("zaken.resultaat.create", vertaal("Een zaak krijgt een resultaat")),
        Optie("zaken.zaak.create", vertaal("Een zaak begint")),
        Optie("taken.externetaak.create", vertaal("Een inwoner krijgt een taak")),
        Optie("taken.externetaak.herinnerd", vertaal("Een taak van een inwoner loopt bijna af")),
    ]


def _is_feel(_formulier: Any, veld: Any) -> None:
    if veld.data:
        try:
            feel.compileer(veld.data)
        except (feel.FeelFout, feel.FeelGrens) as fout:
            raise ValidationError(vertaal("Dit is geen geldige voorwaarde: %(fout)s", fout=str(fout))) from None


def regelformulier(zaaktypen: Iterable[tuple[str, str]], sjablonen: Iterable[str]) -> type[Form]:
    """De velden van een uitvoerregel; te kiezen is wat er in het pakket zit."""

    class Regelformulier(Form):
        gebeurtenis = KeuzeVeld(lui("Wanneer?"), opties=gebeurtenissen())
        zaaktype = SelectVeld(
            lui("Alleen bij dit zaaktype"),
            verplicht=False,
            opties=[Optie(sleutel, naam) for sleutel, naam in zaaktypen],
        )
        als = TekstvakVeld(
            lui("Alleen als"), verplicht=False, controles=(_is_feel,),
            hulptekst=lui('Een voorwaarde in FEEL over zaaktype, status en taak, zoals: status = "Afgehandeld". Leeg is altijd.'),
        )  # fmt: skip
        sjabloon = SelectVeld(lui("Wat gaat er uit?"), opties=[Optie(naam, naam) for naam in sjablonen])
        soort = TekstVeld(
            lui("Waarover gaat het?"),
            hulptekst=lui("Het onderwerp waarvoor een inwoner zijn kanaal kiest; meestal de naam van het pakket."),
        )

    return Regelformulier
