// De procesmodelleur: bpmn-js met eigenschappenpaneel, onze bouwblokken als sjabloon en de controle van de motor.
import Modeler from "bpmn-js/lib/Modeler";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule } from "bpmn-js-properties-panel";
import { CloudElementTemplatesPropertiesProviderModule } from "bpmn-js-element-templates";
import { CreateAppendAnythingModule, CreateAppendElementTemplatesModule } from "bpmn-js-create-append-anything";
import ElementTemplateChooserModule from "@bpmn-io/element-template-chooser";
import ZeebeBehaviorsModule from "camunda-bpmn-js-behaviors/lib/camunda-cloud";
import zeebe from "zeebe-bpmn-moddle/resources/zeebe.json";
import MinimapModule from "diagram-js-minimap";
import TokenSimulationModule from "bpmn-js-token-simulation";
import NativeCopyPasteModule from "bpmn-js-native-copy-paste";
import { ZeebeVariableResolverModule } from "@bpmn-io/variable-resolver";

import { alleenWatDraaitModule } from "./alleen_wat_draait.js";
import { controleModule } from "./controle.js";
import { opmerkingenModule } from "./opmerkingen.js";
import { haalJson } from "./ophalen.js";
import { variabelenModule } from "./variabelen.js";
import { vertaalModule } from "./vertalen.js";
import { Werkversie } from "./werkversie.js";

const LEESBAAR = 0.6;

export async function toonProces(element) {
  const doek = element.querySelector("[data-doek]");
  const [sjablonen, variabelen] = await Promise.all([haalJson(element.dataset.sjablonen), haalJson(element.dataset.variabelen)]);
  const modelleur = "alleenLezen" in element.dataset ? kijker(doek, element) : maker(doek, element, sjablonen, variabelen);
  modelleur.on("import.done", () => herken(modelleur, sjablonen));
  const werkversie = new Werkversie(element, async (xml) => void (await modelleur.importXML(xml)));
  await modelleur.importXML(await werkversie.laad());
  leesbaar(modelleur);
  if (!werkversie.alleenLezen) {
    const stapel = modelleur.get("eventBus");
    stapel.on("commandStack.changed", async () => werkversie.wijzig((await modelleur.saveXML({ format: true })).xml));
    stapel.on("native-copy-paste:error", () => modelleur.get("nativeCopyPaste").toggle(false));
  }
  volgKnoppen(element, modelleur);
  await getekend(); // het paneel volgt de keuze pas als het er staat
  kies(modelleur, new URLSearchParams(location.search).get("element"));
  element.dataset.klaar = "";
  return modelleur;
}

function maker(doek, element, sjablonen, variabelen) {
  const modelleur = new Modeler({
    container: doek,
    propertiesPanel: { parent: element.querySelector("[data-paneel]") },
    linting: { active: true, adres: element.dataset.controle },
    variabelen,
    taal: document.documentElement.lang,
    moddleExtensions: { zeebe },
    additionalModules: [
      vertaalModule,
      BpmnPropertiesPanelModule,
      BpmnPropertiesProviderModule,
      ZeebePropertiesProviderModule,
      CloudElementTemplatesPropertiesProviderModule,
      ElementTemplateChooserModule,
      CreateAppendAnythingModule,
      CreateAppendElementTemplatesModule,
      ZeebeBehaviorsModule,
      ZeebeVariableResolverModule,
      MinimapModule,
      TokenSimulationModule,
      NativeCopyPasteModule,
      alleenWatDraaitModule,
      controleModule,
      opmerkingenModule,
      variabelenModule,
    ],
  });
  modelleur.get("elementTemplatesLoader").setTemplates(sjablonen);
  return modelleur;
}

function kijker(doek) {
  return new NavigatedViewer({ container: doek, moddleExtensions: { zeebe }, additionalModules: [MinimapModule] });
}

/** Een model van elders noemt zijn sjablonen niet: een element van een bouwblok dat wij kennen, toont toch diens velden. */
function herken(modelleur, sjablonen) {
  const soort = (sjabloon) => sjabloon.properties.find(({ binding }) => binding.type === "zeebe:taskDefinition" && binding.property === "type")?.value;
  const perType = new Map(sjablonen.map((sjabloon) => [soort(sjabloon), sjabloon]));
  for (const element of modelleur.get("elementRegistry").filter((deel) => deel.type === "bpmn:ServiceTask")) {
    const bo = element.businessObject;
    const blok = bo.get("extensionElements")?.get("values").find((deel) => deel.$type === "zeebe:TaskDefinition");
    const sjabloon = blok?.type && perType.get(blok.type);
    if (!sjabloon || bo.get("zeebe:modelerTemplate")) continue;
    bo.set("zeebe:modelerTemplate", sjabloon.id);
    bo.set("zeebe:modelerTemplateVersion", sjabloon.version);
  }
}

/** Alles in beeld als dat te lezen is, en anders het begin. */
function leesbaar(modelleur) {
  const canvas = modelleur.get("canvas");
  if (canvas.zoom("fit-viewport", "auto") >= LEESBAAR) return;
  canvas.zoom(LEESBAAR);
  const begin = modelleur.get("elementRegistry").find((element) => element.type === "bpmn:StartEvent");
  const { x, y } = begin ?? canvas.viewbox().inner;
  const { width, height } = canvas.viewbox();
  canvas.viewbox({ x: x - 180, y: y - height / 2, width, height });
}

/** De knoppen boven het doek; wat hier niet staat, kan met de toetsen en menu's van bpmn-js. */
function volgKnoppen(element, modelleur) {
  const acties = {
    passend: () => modelleur.get("canvas").zoom("fit-viewport", "auto"),
    groter: () => modelleur.get("zoomScroll").stepZoom(1),
    kleiner: () => modelleur.get("zoomScroll").stepZoom(-1),
    zoek: () => setTimeout(() => modelleur.get("searchPad").toggle()), // na deze klik: een klik buiten het zoekveld sluit het
    ongedaan: () => modelleur.get("commandStack").undo(),
    opnieuw: () => modelleur.get("commandStack").redo(),
    kaartje: () => modelleur.get("minimap").toggle(),
    simuleer: () => modelleur.get("toggleMode").toggleMode(),
  };
  element.addEventListener("click", (gebeurtenis) => acties[gebeurtenis.target.closest("[data-actie]")?.dataset.actie]?.());
}

const getekend = () => new Promise((klaar) => requestAnimationFrame(() => setTimeout(klaar)));

/** Wie van een gevonden probleem komt, staat meteen bij het element. */
function kies(modelleur, id) {
  const gekozen = id && modelleur.get("elementRegistry").get(id);
  if (!gekozen) return;
  modelleur.get("selection", false)?.select(gekozen);
  modelleur.get("canvas").scrollToElement(gekozen);
}
