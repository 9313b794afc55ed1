// De variabelen die een proces al heeft als het begint: de antwoorden van het formulier en wat de zaakafhandeling meegeeft.
import { is } from "bpmn-js/lib/util/ModelUtil";
import VariableProvider from "@bpmn-io/variable-resolver/lib/VariableProvider";

class Variabelen extends VariableProvider {
  static $inject = ["variableResolver", "config.variabelen"];

  constructor(variableResolver, variabelen) {
    super(variableResolver);
    this._variabelen = variabelen.map(({ naam, soort, uitleg }) => ({ name: naam, type: soort, info: uitleg }));
  }

  getVariables(element) {
    return is(element, "bpmn:Process") ? this._variabelen : [];
  }
}

export const variabelenModule = { __init__: ["eigenVariabelen"], eigenVariabelen: ["type", Variabelen] };
