/** Files with one recording, or with those of both sides: `{ "sides": { "client": …, "server": … } }`. */
import type { Recording } from '@detente/session';
import * as v from 'valibot';
import { BadInput } from '../bad-input.ts';
import { recordingSchema } from './schema.ts';

export interface RecordedSide {
  /** `session` where the file has no name for it. */
  readonly name: string;
  readonly recording: Recording;
}

const bothSchema = v.object({
  sides: v.pipe(
    v.record(v.string(), recordingSchema),
    v.check((sides) => Object.keys(sides).length === 2, 'expected two recordings'),
  ),
});

/** One side or two. Throws `BadInput` that names the fields that are wrong. */
export const toSides = (json: unknown, file: string): readonly RecordedSide[] => {
  if (isObject(json) && 'sides' in json) {
    requireShape(bothSchema, json, file);
    // As they are in the file, not as they were parsed: a replay compares text, in which the order of fields counts.
    return Object.entries(json['sides'] as Record<string, Recording>).map(([name, recording]) => ({ name, recording }));
  }
  requireShape(recordingSchema, json, file);
  return [{ name: 'session', recording: json as Recording }];
};

const requireShape = (schema: v.GenericSchema, json: unknown, file: string): void => {
  const { success, issues } = v.safeParse(schema, json);
  if (success) return;
  const complaints = issues.slice(0, mostComplaints).map(complaintOf);
  const more = issues.length > mostComplaints ? [`  and ${issues.length - mostComplaints} more`] : [];
  throw new BadInput(
    [
      `${file} is no recording of this version:`,
      ...complaints,
      ...more,
      "A recording is what record(session) of @detente/session makes, or { sides: {...} } with both sides' recordings.",
    ].join('\n'),
  );
};

const mostComplaints = 3;

const complaintOf = (issue: v.BaseIssue<unknown>): string => {
  const wish = issue.expected === null || issue.expected === 'unknown' ? issue.message : `expected ${issue.expected}`;
  return `  ${v.getDotPath(issue) ?? 'the whole'}: ${shorten(wish)}, got ${shorten(issue.received)}`;
};

const shorten = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
