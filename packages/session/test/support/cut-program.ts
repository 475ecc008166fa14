/**
 * One side of the test that cuts connections: a process with a session on a fake engine and a real socket. It does what
 * an application does: it reconnects at once and says `resync()`. While it is away, something changes.
 */
import { createSession, type SessionOptions } from '@detente/session';
import { WebSocket } from 'ws';
import { createFakeEngine } from './fake-engine.ts';

export interface Start {
  readonly run: number;
  readonly name: 'left' | 'right';
  readonly role: SessionOptions['role'];
  readonly url: string;
}

export type Command = ({ readonly type: 'start' } & Start) | { readonly type: 'end' };

/** Said whenever the session comes to rest or complains. */
export interface Status {
  readonly run: number;
  readonly state: string;
  readonly agreed: string | null;
  readonly changes: number;
  readonly known: number;
  readonly complaints: readonly string[];
}

/** So long that nothing but `resync()` can be what repairs a run. */
const timeoutMs = 600_000;
const timeouts = { answer: timeoutMs, grant: timeoutMs, turn: timeoutMs, lease: timeoutMs, operation: timeoutMs };

let end = () => undefined as void;

const start = ({ run, name, role, url }: Start) => {
  const engine = createFakeEngine({ name, rollback: true, candidates: 1 });
  const complaints: string[] = [];
  let socket: WebSocket;
  let isOver = false;
  const session = createSession(engine, {
    id: `${name} ${run}`,
    role,
    timeouts,
    send: (frame) => socket.send(JSON.stringify(frame)),
  });
  const tell = () => {
    const { agreed, changes, known, violations } = engine;
    const status: Status = {
      run,
      state: session.state,
      agreed,
      changes,
      known,
      complaints: [...complaints, ...violations],
    };
    process.send?.(status);
  };
  session.on('settled', tell);
  session.on('error', ({ code, recoverable }) => {
    if (!recoverable) complaints.push(code);
    tell();
  });
  const connect = () => {
    socket = new WebSocket(url);
    socket.on('open', () => session.resync());
    socket.on('message', (data) => session.receive(JSON.parse(String(data))));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (isOver) return;
      engine.change();
      connect();
    });
  };
  end = () => {
    isOver = true;
    session.close();
    socket.terminate();
  };
  connect();
  engine.change();
};

process.on('message', (command: Command) => {
  if (command.type === 'end') end();
  else start(command);
});
