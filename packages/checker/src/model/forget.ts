/**
 * What a node remembers that can no longer make a difference is forgotten, so that states which differ in nothing else
 * are one. Each rule says why it is harmless; a property test walks with and without them.
 */
import { createEndpoint, type Endpoint, initialState, internState, type Registers } from '@detente/core';
import { createEngine } from './engine.ts';
import type { Node } from './node.ts';

export function forget(node: Node): Node {
  const { endpoint, engine } = node;
  if (endpoint.machine.path === 'closed' || node.broken !== null) return over(node);
  return { ...node, endpoint: { ...endpoint, registers: forgetRegisters(endpoint) }, engine };
}

/** Nothing is asked of a session that is over, nor of a node that has shown what is wrong. */
function over(node: Node): Node {
  const { endpoint, engine } = node;
  return {
    ...node,
    endpoint: {
      ...endpoint,
      machine: internState({ path: 'closed', context: initialState(endpoint.machine.context).context }),
      registers: createEndpoint(endpoint.machine.context).registers,
    },
    engine: createEngine(engine.ice !== null),
    timer: false,
    adding: [],
  };
}

function forgetRegisters({ registers }: Endpoint): Registers {
  const { remote, exchange, trail, local } = registers;
  return {
    ...registers,
    remote: {
      ...remote,
      // Only wires without ids look at it, and they are not modelled.
      latest: null,
      // An older offer is stale whether or not it was declined.
      declined: remote.declined < remote.newest ? 0 : remote.declined,
    },
    trail: trail && isRepeatable(trail.message, local, exchange, remote.newest) ? trail : null,
  };
}

/** Only the offer that is out and the answer to the newest offer are ever said again. */
function isRepeatable(
  message: NonNullable<Registers['trail']>['message'],
  local: Registers['local'],
  exchange: Registers['exchange'],
  newest: number,
): boolean {
  if (message.kind === 'offer') return local !== null && local.sent && local.id === message.id;
  if (message.kind === 'answer')
    return exchange?.part === 'answer' && exchange.id === message.offer && message.offer === newest;
  return false;
}
