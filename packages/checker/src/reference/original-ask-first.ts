/**
 * The ask-first flow of the Go SFU from which it comes, taken literally (`docs/deviations.md` says what is different here):
 * the lock that `IsAllowNegotiation` takes has no lease, and the flag of a change of the server during a client's
 * negotiation is not looked at when that negotiation ends.
 */
import type { MessageKind, StatePath } from '@detente/core';
import type { ObjectModel, ObjectStep, Sight } from './object-model.ts';

export interface OriginalParameters {
  readonly clientChanges: number;
  readonly serverChanges: number;
  /** How often the client, once it is allowed to, does not offer. */
  readonly silences: number;
}

interface Mail {
  readonly kind: MessageKind;
  readonly label: 'is it allowed?' | 'allowed' | 'not allowed' | 'offer' | 'answer' | 'not ready';
}

interface World {
  /** A change of the client that is not carried; one that its offer carries. */
  readonly client: {
    readonly owes: boolean;
    readonly isPending: boolean;
    readonly state: 'idle' | 'asking' | 'offering';
  };
  readonly server: {
    readonly owes: boolean;
    /** `isInRenegotiation` and `isInRemoteNegotiation`. */
    readonly negotiates: boolean;
    readonly lockedForClient: boolean;
    /** The client asked while the server negotiated. */
    readonly clientWaits: boolean;
  };
  readonly toServer: readonly Mail[];
  readonly toClient: readonly Mail[];
  readonly left: OriginalParameters;
}

type ClientChange = Partial<World['client']>;
type ServerChange = Partial<World['server']>;

export function originalAskFirst(left: OriginalParameters): ObjectModel<World> {
  return {
    initial: {
      client: { owes: false, isPending: false, state: 'idle' },
      server: { owes: false, negotiates: false, lockedForClient: false, clientWaits: false },
      toServer: [],
      toClient: [],
      left,
    },
    steps: (world) => [...clientSteps(world), ...serverSteps(world)],
    isSettled: ({ client, server, toServer, toClient }) =>
      !client.owes &&
      client.state === 'idle' &&
      !server.owes &&
      !server.negotiates &&
      toServer.length + toClient.length === 0,
    isOver: ({ left: { clientChanges, serverChanges, silences } }) => clientChanges + serverChanges + silences === 0,
    paths: ({ client, server }) => ({ client: pathOfClient(client), server: pathOfServer(server) }),
    show: ({ client, server, toServer, toClient }) =>
      [
        `client ${client.state}${client.owes ? ' owes' : ''}${client.isPending ? ' pending' : ''}`,
        `server${server.negotiates ? ' negotiates' : ''}${server.lockedForClient ? ' locked' : ''}${server.owes ? ' owes' : ''}`,
        `${toServer.map(({ label }) => label).join()} → ← ${toClient.map(({ label }) => label).join()}`,
      ].join(' | '),
  };
}

const pathOfClient = ({ state, isPending }: World['client']): StatePath => {
  if (state === 'offering') return 'local-offer-pending.awaiting-answer';
  return state === 'asking' || isPending ? 'pending-renegotiation.asking' : 'stable';
};

const pathOfServer = ({ lockedForClient, negotiates }: World['server']): StatePath => {
  if (lockedForClient) return 'remote-offer-pending.awaiting-offer';
  return negotiates ? 'local-offer-pending.awaiting-answer' : 'stable';
};

const note = (text: string, tone: 'plain' | 'trouble' = 'plain'): Sight => ({ type: 'note', text, tone });

const mails = {
  ask: { kind: 'request', label: 'is it allowed?' },
  allowed: { kind: 'grant', label: 'allowed' },
  refused: { kind: 'decline', label: 'not allowed' },
  offer: { kind: 'offer', label: 'offer' },
  answer: { kind: 'answer', label: 'answer' },
  notReady: { kind: 'decline', label: 'not ready' },
} as const satisfies Record<string, Mail>;

const sends = ({ kind, label }: Mail, from: 'client' | 'server'): Sight => ({
  type: 'send',
  to: from === 'client' ? 'server' : 'client',
  kind,
  label,
});
const arrives: Sight = { type: 'receive' };

function clientSteps(world: World): readonly ObjectStep<World>[] {
  const { client, toClient, toServer, left } = world;
  const step = (
    label: string,
    next: ClientChange,
    rest: Partial<World>,
    ...sights: readonly Sight[]
  ): ObjectStep<World> => ({
    label: `client ${label}`,
    to: { ...world, ...rest, client: { ...client, ...next } },
    on: 'client',
    sights,
  });
  const say = (mail: Mail) => ({ toServer: [...toServer, mail] });
  const found: ObjectStep<World>[] = [];
  if (left.clientChanges > 0 && client.state === 'idle' && !client.isPending) {
    found.push(
      step(
        'changes something, and asks',
        { owes: true, state: 'asking' },
        { ...say(mails.ask), left: { ...left, clientChanges: left.clientChanges - 1 } },
        note('a change'),
        sends(mails.ask, 'client'),
      ),
    );
  }
  const [mail, ...rest] = toClient;
  if (mail === undefined) return found;
  const read = { toClient: rest };
  switch (mail.label) {
    case 'allowed': {
      const offers = step(
        'is allowed, and offers',
        { state: 'offering', isPending: false },
        { ...read, ...say(mails.offer) },
        arrives,
        sends(mails.offer, 'client'),
      );
      const silent = { ...read, left: { ...left, silences: left.silences - 1 } };
      const forgets = step(
        'is allowed, and does not offer',
        { state: 'idle', isPending: false, owes: false },
        silent,
        arrives,
        note('has nothing to offer any more', 'trouble'),
      );
      return [...found, offers, ...(left.silences > 0 ? [forgets] : [])];
    }
    case 'not allowed':
      return [...found, step('waits to be called back', { state: 'idle', isPending: true }, read, arrives)];
    case 'answer':
      return [...found, step('applies the answer', { state: 'idle', owes: false }, read, arrives)];
    case 'offer': {
      const reply = client.isPending ? mails.notReady : mails.answer;
      return [
        ...found,
        step(
          client.isPending ? 'is not ready' : 'answers',
          {},
          { ...read, ...say(reply) },
          arrives,
          sends(reply, 'client'),
        ),
      ];
    }
    case 'is it allowed?':
    case 'not ready':
      return found;
  }
}

function serverSteps(world: World): readonly ObjectStep<World>[] {
  const { server, toClient, toServer, left } = world;
  const step = (
    label: string,
    next: ServerChange,
    rest: Partial<World>,
    ...sights: readonly Sight[]
  ): ObjectStep<World> => ({
    label: `server ${label}`,
    to: { ...world, ...rest, server: { ...server, ...next } },
    on: 'server',
    sights,
  });
  const say = (...said: readonly Mail[]) => ({ toClient: [...toClient, ...said] });
  const found: ObjectStep<World>[] = [];
  if (left.serverChanges > 0) {
    const rest = { left: { ...left, serverChanges: left.serverChanges - 1 } };
    found.push(
      server.lockedForClient || server.negotiates
        ? step(
            'changes something during a negotiation, and sets a flag',
            { owes: true },
            rest,
            note('a change, for later'),
          )
        : step(
            'changes something, and offers',
            { negotiates: true },
            { ...rest, ...say(mails.offer) },
            note('a change'),
            sends(mails.offer, 'server'),
          ),
    );
  }
  const [mail, ...later] = toServer;
  if (mail === undefined) return found;
  const read = { toServer: later };
  const reply = (sent: Mail) => [arrives, sends(sent, 'server')] as const;
  const endsItsOwn = (next: ServerChange) =>
    server.clientWaits
      ? step(
          'is done, and calls back',
          { ...next, negotiates: false, clientWaits: false, lockedForClient: true },
          { ...read, ...say(mails.allowed) },
          ...reply(mails.allowed),
        )
      : step('is done', { ...next, negotiates: false }, read, arrives);
  switch (mail.label) {
    case 'is it allowed?':
      return [
        ...found,
        server.negotiates
          ? step(
              'does not allow it',
              { clientWaits: true },
              { ...read, ...say(mails.refused) },
              ...reply(mails.refused),
            )
          : step(
              'allows it, and locks',
              { lockedForClient: true },
              { ...read, ...say(mails.allowed) },
              ...reply(mails.allowed),
            ),
      ];
    case 'offer':
      // Here the flag of a change of its own is not looked at.
      return [
        ...found,
        step(
          'answers, and unlocks',
          { lockedForClient: false },
          { ...read, ...say(mails.answer) },
          ...reply(mails.answer),
        ),
      ];
    case 'answer':
      if (server.owes) {
        return [
          ...found,
          step(
            'is done, and offers what came meanwhile',
            { owes: false },
            { ...read, ...say(mails.offer) },
            ...reply(mails.offer),
          ),
        ];
      }
      return [...found, endsItsOwn({})];
    case 'not ready':
      return [...found, endsItsOwn({ owes: true })];
    case 'allowed':
    case 'not allowed':
      return found;
  }
}
