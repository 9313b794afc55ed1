// Het verschil van twee versies van een proces, in kleur op het diagram; de lijst ernaast zegt hetzelfde in woorden.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { diff } from "bpmn-js-differ";
import zeebe from "zeebe-bpmn-moddle/resources/zeebe.json";

const haal = async (adres) => (await fetch(adres, { credentials: "same-origin" })).text();

async function beeld(doek, xml) {
  const viewer = new NavigatedViewer({ container: doek, moddleExtensions: { zeebe } });
  await viewer.importXML(xml);
  viewer.get("canvas").zoom("fit-viewport", "auto");
  return viewer;
}

function kleur(viewer, ids, klasse) {
  const [register, canvas] = [viewer.get("elementRegistry"), viewer.get("canvas")];
  for (const id of ids) if (register.get(id)) canvas.addMarker(id, klasse);
}

const naamVan = (element) => element.name || element.id;

export async function toonVerschil(element) {
  const [oud, nieuw] = await Promise.all([haal(element.dataset.oud), haal(element.dataset.nieuw)]);
  const links = await beeld(element.querySelector("[data-doek=oud]"), oud);
  const rechts = await beeld(element.querySelector("[data-doek=nieuw]"), nieuw);
  const { _added, _removed, _changed } = diff(links.getDefinitions(), rechts.getDefinitions());
  kleur(links, Object.keys(_removed), "dv-weg");
  kleur(rechts, Object.keys(_added), "dv-nieuw");
  for (const viewer of [links, rechts]) kleur(viewer, Object.keys(_changed), "dv-anders");
  const { tekstNieuw, tekstWeg, tekstAnders, tekstGelijk } = element.dataset;
  const regels = [
    ...Object.values(_added).map((deel) => `${tekstNieuw}: ${naamVan(deel)}`),
    ...Object.values(_removed).map((deel) => `${tekstWeg}: ${naamVan(deel)}`),
    ...Object.values(_changed).map(({ model }) => `${tekstAnders}: ${naamVan(model)}`),
  ];
  const lijst = element.querySelector("[data-lijst]");
  lijst.replaceChildren(
    ...(regels.length ? regels : [tekstGelijk]).map((regel) => Object.assign(document.createElement("li"), { textContent: regel })),
  );
  element.dataset.klaar = "";
}
