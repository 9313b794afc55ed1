// Groepen van het eigenschappenpaneel die de motor niet leest, toont de modelleur niet: wat er staat, doet ook iets.
const NIET = new Set(["Zeebe__ExecutionListeners", "Zeebe__TaskListeners", "zeebe_versionTag", "versionTag"]);

class AlleenWatDraait {
  static $inject = ["propertiesPanel"];

  constructor(propertiesPanel) {
    propertiesPanel.registerProvider(100, this);
  }

  getGroups() {
    return (groepen) => groepen.filter(({ id }) => !NIET.has(id));
  }
}

export const alleenWatDraaitModule = { __init__: ["alleenWatDraait"], alleenWatDraait: ["type", AlleenWatDraait] };
