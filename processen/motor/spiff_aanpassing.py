"""Alle aanpassingen van SpiffWorkflow (vastgezet op 3.2.0), dat hier de tokens bijhoudt. Spiff zelf wordt niet gewijzigd.

Twee lagen:

* `Stap`, `Werkstroom` en `Deelstroom` gedragen zich als de klassen van Spiff, maar houden bij welke stappen klaar zijn en welke
  wachten, in plaats van na elke stap de hele boom te doorlopen (dat is kwadratisch en houdt stil op bij diepte 1.000), en kennen
  geen recursie over de boom. Met deze laag slagen Spiffs eigen BPMN-tests.
* De specs hieronder (`StapSpec` en verder) zijn wat de motor zelf bouwt. Zij voorspellen niets, dragen geen gegevens (die beheert
  de motor, dus een latere stap kan nooit de geschiedenis van een eerdere herschrijven) en laten een voltooide stap meteen los:
  de boom is de wortel met de open stappen, hoe lang het proces ook al loopt.

Uitdrukkingen gaan altijd naar FEEL: `GeenPython` weigert al het andere.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from SpiffWorkflow.bpmn.script_engine import BasePythonScriptEngineEnvironment, PythonScriptEngine
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.control import SimpleBpmnTask
from SpiffWorkflow.bpmn.specs.mixins.exclusive_gateway import ExclusiveGateway
from SpiffWorkflow.bpmn.specs.mixins.inclusive_gateway import InclusiveGateway
from SpiffWorkflow.bpmn.specs.mixins.parallel_gateway import ParallelGateway
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.specs.MultiChoice import MultiChoice
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from processen.motor.fouten import GeenPad, MotorFout
from processen.motor.model import Element

if TYPE_CHECKING:
    from collections.abc import Mapping

FUTURE, WAITING, READY, STARTED = TaskState.FUTURE, TaskState.WAITING, TaskState.READY, TaskState.STARTED
COMPLETED, CANCELLED = TaskState.COMPLETED, TaskState.CANCELLED
Klaar = READY | WAITING


class Stap(Task):  # type: ignore[misc]  # Spiff heeft geen types
    """Een taak van Spiff die haar werkstroom vertelt als haar toestand wijzigt. `lokaal` zijn de variabelen van alleen deze stap."""

    def __init__(
        self, workflow: "Any", task_spec: Any, parent: "Stap | None" = None, state: int = TaskState.MAYBE, id: UUID | None = None  # noqa: A002  # zo heet het bij Spiff
    ) -> None:  # fmt: skip
        super().__init__(workflow, task_spec, parent, state=state, id=id)
        self.lokaal: dict[str, Any] = {}
        workflow.meld_toestand(self)

    def _set_state(self, value: int) -> None:
        if value != self.state:
            self._state: int = value
            self.last_state_change = next(self.workflow.teller)
            self.workflow.meld_toestand(self)

    def _add_child(self, task_spec: Any, state: int = TaskState.MAYBE) -> "Stap":
        if self.has_state(TaskState.PREDICTED_MASK) and state & TaskState.PREDICTED_MASK == 0:
            raise WorkflowException("een voorspelde stap krijgt geen zekere opvolger", task_spec=self.task_spec)
        kind = Stap(self.workflow, task_spec, self, state=state)
        kind.thread_id = self.thread_id
        if state == READY:
            kind._ready()  # eigen klasse
        return kind

    def is_descendant_of(self, task: Task) -> bool:
        return any(voorouder is task for voorouder in self._voorouders())

    def find_ancestor(self, spec_name: str) -> "Stap | None":
        return next((v for v in self._voorouders() if v.task_spec.name == spec_name), None)

    def _voorouders(self) -> "Iterator[Stap]":
        ouder = self.parent
        while ouder is not None:
            yield ouder
            ouder = ouder.parent


def _tel() -> Iterator[float]:
    """Oplopende tijdstippen zonder klok: Spiff gebruikt ze alleen om te ordenen."""
    laatste = 0.0
    while True:
        laatste = max(time.time(), laatste + 1e-6)
        yield laatste


class _Snel:
    """Houdt bij welke stappen klaar, wachtend en open zijn."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.teller = _tel()
        self.klaar: dict[UUID, Stap] = {}
        self.wachtend: dict[UUID, Stap] = {}
        self.open: dict[UUID, Stap] = {}
        zonder_start = kwargs.pop("deserializing", False)
        super().__init__(*args, deserializing=True, **kwargs)  # type: ignore[call-arg]  # de workflow van Spiff volgt hierna
        if not zonder_start:
            self._begin()

    def _begin(self) -> None:
        self.task_tree = Stap(self, self.spec.start, state=FUTURE)  # type: ignore[attr-defined]
        self.task_tree.task_spec._predict(self.task_tree, mask=TaskState.NOT_FINISHED_MASK)  # noqa: SLF001
        self.task_tree._ready()  # noqa: SLF001  # eigen klasse

    def meld_toestand(self, stap: Stap) -> None:
        """Een stap is van toestand gewisseld: zet haar in de goede rij."""
        toestand, sleutel = stap._state, stap.id  # noqa: SLF001  # eigen klasse
        for rij, masker in ((self.klaar, READY), (self.wachtend, WAITING), (self.open, TaskState.NOT_FINISHED_MASK)):
            if toestand & masker:
                rij[sleutel] = stap
            else:
                rij.pop(sleutel, None)

    def _task_removed_notify(self, task: Stap) -> None:
        for rij in (self.klaar, self.wachtend, self.open):
            rij.pop(task.id, None)
        super()._task_removed_notify(task)  # type: ignore[misc]

    def is_completed(self) -> bool:
        self.completed: bool = self.completed or not self.open
        return self.completed

    def update_waiting_tasks(self) -> None:
        for stap in self.in_volgorde(WAITING):
            if stap.state == WAITING:
                stap.task_spec._update(stap)  # noqa: SLF001  # Spiffs eigen koppelvlak tussen taak en spec

    def get_tasks_iterator(self, first_task: Stap | None = None, **filters: Any) -> Any:
        """De gewone doorloop, behalve voor wat in de rijen staat: dat is er zonder de boom."""
        staat = filters.get("state")
        if (
            first_task is None
            and staat is not None
            and staat | Klaar == Klaar
            and set(filters) <= {"state", "manual", "spec_name"}
        ):
            return iter([stap for stap in self.in_volgorde(staat) if _past(stap, filters)])
        return super().get_tasks_iterator(first_task, **filters)  # type: ignore[misc]

    def in_volgorde(self, masker: int) -> list[Stap]:
        """De stappen in deze toestand(en), ook van deelprocessen hieronder, in de volgorde van de boom."""
        stappen = self._in_rijen(masker)
        for deel in self.top_workflow.subprocesses.values():  # type: ignore[attr-defined]
            if deel is not self and self._bevat(deel):
                stappen += deel._in_rijen(masker)  # noqa: SLF001  # eigen klasse
        return sorted(stappen, key=_plaats) if len(stappen) > 1 else stappen

    def _in_rijen(self, masker: int) -> list[Stap]:
        klaar = list(self.klaar.values()) if masker & READY else []
        return klaar + (list(self.wachtend.values()) if masker & WAITING else [])

    def _bevat(self, deel: Any) -> bool:
        while deel is not None and deel is not self:
            deel = deel.parent_workflow
        return deel is self


def _past(stap: Stap, filters: "Mapping[str, Any]") -> bool:
    handmatig, naam = filters.get("manual"), filters.get("spec_name")
    return handmatig in (None, stap.task_spec.manual) and naam in (None, stap.task_spec.name)


def _plaats(stap: Stap) -> list[int]:
    """De plaats in de boom, over deelprocessen heen: het pad van kindnummers vanaf de bovenste wortel."""
    pad: list[int] = []
    huidig: Any = stap
    while huidig is not None:
        ouder = huidig.parent
        if ouder is not None:
            pad.append(ouder._children.index(huidig.id) + 1)  # noqa: SLF001  # eigen klasse
        else:
            bovenliggend = huidig.workflow.parent_task_id
            ouder = None if bovenliggend is None else huidig.workflow.top_workflow.get_task_from_id(bovenliggend)
            pad.append(0)
        huidig = ouder
    return pad[::-1]


class Werkstroom(_Snel, BpmnWorkflow):  # type: ignore[misc]  # Spiff heeft geen types
    """Een lopend proces."""

    def __init__(self, spec: Any, subprocess_specs: Any = None, script_engine: Any = None, **kwargs: Any) -> None:
        super().__init__(spec, subprocess_specs, script_engine or GeenPython(), **kwargs)

    def create_subprocess(self, my_task: Any, spec_name: str) -> "Deelstroom":
        deel = Deelstroom(self.subprocess_specs[spec_name], parent_task_id=my_task.id, top_workflow=self)
        self.subprocesses[my_task.id] = deel
        return deel


class Deelstroom(_Snel, BpmnSubWorkflow):  # type: ignore[misc]  # Spiff heeft geen types
    """Een lopend deelproces."""


class _InMotor:
    """Onder de motor: wachtende stappen gaan alleen verder als de motor dat zegt. `variabelen` is er bij een eigen variabelenbereik.

    `keerbaar` is wat hier klaar is en nog teruggedraaid kan worden, op volgorde; zie `compenseren`.
    """

    variabelen: "dict[str, Any] | None" = None
    gecompileerd: Any = None
    keerbaar: "list[list[Any]]"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keerbaar = []

    def _task_completed_notify(self, task: Stap) -> None:
        """Niets: de motor kijkt zelf wat er verder kan."""


class MotorStroom(_InMotor, Werkstroom):
    """Een procesinstantie onder de motor."""


class MotorDeel(_InMotor, Deelstroom):
    """Een lopend subproces of aangeroepen proces onder de motor."""


class _GeenOmgeving(BasePythonScriptEngineEnvironment):  # type: ignore[misc]  # Spiff heeft geen types
    """Voert niets uit: er komt nooit Python uit een model."""

    def evaluate(self, expression: str, *_args: Any, **_kwargs: Any) -> Any:
        raise MotorFout(f"geen FEEL-omgeving voor {expression!r}")

    def execute(self, script: str, *_args: Any, **_kwargs: Any) -> Any:
        raise MotorFout(f"scripts worden niet uitgevoerd: {script!r}")

    def call_service(self, *_args: Any, **_kwargs: Any) -> Any:
        raise MotorFout("diensten lopen via de outbox")


class GeenPython(PythonScriptEngine):  # type: ignore[misc]  # Spiff heeft geen types
    """De scriptmachine zonder Python. De motor geeft `beoordeel` mee, dat een voorwaarde in FEEL uitrekent."""

    def __init__(self, beoordeel: Callable[[Stap, str], Any] | None = None) -> None:
        super().__init__(_GeenOmgeving())
        self._beoordeel = beoordeel

    def validate(self, expression: str) -> None:
        """FEEL wordt bij het neerzetten gecontroleerd, niet hier."""

    def evaluate(self, task: Stap, expression: str, external_context: Any = None) -> Any:
        if self._beoordeel is None:
            return self.environment.evaluate(expression, external_context)
        return self._beoordeel(task, expression)

    def execute(self, task: Stap, script: str, external_context: Any = None) -> Any:
        del task, external_context
        return self.environment.execute(script)


# --- specs ---------------------------------------------------------------------------------------------------------------------


class StapSpec(SimpleBpmnTask):  # type: ignore[misc]  # Spiff heeft geen types
    """Een stap zonder voorspelling en zonder eigen gegevens: bij aankomst klaar, na voltooiing naar alle uitgangen."""

    kiest = False
    """Waar als de spec bij het uitvoeren zelf zijn opvolgers maakt."""

    def __init__(self, wf_spec: Any, name: str, element: Element | None = None, **kwargs: Any) -> None:
        super().__init__(wf_spec, name, **kwargs)
        self.element = element
        self.bpmn_id = element.id if element else None
        self.rand: list[str] = []
        """Namen van de grensgebeurtenissen aan deze stap."""
        self.exemplaar = ""
        """Bij een herhaalde activiteit: de naam van de spec die per keer gebeurt."""

    def _predict(self, my_task: Stap, seen: Any = None, looked_ahead: int = 0, mask: int = 0) -> None:
        """Er wordt niets voorspeld."""

    def _update_hook(self, my_task: Stap) -> bool:
        del my_task
        return True

    def _on_ready(self, my_task: Stap) -> None:
        """Niets: de motor betreedt de stap als zij aan de beurt is."""

    def _on_complete_hook(self, my_task: Stap) -> None:
        if not self.kiest:
            my_task._sync_children(self.outputs, FUTURE)  # noqa: SLF001  # eigen klasse


class Keuze(StapSpec, ExclusiveGateway):  # type: ignore[misc]  # Spiff heeft geen types
    """Precies één pad: het eerste waarvan de voorwaarde klopt, anders het standaardpad."""

    kiest = True

    def _run_hook(self, my_task: Stap) -> bool:
        try:
            return bool(super()._run_hook(my_task))
        except WorkflowException as fout:
            raise GeenPad("Geen enkele voorwaarde klopt en er is geen standaardpad.") from fout


class Uitgangen(StapSpec, MultiChoice):  # type: ignore[misc]  # Spiff heeft geen types
    """Voorwaardelijke pijlen uit een gewone stap: alle paden zonder voorwaarde en alle waarvan die klopt, anders het standaardpad."""

    kiest = True

    def __init__(self, wf_spec: Any, name: str, element: Element | None = None, **kwargs: Any) -> None:
        super().__init__(wf_spec, name, element, **kwargs)
        self.standaardpad = ""

    def gekozen(self, my_task: Stap) -> list[Any]:
        """De specs van de gekozen paden."""
        passend = [
            naam for voorwaarde, naam in self.cond_task_specs
            if naam != self.standaardpad and (voorwaarde is None or voorwaarde._matches(my_task))  # noqa: SLF001
        ]  # fmt: skip
        namen = passend or [self.standaardpad] * bool(self.standaardpad)
        if not namen:
            raise GeenPad("Geen enkele voorwaarde klopt en er is geen standaardpad.")
        return [self._wf_spec.task_specs[naam] for naam in namen]

    def _run_hook(self, my_task: Stap) -> bool:
        my_task._sync_children(self.gekozen(my_task), FUTURE)  # noqa: SLF001  # eigen klasse
        return True


class _Samenloop(StapSpec):
    """Een gateway die op meer aankomsten wacht. Elke aankomst onthoudt over welk pad zij kwam; de laatste gaat door."""

    def mag_door(self, aankomsten: list[Stap], my_task: Stap) -> bool:
        """Zijn alle nodige aankomsten er?"""
        raise NotImplementedError

    def _update_hook(self, my_task: Stap) -> bool:
        my_task.internal_data.setdefault("van", my_task.parent.task_spec.name)
        my_task._set_state(WAITING)  # noqa: SLF001  # eigen klasse
        aankomsten = self.aankomsten(my_task.workflow)
        if not self.mag_door(aankomsten, my_task):
            return False
        self._verbruik(aankomsten, my_task)
        return True

    def aankomsten(self, werkstroom: Any) -> list[Stap]:
        """De stappen die hier wachten, op volgorde van aankomst."""
        return [stap for stap in werkstroom.wachtend.values() if stap.task_spec is self]

    def _verbruik(self, aankomsten: list[Stap], my_task: Stap) -> None:
        """Per ingang gaat er één aankomst op; deze stap gaat door namens allemaal."""
        over: Counter[str] = Counter(self._inputs)
        over[my_task.internal_data["van"]] -= 1
        for stap in aankomsten:
            van = stap.internal_data["van"]
            if stap is not my_task and over[van] > 0:
                over[van] -= 1
                stap._set_state(CANCELLED)  # noqa: SLF001  # eigen klasse
                laat_los(stap)


class Bundel(_Samenloop, ParallelGateway):  # type: ignore[misc]  # Spiff heeft geen types
    """Parallel: wacht op één aankomst per ingang, gaat daarna over alle uitgangen."""

    def mag_door(self, aankomsten: list[Stap], my_task: Stap) -> bool:
        del my_task
        return not Counter(self._inputs) - Counter(stap.internal_data["van"] for stap in aankomsten)


class Inclusief(_Samenloop, Uitgangen, InclusiveGateway):  # type: ignore[misc]  # Spiff heeft geen types
    """Inclusief: wacht zolang er nog iets kan aankomen over een pad zonder aankomst, en gaat daarna over elk passend pad."""

    kiest = True

    def mag_door(self, aankomsten: list[Stap], my_task: Stap) -> bool:
        leeg = set(self._inputs) - {stap.internal_data["van"] for stap in aankomsten}
        elders = {stap.task_spec.name for stap in my_task.workflow.open.values() if self._is_token(stap)}
        vol = set(self._inputs) - leeg
        wachten = {naam for ingang in leeg for naam in elders & self._kan_naar(ingang)}
        return not wachten - {naam for ingang in vol for naam in wachten & self._kan_naar(ingang)}

    def _is_token(self, stap: Stap) -> bool:
        return stap.task_spec is not self and not isinstance(stap.task_spec, Randgebeurtenis | Luisteraar)

    def herzie(self, werkstroom: Any) -> bool:
        """Er is elders iets veranderd: gaat er een wachtende aankomst door?"""
        aankomsten = self.aankomsten(werkstroom)
        if not aankomsten or not self.mag_door(aankomsten, aankomsten[-1]):
            return False
        self._verbruik(aankomsten, aankomsten[-1])
        aankomsten[-1]._ready()  # noqa: SLF001  # eigen klasse
        return True

    def _kan_naar(self, ingang: str) -> frozenset[str]:
        """Alle specs van waaruit `ingang` bereikbaar is zonder door deze gateway te gaan."""
        bewaard: dict[str, frozenset[str]] = self.__dict__.setdefault("_bereikbaar", {})
        if ingang not in bewaard:
            bewaard[ingang] = frozenset(_achteruit(self._wf_spec, ingang, self.name))
        return bewaard[ingang]

    def _run_hook(self, my_task: Stap) -> bool:
        return Uitgangen._run_hook(self, my_task)  # noqa: SLF001  # eigen klasse


def _achteruit(wf_spec: Any, vanaf: str, behalve: str) -> set[str]:
    gezien, nog = set(), [vanaf]
    while nog:
        naam = nog.pop()
        if naam in gezien or naam == behalve:
            continue
        gezien.add(naam)
        spec = wf_spec.task_specs[naam]
        nog += spec._inputs + getattr(spec, "gastheren", [])  # noqa: SLF001  # Spiffs ingangen staan alleen zo
    return gezien


class Randgebeurtenis(StapSpec):
    """Een grensgebeurtenis; `gastheren` zijn de stappen waar zij aan hangt (van daaruit bereikbaar)."""

    def __init__(self, wf_spec: Any, name: str, element: Element, gastheer: str) -> None:
        super().__init__(wf_spec, name, element)
        self.gastheren = [gastheer]


class Luisteraar(StapSpec):
    """De start van een gebeurtenissubproces: wacht zolang zijn bereik loopt, maar houdt dat niet open."""


def nieuw_bereik(naam: str) -> Any:
    """Een lege processpec van Spiff."""
    return BpmnProcessSpec(name=naam)


def begin(werkstroom: Any) -> Stap:
    """De wortel van een werkstroom, al voltooid: de motor hangt er zelf de startgebeurtenis onder."""
    wortel = Stap(werkstroom, werkstroom.spec.start, state=COMPLETED)
    werkstroom.task_tree = wortel
    return wortel


def activeer(ouder: Stap, spec: StapSpec, *, intern: "Mapping[str, Any] | None" = None) -> Stap:
    """Zet een token op `spec`, onder `ouder`."""
    stap = ouder._add_child(spec, FUTURE)  # noqa: SLF001  # eigen klasse
    stap.triggered = True
    stap.internal_data.update(intern or {})
    spec._update(stap)  # noqa: SLF001  # eigen klasse
    return stap


def laat_los(stap: Stap) -> None:
    """Haal een afgelopen stap uit de boom; haar opvolgers komen op haar plaats."""
    ouder, werkstroom = stap.parent, stap.workflow
    if ouder is None:
        return
    for kind in stap.children:
        kind.parent = ouder
    plaats = ouder._children.index(stap.id)  # noqa: SLF001  # eigen klasse
    ouder._children[plaats : plaats + 1] = stap._children  # noqa: SLF001  # eigen klasse
    werkstroom.tasks.pop(stap.id, None)
