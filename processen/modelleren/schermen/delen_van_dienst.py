"""De tabbladen product, zaaktype, brieven en berichten, en uitvoerregels: lijsten en formulieren rond één JSON-bestand."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from huisstijl import vertaal
from integratie.basis import ApiFout
from integratie.catalogi import CatalogiClient
from kern.web import upload
from processen.modelleren.formulier.werk import slak, vrije_naam
from processen.modelleren.nakijken_typen import REGELS
from processen.modelleren.schermen import dienstvelden as v
from processen.modelleren.schermen.brief import Briefscherm
from processen.modelleren.schermen.jsondeel import bewaar as bewaar_json
from processen.modelleren.schermen.jsondeel import bewerk, lees, verwijder
from processen.modelleren.werkbank import Werkbank, beheerder
from processen.modelleren.werkplaats import Deel
from processen.pakketten.formaat import Zaaktypedeel
from processen.sjablonen.editor import SOORTEN

REGELPAD = "verzendregels.json"


def maak_dienst(bank: Werkbank) -> Blueprint:
    """De blauwdruk van deze vier tabbladen."""
    blauwdruk = Blueprint("dienst", __name__)
    _producten(blauwdruk, bank)
    _zaaktypen(blauwdruk, bank)
    _brieven(blauwdruk, bank)
    _regels(blauwdruk, bank)
    return blauwdruk


def _delen(bank: Werkbank, pakket: str, map_: str) -> list[tuple[str, Deel, Any]]:
    """(naam, bestand, inhoud) van elk bestand in een map."""
    delen = [deel for deel in bank.werkplaats.delen(pakket) if deel.pad.startswith(f"{map_}/")]
    return [(deel.pad.rpartition("/")[2].removesuffix(".json"), deel, lees(deel, {})) for deel in delen]


# --- product ---------------------------------------------------------------------------------------------------------------


def _producten(blauwdruk: Blueprint, bank: Werkbank) -> None:
    @blauwdruk.get("/<pakket>/product")
    @beheerder
    def producten(pakket: str) -> ResponseReturnValue:
        stand = bank.open(pakket)
        return bank.pagina("producten.html", pakket, "product", stand=stand, delen=_delen(bank, pakket, "producten"))

    @blauwdruk.post("/<pakket>/product")
    @beheerder
    def nieuw_product(pakket: str) -> ResponseReturnValue:
        bank.open(pakket)
        naam = request.form.get("naam", "").strip()
        if not naam:
            flash(vertaal("Geef het product eerst een naam."), "error")
            return redirect(url_for(".producten", pakket=pakket), 303)
        bezet = {sleutel for sleutel, _, _ in _delen(bank, pakket, "producten")}
        code = vrije_naam(f"{pakket}-{slak(naam, '-')}"[:70].strip("-"), bezet, "-")
        bewaar_json(bank, pakket, f"producten/{code}.json", v.nieuw_product(code, naam), f"product {naam}")
        return redirect(url_for(".product", pakket=pakket, naam=code), 303)

    @blauwdruk.route("/<pakket>/product/<naam>", methods=["GET", "POST"])
    @beheerder
    def product(pakket: str, naam: str) -> ResponseReturnValue:
        bank.open(pakket)
        formulieren = [sleutel for sleutel, _, inhoud in _delen(bank, pakket, "formulieren") if _is_aanvraag(inhoud)]
        return bewerk(
            bank, pakket, "product", bank.deel(pakket, f"producten/{naam}.json"), v.productformulier(formulieren), kop=vertaal("Product"),
            naar_velden=v.product_naar_velden, uit_velden=v.product_uit_velden, terug=url_for(".producten", pakket=pakket), leeg={},
        )  # fmt: skip

    @blauwdruk.post("/<pakket>/product/<naam>/verwijderen")
    @beheerder
    def product_weg(pakket: str, naam: str) -> ResponseReturnValue:
        return verwijder(bank, pakket, f"producten/{naam}.json", ".producten")


def _is_aanvraag(inhoud: Any) -> bool:
    return isinstance(inhoud, dict) and bool((inhoud.get("gegevens") or {}).get("verzoektype"))


# --- zaaktype --------------------------------------------------------------------------------------------------------------


def _zaaktypen(blauwdruk: Blueprint, bank: Werkbank) -> None:
    @blauwdruk.get("/<pakket>/zaaktype")
    @beheerder
    def zaaktypen(pakket: str) -> ResponseReturnValue:
        stand = bank.open(pakket)
        regels = [
            (naam, inhoud, _bevindingen(deel), _in_catalogus(bank, inhoud))
            for naam, deel, inhoud in _delen(bank, pakket, "zaaktypen")
        ]
        return bank.pagina("zaaktypen.html", pakket, "zaaktype", stand=stand, regels=regels, duur=v.duur_in_woorden)

    @blauwdruk.route("/<pakket>/zaaktype/<naam>", methods=["GET", "POST"])
    @beheerder
    def zaaktype(pakket: str, naam: str) -> ResponseReturnValue:
        bank.open(pakket)
        return bewerk(
            bank, pakket, "zaaktype", bank.deel(pakket, f"zaaktypen/{naam}.json"), v.Zaaktypeformulier, kop=vertaal("Zaaktype"),
            naar_velden=v.zaaktype_naar_velden, uit_velden=v.zaaktype_uit_velden, terug=url_for(".zaaktypen", pakket=pakket), leeg={},
        )  # fmt: skip


def _bevindingen(deel: Deel) -> list[str]:
    """Wat de Catalogi API aan dit zaaktype zou weigeren."""
    try:
        gelezen = Zaaktypedeel.model_validate_json(deel.inhoud or b"{}")
    except ValueError:
        return [vertaal("Dit zaaktype is niet te lezen; het overzicht zegt wat eraan mankeert.")]
    return [tekst for regel in REGELS for tekst in regel(gelezen)]


def _in_catalogus(bank: Werkbank, inhoud: Any) -> str:
    """Het adres van dit zaaktype op de catalogusschermen; leeg als het er nog niet is."""
    wie = bank.wie()
    client = CatalogiClient(bank.installatie, namens="modelleren", gebruiker=wie.gebruikersnaam, weergave=wie.naam)
    try:
        gevonden = client.zaaktype(str(inhoud.get("identificatie", "")), bank.installatie.klok.vandaag())
    except ApiFout:
        return ""
    return f"/beheer/catalogi/zaaktypen/{gevonden.url.rpartition('/')[2]}" if gevonden else ""


# --- brieven en berichten ----------------------------------------------------------------------------------------------------


def _brieven(blauwdruk: Blueprint, bank: Werkbank) -> None:
    @blauwdruk.get("/<pakket>/brieven")
    @beheerder
    def brieven(pakket: str) -> ResponseReturnValue:
        stand = bank.open(pakket)
        return bank.pagina("brieven.html", pakket, "brieven", stand=stand, delen=_delen(bank, pakket, "sjablonen"))

    @blauwdruk.post("/<pakket>/brieven")
    @beheerder
    def nieuwe_brief(pakket: str) -> ResponseReturnValue:
        bank.open(pakket)
        naam, soort = request.form.get("naam", "").strip(), request.form.get("soort", "brief")
        if not naam or soort not in SOORTEN:
            flash(vertaal("Geef de brief eerst een naam."), "error")
            return redirect(url_for(".brieven", pakket=pakket), 303)
        bezet = {sleutel for sleutel, _, _ in _delen(bank, pakket, "sjablonen")}
        sleutel = vrije_naam(f"{pakket}-{slak(naam, '-')}"[:70].strip("-"), bezet, "-")
        bewaar_json(bank, pakket, f"sjablonen/{sleutel}.json", v.nieuwe_brief(soort, naam), f"{soort} {naam}")
        return redirect(url_for(".brief", pakket=pakket, naam=sleutel), 303)

    _brief(blauwdruk, bank)

    @blauwdruk.post("/<pakket>/brieven/<naam>/verwijderen")
    @beheerder
    def brief_weg(pakket: str, naam: str) -> ResponseReturnValue:
        return verwijder(bank, pakket, f"sjablonen/{naam}.json", ".brieven")


def _brief(blauwdruk: Blueprint, bank: Werkbank) -> None:
    scherm = Briefscherm(bank)

    @blauwdruk.route("/<pakket>/brieven/<naam>", methods=["GET", "POST"])
    @beheerder
    @upload
    def brief(pakket: str, naam: str) -> ResponseReturnValue:
        return scherm.bewerk(pakket, naam)

    @blauwdruk.post("/<pakket>/brieven/<naam>/uitdrukking")
    @beheerder
    def brief_uitdrukking(pakket: str, naam: str) -> ResponseReturnValue:
        return scherm.uitdrukking(pakket, naam)

    @blauwdruk.get("/<pakket>/brieven/<naam>/bestand")
    @beheerder
    def brief_bestand(pakket: str, naam: str) -> ResponseReturnValue:
        return scherm.bestand(pakket, naam)

    @blauwdruk.get("/<pakket>/brieven/<naam>/versies")
    @beheerder
    def brief_versies(pakket: str, naam: str) -> ResponseReturnValue:
        return scherm.versies(pakket, naam)

    @blauwdruk.post("/<pakket>/brieven/<naam>/versies/<int:nr>")
    @beheerder
    def brief_terug(pakket: str, naam: str, nr: int) -> ResponseReturnValue:
        return scherm.zet_terug(pakket, naam, nr)


# --- uitvoerregels -----------------------------------------------------------------------------------------------------------


def _regels(blauwdruk: Blueprint, bank: Werkbank) -> None:
    @blauwdruk.get("/<pakket>/regels")
    @beheerder
    def regels(pakket: str) -> ResponseReturnValue:
        stand = bank.open(pakket)
        deel = bank.werkplaats.kijk(pakket, REGELPAD)
        gebeurtenissen = {optie.waarde: str(optie.label) for optie in v.gebeurtenissen()}
        return bank.pagina(
            "regels.html",
            pakket,
            "regels",
            stand=stand,
            regels=lees(deel, []),
            versie=deel.versie,
            gebeurtenissen=gebeurtenissen,
        )

    @blauwdruk.route("/<pakket>/regels/<naam>", methods=["GET", "POST"])
    @beheerder
    def regel(pakket: str, naam: str) -> ResponseReturnValue:
        bank.open(pakket)
        deel = bank.werkplaats.kijk(pakket, REGELPAD)
        nieuw = naam == "nieuw"
        if not nieuw and not any(r.get("sleutel") == naam for r in lees(deel, [])):
            abort(404)
        return bewerk(
            bank, pakket, "regels", deel, _regelformulier(bank, pakket), kop=vertaal("Uitvoerregel"),
            naar_velden=lambda alle: {} if nieuw else next(r for r in alle if r["sleutel"] == naam),
            uit_velden=lambda alle, data: _met_regel(pakket, alle, "" if nieuw else naam, data), terug=url_for(".regels", pakket=pakket),
            leeg=[],
        )  # fmt: skip

    @blauwdruk.post("/<pakket>/regels/<naam>/verwijderen")
    @beheerder
    def regel_weg(pakket: str, naam: str) -> ResponseReturnValue:
        bank.open(pakket)
        over = [r for r in lees(bank.werkplaats.kijk(pakket, REGELPAD), []) if r.get("sleutel") != naam]
        if bewaar_json(bank, pakket, REGELPAD, over, f"regel {naam} {vertaal('weggehaald')}"):
            flash(vertaal("Weggehaald. Dit is ongedaan te maken."), "ok")
        return redirect(url_for(".regels", pakket=pakket), 303)


def _regelformulier(bank: Werkbank, pakket: str) -> type[Form]:
    zaaktypen = [(i.get("identificatie", n), i.get("omschrijving", n)) for n, _, i in _delen(bank, pakket, "zaaktypen")]
    sjablonen = [naam for naam, _, _ in _delen(bank, pakket, "sjablonen")]
    return v.regelformulier(zaaktypen, sjablonen)


def _met_regel(pakket: str, alle: list[dict[str, Any]], naam: str, data: dict[str, Any]) -> list[dict[str, Any]]:
    """De regels met deze erbij of gewijzigd; een nieuwe krijgt een sleutel."""
    sleutel = naam or vrije_naam(f"{pakket}-{data['sjabloon']}"[:70], {r["sleutel"] for r in alle}, "-")
    waarden = {n: data[n] for n in ("gebeurtenis", "zaaktype", "als", "sjabloon", "soort") if data.get(n)}
    nieuw = {"sleutel": sleutel, **waarden}
    return [nieuw if r["sleutel"] == naam else r for r in alle] if naam else [*alle, nieuw]
