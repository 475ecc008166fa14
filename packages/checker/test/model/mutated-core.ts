/**
 * A copy of core whose chart is changed before anything runs from it. Nothing in core is there for this: the modules are
 * simply loaded once more.
 */
import { vi } from 'vitest';
import type { chart, endpointStep, StatePath } from '@detente/core';

export type Chart = typeof chart;
export type EndpointStep = typeof endpointStep;
export type { StatePath };
export type Move = NonNullable<Chart['common']['app.change']>[number];

export async function mutatedCore(change: (chart: Chart) => void): Promise<EndpointStep> {
  vi.resetModules();
  const core = await import('@detente/core');
  change(core.chart);
  return core.endpointStep;
}
