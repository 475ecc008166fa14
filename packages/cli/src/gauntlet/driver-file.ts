/** A negotiator of the caller's own, from a module of theirs. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NegotiatorDriver } from '@detente/testing';
import { BadInput, reasonOf } from '../bad-input.ts';

/** The module's default export, or the one named `driver`. Throws `BadInput` when there is none that could be a driver. */
export const loadDriver = async (file: string): Promise<NegotiatorDriver> => {
  const module = await load(file);
  const driver = module['default'] ?? module['driver'];
  if (isDriver(driver)) return driver;
  throw new BadInput(
    `${file} exports no driver: its default export, or the one named driver, must be { name, create(pc, role, send, host) }.`,
  );
};

const load = async (file: string): Promise<Readonly<Record<string, unknown>>> => {
  try {
    return (await import(pathToFileURL(resolve(file)).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new BadInput(`${file} cannot be loaded: ${reasonOf(error)}`);
  }
};

const isDriver = (value: unknown): value is NegotiatorDriver => {
  const { name, create } = Object(value) as Partial<NegotiatorDriver>;
  return typeof name === 'string' && name !== '' && typeof create === 'function';
};
