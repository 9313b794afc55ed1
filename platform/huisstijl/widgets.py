"""WTForms-widgets in NL Design System-opmaak. Label, hulptekst en fout zet de macro `formulierveld` eromheen."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import current_app, has_app_context
from markupsafe import Markup, escape
from wtforms.widgets.core import html_params

from huisstijl.taal import vertaal

if TYPE_CHECKING:
    from huisstijl import velden


def _eigenschappen(veld: "velden.Veld", klasse: str, overig: Mapping[str, Any]) -> dict[str, Any]:
    breedte = f" {klasse}--b{veld.breedte}" if veld.breedte else ""
    return {"id": veld.id, "name": veld.name, "class": klasse + breedte, "required": veld.verplicht, **overig}


def _merkteken(element: str, eigenschappen: Mapping[str, Any]) -> Markup:
    return Markup("<%s %s>") % (Markup(element), Markup(html_params(**eigenschappen)))  # noqa: S704  # html_params ontsnapt


class Invoer:
    """Eén invoerveld (`<input>`), eventueel met een eenheid ervoor of erachter."""

    def __init__(self, soort: str = "text", *, voor: str = "") -> None:
        self.soort = soort
        self.voor = voor

    def __call__(self, field: "velden.Veld", **kwargs: Any) -> Markup:
        eigen = {"type": self.soort, "value": field.getoond(), **field.invoerhulp, **kwargs}
        invoer = _merkteken("input", _eigenschappen(field, "utrecht-textbox", eigen))
        achter = field.eenheid
        if not self.voor and not achter:
            return invoer
        return Markup('<div class="dv-eenheid">%s%s%s</div>') % (_los(self.voor), invoer, _los(achter))


def _los(tekst: str) -> Markup:
    return Markup('<span aria-hidden="true">%s</span>') % tekst if tekst else Markup()


class Tekstvak:
    """Een vak voor meer regels tekst."""

    def __call__(self, field: "velden.Veld", **kwargs: Any) -> Markup:
        eigen = _eigenschappen(field, "utrecht-textarea", {"rows": 5, **field.invoerhulp, **kwargs})
        return Markup("%s\n%s</textarea>") % (_merkteken("textarea", eigen), field.getoond())


class Keuzelijst:
    """Een `<select>`; met een lege eerste regel, zodat niemand ongemerkt de eerste keuze neemt."""

    def __call__(self, field: "velden.SelectVeld", **kwargs: Any) -> Markup:
        regels = [Markup('<option value="">%s</option>') % vertaal("Maak een keuze")]
        for optie in field.opties:
            gekozen = Markup(" selected") if optie.waarde == field.getoond() else Markup()
            regels.append(Markup('<option value="%s"%s>%s</option>') % (optie.waarde, gekozen, str(optie.label)))
        eigen = _eigenschappen(field, "utrecht-select", {**field.invoerhulp, **kwargs})
        return Markup("%s%s</select>") % (_merkteken("select", eigen), Markup().join(regels))


class Keuzerij:
    """Radioknoppen of vinkjes, elk in een ruim klikvlak."""

    def __init__(self, soort: str) -> None:
        self.soort = soort

    def __call__(self, field: "velden.MetOpties", **kwargs: Any) -> Markup:
        gekozen = field.gekozen()
        regels = [
            self._regel(field, nummer, optie, optie.waarde in gekozen, kwargs)
            for nummer, optie in enumerate(field.opties)
        ]
        rij = " dv-keuzes--rij" if field.naast_elkaar else ""
        return Markup('<div class="dv-keuzes%s">%s</div>') % (Markup(rij), Markup().join(regels))  # noqa: S704  # vaste tekst

    def _regel(
        self, veld: "velden.MetOpties", nummer: int, optie: "velden.Optie", gekozen: bool, overig: Mapping[str, Any]
    ) -> Markup:
        id_ = veld.id if nummer == 0 else f"{veld.id}-{nummer}"
        eigen = {"type": self.soort, "id": id_, "name": veld.name, "value": optie.waarde, "checked": gekozen, **overig}
        if optie.hulptekst:
            eigen["aria-describedby"] = f"{id_}-bij"
        bij = (
            Markup('<span class="dv-keuze__hulp" id="%s-bij">%s</span>') % (id_, str(optie.hulptekst))
            if optie.hulptekst
            else ""
        )
        return Markup('<label class="dv-keuze" for="%s">%s<span class="dv-keuze__tekst"><span>%s</span>%s</span></label>') % (
            id_, _merkteken("input", eigen), str(optie.label), bij,
        )  # fmt: skip


class Vinkje:
    """Eén vinkje met de vraag als tekst ernaast."""

    def __call__(self, field: "velden.VinkjeVeld", **kwargs: Any) -> Markup:
        eigen = {
            "type": "checkbox",
            "id": field.id,
            "name": field.name,
            "value": "ja",
            "checked": bool(field.data),
            **kwargs,
        }
        label = Markup('<span class="dv-keuze__tekst">%s</span>') % str(field.label.text)
        return Markup('<label class="dv-keuze" for="%s">%s%s</label>') % (field.id, _merkteken("input", eigen), label)


class Bestandskeuze:
    """Een bestandveld. Wat er al staat toont de macro `formulierveld` als lijst erboven."""

    def __call__(self, field: "velden.BestandVeld", **kwargs: Any) -> Markup:
        eigen = {
            "type": "file",
            "id": field.id,
            "name": field.name,
            "multiple": field.meer,
            "accept": field.accept,
            **kwargs,
        }
        return Markup('<div class="dv-bestandkeuze">%s</div>') % _merkteken("input", eigen)


class Delen:
    """Een veld uit meer invoervakken (datum, adres): elk vak met een eigen label, naast elkaar als er plaats is."""

    def __call__(self, field: "velden.DelenVeld", **kwargs: Any) -> Markup:
        stukken = [self._stuk(field, deel, kwargs) for deel in field.delen]
        return Markup('<div class="dv-naast">%s</div>') % Markup().join(stukken)

    def _stuk(self, veld: "velden.DelenVeld", deel: "velden.Deelvak", overig: Mapping[str, Any]) -> Markup:
        id_ = veld.deel_id(deel.naam)
        klasse = f"utrecht-textbox utrecht-textbox--b{deel.breedte}" if deel.breedte else "utrecht-textbox"
        fout_elders = not deel.verplicht and not veld.invoer.get(
            deel.naam
        )  # een leeg vak dat leeg mag zijn is niet fout
        overig = {naam: waarde for naam, waarde in overig.items() if not (fout_elders and naam == "aria-invalid")}
        eigen = {
            "type": "text", "id": id_, "name": f"{veld.name}-{deel.naam}", "value": veld.invoer.get(deel.naam, ""),
            "class": klasse, "inputmode": deel.inputmode, "autocomplete": deel.autocomplete if veld.van_mijzelf else "off",
            "required": veld.verplicht and deel.verplicht, **overig,
        }  # fmt: skip
        breed = "" if deel.breedte else " dv-naast__deel--breed"
        label = Markup('<label class="utrecht-form-label" for="%s">%s</label>') % (id_, self._label(veld, deel))
        invoer = _merkteken("input", {naam: waarde for naam, waarde in eigen.items() if waarde})
        return Markup('<div class="dv-naast__deel%s">%s%s</div>') % (Markup(breed), label, invoer)  # noqa: S704  # vaste tekst

    def _label(self, veld: "velden.DelenVeld", deel: "velden.Deelvak") -> Markup:
        tekst = escape(str(deel.label))
        if deel.verplicht or not veld.verplicht:
            return tekst
        return Markup('%s <span class="dv-niet-verplicht">(%s)</span>') % (tekst, vertaal("niet verplicht"))


class Kaart(Delen):
    """De vakken van een punt, en daaronder de plek voor de kaart: die maakt het script, en zonder script is zij er niet."""

    def __call__(self, field: "velden.DelenVeld", **kwargs: Any) -> Markup:
        gegevens = {
            "class": "dv-kaart",
            "hidden": True,
            "data-kaart": field.name,
            "data-tekst-kaart": vertaal(
                "Kaart. Verschuif met de pijltjes, zoom met plus en min, zet het punt met enter."
            ),
            "data-tekst-in": vertaal("Inzoomen"),
            "data-tekst-uit": vertaal("Uitzoomen"),
            "data-tekst-punt": vertaal("Zet het punt in het midden"),
            **_kaartgegevens(field),
        }
        return Markup("%s%s</div>") % (super().__call__(field, **kwargs), _merkteken("div", gegevens))


def _kaartgegevens(veld: Any) -> dict[str, Any]:
    """Waar de kaart begint, en waar haar achtergrond vandaan komt: de vraag gaat voor de instelling van de gemeente."""
    installatie = current_app.extensions.get("installatie") if has_app_context() else None
    instellingen = installatie.instellingen if installatie else None
    midden = veld.midden or (instellingen.kaart_midden if instellingen else ())
    gegevens = {"data-midden": ",".join(map(str, midden)), "data-zoom": str(veld.zoom or 13)}
    if instellingen and instellingen.kaart_tegels:
        gegevens |= {"data-tegels": instellingen.kaart_tegels, "data-bron": instellingen.kaart_bron}
    return gegevens
