/** What an exported model does, and what is claimed of its states, as C for Spin. `now` is the state. */
import { type Sight, sightOf } from '../model/dangers.ts';
import type { Fact } from '../model/facts.ts';
import { type Side, sides } from '../model/names.ts';
import { premisesOf } from '../model/properties.ts';
import type { Move } from './promela-moves.ts';
import { isUsed } from './promela-moves.ts';
import { inC, pageSize } from './promela-tables.ts';
import type { Claim, Tables } from './tables.ts';

/** How a step is put into effect. */
export const functionsInC = ({ parameters, mostOnTheirWay }: Tables): string => `\
enum { PLACES = ${mostOnTheirWay}, LONGEST = ${parameters.queue ?? 8} };

/* Whether a counterexample is being told. */
extern int readtrail;

static unsigned shown = 0, violated = 0;

static const struct node *at(int node) { return &pages[node / ${pageSize}][node % ${pageSize}]; }
static unsigned either(void) { return at(now.left)->facts | at(now.right)->facts; }
static unsigned both(void) { return at(now.left)->facts & at(now.right)->facts; }

static void missing(const char *what, const char *of) {
  printf("the explorer never needed %s of: %s\\n", what, of);
  exit(3);
}

static const struct outcome *outcomeOf(int node, int input) {
  const struct outcome *found = at(node)->outcomes;
  for (; found->input != input; found++) if (found->input < 0) missing("this step", at(node)->name);
  return found;
}

static int renamed(const struct renaming *found, unsigned ids, const char *of) {
  for (; found->ids != ids; found++) if (found->ids == 0) missing("this renaming", of);
  return found->as;
}

static int lengthOf(const place *queue) {
  int length = 0;
  while (length < PLACES && queue[length] != 0) length++;
  return length;
}

static unsigned idsIn(const place *queue) {
  unsigned ids = 0;
  for (int i = 0; i < PLACES && queue[i] != 0; i++) ids |= mails[queue[i]].ids;
  return ids;
}

/* Whether the ids of each kind are 1, 2, 3... without a gap. */
static int isDense(unsigned ids) {
  for (; ids != 0; ids >>= 8) if ((ids & 0xff & (ids & 0xff) + 1) != 0) return 0;
  return 1;
}

static void renameQueue(place *queue, unsigned ids) {
  for (int i = 0; i < PLACES && queue[i] != 0; i++)
    queue[i] = renamed(mails[queue[i]].renamings, ids, mails[queue[i]].name);
}

/* A side takes an input in: its node changes, what it sends is on its way, and ids are renumbered. */
static void take(int side, int input) {
  const struct outcome *step = outcomeOf(side == LEFT ? now.left : now.right, input);
  place *outbox = side == LEFT ? now.toRight : now.toLeft;
  int length = lengthOf(outbox);
  shown |= step->shows;
  if (side == LEFT) now.left = step->node; else now.right = step->node;
  for (const place *mail = step->sends; *mail != 0; mail++) {
    if (length == PLACES) missing("so long a queue", at(step->node)->name);
    outbox[length++] = *mail;
  }
${[
  ...(isUsed(parameters.budget, 'restarts')
    ? []
    : [
        '  /* Nobody takes in what is sent to a session that is over. */',
        '  if (at(now.left)->facts & IS_CLOSED) memset(now.toLeft, 0, sizeof now.toLeft);',
        '  if (at(now.right)->facts & IS_CLOSED) memset(now.toRight, 0, sizeof now.toRight);',
      ]),
  ...(premisesOf(parameters).isFaultless ? ['  if (step->troubled || input == TIMER) now.troubled = 1;'] : []),
].join('\n')}
  unsigned ids = at(now.left)->ids | at(now.right)->ids | idsIn(now.toLeft) | idsIn(now.toRight);
  if (!isDense(ids)) {
    now.left = renamed(at(now.left)->renamings, ids, at(now.left)->name);
    now.right = renamed(at(now.right)->renamings, ids, at(now.right)->name);
    renameQueue(now.toLeft, ids);
    renameQueue(now.toRight, ids);
  }
  if (readtrail) printf("%s: %s -> %s\\n", side == LEFT ? "left" : "right",
    input < RECEIVE ? inputNames[input] : mails[input - RECEIVE].name, at(side == LEFT ? now.left : now.right)->name);
}

/* The oldest message is taken in. */
static void receive(int side) {
  place *inbox = side == LEFT ? now.toLeft : now.toRight;
  int mail = inbox[0];
  memmove(inbox, inbox + 1, PLACES - 1);
  inbox[PLACES - 1] = 0;
  take(side, RECEIVE + mail);
}

static int overflows(void) {
  return PLACES > LONGEST && (lengthOf(now.toLeft) > LONGEST || lengthOf(now.toRight) > LONGEST);
}

/* A side that has shown what is wrong, and a queue that is too long, end the run. */
static int goesOn(void) { return !(either() & IS_BROKEN) && !overflows(); }

static int hears(int side) { return goesOn() && (side == LEFT ? now.toLeft : now.toRight)[0] != 0; }
static int can(int side, int kind) { return goesOn() && at(side == LEFT ? now.left : now.right)->facts >> kind & 1; }
static int follows(int side) { return at(side == LEFT ? now.left : now.right)->facts & IS_FOLLOWED; }

/* Whether nothing can happen but that a timer fires. */
static int isQuiet(void) { return now.toLeft[0] == 0 && now.toRight[0] == 0 && !(either() & IS_BUSY); }`;

/** The verdict on each state, and the verdicts at the end. */
export function judgementInC(
  { parameters, dangers }: Tables,
  judged: readonly Claim[],
  moves: readonly Move[],
): string {
  const { budget } = parameters;
  const { mayRollBack } = premisesOf(parameters);
  const unspent = (['failures', 'timers', 'ends', 'restarts'] as const)
    .filter((name) => isUsed(budget, name) && budget[name] !== 'endless')
    .map((name) => `now.${name} == ${budget[name]}`);
  const forNothing = ['either() & IS_ROLLS_BACK', ...unspent].join(' && ');
  const sights = dangers.flatMap((danger, place) => {
    const seen = inState(sightOf(danger));
    return seen === undefined ? [] : [`  if (${seen}) shown |= ${1 << place}; /* ${danger} */`];
  });
  const looksAtMail = dangers.some((danger) => sightOf(danger).type === 'message');
  const isJudged = (id: string) => judged.some((claim) => claim.id === id);
  return `\
static int mayRest(void) { return !goesOn() || both() & (IS_AT_REST | IS_CLOSED); }

/* Whether anything can happen at all. */
static int moves(void) {
  return ${moves.map(({ guard }) => `(${guard})`).join('\n    || ')};
}

static void tell(void) {
  for (int i = 0; properties[i]; i++) printf("%s: %s\\n", properties[i], violated >> i & 1 ? "VIOLATED" : "not violated");
  for (int i = 0; dangers[i]; i++) printf("%s: %s\\n", dangers[i], shown >> i & 1 ? "reached" : "NEVER REACHED");
}

/* Judges the state that is about to be left. */
static int isWrong(void) {
  static int isFirst = 1;
  if (isFirst) atexit(tell);
  isFirst = 0;
  const struct node *left = at(now.left), *right = at(now.right);
  int isAtRest = now.toLeft[0] == 0 && now.toRight[0] == 0 && both() & IS_AT_REST;
  unsigned wrong = left->broken | right->broken;
${[
  'if (both() & IS_ACCEPTED && left->base == right->base) wrong |= P_S2;',
  ...(mayRollBack ? [] : [`if (${forNothing}) wrong |= P_S7;`]),
  'if (overflows()) wrong |= P_S8;',
  ...(isJudged('quiet') ? ['if (now.troubled) wrong |= P_QUIET;'] : []),
  'if (isAtRest && !(either() & IS_ESTRANGED) && left->agreed != right->agreed) wrong |= P_S5;',
  'if (isAtRest && either() & IS_OWES) wrong |= P_L1_REST;',
  'if (!mayRest() && !moves()) wrong |= P_NO_DEADLOCK;',
]
  .map((line) => `  ${line}`)
  .join('\n')}
${
  looksAtMail
    ? `  for (int i = 0; i < PLACES; i++) shown |= mails[now.toLeft[i]].shows | mails[now.toRight[i]].shows;
`
    : ''
}${sights.join('\n')}
  violated |= wrong;
  return wrong != 0;
}`;
}

/** What is seen in a state alone, as a condition; the rest is noted where it happens. */
function inState(sight: Sight): string | undefined {
  const side = (name: Side, facts: readonly Fact[]) =>
    facts.map((fact) => `${name}->facts & IS_${inC(fact)}`).join(' && ');
  switch (sight.type) {
    case 'one side':
      return sides.map((name) => side(name, sight.facts)).join(' || ');
    case 'each side':
      return `both() & IS_${inC(sight.fact)}`;
    case 'one and the other': {
      const [one, other] = sight.facts;
      const way = (first: Side, second: Side) => `${side(first, [one])} && ${side(second, [other])}`;
      return `${way('left', 'right')} || ${way('right', 'left')}`;
    }
    case 'message':
    case 'arrival':
    case 'report':
      return undefined;
  }
}
