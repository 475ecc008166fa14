import { expect, it } from 'vitest';
import { runCli } from './support/run-cli.ts';

it('draws the statechart as SVG', async () => {
  const { code, output, errors } = await runCli('diagram');
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(output).toMatch(/^<svg[^]*pending-renegotiation[^]*<\/svg>\s*$/);
});

it('draws only what a role can reach', async () => {
  const ofAnswerer = (await runCli('diagram', 'answerer', '--format', 'mermaid')).output;
  const ofRequester = (await runCli('diagram', 'requester', '--format', 'mermaid')).output;
  expect(ofAnswerer).toContain('stateDiagram-v2');
  expect(ofAnswerer).not.toContain('local-offer-pending');
  expect(ofRequester).toContain('local-offer-pending');
});

it.each([
  [['boss'], "command-argument value 'boss' is invalid for argument 'role'. Allowed choices are polite, impolite"],
  [['polite', '--format', 'png'], "argument 'png' is invalid. Allowed choices are svg, mermaid."],
])('refuses %j with code 2', async (args, complaint) => {
  const { code, output, errors } = await runCli('diagram', ...args);
  expect({ code, output }).toEqual({ code: 2, output: '' });
  expect(errors).toContain(complaint);
});
