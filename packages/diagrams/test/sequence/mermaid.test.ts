import { toSequenceMermaid } from '@detente/diagrams';
import { describe, expect, it } from 'vitest';
import { badNetwork, contention, glare, runs } from '../support/runs.ts';

const lines = (text: string): readonly string[] => text.split('\n');

describe('a run as Mermaid', () => {
  it('writes two offers that cross', () => {
    expect(toSequenceMermaid(glare)).toMatchInlineSnapshot(`
      "sequenceDiagram
        participant s1 as polite
        participant s2 as impolite
        activate s1
        Note left of s1: change · creating
        activate s2
        Note right of s2: change · creating
        s1-)s2: offer #35;1
        Note left of s1: awaiting-answer
        s2-)s1: offer #35;1
        Note right of s2: awaiting-answer
        Note over s2: arrival of offer #35;1
        Note right of s2: glare · offer-ignored
        Note over s1: arrival of offer #35;1
        Note left of s1: glare · rolling-back
        Note left of s1: applying-offer
        Note left of s1: answering
        s1->>s2: answer #35;1 wants
        Note left of s1: creating
        Note right of s2: applying-answer
        s1->>s2: offer #35;2
        Note left of s1: awaiting-answer
        Note right of s2: applying-offer
        Note right of s2: answering
        s2->>s1: answer #35;2
        deactivate s2
        Note right of s2: stable
        Note left of s1: applying-answer
        deactivate s1
        Note left of s1: stable
      "
    `);
  });

  it('writes candidates dotted, under a title', () => {
    expect(toSequenceMermaid(contention)).toMatchInlineSnapshot(`
      "---
      title: "Both sides want the floor"
      ---
      sequenceDiagram
        participant s1 as client 3 (requester)
        participant s2 as SFU (arbiter)
        activate s2
        Note right of s2: change · creating
        s2-)s1: offer #35;1
        Note right of s2: awaiting-answer
        s1-)s2: request #35;1
        activate s1
        Note left of s1: change · asking
        s2-)s1: 3 candidates
        Note over s1: arrival of offer #35;1
        Note left of s1: applying-offer
        Note over s1: arrival of 3 candidates
        Note over s2: arrival of request #35;1
        Note left of s1: answering
        s1->>s2: answer #35;1 wants
        Note left of s1: asking
        Note right of s2: applying-answer
        s1-->>s2: 3 candidates
        s2->>s1: grant #35;1
        Note right of s2: awaiting-offer
        Note left of s1: granted · creating
        s1->>s2: offer #35;1
        Note left of s1: awaiting-answer
        Note right of s2: applying-offer
        s1-->>s2: 3 candidates
        Note right of s2: answering
        s2->>s1: answer #35;1
        deactivate s2
        Note right of s2: stable
        Note left of s1: applying-answer
        s2-->>s1: 3 candidates
        deactivate s1
        Note left of s1: stable
      "
    `);
  });

  it('writes duplicates and losses', () => {
    expect(toSequenceMermaid(badNetwork)).toMatchInlineSnapshot(`
      "sequenceDiagram
        participant s1 as requester
        participant s2 as arbiter
        s1->>s2: request #35;1
        activate s1
        Note left of s1: change · asking
        activate s2
        Note right of s2: awaiting-offer
        s2->>s1: grant #35;1
        Note left of s1: granted · creating
        Note over s2: arrival of request #35;1 again
        s2-)s1: grant #35;1
        s1-)s2: offer #35;1
        Note left of s1: awaiting-answer
        Note over s1: arrival of grant #35;1
        Note left of s1: stale-grant
        Note over s2: arrival of offer #35;1
        Note right of s2: applying-offer
        Note right of s2: answering
        s2-xs1: answer #35;1
        deactivate s2
        Note right of s2: stable
      "
    `);
  });

  it('activates and deactivates each lifeline in turn', () => {
    for (const run of Object.values(runs)) {
      const active = new Set<string>();
      for (const line of lines(toSequenceMermaid(run))) {
        const [word, name = ''] = line.trim().split(' ');
        if (word === 'activate') expect(active.add(name).size).toBeGreaterThan(0);
        if (word === 'deactivate') expect(active.delete(name)).toBe(true);
      }
    }
  });

  it('writes what Mermaid would take for its own as character codes', () => {
    const [left, right] = glare.lifelines;
    const named = { ...glare, lifelines: [{ ...left!, name: 'one; two #3' }, right!], entries: [] };
    expect(toSequenceMermaid(named)).toContain('participant s1 as one#59; two #35;3 (polite)');
  });
});
