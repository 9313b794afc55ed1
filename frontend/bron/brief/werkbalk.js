// De werkbalk van een editor: één tabstop, pijltjes ertussen (het patroon toolbar van ARIA).

export class Werkbalk {
  constructor(editor, opdrachten) {
    this.editor = editor;
    this.element = document.createElement("div");
    this.element.className = "dv-brief__balk";
    this.element.setAttribute("role", "toolbar");
    this.element.setAttribute("aria-label", editor.teksten.werkbalk.replace("%(veld)s", editor.naam));
    this.knoppen = opdrachten.map(([naam, doe, merk]) => this.#knop(naam, doe, merk));
    this.element.append(...this.knoppen.map((deel) => deel.knop));
    this.element.addEventListener("keydown", (gebeurtenis) => this.#loop(gebeurtenis));
    this.#tabstop(0);
  }

  #knop(naam, doe, merk) {
    const knop = document.createElement("button");
    Object.assign(knop, { type: "button", className: `dv-brief__knop dv-brief__knop--${naam}`, textContent: this.editor.teksten[naam] });
    knop.addEventListener("click", () => {
      const { view } = this.editor;
      if (knop.getAttribute("aria-disabled") === "true") return;
      doe(view.state, view.dispatch, view);
      if (!document.querySelector("dialog[open]")) view.focus();
    });
    return { knop, doe, merk };
  }

  /** Wat er bij de cursor kan, en wat er aan staat. */
  ververs() {
    const { state } = this.editor.view;
    for (const { knop, doe, merk } of this.knoppen) {
      knop.setAttribute("aria-disabled", String(!doe(state)));
      if (merk) {
        const { from, $from, to, empty } = state.selection;
        const aan = empty ? Boolean(merk.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, merk);
        knop.setAttribute("aria-pressed", String(aan));
      }
    }
  }

  focus() {
    this.knoppen.find(({ knop }) => knop.tabIndex === 0).knop.focus();
    return true;
  }

  weg() {
    this.element.remove();
  }

  #tabstop(nummer) {
    this.knoppen.forEach(({ knop }, nr) => (knop.tabIndex = nr === nummer ? 0 : -1));
  }

  #loop(gebeurtenis) {
    const nu = this.knoppen.findIndex(({ knop }) => knop === document.activeElement);
    const laatste = this.knoppen.length - 1;
    const naar = { ArrowRight: nu === laatste ? 0 : nu + 1, ArrowLeft: nu === 0 ? laatste : nu - 1, Home: 0, End: laatste }[gebeurtenis.key];
    if (gebeurtenis.key === "Escape") this.editor.view.focus();
    if (naar === undefined) return;
    gebeurtenis.preventDefault();
    this.#tabstop(naar);
    this.knoppen[naar].knop.focus();
  }
}
