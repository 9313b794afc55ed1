// De beslismodelleur: dmn-js. Wat zij niet kent (na DMN 1.3) wordt alleen getoond en nooit door haar bewaard.
import Modeler from "dmn-js/lib/Modeler";
import NavigatedViewer from "dmn-js/lib/NavigatedViewer";
import { stuur } from "./ophalen.js";
import { vertaler } from "./vertalen.js";
import { Werkversie } from "./werkversie.js";

const WACHT = 500;

export async function toonBeslissing(element) {
  const container = element.querySelector("[data-doek]");
  const lezen = "alleenLezen" in element.dataset;
  const gemeen = { additionalModules: [{ translate: ["value", vertaler(document.documentElement.lang)] }] };
  const modelleur = new (lezen ? NavigatedViewer : Modeler)({
    container, drd: gemeen, decisionTable: gemeen, literalExpression: gemeen, boxedExpression: gemeen,
  });
  const werkversie = new Werkversie(element, async (xml) => void (await modelleur.importXML(xml)));
  await modelleur.importXML(await werkversie.laad());
  tabbladen(element, modelleur);
  if (!lezen) volg(element, modelleur, werkversie);
  element.dataset.klaar = "";
  return modelleur;
}

/** Eén knop per beeld: het diagram, elke tabel en elke uitdrukking. */
function tabbladen(element, modelleur) {
  const balk = element.querySelector("[data-beelden]");
  const teken = ({ activeView, views }) => {
    const knoppen = views.map((view) => {
      const knop = document.createElement("button");
      knop.type = "button";
      knop.className = "dv-beeld";
      knop.textContent = view.type === "drd" ? element.dataset.tekstDiagram : view.name || view.id;
      knop.setAttribute("aria-pressed", String(view === activeView || view.id === activeView?.id));
      knop.addEventListener("click", () => modelleur.open(view));
      return knop;
    });
    balk.replaceChildren(...knoppen);
  };
  modelleur.on("views.changed", teken);
  teken({ activeView: modelleur.getActiveView(), views: modelleur.getViews() });
  const gevraagd = new URLSearchParams(location.search).get("element");
  const tabel = modelleur.getViews().find((view) => view.id === gevraagd) ?? modelleur.getViews().find((view) => view.type === "decisionTable");
  if (tabel) modelleur.open(tabel);
}

/** Elke wijziging in elk beeld wordt bewaard en nagekeken. */
function volg(element, modelleur, werkversie) {
  const gevolgd = new WeakSet();
  let wacht = null;
  const veranderd = async () => {
    const { xml } = await modelleur.saveXML({ format: true });
    werkversie.wijzig(xml);
    clearTimeout(wacht);
    wacht = setTimeout(() => kijkNa(element, xml), WACHT);
  };
  const hang = () => {
    const beeld = modelleur.getActiveViewer();
    if (!beeld || gevolgd.has(beeld)) return;
    gevolgd.add(beeld);
    beeld.on("commandStack.changed", veranderd);
    beeld.on("elements.changed", veranderd);
  };
  modelleur.on("views.changed", hang);
  hang();
  kijkNa(element, werkversie.tekst);
}

/** De bevindingen van onze eigen ontleder en de tabelcontrole, als lijst onder het doek. */
async function kijkNa(element, xml) {
  const lijst = element.querySelector("[data-bevindingen]");
  if (!element.dataset.controle) return;
  try {
    const bevindingen = await stuur(element.dataset.controle, xml);
    const regels = bevindingen.map(({ tekst, remedie, plek, ernst }) => {
      const regel = document.createElement("li");
      regel.className = ernst === "let op" ? "dv-bevinding" : "dv-bevinding dv-bevinding--fout";
      regel.textContent = [plek, tekst, remedie].filter(Boolean).join(" ");
      return regel;
    });
    lijst.replaceChildren(...regels);
    element.querySelector("[data-geen-bevindingen]").hidden = regels.length > 0;
  } catch {
    /* geen verbinding: wat er stond blijft staan */
  }
}

