// Opmerkingen bij een element: zij gaan als documentatie met textFormat "text/x-opmerkingen" mee in het model, de motor leest ze niet.
import { getBusinessObject } from "bpmn-js/lib/util/ModelUtil";
import { TextAreaEntry, isTextAreaEntryEdited } from "@bpmn-io/properties-panel";
import { useService } from "bpmn-js-properties-panel";

const VORM = "text/x-opmerkingen";
const vind = (element) => (getBusinessObject(element).get("documentation") ?? []).find((deel) => deel.textFormat === VORM);

function Opmerkingen({ element, id }) {
  const [modeling, factory, translate, debounce] = ["modeling", "bpmnFactory", "translate", "debounceInput"].map((naam) => useService(naam));
  const zet = (tekst) => {
    const bo = getBusinessObject(element);
    const rest = bo.get("documentation").filter((deel) => deel.textFormat !== VORM);
    const eigen = tekst ? [factory.create("bpmn:Documentation", { textFormat: VORM, text: tekst })] : [];
    modeling.updateModdleProperties(element, bo, { documentation: [...rest, ...eigen] });
  };
  return TextAreaEntry({ element, id, label: translate("Remarks for colleagues"), rows: 3, getValue: () => vind(element)?.text ?? "", setValue: zet, debounce });
}

class Provider {
  static $inject = ["propertiesPanel", "overlays", "eventBus", "elementRegistry", "translate"];

  constructor(propertiesPanel, overlays, eventBus, elementRegistry, translate) {
    propertiesPanel.registerProvider(400, this);
    this.translate = translate;
    const toon = () => {
      overlays.remove({ type: "opmerking" });
      elementRegistry.filter((element) => element.parent && element.type !== "label" && vind(element)).forEach((element) => {
        const merk = document.createElement("span");
        merk.className = "dv-opmerking";
        merk.title = vind(element).text;
        overlays.add(element, "opmerking", { position: { top: -10, left: -6 }, html: merk });
      });
    };
    eventBus.on(["import.done", "commandStack.changed"], toon);
  }

  getGroups() {
    const { translate } = this;
    return (groepen) => [
      ...groepen,
      {
        id: "opmerkingen",
        label: translate("Remarks"),
        entries: [{ id: "opmerkingen", component: Opmerkingen, isEdited: isTextAreaEntryEdited }],
      },
    ];
  }
}

export const opmerkingenModule = { __init__: ["opmerkingen"], opmerkingen: ["type", Provider] };
