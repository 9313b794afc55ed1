// Het proces zoals het nu loopt: per element hoeveel er wacht, hoelang, en hoeveel er vastzit.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import zeebe from "zeebe-bpmn-moddle/resources/zeebe.json";
import { haalJson } from "./ophalen.js";

const WARMTE = 4; // klassen dv-warmte-1 … 4

/** Gegevens: [{element, wacht, incidenten, mediaan, adres}]; `mediaan` is al tekst in de taal van de pagina. */
export async function toonKaart(element) {
  const [xml, cijfers] = await Promise.all([
    fetch(element.dataset.adres, { credentials: "same-origin" }).then((antwoord) => antwoord.text()),
    haalJson(element.dataset.cijfers),
  ]);
  const viewer = new NavigatedViewer({ container: element.querySelector("[data-doek]"), moddleExtensions: { zeebe } });
  await viewer.importXML(xml);
  const [canvas, register, overlays] = ["canvas", "elementRegistry", "overlays"].map((naam) => viewer.get(naam));
  canvas.zoom("fit-viewport", "auto");
  const meeste = Math.max(1, ...cijfers.map(({ wacht }) => wacht));
  for (const regel of cijfers) {
    if (!register.get(regel.element)) continue;
    if (regel.wacht) canvas.addMarker(regel.element, `dv-warmte-${Math.ceil((regel.wacht / meeste) * WARMTE)}`);
    if (regel.incidenten) canvas.addMarker(regel.element, "dv-vast");
    if (regel.wacht || regel.incidenten) overlays.add(regel.element, "aantal", { position: { bottom: 10, right: 12 }, html: label(regel) });
  }
  element.dataset.klaar = "";
}

function label({ wacht, incidenten, mediaan, adres, tekst }) {
  const merk = document.createElement("a");
  merk.className = incidenten ? "dv-aantal dv-aantal--vast" : "dv-aantal";
  merk.href = adres;
  merk.title = tekst;
  merk.textContent = [wacht, mediaan, incidenten ? `⚠ ${incidenten}` : ""].filter(Boolean).join(" · ");
  return merk;
}
