"""Checks an implementation of the Détente statechart against the test vectors: python3 check.py vectors.json

The implementation is the class Machine, written from docs/porting.md and the rules in the file. Replace it with yours.
"""

import json
import sys


class Machine:
    """One endpoint's statechart: step(event name) returns the effects' names, or None if the event means nothing here."""

    def __init__(self, rules, path, context):
        self.rules, self.path, self.context = rules, path, dict(context)

    def matches(self, pattern, event):
        known = {**self.context, "event": event}
        return all(known[field] in (want if isinstance(want, list) else [want]) for field, want in pattern.items())

    def choose(self, moves, event):
        for move in moves:
            guard = move.get("guard")
            if guard is None or any(self.matches(pattern, event) for pattern in self.rules["guards"][guard]):
                return move
        return None

    def perform(self, names, event, effects):
        for name in names:
            if name in self.rules["flags"]:
                cases = self.rules["flags"][name]
                self.context.update(next(case["sets"] for case in cases if self.matches(case["when"], event)))
            else:
                effects.append(name)

    def take(self, move, event, effects):
        states = self.rules["states"]
        if "target" in move:
            self.perform(states[self.path]["exit"], event, effects)
        self.perform(move["does"], event, effects)
        if "target" in move:
            self.path = move["target"]
            self.perform(states[self.path]["entry"], event, effects)

    def step(self, event):
        if self.path == "closed":
            return None
        states, kind, effects = self.rules["states"], event.split()[0], []
        move = self.choose(states[self.path]["on"].get(kind, []), event)
        if move is None:
            move = self.choose(self.rules["common"].get(kind, []), event)
        if move is None:
            return None
        while move is not None:
            self.take(move, event, effects)
            move = self.choose(states[self.path]["always"], event)
        return effects


def check_table(vectors):
    """Every state and every event: the same next state and the same effects in the same order."""
    cells = 0
    for automaton in vectors["automata"]:
        states = automaton["states"]
        for state in states:
            for event, cell in state["on"].items():
                machine = Machine(vectors["rules"], state["path"], state["context"])
                effects = machine.step(event)
                if isinstance(cell, int):
                    right = effects is None
                else:
                    to = states[cell[0]]
                    right = effects == cell[1:] and (machine.path, machine.context) == (to["path"], to["context"])
                if not right:
                    sys.exit(f"{state['path']} {state['context']} on {event}: {machine.path} {machine.context} {effects}")
                cells += 1
    return cells


def visible(effect, vectors):
    """What an effect looks like from outside, without ids and payload; None for what only keeps or forgets something."""
    kind, fields = effect.split()[0], vectors["effects"][effect]
    if kind in ("createOffer", "applyOffer", "createAnswer", "applyAnswer", "rollback"):
        return ("perform", kind)
    if kind.startswith("send"):
        return ("send", kind[4:].lower(), fields.get("wants"), fields.get("reason"))
    if kind in ("startTimer", "stopTimer"):
        return (kind[:-5] + "-timer", fields["timer"])
    return ("report", fields["code"]) if kind == "report" else None


def shape(output):
    if output["type"] == "send":
        message = output["message"]
        return ("send", message["kind"], message.get("wants"), message.get("reason"))
    return tuple(value for field, value in output.items() if field in ("type", "operation", "timer", "code"))


def check_runs(vectors):
    """Every step of every run: the same state and, candidates aside, the same operations, messages, timers and reports."""
    steps = 0
    for number, run in enumerate(vectors["runs"]):
        start = vectors["automata"][run["automaton"]]["states"][0]
        machine = Machine(vectors["rules"], start["path"], start["context"])
        for step in run["steps"]:
            if step["event"] is not None:
                effects = machine.step(step["event"]) or []
                expected = [shape(output) for output in step["outputs"]]
                beside = (("add-candidate",), ("send", "candidate", None, None), ("report", "candidates-overflow"))
                seen = [look for look in (visible(effect, vectors) for effect in effects) if look]
                if seen != [output for output in expected if output not in beside]:
                    sys.exit(f"run {number}, step {step}: {seen}")
            if machine.path != step["path"]:
                sys.exit(f"run {number}, step {step}: {machine.path}")
            steps += 1
    return steps


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        loaded = json.load(file)
    if (loaded["format"], loaded["version"]) != ("detente-vectors", 1):
        sys.exit("this is not a file of test vectors that this checker knows")
    print(f"{check_table(loaded)} cells and {check_runs(loaded)} steps agree")
