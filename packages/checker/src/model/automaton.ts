/**
 * The side of a model as tables. Nodes, messages and queues of messages are interned, and what an input makes of a node
 * is worked out once, by the endpoint itself, and then remembered: the explorer runs through the tables at the speed
 * of the memory, and yet every step is one of the code that ships.
 */
import type { Message, ReportCode } from '@detente/core';
import { factsOf } from './facts.ts';
import { forget } from './forget.ts';
import { toHappening } from './happening.ts';
import { Interner } from './interner.ts';
import { type Kind, kinds } from './moves.ts';
import type { Side } from './names.ts';
import { createNode, type EndpointRules, feed, type Happening, type Node, type NodeOptions } from './node.ts';
import { type IdSet, idsIn, renameMessage, renameNode, toRanks } from './renumber.ts';
import { stableText } from './stable-text.ts';

/** A message on its way. `session` is that of its sender. */
export interface Mail {
  readonly sender: Side;
  readonly session: number;
  readonly message: Message;
}

/** What an input makes of a node: another node and a batch of messages, by their numbers. */
export interface Step {
  readonly node: number;
  readonly batch: number;
  readonly reports: readonly ReportCode[];
  /** Something was reported that should not be without faults. */
  readonly troubled: boolean;
}

export interface AutomatonOptions {
  readonly nodes: Readonly<Record<Side, Omit<NodeOptions, 'session'>>>;
  readonly rules: EndpointRules;
  /** Whether an answer carries the answerer's own changes. */
  readonly answersCarry: 'always' | 'never' | 'either';
  /** Forget what cannot matter, and renumber. */
  readonly reduce: boolean;
  readonly memory?: AutomatonMemory | undefined;
}

/** What the automata of several threads share. */
export interface AutomatonMemory {
  readonly nodes: SharedArrayBuffer;
  readonly mails: SharedArrayBuffer;
  readonly queues: SharedArrayBuffer;
}

/** Inputs below are the kinds of move; those from here on are the messages, by number. */
export const firstMail = 16;
/** The queue, and the batch, that holds nothing. */
export const empty = 0;
const unknown = -1;

export class Automaton {
  readonly options: AutomatonOptions;
  readonly nodes: Interner<Node>;
  readonly mails: Interner<Mail>;
  readonly queues: Interner<readonly number[]>;
  readonly #facts: number[] = [];
  readonly #nodeIds: IdSet[] = [];
  readonly #mailIds: IdSet[] = [];
  readonly #queueIds: IdSet[] = [];
  readonly #lengths: number[] = [];
  readonly #heads: number[] = [];
  readonly #rests: number[] = [];
  /** By node and input. */
  readonly #steps: (Step | undefined)[][] = [];
  /** By queue and batch; batches are queues that are numbered again, since there are few. */
  readonly #appended: number[][] = [];
  readonly #batches = new Map<number, number>();
  readonly #batchOf: number[] = [];
  /** Sets of ids with gaps, numbered: by set, and by number. */
  readonly #gaps = new Map<IdSet, number>();
  readonly #gapped: IdSet[] = [];
  /** By node, or queue, and number of a set. */
  readonly #renamedNodes: number[][] = [];
  readonly #renamedQueues: number[][] = [];

  constructor(options: AutomatonOptions) {
    const { memory, reduce } = options;
    this.options = options;
    const codec = <T>() => ({
      encode: (value: T) => stableText(value),
      decode: (text: string) => JSON.parse(text) as T,
    });
    this.nodes = new Interner<Node>(codec(), (node) => this.#learnNode(node), memory?.nodes);
    this.mails = new Interner<Mail>(
      codec(),
      ({ message, sender }) => {
        this.#mailIds.push(reduce ? idsIn((watch) => renameMessage(message, sender, watch)) : 0);
      },
      memory?.mails,
    );
    this.queues = new Interner<readonly number[]>(codec(), (mails) => this.#learnQueue(mails), memory?.queues);
    this.#batchOf.push(this.queues.intern([]));
    this.#batches.set(empty, empty);
  }

  /** A new node, and what it says at once. */
  initial(side: Side): Step {
    const node = createNode({ ...this.options.nodes[side], session: 0 });
    return this.#toStep(node, greeting(node), []);
  }

  /** What the explorer and the properties ask of a node, as bits of `facts`. */
  factsOf(node: number): number {
    if (node >= this.#facts.length) this.nodes.catchUp();
    return this.#facts[node]!;
  }

  /** What a happening of a fixed kind makes of a node. */
  step(node: number, kind: Kind): Step {
    return this.#steps[node]![kind] ?? this.#begin(node, kind);
  }

  /** What the message at the head of a queue makes of a node. */
  receive(node: number, queue: number): Step {
    const mail = this.#heads[queue]!;
    return this.#steps[node]![firstMail + mail] ?? this.#take(node, mail);
  }

  lengthOf(queue: number): number {
    if (queue >= this.#lengths.length) this.queues.catchUp();
    return this.#lengths[queue]!;
  }

  /** The queue without its head. */
  rest(queue: number): number {
    const rest = this.#rests[queue]!;
    if (rest !== unknown) return rest;
    return (this.#rests[queue] = this.queues.intern(this.queues.valueOf(queue).slice(1)));
  }

  /** The queue with a batch behind it. */
  append(queue: number, batch: number): number {
    const appended = this.#appended[queue]![batch] ?? unknown;
    if (appended !== unknown) return appended;
    const added = this.queues.valueOf(this.#batchOf[batch]!);
    const appendedTo = this.queues.intern([...this.queues.valueOf(queue), ...added]);
    return fill(this.#appended[queue]!, batch, appendedTo, unknown);
  }

  nodeIds(node: number): IdSet {
    return this.#nodeIds[node]!;
  }

  queueIds(queue: number): IdSet {
    return this.#queueIds[queue]!;
  }

  /** The number by which `renameNode` and `renameQueue` know a set of ids that has gaps. */
  gapsOf(ids: IdSet): number {
    const known = this.#gaps.get(ids);
    if (known !== undefined) return known;
    const gaps = this.#gapped.push(ids) - 1;
    this.#gaps.set(ids, gaps);
    return gaps;
  }

  /** The node once the ids in use have been closed up. */
  renameNode(node: number, gaps: number): number {
    const row = this.#renamedNodes[node]!;
    const known = row[gaps] ?? unknown;
    if (known !== unknown) return known;
    const renamed = this.nodes.intern(renameNode(this.nodes.valueOf(node), toRanks(this.#gapped[gaps]!)));
    return fill(row, gaps, renamed, unknown);
  }

  /** The queue once the ids in use have been closed up. */
  renameQueue(queue: number, gaps: number): number {
    if (queue === empty) return empty;
    const row = this.#renamedQueues[queue]!;
    const known = row[gaps] ?? unknown;
    if (known !== unknown) return known;
    const ranks = toRanks(this.#gapped[gaps]!);
    const mails = this.queues.valueOf(queue).map((number) => {
      const mail = this.mails.valueOf(number);
      return this.mails.intern({ ...mail, message: renameMessage(mail.message, mail.sender, ranks) });
    });
    return fill(row, gaps, this.queues.intern(mails), unknown);
  }

  /** What has been worked out of a node so far, in the order of the inputs. */
  stepsOf(node: number): readonly (readonly [input: number, step: Step])[] {
    return this.#steps[node]!.flatMap((step, input) => (step === undefined ? [] : [[input, step] as const]));
  }

  /** What a node has become under the ids that were in use, as far as they had gaps. */
  renamingsOf(node: number): readonly (readonly [ids: IdSet, renamed: number])[] {
    return this.#byIds(this.#renamedNodes[node]!);
  }

  queueRenamingsOf(queue: number): readonly (readonly [ids: IdSet, renamed: number])[] {
    return this.#byIds(this.#renamedQueues[queue]!);
  }

  #byIds(row: readonly number[]): readonly (readonly [ids: IdSet, renamed: number])[] {
    return row.flatMap((renamed, gaps) => (renamed === unknown ? [] : [[this.#gapped[gaps]!, renamed] as const]));
  }

  mailIds(mail: number): IdSet {
    return this.#mailIds[mail]!;
  }

  /** The messages of a batch, by their numbers. */
  mailsOf(batch: number): readonly number[] {
    return this.queues.valueOf(this.#batchOf[batch]!);
  }

  #begin(number: number, kind: Kind): Step {
    const node = this.nodes.valueOf(number);
    if (kind !== kinds.restart) return this.#workOut(number, kind, node, toHappening(kind, node));
    // Whoever begins anew has something to negotiate.
    const fresh = createNode({ ...this.options.nodes[node.side], session: node.session + 1 });
    return this.#workOut(number, kind, fresh, toHappening(kinds.change, fresh), greeting(fresh));
  }

  #take(number: number, mail: number): Step {
    const node = this.nodes.valueOf(number);
    const { message, session, sender } = this.mails.valueOf(mail);
    const input = firstMail + mail;
    if (session < node.session) return this.#remember(number, input, this.#toStep(node, [], []));
    // The application is told that the other side was replaced, and replaces its own.
    const own = session > node.session ? createNode({ ...this.options.nodes[node.side], session }) : node;
    const happening: Happening =
      message.kind === 'hello'
        ? { type: 'input', input: { type: 'hello', arbiter: sender === 'left' } }
        : { type: 'input', input: { type: 'message', message } };
    return this.#workOut(number, input, own, happening, own === node ? [] : greeting(own));
  }

  #workOut(number: number, input: number, start: Node, happening: Happening, first: readonly Message[] = []): Step {
    const { node, sent, reports } = feed(start, happening, this.options.rules);
    return this.#remember(number, input, this.#toStep(node, [...first, ...sent], reports));
  }

  #toStep(node: Node, sent: readonly Message[], reports: readonly ReportCode[]): Step {
    const { side, session } = node;
    const queue = this.queues.intern(sent.map((message) => this.mails.intern({ sender: side, session, message })));
    const batch = this.#batches.get(queue) ?? this.#batchOf.push(queue) - 1;
    this.#batches.set(queue, batch);
    return {
      node: this.nodes.intern(this.options.reduce ? forget(node) : node),
      batch,
      reports,
      troubled: reports.some((code) => code !== 'offer-ignored'),
    };
  }

  #remember(node: number, input: number, step: Step): Step {
    fill(this.#steps[node]!, input, step, undefined);
    return step;
  }

  #learnNode(node: Node): void {
    this.#steps.push([]);
    this.#renamedNodes.push([]);
    this.#nodeIds.push(this.options.reduce ? idsIn((watch) => renameNode(node, watch)) : 0);
    this.#facts.push(factsOf(node, this.options));
  }

  #learnQueue(mails: readonly number[]): void {
    if (mails.some((mail) => mail >= this.#mailIds.length)) this.mails.catchUp();
    this.#lengths.push(mails.length);
    this.#heads.push(mails[0] ?? unknown);
    this.#rests.push(unknown);
    this.#appended.push([]);
    this.#renamedQueues.push([]);
    this.#queueIds.push(mails.reduce((ids, mail) => ids | this.#mailIds[mail]!, 0));
  }
}

const greeting = ({ endpoint }: Node): readonly Message[] =>
  endpoint.machine.context.role === 'auto' ? [{ kind: 'hello' }] : [];

/** Without holes, which would make the row slow. */
function fill<T>(row: T[], at: number, value: T, instead: T): T {
  while (row.length < at) row.push(instead);
  row[at] = value;
  return value;
}
