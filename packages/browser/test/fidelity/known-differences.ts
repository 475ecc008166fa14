/** What each engine does that is not as specified, as measured: see write.ts, which writes this file. */
import type { KnownEngines } from './differences.ts';

export const knownEngines: KnownEngines = {
  chromium: {
    version: '156',
    differences: {
      'setLocalDescription(rollback) is legal in have-local-offer': [
        'in stable: InvalidStateError',
        'in have-local-offer: resolves, then stable',
        'in have-remote-offer: resolves, then stable',
        'in closed: InvalidStateError',
      ],
      'setRemoteDescription(rollback) is legal in have-remote-offer': [
        'in stable: InvalidStateError',
        'in have-local-offer: resolves, then stable',
        'in have-remote-offer: resolves, then stable',
        'in closed: InvalidStateError',
      ],
      'after a lost glare of different kinds, the loser can still negotiate its own': [
        'exchange: InvalidAccessError',
        'audio nowhere sendrecv, video at 0 recvonly/recvonly',
      ],
      'after the rollback of the first offer, data channels can still be negotiated': ['exchange: resolves', 'no data'],
      'restartIce before anything was negotiated needs no negotiation': ['left negotiationneeded in stable'],
      'an answerer that wants to send where it may only receive needs negotiation afterwards': ['that is all'],
      'an explicit local rollback is followed by the event, in stable': [
        'left negotiationneeded in have-local-offer',
        'left signalingstatechange in stable',
      ],
      'a change in have-remote-offer is announced after the remote rollback, once': [
        'left negotiationneeded in have-remote-offer',
        'left signalingstatechange in stable',
      ],
      'a rollback that leaves nothing to negotiate is followed by no event': [
        'left negotiationneeded in have-remote-offer',
        'left signalingstatechange in stable',
      ],
      'an end-of-candidates before any remote description is refused': ['empty: resolves', 'null: resolves'],
      'a candidate of an unknown ICE generation is refused': ['candidate: resolves', 'end-of-candidates: resolves'],
      'while a restart is pending, candidates of both ICE generations are taken; after its rollback, of the old one': [
        'pending: old: resolves',
        'pending: new: resolves',
        'rolled back: old: resolves',
        'rolled back: new: resolves',
      ],
      'gathering ends with an empty candidate, then with null': ['null'],
      'a local description that was not created here is refused': ['changed offer: resolves', 'have-local-offer'],
    },
    variantDifferences: {
      'an end-of-candidates before any remote description is refused': [
        'empty: InvalidStateError',
        'null: InvalidStateError',
      ],
      'gathering ends with an empty candidate, then with null': ['empty', 'null'],
      'a local description that was not created here is refused': ['changed offer: InvalidModificationError', 'stable'],
    },
  },
  firefox: {
    version: '153',
    differences: {
      'a provisional answer leads to have-local-pranswer, whence an answer leads to stable and a rollback nowhere': [
        'pranswer: NotSupportedError in have-remote-offer',
        'rollback: InvalidStateError in have-remote-offer',
        'answer: resolves in stable',
      ],
      'the provisional answer of the other side leads to have-remote-pranswer, where no offer can be created': [
        'pranswer: NotSupportedError in have-local-offer',
        'createOffer: resolves in have-local-offer',
        'answer: resolves in stable',
      ],
      'a rejected m-line is used again by whatever comes next, of another kind too, under a new mid': [
        'rejected audio, video, video',
        'old mid',
      ],
      'a remote offer that restarts is taken after the rollback of one that does not': ['exchange: InvalidAccessError'],
      'while a restart is pending, candidates of both ICE generations are taken; after its rollback, of the old one': [
        'pending: old: OperationError',
        'pending: new: resolves',
        'rolled back: old: resolves',
        'rolled back: new: OperationError',
      ],
      'a local description that was not created here is refused': ['changed offer: resolves', 'have-local-offer'],
    },
    variantDifferences: {
      'a rejected m-line is used again by whatever comes next, of another kind too, under a new mid': [
        'video, video',
        'new mid',
      ],
      'while a restart is pending, candidates of both ICE generations are taken; after its rollback, of the old one': [
        'pending: old: resolves',
        'pending: new: resolves',
        'rolled back: old: resolves',
        'rolled back: new: OperationError',
      ],
      'a local description that was not created here is refused': ['changed offer: InvalidModificationError', 'stable'],
    },
  },
  wrtc: {
    version: '0.10.0',
    differences: {
      'createOffer is legal in stable and have-local-offer': [
        'in stable: resolves',
        'in have-local-offer: resolves',
        'in have-remote-offer: resolves',
        'in closed: InvalidStateError',
      ],
      'setLocalDescription() makes the description that the state asks for': [
        'in stable: TypeError',
        'in have-local-offer: TypeError',
        'in have-remote-offer: TypeError',
        'in closed: TypeError',
      ],
      'setLocalDescription(rollback) is legal in have-local-offer': [
        'in stable: InvalidStateError',
        'in have-local-offer: resolves, then stable',
        'in have-remote-offer: resolves, then stable',
        'in closed: InvalidStateError',
      ],
      'setRemoteDescription(offer) is legal in every state, as it rolls back by itself': [
        'in stable: resolves, then have-remote-offer',
        'in have-local-offer: InvalidStateError',
        'in have-remote-offer: resolves',
        'in closed: InvalidStateError',
      ],
      'setRemoteDescription(rollback) is legal in have-remote-offer': [
        'in stable: InvalidStateError',
        'in have-local-offer: resolves, then stable',
        'in have-remote-offer: resolves, then stable',
        'in closed: InvalidStateError',
      ],
      'the provisional answer of the other side leads to have-remote-pranswer, where no offer can be created': [
        'pranswer: resolves in have-remote-pranswer',
        'createOffer: resolves in have-remote-pranswer',
        'answer: resolves in stable',
      ],
      'an implicit rollback passes through stable, and its transceiver waits for an m-line': [
        'offer of the other side: InvalidStateError',
        'video at 0 sendrecv',
      ],
      'after the rollback of the first offer, data channels can still be negotiated': ['exchange: resolves', 'no data'],
      'the loser of a glare over tracks of one kind shares the m-line of the winner': ['ends with InvalidStateError'],
      'a direction that is changed and changed back at once needs none': ['left negotiationneeded in stable'],
      'restartIce before anything was negotiated needs no negotiation': ['left negotiationneeded in stable'],
      'an answerer that wants to send where it may only receive needs negotiation afterwards': ['that is all'],
      'a change in have-remote-offer is announced after the remote rollback, once': [
        'left signalingstatechange in stable',
        'left negotiationneeded in stable',
        'left negotiationneeded in stable',
      ],
      'a rollback that leaves nothing to negotiate is followed by no event': [
        'left signalingstatechange in stable',
        'left negotiationneeded in stable',
        'left negotiationneeded in stable',
      ],
      'a lost glare is followed by the event once the answer is set': ['ends with InvalidStateError'],
      'a candidate before any remote description is refused': ['in stable: Error', 'in have-local-offer: Error'],
      'an end-of-candidates before any remote description is refused': ['empty: resolves', 'null: resolves'],
      'a candidate that names no m-line, or one that is not there, is refused': [
        'neither: resolves',
        'unknown mid: Error',
        'unknown index: Error',
      ],
      'a candidate of an unknown ICE generation is refused': ['candidate: resolves', 'end-of-candidates: resolves'],
      'while a restart is pending, candidates of both ICE generations are taken; after its rollback, of the old one': [
        'pending: old: resolves',
        'pending: new: resolves',
        'rolled back: old: resolves',
        'rolled back: new: resolves',
      ],
      'gathering ends with an empty candidate, then with null': ['null'],
      'operations that are called together run in the order of the calls': [
        'setLocalDescription(offer): resolves',
        'setRemoteDescription(offer): InvalidStateError',
        'createAnswer: InvalidStateError',
        'have-local-offer',
      ],
      'setLocalDescription() and a remote offer that are called together both take place': [
        'setLocalDescription(): TypeError',
        'setRemoteDescription(offer): resolves',
        'have-remote-offer',
      ],
      'the state changes later than the call, and before its promise resolves': [
        'right after the call: have-local-offer',
        'left signalingstatechange in have-local-offer',
        'setLocalDescription: resolves',
      ],
      'a local description that was not created here is refused': ['changed offer: resolves', 'have-local-offer'],
      'a remote description that cannot be parsed is refused, and changes nothing': ['offer: TypeError', 'stable'],
      'an operation that close() interrupts never settles': [
        'createOffer: resolves',
        'setLocalDescription: resolves',
        'setRemoteDescription: resolves',
        'createAnswer: resolves',
        'addIceCandidate: Error',
      ],
      'a closed connection refuses candidates, transceivers, tracks and data channels, and lets restartIce pass': [
        'addIceCandidate: never settles',
        'addTransceiver: Error',
        'addTrack: InvalidStateError',
        'createDataChannel: InvalidStateError',
        'restartIce: resolves',
      ],
      'close() fires no event, and may be called again': ['left signalingstatechange in closed', 'closed'],
      'a change that is not announced yet when close() comes never is': [
        'left negotiationneeded in closed',
        'that is all',
      ],
      'close() in the handler of signalingstatechange leaves the operation pending for ever': [
        'setLocalDescription: resolves',
      ],
    },
    variantDifferences: {
      'after the rollback of the first offer, data channels can still be negotiated': [
        'exchange: resolves',
        'data is there',
      ],
      'a direction that is changed and changed back at once needs none': [],
      'restartIce before anything was negotiated needs no negotiation': [],
      'an answerer that wants to send where it may only receive needs negotiation afterwards': [
        'left negotiationneeded in stable',
        'that is all',
      ],
      'a change in have-remote-offer is announced after the remote rollback, once': [
        'left signalingstatechange in stable',
        'left negotiationneeded in stable',
      ],
      'a rollback that leaves nothing to negotiate is followed by no event': ['left signalingstatechange in stable'],
      'a candidate before any remote description is refused': [
        'in stable: InvalidStateError',
        'in have-local-offer: InvalidStateError',
      ],
      'an end-of-candidates before any remote description is refused': [
        'empty: InvalidStateError',
        'null: InvalidStateError',
      ],
      'a candidate that names no m-line, or one that is not there, is refused': [
        'neither: TypeError',
        'unknown mid: OperationError',
        'unknown index: OperationError',
      ],
      'gathering ends with an empty candidate, then with null': ['empty', 'null'],
      'the state changes later than the call, and before its promise resolves': [
        'right after the call: stable',
        'left signalingstatechange in have-local-offer',
        'setLocalDescription: resolves',
      ],
      'a local description that was not created here is refused': ['changed offer: InvalidModificationError', 'stable'],
      'a remote description that cannot be parsed is refused, and changes nothing': ['offer: OperationError', 'stable'],
      'an operation that close() interrupts never settles': [
        'createOffer: never settles',
        'setLocalDescription: never settles',
        'setRemoteDescription: never settles',
        'createAnswer: never settles',
        'addIceCandidate: never settles',
      ],
      'a closed connection refuses candidates, transceivers, tracks and data channels, and lets restartIce pass': [
        'addIceCandidate: InvalidStateError',
        'addTransceiver: InvalidStateError',
        'addTrack: InvalidStateError',
        'createDataChannel: InvalidStateError',
        'restartIce: resolves',
      ],
      'a change that is not announced yet when close() comes never is': ['that is all'],
      'close() in the handler of signalingstatechange leaves the operation pending for ever': [
        'setLocalDescription: never settles',
      ],
    },
  },
  werift: {
    version: '0.25.2',
    differences: {
      'createOffer is legal in stable and have-local-offer': [
        'in stable: resolves',
        'in have-local-offer: resolves',
        'in have-remote-offer: resolves',
        'in closed: resolves',
      ],
      'createAnswer is legal in have-remote-offer': [
        'in stable: Error',
        'in have-local-offer: Error',
        'in have-remote-offer: resolves',
        'in closed: InvalidStateError',
      ],
      'setLocalDescription(answer) is legal in have-remote-offer': [
        'in stable: Error',
        'in have-local-offer: Error',
        'in have-remote-offer: resolves, then stable',
        'in closed: InvalidStateError',
      ],
      'a provisional answer leads to have-local-pranswer, whence an answer leads to stable and a rollback nowhere': [
        'pranswer: resolves in have-local-pranswer',
        'rollback: resolves in stable',
        'answer: InvalidStateError in stable',
      ],
      'the provisional answer of the other side leads to have-remote-pranswer, where no offer can be created': [
        'pranswer: resolves in have-remote-pranswer',
        'createOffer: resolves in have-remote-pranswer',
        'answer: resolves in stable',
      ],
      'a local rollback frees the own transceiver of its m-line': [
        'audio at 0 sendrecv',
        'rollback: resolves',
        'audio at an m-line that is gone sendrecv, pending nothing',
      ],
      'an implicit rollback passes through stable, and its transceiver waits for an m-line': [
        'left signalingstatechange in stable',
        'left signalingstatechange in have-remote-offer',
        'offer of the other side: resolves',
        'video at 0 sendrecv, audio at 0 recvonly',
      ],
      'a rollback frees what the offer brought, and only that': [
        'audio at 0 sendrecv/sendonly, video at an m-line that is gone sendrecv',
      ],
      'after the explicit rollback of a lost glare, each side has what it wants in two exchanges': [
        'left: audio at 0 sendrecv/sendonly',
        'right: audio at 0 recvonly/recvonly',
      ],
      'after a lost glare of different kinds, the loser can still negotiate its own': [
        'exchange: resolves',
        'audio at 0 sendrecv/stopped, video at 0 recvonly/stopped',
      ],
      'a remote offer leaves a transceiver alone that addTransceiver made': ['audio at 0 sendrecv'],
      'a remote offer that only sends leaves a track that was added before alone': ['audio at 0 sendrecv'],
      'a stopped transceiver leaves a rejected m-line, and goes on both sides': [
        'audio at 0 sendrecv/sendonly, video at 1 sendrecv/sendonly',
        'rejected audio, video',
        'left: audio at 0 sendrecv/stopped, video at 1 sendrecv/sendonly',
        'right: audio at 0 recvonly/stopped, video at 1 recvonly/recvonly',
      ],
      'a rejected m-line is used again by whatever comes next, of another kind too, under a new mid': [
        'rejected audio, video, video',
        'old mid',
      ],
      'the other side may use a rejected m-line again': [
        'audio, video',
        'right: audio at 0 sendrecv/sendonly, video at 1 recvonly/recvonly',
      ],
      'a change of direction needs negotiation': [],
      'restartIce before anything was negotiated needs no negotiation': ['left negotiationneeded in stable'],
      'an explicit local rollback is followed by the event, in stable': ['left signalingstatechange in stable'],
      'createOffer({ iceRestart: true }) restarts with that offer alone': ['restarting: new ufrag', 'next: new ufrag'],
      'createOffer({ iceRestart: true }) does not survive a rollback': ['new ufrag'],
      'a candidate before any remote description is refused': ['in stable: resolves', 'in have-local-offer: resolves'],
      'an end-of-candidates before any remote description is refused': ['empty: resolves', 'null: resolves'],
      'while a restart is pending, candidates of both ICE generations are taken; after its rollback, of the old one': [
        'pending: old: OperationError',
        'pending: new: resolves',
        'rolled back: old: resolves',
        'rolled back: new: OperationError',
      ],
      'own candidates follow the description that they belong to, and carry its ufrag': [
        'candidate',
        'described',
        'ufrag of the description',
      ],
      'gathering ends with an empty candidate, then with null': ['empty'],
      'operations that are called together run in the order of the calls': [
        'createAnswer: Error',
        'setRemoteDescription(offer): resolves',
        'setLocalDescription(offer): resolves',
        'have-remote-offer',
      ],
      'setLocalDescription() and a remote offer that are called together both take place': [
        'setRemoteDescription(offer): resolves',
        'setLocalDescription(): InvalidStateError',
        'have-remote-offer',
      ],
      'an operation that fails lets the next run': [
        'createAnswer: Error',
        'setLocalDescription(offer): resolves',
        'have-local-offer',
      ],
      'a remote description that cannot be parsed is refused, and changes nothing': [
        'offer: resolves',
        'have-remote-offer',
      ],
      'an operation that close() interrupts never settles': [
        'createOffer: resolves',
        'setLocalDescription: never settles',
        'setRemoteDescription: never settles',
        'createAnswer: Error',
        'addIceCandidate: resolves',
      ],
      'a closed connection refuses candidates, transceivers, tracks and data channels, and lets restartIce pass': [
        'addIceCandidate: InvalidStateError',
        'addTransceiver: resolves',
        'addTrack: InvalidStateError',
        'createDataChannel: resolves',
        'restartIce: resolves',
      ],
      'close() fires no event, and may be called again': ['left signalingstatechange in closed', 'closed'],
      'close() in the handler of signalingstatechange leaves the operation pending for ever': [
        'setLocalDescription: resolves',
      ],
      'close() stops transceivers on this side only': ['left: sendrecv/stopped', 'right: audio at 0 recvonly/recvonly'],
    },
    variantDifferences: {
      'createOffer is legal in stable and have-local-offer': [
        'in stable: resolves',
        'in have-local-offer: resolves',
        'in have-remote-offer: resolves',
        'in closed: InvalidStateError',
      ],
      'createAnswer is legal in have-remote-offer': [
        'in stable: InvalidStateError',
        'in have-local-offer: InvalidStateError',
        'in have-remote-offer: resolves',
        'in closed: InvalidStateError',
      ],
      'setLocalDescription(answer) is legal in have-remote-offer': [
        'in stable: InvalidStateError',
        'in have-local-offer: InvalidStateError',
        'in have-remote-offer: resolves, then stable',
        'in closed: InvalidStateError',
      ],
      'a provisional answer leads to have-local-pranswer, whence an answer leads to stable and a rollback nowhere': [
        'pranswer: resolves in have-local-pranswer',
        'rollback: InvalidStateError in have-local-pranswer',
        'answer: resolves in stable',
      ],
      'a remote rollback spares the transceiver that addTrack has given a track': [
        'audio at an m-line that is gone sendrecv',
      ],
      'after a lost glare of different kinds, the loser can still negotiate its own': [
        'exchange: resolves',
        'audio at 0 sendrecv, video at 0 recvonly/recvonly',
      ],
      'a stopped transceiver leaves a rejected m-line, and goes on both sides': [
        'audio at 0 stopped/sendonly, video at 1 sendrecv/sendonly',
        'rejected audio, video',
        'left: video at 1 sendrecv/sendonly',
        'right: video at 1 recvonly/recvonly',
      ],
      'a rejected m-line is used again by whatever comes next, of another kind too, under a new mid': [
        'video, video',
        'new mid',
      ],
      'the other side may use a rejected m-line again': [
        'audio, video',
        'right: video at 1 recvonly/recvonly, audio at 0 sendrecv/sendonly',
      ],
      'restartIce before anything was negotiated needs no negotiation': [],
      'a change in have-remote-offer is announced after the remote rollback, once': [
        'left signalingstatechange in stable',
      ],
      'a lost glare is followed by the event once the answer is set': ['still nothing'],
      'createOffer({ iceRestart: true }) restarts with that offer alone': ['restarting: new ufrag', 'next: same ufrag'],
      'createOffer({ iceRestart: true }) does not survive a rollback': ['same ufrag'],
      'while a restart is pending, candidates of both ICE generations are taken; after its rollback, of the old one': [
        'pending: old: resolves',
        'pending: new: resolves',
        'rolled back: old: resolves',
        'rolled back: new: OperationError',
      ],
      'gathering ends with an empty candidate, then with null': ['empty', 'null'],
      'operations that are called together run in the order of the calls': [
        'createAnswer: InvalidStateError',
        'setLocalDescription(offer): resolves',
        'setRemoteDescription(offer): InvalidStateError',
        'have-local-offer',
      ],
      'an operation that fails lets the next run': [
        'createAnswer: InvalidStateError',
        'setLocalDescription(offer): resolves',
        'have-local-offer',
      ],
      'a remote description that cannot be parsed is refused, and changes nothing': ['offer: OperationError', 'stable'],
      'an operation that close() interrupts never settles': [
        'createOffer: never settles',
        'setLocalDescription: never settles',
        'setRemoteDescription: never settles',
        'createAnswer: never settles',
        'addIceCandidate: never settles',
      ],
      'a closed connection refuses candidates, transceivers, tracks and data channels, and lets restartIce pass': [
        'addIceCandidate: InvalidStateError',
        'addTransceiver: InvalidStateError',
        'addTrack: InvalidStateError',
        'createDataChannel: InvalidStateError',
        'restartIce: resolves',
      ],
      'close() in the handler of signalingstatechange leaves the operation pending for ever': [
        'setLocalDescription: never settles',
      ],
      'close() stops transceivers on this side only': ['left: stopped/stopped', 'right: audio at 0 recvonly/recvonly'],
    },
  },
};
