/**
 * The scenarios, each a way in which calls died. `left` is the polite end and, in ask-first designs, the client; `right` is
 * the impolite end and the server. Measured: on Chromium 156 and Firefox 153.
 */
import type { End } from '../ends.ts';
import type { Scenario } from './scenario.ts';
import { type EngineVariant, engineVariants } from '../virtual/variants.ts';
import { type Stage, failure } from './stage.ts';

/** As the specification, but for what Pion lacks; its other ways are not what this is about. */
const withoutRollback: EngineVariant = { ...engineVariants.spec, implicitRollback: false, rollback: 'refused' };

const isOffering = (stage: Stage, end: End) => () => stage[end].pc.signalingState === 'have-local-offer';
const isAnswering = (stage: Stage, end: End) => () => stage[end].pc.signalingState === 'have-remote-offer';
const isAtWork = (stage: Stage, end: End, name: string) => () =>
  stage.world.schedule.pending.some(({ work }) => work.peer.startsWith(end) && work.name === name);
const isStable = (stage: Stage) => () =>
  stage.left.pc.signalingState === 'stable' && stage.right.pc.signalingState === 'stable';

export const scenarios: readonly Scenario[] = [
  {
    name: 'turns',
    story: 'One end adds a track, and later the other end does.',
    reports: ['feross/simple-peer#583', 'feross/simple-peer#926', 'peerjs', 'libp2p', 'y-webrtc'],
    async play(stage) {
      stage.addTrack('left');
      await stage.until(isStable(stage));
      await stage.steps(40);
      stage.addTrack('right');
    },
  },
  {
    name: 'glare at the start',
    story: 'Both ends start the call at once.',
    reports: ['feross/simple-peer#265', 'yjs/y-webrtc#39', 'element-web #18538'],
    connected: false,
    async play(stage) {
      stage.addTrack('left');
      stage.addTrack('right');
    },
  },
  {
    name: 'glare in a call',
    story: 'Both ends add a track at once, and both tracks must flow.',
    reports: ['inlivedev/sfu#1', 'RocketChat/Rocket.Chat#41421'],
    async play(stage) {
      stage.addTrack('left');
      stage.addTrack('right', 'video');
    },
  },
  {
    name: 'glare, again and again',
    story: 'Both ends change something five times, each as soon as an offer is out.',
    reports: ['whereby', 'pjsip/pjproject#3886', 'versatica/JsSIP#771'],
    async play(stage) {
      for (let round = 0; round < 5; round += 1) {
        stage.addTrack('left');
        stage.addTrack('right');
        await stage.steps(6);
      }
    },
  },
  {
    name: 'change while an offer is made',
    story: 'A second track is added while the offer for the first is being created.',
    reports: ['twilio/twilio-video.js#1000'],
    async play(stage) {
      stage.addTrack('left');
      await stage.until(isAtWork(stage, 'left', 'createOffer'));
      stage.addTrack('left', 'video');
    },
  },
  {
    name: 'offer while an offer is made',
    story: "The other end's offer arrives while ours is being created.",
    reports: ['matrix-js-sdk', 'WebTrit #999', 'WebTrit #1003'],
    async play(stage) {
      stage.addTrack('right');
      await stage.until(isOffering(stage, 'right'));
      stage.addTrack('left');
      await stage.until(isAtWork(stage, 'left', 'createOffer'));
    },
  },
  {
    name: 'offer while an answer is applied',
    story: 'The answer to our offer is being applied when the next offer of the other end arrives.',
    reports: ['nabto', 'pexip', 'w3c/webrtc-pc#2566'],
    async play(stage) {
      stage.addTrack('right');
      await stage.until(isAnswering(stage, 'left'));
      stage.addTrack('left');
    },
  },
  {
    name: 'server changes while the client negotiates',
    story: 'A server has a change for a client whose own offer is under way; it must go out when that exchange ends.',
    reports: ['inlivedev/sfu: the flag is not looked at when the negotiation ends'],
    async play(stage) {
      stage.world.channel.latencyMs = 200;
      stage.addTrack('left');
      await stage.until(() => stage.left.pc.signalingState !== 'stable');
      stage.addTrack('right', 'video');
    },
  },
  {
    name: 'client changes while the server negotiates',
    story: "A client changes something while the server's offer is on its way, and its change must not be forgotten.",
    reports: ["inlivedev/sfu: the example clears its flag when it answers the server's offer"],
    async play(stage) {
      stage.world.channel.latencyMs = 200;
      stage.addTrack('right');
      await stage.until(isOffering(stage, 'right'));
      stage.addTrack('left');
    },
  },
  {
    name: 'ICE restart during an exchange',
    story: 'An ICE restart is asked for while another exchange is out.',
    reports: ['livekit', 'ionorg/ion-sdk-js#155'],
    async play(stage) {
      stage.addTrack('right');
      await stage.until(isOffering(stage, 'right'));
      stage.restartIce('left');
    },
  },
  {
    name: 'duplicate answer, then glare',
    story: 'An answer to the impolite end arrives twice; later both ends change something at once.',
    reports: ['measured: 45 and 131 descriptions in 4.5 s'],
    async play(stage) {
      stage.next('left', 'answer', 'arrives twice');
      stage.addTrack('right');
      await stage.until(isStable(stage));
      await stage.steps(40);
      stage.addTrack('left');
      stage.addTrack('right');
    },
  },
  {
    name: 'stale answer',
    story: 'A copy of an old answer arrives when the next offer, an ICE restart, is out.',
    reports: ['100mslive/web-sdks#3759', 'livekit/client-sdk-android#813'],
    async play(stage) {
      stage.next('right', 'answer', 'arrives, and a copy is held');
      stage.addTrack('left');
      await stage.steps(60);
      stage.restartIce('left');
      await stage.until(isOffering(stage, 'left'));
      stage.world.channel.release();
    },
  },
  {
    name: "the impolite end's offer is lost",
    story: 'A message vanishes, as between a send and a dead socket. Neither end hears of it.',
    reports: ['measured: both have-local-offer for ever, no error'],
    async play(stage) {
      stage.next('right', 'offer', 'is lost');
      stage.addTrack('right');
      await stage.until(isOffering(stage, 'right'));
      stage.addTrack('left');
    },
  },
  {
    name: "the polite end's offer is lost",
    story: 'It vanishes, and nothing else happens.',
    reports: ['measured: stuck, since negotiationneeded never fires outside stable'],
    async play(stage) {
      stage.next('left', 'offer', 'is lost');
      stage.addTrack('left');
    },
  },
  {
    name: 'the answer is lost',
    story: 'An offer is answered, and the answer vanishes.',
    reports: ['simple-peer', 'trystero', 'measured: have-local-offer for ever'],
    async play(stage) {
      stage.next('left', 'answer', 'is lost');
      stage.addTrack('right');
    },
  },
  {
    name: 'an answer is overtaken by an offer',
    story: 'On a channel that reorders, an end answers, then offers, and its offer arrives first.',
    reports: ['measured: Chromium sticks, Firefox recovers'],
    async play(stage) {
      stage.next('left', 'answer', 'is held');
      stage.addTrack('right');
      await stage.until(() => stage.world.channel.held.length > 0);
      stage.addTrack('left');
      await stage.steps(30);
      stage.world.channel.release();
    },
  },
  {
    name: 'candidates overtake their offer',
    story: 'On a channel that reorders, the candidates arrive before the description that they belong to.',
    reports: ['mdn/content#42097', 'ionorg/ion-sfu#204', 'measured: lost, with InvalidStateError'],
    connected: false,
    async play(stage) {
      stage.next('left', 'offer', 'is held');
      stage.addTrack('left');
      await stage.steps(60);
      stage.world.channel.release();
    },
  },
  {
    name: 'the signaling channel is cut',
    story: 'It breaks while an offer is on its way, and is connected again a moment later.',
    reports: ['livekit/client-sdk-js#1915', 'asked for in most libraries'],
    async play(stage) {
      stage.addTrack('left');
      await stage.until(() => stage.world.channel.inFlight.length > 0);
      stage.world.note('cut');
      stage.world.channel.cut();
      await stage.steps(10);
      stage.world.note('reconnected');
      stage.world.channel.reconnect();
    },
  },
  {
    name: 'one end reloads',
    story: 'A page is reloaded while the other end has an offer outstanding.',
    reports: ['measured: permanent deadlock'],
    async play(stage) {
      stage.addTrack('right');
      await stage.until(isOffering(stage, 'right'));
      stage.reload('left');
    },
  },
  {
    name: 'setLocalDescription fails once',
    story: 'The engine refuses once, and negotiationneeded does not come again, not even after another addTrack.',
    reports: ['measured: in both browsers'],
    async play(stage) {
      stage.nextWork('left', 'setLocalDescription', failure);
      stage.addTrack('left');
      await stage.steps(40);
      stage.addTrack('left', 'video');
    },
  },
  {
    name: 'the holder of the floor cannot offer',
    story: 'A client is allowed to offer and its engine never manages to. The server still has changes of its own.',
    reports: ['inlivedev/sfu: the lock has no lease'],
    hopeless: 'left',
    async play(stage) {
      stage.nextWork('left', 'createOffer', failure, 1_000);
      stage.addTrack('left');
      await stage.steps(30);
      stage.addTrack('right');
    },
  },
  {
    name: 'a candidate cannot be added',
    story: 'addIceCandidate rejects once; the call goes on, and later changes are negotiated.',
    reports: ['feross/simple-peer#670', 'feross/simple-peer#703'],
    connected: false,
    async play(stage) {
      stage.nextWork('right', 'addIceCandidate', failure);
      stage.addTrack('left');
      await stage.until(isStable(stage));
      await stage.steps(60);
      stage.restartIce('left');
      await stage.steps(60);
      stage.addTrack('right');
    },
  },
  {
    name: 'an operation never returns',
    story: 'createAnswer hangs. Nothing can be done on that engine any more, and the applications must hear of it.',
    reports: ['pion/webrtc#1157'],
    mayFailLoudly: true,
    async play(stage) {
      stage.nextWork('left', 'createAnswer', 'hang');
      stage.addTrack('right');
    },
  },
  {
    name: 'closed while an operation runs',
    story:
      'The application closes its peer connection in the middle of an operation, whose promise then never settles.',
    reports: ['measured: in every engine'],
    mayFailLoudly: true,
    async play(stage) {
      stage.addTrack('right');
      await stage.until(isAtWork(stage, 'left', 'createAnswer'));
      stage.world.note('left closes its peer connection');
      stage.left.pc.close();
    },
  },
  {
    name: 'rollback is missing',
    story: 'The polite end runs on an engine that cannot roll back, and nobody noticed before the first glare.',
    reports: ['pion/webrtc#2133', 'flutter-webrtc/flutter-webrtc#625', 'react-native-webrtc/react-native-webrtc#1223'],
    variants: { left: withoutRollback, right: 'spec' },
    mayFailLoudly: true,
    async play(stage) {
      stage.addTrack('left');
      stage.addTrack('right');
    },
  },
  {
    name: 'both polite',
    story: 'Two rules disagree about who is polite, and both ends give way.',
    reports: ['measured: up to 135 descriptions and 36 transceivers'],
    roles: { left: 'polite', right: 'polite' },
    mayFailLoudly: true,
    async play(stage) {
      stage.addTrack('left');
      stage.addTrack('right');
    },
  },
  {
    name: 'both impolite',
    story: 'Two rules disagree about who is polite, and neither end gives way.',
    reports: ['measured: deadlock without an error'],
    roles: { left: 'impolite', right: 'impolite' },
    mayFailLoudly: true,
    connected: false,
    async play(stage) {
      stage.addTrack('left');
      stage.addTrack('right');
    },
  },
];
