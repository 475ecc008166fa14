"""A peer on aiortc that speaks version 1 of the native wire, written from docs/wire.md.

The wire and the roles are in this file; tasks.py holds what the runner asks for. Arguments: the
URL of a WebSocket, and the role, which is requester or answerer.

Implemented: both roles, without rollback; the link in reliable mode, on a WebSocket that is not
reconnected. aiortc puts its candidates into the SDP, so this peer hears candidates and says none.
Left out: `decline` and `release`, which say that something has failed, and end this peer.
"""

import asyncio
import json
import sys
import uuid

import websockets
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection
from aiortc import RTCSessionDescription
from aiortc.sdp import SessionDescription, candidate_from_sdp

from tasks import Tasks


class Link:
    """A WebSocket leaves no gap, so a number is the next one or has come before."""

    def __init__(self, ws, role):
        self.ws = ws
        self.envelope = {"v": 1, "from": str(uuid.uuid4()), "role": role}
        self.sent = self.received = self.told = 0
        self.unacked = []

    async def write(self, message):
        self.told = self.received
        frame = {**self.envelope, **message, "ack": self.received}
        await self.ws.send(json.dumps(frame))

    async def send(self, kind, **body):
        self.sent += 1
        message = {"seq": self.sent, "kind": kind, **body}
        self.unacked.append(message)
        await self.write(message)

    async def take(self, frame):
        """Returns whether the frame brings a message."""
        self.envelope["to"] = frame["from"]
        self.unacked = [m for m in self.unacked if m["seq"] > frame.get("ack", 0)]
        if frame.get("resync"):
            for message in self.unacked:
                await self.write(message)
        is_next = frame.get("seq") == self.received + 1
        self.received += is_next
        if self.received - self.told >= 16:
            await self.write({"kind": "sync"})
        return is_next


class Peer:
    """Its lock lets one event in at a time, so there is one operation at a time."""

    def __init__(self, ws, role):
        self.link = Link(ws, role)
        self.lock = asyncio.Lock()
        self.pc = RTCPeerConnection(
            RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        )
        # aiortc gives a track to any new m-line of its kind, and data channels a transport
        # of their own if they come before the first m-line: so it is told of both late.
        self.waiting = []
        self.turned = False  # a direction is not in a description yet
        self.offers = self.requests = self.newest = 0
        self.asked = self.offering = False
        self.rest = asyncio.Event()
        self.tasks = Tasks(self)

    async def run(self):
        self.tasks.start(self.tasks.run())
        async for text in self.link.ws:
            frame = json.loads(text)
            async with self.lock:
                if await self.link.take(frame):
                    await self.hear(frame["kind"], frame)
                self.note_rest()

    async def hear(self, kind, frame):
        if kind == "offer" and frame["id"] > self.newest and not self.offering:
            await self.answer(frame["id"], frame["description"])
        elif kind == "answer" and frame["offer"] == self.offers and self.offering:
            await self.apply(frame["description"])
            self.offering = False
            await self.ask()
        elif kind == "candidate" and frame["candidate"]["candidate"]:
            await self.add_candidate(frame["candidate"])
        elif kind == "grant" and frame["request"] == self.requests and self.asked:
            await self.offer()
        elif kind == "bye":
            await self.pc.close()
        elif kind in ("decline", "release"):
            sys.exit(f"{kind} {frame.get('reason')}")

    async def apply(self, description):
        await self.pc.setRemoteDescription(RTCSessionDescription(**description))

    async def add_candidate(self, init):
        candidate = candidate_from_sdp(init["candidate"].removeprefix("candidate:"))
        candidate.sdpMid = init.get("sdpMid")
        candidate.sdpMLineIndex = init.get("sdpMLineIndex")
        await self.pc.addIceCandidate(candidate)

    async def offer(self):
        self.offers += 1
        self.asked, self.offering, self.turned = False, True, False
        for track in self.waiting:
            self.pc.addTrack(track)
        self.waiting.clear()
        self.tasks.open_channels()
        await self.pc.setLocalDescription(await self.pc.createOffer())
        description = vars(self.pc.localDescription)
        await self.link.send("offer", id=self.offers, description=description)

    async def answer(self, offer, description):
        self.newest, self.turned = offer, False
        known = [transceiver.mid for transceiver in self.pc.getTransceivers()]
        await self.apply(description)
        self.send_on_new_lines(description["sdp"], known)
        await self.pc.setLocalDescription(await self.pc.createAnswer())
        wants = {} if self.is_negotiated() else {"wants": True, **self.request()}
        self.asked = bool(wants)
        description = vars(self.pc.localDescription)
        await self.link.send("answer", offer=offer, description=description, **wants)

    def send_on_new_lines(self, sdp, known):
        sections = SessionDescription.parse(sdp).media
        directions = {section.rtp.muxId: section.direction for section in sections}
        for transceiver in self.pc.getTransceivers():
            tracks = [each for each in self.waiting if each.kind == transceiver.kind]
            is_new = transceiver.mid not in known
            if tracks and is_new and "recv" in directions[transceiver.mid]:
                transceiver.sender.replaceTrack(tracks[0])
                transceiver.direction = "sendrecv"
                self.waiting.remove(tracks[0])

    async def ask(self):
        """To be called whenever there may be a change to negotiate."""
        if not self.is_negotiated() and not self.asked and not self.offering:
            await self.link.send("request", **self.request())

    def request(self):
        """The request that is out, or else the next one."""
        self.requests += not self.asked
        self.asked = True
        kinds = [track.kind for track in self.waiting]
        needs = {kind: kinds.count(kind) for kind in ("audio", "video")}
        return {"request": self.requests, "needs": needs}

    def is_negotiated(self):
        has_data = self.pc.sctp is not None and self.pc.sctp.mid is not None
        if has_data:
            self.tasks.open_channels()
        return not (self.waiting or self.turned or self.tasks.labels)

    def note_rest(self):
        if self.asked or self.offering:
            self.rest.clear()
        else:
            self.rest.set()


async def main():
    url, role = sys.argv[1:]
    async with websockets.connect(url, max_size=None) as ws:
        await Peer(ws, role).run()


if __name__ == "__main__":
    asyncio.run(main())
