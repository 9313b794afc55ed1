// Het verschil van twee versies van een proces, in kleur op het diagram; de lijst ernaast zegt hetzelfde in woorden.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { diff } from "bpmn-js-differ";
import zeebe from "zeebe-bpmn-moddle/resources/zeebe.json";

const LEESBAAR = 0.75; // kleiner zijn de teksten niet te lezen, en toont bpmn-js geen nummers bij de stappen
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

/** Welk sjabloon de modelleur bij een element toont, verandert niets aan het proces. */
const SJABLOON = /modelerTemplate/;

/** Een pijl zonder naam zegt in woorden niets; op het diagram is zij gekleurd. */
const vermeldenswaard = (element) => element.$type !== "bpmn:SequenceFlow" || Boolean(element.name);

const naamVan = (element) => element.name || element.id;

export async function toonVerschil(element) {
  const [oud, nieuw] = await Promise.all([haal(element.dataset.oud), haal(element.dataset.nieuw)]);
  const links = await beeld(element.querySelector("[data-doek=oud]"), oud);
  const rechts = await beeld(element.querySelector("[data-doek=nieuw]"), nieuw);
  const { _added, _removed, _changed: alles } = diff(links.getDefinitions(), rechts.getDefinitions());
  const alleenSjabloon = ({ attrs }) => Object.keys(attrs).length > 0 && Object.keys(attrs).every((naam) => SJABLOON.test(naam));
  const _changed = Object.fromEntries(Object.entries(alles).filter(([, wijziging]) => !alleenSjabloon(wijziging)));
  kleur(links, Object.keys(_removed), "dv-weg");
  kleur(rechts, Object.keys(_added), "dv-nieuw");
  for (const viewer of [links, rechts]) kleur(viewer, Object.keys(_changed), "dv-anders");
  const { tekstNieuw, tekstWeg, tekstAnders, tekstGelijk } = element.dataset;
  const regels = [
    ...Object.values(_added).filter(vermeldenswaard).map((deel) => `${tekstNieuw}: ${naamVan(deel)}`),
    ...Object.values(_removed).filter(vermeldenswaard).map((deel) => `${tekstWeg}: ${naamVan(deel)}`),
    ...Object.values(_changed).map(({ model }) => `${tekstAnders}: ${naamVan(model)}`),
  ];
  const lijst = element.querySelector("[data-lijst]");
  lijst.replaceChildren(
    ...(regels.length ? regels : [tekstGelijk]).map((regel) => Object.assign(document.createElement("li"), { textContent: regel })),
  );
  koppelen(element, links, rechts);
  element.dataset.klaar = "";
}

/** Waar elke wachtende stap heen gaat, ook op de diagrammen: kies links een stap en dan rechts haar plaats. De keuzelijsten houden de stand. */
function koppelen(element, links, rechts) {
  const lijsten = [...document.querySelectorAll("select[data-stap]")];
  const stand = element.querySelector("[data-stand]");
  const teken = () => tekenKoppelingen(lijsten, links, rechts);
  const zeg = (tekst, lijst) => (stand.textContent = element.dataset[tekst].replace("{}", lijst.dataset.naam));
  let gekozen = null;
  for (const lijst of lijsten) lijst.addEventListener("change", teken);
  links.on("element.click", ({ element: stap }) => {
    gekozen = lijsten.find((lijst) => lijst.dataset.stap === stap.id) ?? null;
    markeer(links, gekozen?.dataset.stap);
    if (gekozen) zeg("tekstKies", gekozen);
  });
  rechts.on("element.click", ({ element: doel }) => {
    if (!gekozen || doel.id === rechts.get("canvas").getRootElement().id) return;
    const past = [...gekozen.options].some((keuze) => keuze.value === doel.id);
    if (past) gekozen.value = doel.id;
    zeg(past ? "tekstGekozen" : "tekstAnderSoort", gekozen);
    teken();
  });
  teken();
  if (lijsten.length) dichtbij(links, rechts, lijsten[0]);
}

/** Zo dichtbij dat de stappen te lezen zijn, bij de eerste waar zaken wachten. */
function dichtbij(links, rechts, lijst) {
  for (const [viewer, id] of [[links, lijst.dataset.stap], [rechts, lijst.value || lijst.dataset.stap]]) {
    const plek = viewer.get("elementRegistry").get(id);
    if (!plek || viewer.get("canvas").zoom() >= LEESBAAR) continue;
    viewer.get("canvas").zoom(LEESBAAR);
    const { width, height } = viewer.get("canvas").viewbox();
    viewer.get("canvas").viewbox({ x: plek.x + plek.width / 2 - width / 2, y: plek.y + plek.height / 2 - height / 2, width, height });
  }
}

function markeer(viewer, id) {
  const [register, canvas] = [viewer.get("elementRegistry"), viewer.get("canvas")];
  for (const { id: ander } of register.getAll()) canvas.removeMarker(ander, "dv-gekozen");
  if (id) canvas.addMarker(id, "dv-gekozen");
}

/** Hetzelfde nummer bij een stap links en bij haar plaats rechts; zonder plaats een kruis. */
function tekenKoppelingen(lijsten, links, rechts) {
  for (const viewer of [links, rechts]) viewer.get("overlays").remove({ type: "koppeling" });
  lijsten.forEach((lijst, plaats) => {
    const nummer = String(plaats + 1);
    const wacht = Number(lijst.dataset.wacht) ? ` · ${lijst.dataset.wacht}` : "";
    hang(links, lijst.dataset.stap, `${nummer}${wacht}${lijst.value ? "" : " ✕"}`, lijst.value ? "" : "dv-aantal--vast");
    if (lijst.value) hang(rechts, lijst.value, nummer, "");
  });
}

function hang(viewer, id, tekst, klasse) {
  if (!viewer.get("elementRegistry").get(id)) return;
  const html = Object.assign(document.createElement("span"), { className: `dv-aantal ${klasse}`, textContent: tekst });
  viewer.get("overlays").add(id, "koppeling", { position: { bottom: 10, right: 12 }, html });
}
