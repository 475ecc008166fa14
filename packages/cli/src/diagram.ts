/** `detente diagram`: the statechart, drawn from the machine itself. */
import { type Role, roles } from '@detente/core';
import { toStatechartMermaid, toStatechartSvg } from '@detente/diagrams';
import { Argument, type Command, Option } from 'commander';

interface Flags {
  readonly format: 'svg' | 'mermaid';
}

const examples = `
Examples:
  $ detente diagram > negotiation.svg
  $ detente diagram requester --format mermaid
`;

export const addDiagram = (program: Command): void => {
  program
    .command('diagram')
    .description('Draws the statechart on standard output.')
    .addArgument(new Argument('[role]', 'draw only what this role can reach (default: all of it)').choices(roles))
    .addOption(new Option('--format <format>', 'how').choices(['svg', 'mermaid']).default('svg'))
    .addHelpText('after', examples)
    .action(async (role: Role | undefined, { format }: Flags) => {
      process.stdout.write(format === 'svg' ? await toStatechartSvg(role) : toStatechartMermaid(role));
    });
};
