/**
 * A model of two sides in TLA+. What differs from model to model are the tables and a handful of constants; the rest, how
 * the sides come together and what is claimed of them, is the same text in each.
 */
import { type Budget, fieldNames } from '../model/budget.ts';
import { type Fact } from '../model/facts.ts';
import { type Sight, sightOf } from '../model/dangers.ts';
import { premisesOf } from '../model/properties.ts';
import { header } from './header.ts';
import { identifier, kindsInTla, tablesInTla } from './tla-tables.ts';
import { type Claim, judgedOf, type Tables } from './tables.ts';

/** What TLC needs: a module and its configuration, to be kept in `<module name>.tla` and `<module name>.cfg`. */
export interface TlaFiles {
  readonly module: string;
  readonly config: string;
}

/** `name` is that of the model, `moduleName` an identifier of TLA+. */
export function toTla(name: string, tables: Tables, moduleName = 'Detente'): TlaFiles {
  const claims = claimsOf(tables);
  const rule = (text: string) => `${'-'.repeat(20)} ${text} ${'-'.repeat(20)}`;
  const module = [
    rule(`MODULE ${moduleName}`),
    `(*\n${header(name, tables, claims, usage(moduleName)).replaceAll('*)', '* )')}\n*)`,
    'EXTENDS Naturals, Sequences, TLC',
    tablesInTla(tables),
    '\\* What can happen to a side. A message is the input receive plus its number.',
    kindsInTla,
    constants(tables),
    composition,
    properties(tables),
    '='.repeat(60),
  ].join('\n\n');
  const idsOf = (types: readonly Claim['type'][]) =>
    claims.filter(({ type }) => types.includes(type)).map(({ id }) => identifier(id));
  const config = [
    'SPECIFICATION Spec',
    `INVARIANTS ${idsOf(['always']).join(' ')}`,
    `PROPERTIES ${idsOf(['leads-to']).join(' ')}`,
    'CHECK_DEADLOCK FALSE',
    '\\* Tells counterexamples in words, with a TLC that knows it:',
    '\\* ALIAS Told',
  ].join('\n');
  return { module: `${module}\n`, config: `${config}\n` };
}

const usage = (moduleName: string): string => `\
To visit every state and judge liveness, with ${moduleName}.cfg beside this file:

  java -XX:+UseParallelGC -cp tla2tools.jar tlc2.TLC -workers auto ${moduleName}.tla

TLC counts the initial state among its "states generated": there is one more of them than there are transitions. A danger
is reached if TLC finds its operator Never_... violated when that is made an invariant. Liveness takes much longer than
safety: leave out the PROPERTIES for large models.

A step that leads back to the same state is no step for WF, and is one for the explorer, so that what is fair there is
fair here, too. The bounds of L3 and L4 are left to the explorer, which computes them.`;

const claimsOf = (tables: Tables): readonly Claim[] => [
  ...judgedOf(tables),
  ...tables.claims.filter(({ type }) => type === 'leads-to'),
];

function constants({ parameters, initial: { left, right } }: Tables): string {
  const { budget, queue = 8, follow = '' } = parameters;
  const amount = (name: keyof Budget) => (budget[name] === 'endless' ? 'Endless' : (budget[name] ?? 0));
  const bool = (is: boolean) => (is ? 'TRUE' : 'FALSE');
  const { isFaultless, mayRollBack } = premisesOf(parameters);
  return `\
\\* A budget that never runs out.
Endless == 1000
\\* What may happen that need not.
Budget == [${fieldNames.map((name) => `${name} |-> ${amount(name)}`).join(', ')}]
\\* Changes may go on for ever, until the application promises to stop.
Unending == ${bool(budget.leftChanges === 'endless' || budget.rightChanges === 'endless')}
Faultless == ${bool(isFaultless)}
MayRollBack == ${bool(mayRollBack)}
\\* Sessions that are over may hear of a new one on the other side, and are then begun anew.
MayBeginAnew == ${bool((budget.restarts ?? 0) !== 0)}
\\* Messages that may be on their way in one direction.
Longest == ${queue}
\\* The side of which one change is followed.
Followed == "${follow}"
FirstNode == [left |-> ${left.node + 1}, right |-> ${right.node + 1}]
FirstInbox == [left |-> <<${right.sends.join(', ')}>>, right |-> <<${left.sends.join(', ')}>>]`;
}

const composition = `\
VARIABLES
  node,      \\* of each side
  inbox,     \\* what is on its way to each side, the oldest first
  may,       \\* what is left of the budget
  stopped,   \\* the application has promised that no change will follow
  troubled   \\* without faults: something was reported, or a timer was needed

vars == <<node, inbox, may, stopped, troubled>>

Sides == {"left", "right"}
Other(side) == IF side = "left" THEN "right" ELSE "left"
ChangesOf(side) == IF side = "left" THEN "leftChanges" ELSE "rightChanges"
Kinds == {change, followedChange, restartIce, close, done, doneUncarried, fail, failHalf, hang, timer, gather,
          gatherPending, restart, engineCloses}

Class(n) == Classes[Nodes[n][2]]
Is(fact, side) == fact \\in Class(node[side]).is
Either(fact) == Is(fact, "left") \\/ Is(fact, "right")
Both(fact) == Is(fact, "left") /\\ Is(fact, "right")

Overflows == \\E side \\in Sides : Len(inbox[side]) > Longest
\\* A side that has shown what is wrong, and a queue that is too long, end the run.
GoesOn == ~Either("broken") /\\ ~Overflows
NothingOnItsWay == \\A side \\in Sides : inbox[side] = <<>>
\\* Whether nothing can happen but that a timer fires.
Quiet == NothingOnItsWay /\\ ~Either("busy")

IdsIn(nodes, queues) ==
  UNION ({Nodes[nodes[side]][3] : side \\in Sides} \\cup
         UNION {{Mails[queues[side][i]][2] : i \\in DOMAIN queues[side]} : side \\in Sides})
\\* Whether the ids of each kind are 1, 2, 3... without a gap.
Dense(ids) == \\A id \\in ids : id % 10 = 1 \\/ id - 1 \\in ids

\\* A side takes an input in, with the rest still on its way to it: its node changes, and what it sends is on its way.
\\* Nobody takes in what is sent to a session that is over. Ids are renumbered.
Take(side, input, rest) ==
  LET step == Steps[node[side]][input]
      nodes == [node EXCEPT ![side] = step[1]]
      sent == [inbox EXCEPT ![side] = rest, ![Other(side)] = @ \\o Batches[step[2]]]
      queues == [s \\in Sides |->
        IF ~MayBeginAnew /\\ "closed" \\in Class(nodes[s]).is THEN <<>> ELSE sent[s]]
      ids == IdsIn(nodes, queues)
  IN /\\ node' = IF Dense(ids) THEN nodes ELSE [s \\in Sides |-> NewNodes[nodes[s]][ids]]
     /\\ inbox' = IF Dense(ids) THEN queues
                 ELSE [s \\in Sides |-> [i \\in DOMAIN queues[s] |-> NewMails[queues[s][i]][ids]]]
     /\\ troubled' = (troubled \\/ (Faultless /\\ (input = timer \\/ <<node[side], input>> \\in Troubling)))

CostOf(side, kind) ==
  CASE kind \\in {change, followedChange} -> ChangesOf(side)
    [] kind = timer -> "timers"
    [] kind \\in {fail, failHalf} -> "failures"
    [] kind \\in {hang, close, engineCloses} -> "ends"
    [] kind = restart -> "restarts"
    [] kind \\in {gather, gatherPending} -> "candidates"
    [] kind = restartIce -> "iceRestarts"

IsFree(kind) == kind \\in {done, doneUncarried} \\/ (kind = timer /\\ Quiet)

Possible(side, kind) ==
  /\\ GoesOn
  /\\ kind \\in Class(node[side]).can
  /\\ IF IsFree(kind) THEN TRUE ELSE may[CostOf(side, kind)] > 0
  /\\ kind \\in {change, followedChange} => ~stopped
  /\\ kind = followedChange => side = Followed /\\ ~Is("followed", side)

Happens(side, kind) ==
  /\\ Possible(side, kind)
  /\\ Take(side, kind, inbox[side])
  /\\ may' = IF IsFree(kind) THEN may
            ELSE [may EXCEPT ![CostOf(side, kind)] = IF @ = Endless THEN @ ELSE @ - 1]
  /\\ stopped' = stopped

Receives(side) ==
  /\\ GoesOn
  /\\ inbox[side] # <<>>
  /\\ Take(side, receive + Head(inbox[side]), Tail(inbox[side]))
  /\\ UNCHANGED <<may, stopped>>

Stop ==
  /\\ GoesOn
  /\\ Unending /\\ ~stopped
  /\\ stopped' = TRUE
  /\\ UNCHANGED <<node, inbox, may, troubled>>

Init ==
  /\\ node = FirstNode
  /\\ inbox = FirstInbox
  /\\ may = Budget
  /\\ stopped = FALSE
  /\\ troubled = FALSE

Next == Stop \\/ \\E side \\in Sides : Receives(side) \\/ \\E kind \\in Kinds : Happens(side, kind)

\\* What is on its way arrives, what an engine does ends, and what a timer waits for comes.
Fair == \\A side \\in Sides :
  /\\ WF_vars(Receives(side))
  /\\ WF_vars(\\E kind \\in {done, doneUncarried, fail, failHalf, hang} : Happens(side, kind))
  /\\ WF_vars(Happens(side, timer))

Spec == Init /\\ [][Next]_vars /\\ Fair

\\* How a state is told in a counterexample.
Told == [
  left |-> Nodes[node.left][1], right |-> Nodes[node.right][1],
  toLeft |-> [i \\in DOMAIN inbox.left |-> Mails[inbox.left[i]][1]],
  toRight |-> [i \\in DOMAIN inbox.right |-> Mails[inbox.right[i]][1]],
  may |-> may, stopped |-> stopped, troubled |-> troubled]`;

function properties({ parameters, dangers, claims }: Tables): string {
  const never = dangers.map((danger) => {
    const name = identifier(danger);
    return `Never_${name} == ~${inTla(sightOf(danger), name)}`;
  });
  const isClaimed = (id: string) => claims.some((claim) => claim.id === id);
  return `\
IsAtRest == NothingOnItsWay /\\ Both("atRest")
IsOver == IsAtRest \\/ Both("closed")
MayRest == ~GoesOn \\/ Both("atRest") \\/ Both("closed")
MayChange == IF Unending THEN ~stopped ELSE may.leftChanges > 0 \\/ may.rightChanges > 0
NoFaultSoFar == \\A fault \\in {"failures", "timers", "ends", "restarts"} : may[fault] = Budget[fault]
Unbroken(id) == \\A side \\in Sides : Nodes[node[side]][4] # id
Agreed(side) == Nodes[node[side]][5]
BaseOf(side) == Nodes[node[side]][6]

no_deadlock == MayRest \\/ ENABLED Next
${(['S1', 'S3', 'S4', 'S6'] as const).map((id) => `${id} == Unbroken("${id}")`).join('\n')}
S2 == Unbroken("S2") /\\ ~(Both("accepted") /\\ BaseOf("left") = BaseOf("right"))
S7 == Unbroken("S7") /\\ ~(~MayRollBack /\\ NoFaultSoFar /\\ Either("rollsBack"))
S8 == ~Overflows
quiet == ~troubled
S5 == IsAtRest => Either("estranged") \\/ Agreed("left") = Agreed("right")
L1_rest == IsAtRest => ~Either("owes")
L2 == (~MayChange /\\ ~IsOver) ~> IsOver${
    isClaimed('L1') ? `\nWaits == Is("followed", "${parameters.follow}")\nL1 == Waits ~> ~Waits` : ''
  }

\\* Whether one of these steps is possible, and whether one of these messages is on its way.
MayTake(steps) == \\E side \\in Sides :
  \\/ GoesOn /\\ inbox[side] # <<>> /\\ <<node[side], receive + Head(inbox[side])>> \\in steps
  \\/ \\E kind \\in Kinds : Possible(side, kind) /\\ <<node[side], kind>> \\in steps
OnItsWay(mails) == \\E side \\in Sides : \\E i \\in DOMAIN inbox[side] : inbox[side][i] \\in mails

${never.join('\n')}`;
}

function inTla(sight: Sight, name: string): string {
  const side = (which: string, facts: readonly Fact[]) => facts.map((fact) => `Is("${fact}", ${which})`).join(' /\\ ');
  switch (sight.type) {
    case 'one side':
      return `(\\E side \\in Sides : ${side('side', sight.facts)})`;
    case 'each side':
      return `Both("${sight.fact}")`;
    case 'one and the other': {
      const [one, other] = sight.facts;
      return `(\\E side \\in Sides : ${side('side', [one])} /\\ ${side('Other(side)', [other])})`;
    }
    case 'message':
      return `OnItsWay(Mails_${name})`;
    case 'arrival':
    case 'report':
      return `MayTake(Steps_${name})`;
  }
}
