import { type Run, type Tone, toText } from '@detente/diagrams';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { badEngine, badNetwork, contention, glare, runs, twoClients } from '../support/runs.ts';

const lines = (text: string): readonly string[] => text.split('\n');

describe('a run as text', () => {
  it('draws two offers that cross', () => {
    expect(toText(glare)).toMatchInlineSnapshot(`
      "                   polite                        impolite
          change · creating ┃                              ┃ change · creating
            awaiting-answer ┠─ offer #1 ───╮               ┃
                            ┃            ╭─┼──── offer #1 ─┨ awaiting-answer
                            ┃            │ ╰──────────────►┃ glare · offer-ignored
       glare · rolling-back ┃◄───────────╯                 ┃
             applying-offer ║                              ┃
                  answering ║                              ┃
                   creating ┠─ answer #1 wants ───────────►┃ applying-answer
            awaiting-answer ┠─ offer #2 ──────────────────►║ applying-offer
                            ┃                              ║ answering
            applying-answer ┃◄───────────────── answer #2 ─┤ stable
                     stable │                              │

      │ stable  ┃ local-offer-pending  ║ remote-offer-pending"
    `);
  });

  it('draws a request under way while the other side offers, under a title', () => {
    expect(toText(contention)).toMatchInlineSnapshot(`
      "Both sides want the floor

                      client 3                                   SFU
                      requester                                arbiter
                          │                                       ┃ change · creating
                          │                   ╭──────── offer #1 ─┨ awaiting-answer
          change · asking ├─ request #1 ────╮ │                   ┃
                          ┆                 │ │ ╭── 3 candidates ─┨
           applying-offer ║◄────────────────┼─╯ │                 ┃
                          ║◄────────────────┼───╯                 ┃
                answering ║                 ╰────────────────────►┃
                   asking ├─ answer #1 wants ────────────────────►┃ applying-answer
                          ├─ 3 candidates ───────────────────────►┃
       granted · creating ┃◄─────────────────────────── grant #1 ─╢ awaiting-offer
          awaiting-answer ┠─ offer #1 ───────────────────────────►║ applying-offer
                          ┠─ 3 candidates ───────────────────────►║
                          ┃                                       ║ answering
          applying-answer ┃◄────────────────────────── answer #1 ─┤ stable
                          ┃◄─────────────────────── 3 candidates ─┤
                   stable │                                       │

      │ stable  ┃ local-offer-pending  ║ remote-offer-pending  ┆ pending-renegotiation"
    `);
  });

  it('draws what is duplicated from nowhere, and what is lost to nowhere', () => {
    expect(toText(badNetwork)).toMatchInlineSnapshot(`
      "                requester                                   arbiter
          change · asking ├─ request #1 ────────────────────────────►║ awaiting-offer
       granted · creating ┃◄────────────────────────────── grant #1 ─╢
                          ┃                     request #1 again ───►║
                          ┃                    ╭────────── grant #1 ─╢
          awaiting-answer ┠─ offer #1 ───────╮ │                     ║
              stale-grant ┃◄─────────────────┼─╯                     ║
                          ┃                  ╰──────────────────────►║ applying-offer
                          ┃                                          ║ answering
                          ┃                    ✗───────── answer #1 ─┤ stable

      │ stable  ┃ local-offer-pending  ║ remote-offer-pending  ┆ pending-renegotiation"
    `);
  });

  it('draws an engine that fails', () => {
    expect(toText(badEngine)).toMatchInlineSnapshot(`
      "                     polite    impolite
            change · creating ┃          │
             operation-failed ┃          │
             operation-failed ┃          │
       change-failed · stable │          │

      │ stable  ┃ local-offer-pending"
    `);
  });

  it('draws two pairs beside each other, with remarks away from the arrows', () => {
    expect(toText(twoClients, { width: 120 })).toMatchInlineSnapshot(`
      "                   ann                SFU                              SFU                bob
                      requester           arbiter                         requester           arbiter
          change · asking ├─ request #1 ────►║ awaiting-offer                 │                  ┃ change · creating
                          ┆                  ║                 applying-offer ║◄────── offer #1 ─┨ awaiting-answer
       granted · creating ┃◄────── grant #1 ─╢                      answering ║                  ┃
          awaiting-answer ┠─ offer #1 ──────►║ applying-offer                 ║                  ┃
                          ┃                  ║ answering               stable ├─ answer #1 ─────►┃ applying-answer
          applying-answer ┃◄───── answer #1 ─┤ stable                         │                  │ stable
                   stable │                  │                                │                  │

      │ stable  ┃ local-offer-pending  ║ remote-offer-pending  ┆ pending-renegotiation"
    `);
  });

  it('draws a message that is still under way when the run ends, and the arrival of one that was sent before', () => {
    const run: Run = {
      lifelines: [
        { id: 'left', name: 'left', role: 'requester', path: 'pending-renegotiation.asking' },
        { id: 'right', name: 'right', role: 'arbiter' },
      ],
      entries: [
        { on: 'left', atMs: 1, type: 'receive', message: 'g', from: 'right', kind: 'grant', label: 'grant #1' },
        { on: 'left', atMs: 2, type: 'send', message: 'r', to: 'right', kind: 'release', label: 'release' },
        { on: 'right', atMs: 3, type: 'state', path: 'closed' },
      ],
    };
    expect(toText(run)).toMatchInlineSnapshot(`
      "    left                         right
        requester                     arbiter
            ┆◄─── grant #1               │
            ├─ release ───…                closed

      │ stable  ┆ pending-renegotiation"
    `);
  });

  it('gives a lifeline between two others a row of its own for each remark', () => {
    const send = (on: string, to: string, message: string) =>
      [
        { on, atMs: 1, type: 'send', message, to, kind: 'release', label: 'release' },
        { on: to, atMs: 2, type: 'receive', message, from: on, kind: 'release', label: 'release' },
      ] as const;
    const run: Run = {
      lifelines: ['left', 'middle', 'right'].map((id) => ({ id, name: id, role: id })),
      entries: [
        { on: 'middle', atMs: 1, type: 'note', text: 'both', tone: 'plain' },
        ...send('middle', 'left', 'one'),
        ...send('middle', 'right', 'two'),
        ...send('left', 'right', 'three'),
      ],
    };
    expect(toText(run, { width: 60 })).toMatchInlineSnapshot(`
      " left              middle              right
         │                  │ both             │
         │◄─────── release ─┤                  │
         │                  ├─ release ───────►│
         ├─ release ────────┼─────────────────►│

      │ stable"
    `);
  });

  it('is never wider than the terminal', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(runs)), fc.integer({ min: 40, max: 140 }), (run, width) => {
        for (const line of lines(toText(run, { width }))) expect([...line].length).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('shortens labels and remarks rather than dropping them', () => {
    const narrow = toText(glare, { width: 50 });
    expect(narrow).toContain('answer #1 w… ►');
    expect(narrow).toContain('change · creat…');
  });

  it('hands each piece to the painter with what it means, and changes no character by that', () => {
    const painted: [string, Tone][] = [];
    const paint = (text: string, tone: Tone) => {
      painted.push([text.trim(), tone]);
      return text;
    };
    expect(toText(contention, { paint })).toBe(toText(contention));
    expect(painted).toContainEqual(['change · asking', 'waiting']);
    expect(painted).toContainEqual(['answering', 'theirs']);
    expect(painted).toContainEqual(['awaiting-answer', 'ours']);
    toText(badNetwork, { paint });
    expect(painted).toContainEqual(['stale-grant', 'trouble']);
  });

  it('throws when an entry names no lifeline', () => {
    const run: Run = { lifelines: [], entries: [{ on: 'left', atMs: 0, type: 'note', text: '', tone: 'plain' }] };
    expect(() => toText(run)).toThrow('no lifeline is called left');
  });

  it('draws a run in which nothing happens', () => {
    expect(lines(toText({ ...glare, entries: [] }))).toEqual([' polite    impolite']);
  });
});
