// De controle van de motor zelf, getoond door bpmn-js-bpmnlint: wat hier geen fout geeft, kan worden neergezet.
import lintModule from "bpmn-js-bpmnlint";
import { stuur } from "./ophalen.js";

const WACHT = 500;

/** Geeft bpmn-js-bpmnlint de bevindingen van de server in plaats van die van regels in de browser. */
class Controle {
  static $inject = ["linting", "bpmnjs", "config.linting", "eventBus"];

  constructor(linting, bpmnjs, { adres }, eventBus) {
    let vorige = {};
    let lopend = null;
    let wacht = null;
    const vraag = async () => {
      const { xml } = await bpmnjs.saveXML();
      return stuur(adres, xml);
    };
    linting.lint = () =>
      new Promise((klaar) => {
        clearTimeout(wacht);
        wacht = setTimeout(async () => {
          const deze = (lopend = {});
          try {
            const bevindingen = await vraag();
            if (deze === lopend) vorige = perRegel(bevindingen);
          } catch {
            /* geen verbinding: wat er stond blijft staan, de melding van het bewaren zegt het al */
          }
          klaar(vorige);
        }, WACHT);
      });
    eventBus.on("linting.completed", () => eventBus.fire("controle.klaar", { bevindingen: vorige }));
  }
}

/** Bevindingen [{element, code, tekst, remedie, ernst}] in de vorm van bpmnlint. */
function perRegel(bevindingen) {
  const regels = {};
  for (const { element, code, tekst, remedie, ernst } of bevindingen) {
    (regels[code] ??= []).push({ id: element, message: remedie ? `${tekst} ${remedie}` : tekst, category: ernst === "let op" ? "warn" : "error" });
  }
  return regels;
}

export const controleModule = { __depends__: [lintModule], __init__: ["motorcontrole"], motorcontrole: ["type", Controle] };
