/** Errors as engines raise them: told apart by `name`, as with `DOMException`, which not every platform has. */

export type EngineErrorName =
  'InvalidStateError' | 'InvalidAccessError' | 'InvalidModificationError' | 'NotSupportedError' | 'OperationError';

export const engineError = (name: EngineErrorName, message: string): Error =>
  Object.assign(new Error(message), { name });
