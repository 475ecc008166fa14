import { expect, it } from 'vitest';
import { startClient } from '../../src/demo/client-handle.ts';

it('says which process ended before it did what it was asked, and why', async () => {
  const handle = startClient(3, 'no-such-program.js');
  await expect(handle.ask({ type: 'freeze' }, 'frozen', 20_000)).rejects.toThrow(
    /^the process of client 3 ended before it had frozen: [^]*no-such-program/,
  );
  await handle.end();
});
