"""What process-peer.ts asks of a peer: changes to make, and what has become of them."""

import asyncio
import collections
import contextlib
import json
import sys

import aiortc
from aiortc import AudioStreamTrack, VideoStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import VideoFrame


class SmallVideo(VideoStreamTrack):
    async def recv(self):
        frame = VideoFrame(width=64, height=48)
        frame.pts, frame.time_base = await self.next_timestamp()
        return frame


class Tasks:
    def __init__(self, peer):
        self.peer = peer
        self.labels = []  # of data channels that aiortc has not been told of yet
        self.channels = []
        self.frames = collections.Counter()  # by track
        self.running = set()
        peer.pc.on("datachannel", send_back)
        peer.pc.on("track", lambda track: self.start(self.count_frames(track)))

    async def run(self):
        loop = asyncio.get_running_loop()
        lines = asyncio.StreamReader()
        await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(lines), sys.stdin
        )
        can = ["add-track", "remove-track", "create-data-channel"]
        say(ready={"engine": f"aiortc {aiortc.__version__}", "can": can})
        while line := await lines.readline():
            self.start(self.do(**json.loads(line)))

    def start(self, coroutine):
        """asyncio forgets a task that nobody holds."""
        task = asyncio.ensure_future(coroutine)
        self.running.add(task)
        task.add_done_callback(self.running.discard)

    async def do(self, id, do, **argument):
        try:
            say(id=id, value=await getattr(self, do)(argument["with"]))
        except Exception as error:
            say(id=id, error=repr(error))
        if do == "close":
            sys.stdout.flush()
            await self.peer.link.ws.close()

    async def act(self, changes):
        async with self.peer.lock:
            for change in changes:
                self.make(**change)
            await self.peer.ask()
            self.peer.note_rest()

    def make(self, type, kind=None, mid=None, label=None):
        if type == "add-track":
            track = AudioStreamTrack() if kind == "audio" else SmallVideo()
            self.peer.waiting.append(track)
        elif type == "remove-track":
            transceiver = next(t for t in self.transceivers() if t.mid == mid)
            transceiver.sender.replaceTrack(None)
            receives = transceiver.direction == "sendrecv"
            transceiver.direction = "recvonly" if receives else "inactive"
            self.peer.turned = True
        elif type == "create-data-channel":
            self.labels.append(label)

    def open_channels(self):
        while self.labels:
            self.channels.append(self.peer.pc.createDataChannel(self.labels.pop(0)))

    async def settled(self, _):
        await self.peer.rest.wait()

    async def look(self, _):
        pc = self.peer.pc
        # aiortc shows no other descriptions; while none is pending, they are those that hold.
        local, remote = pc.localDescription, pc.remoteDescription
        return {
            "signalingState": pc.signalingState,
            "connectionState": pc.connectionState,
            "local": local and vars(local),
            "remote": remote and vars(remote),
            "transceivers": [
                {
                    "mid": t.mid,
                    "kind": t.kind,
                    "direction": t.direction,
                    "currentDirection": t.currentDirection,
                    "hasTrack": t.sender.track is not None,
                }
                for t in self.transceivers()
            ],
            "dataChannels": [
                {"label": channel.label, "readyState": channel.readyState}
                for channel in self.channels
            ]
            + [{"label": each, "readyState": "connecting"} for each in self.labels],
            "errors": [],
        }

    async def received(self, _):
        # aiortc counts the packets of one source a receiver, not always the present one, and
        # decodes nothing before a key frame: so whichever grows is a sign of life.
        return [
            {
                "mid": t.mid,
                "packets": self.frames[t.receiver.track] + await packets_of(t.receiver),
            }
            for t in self.transceivers()
        ]

    async def echo(self, _):
        return [await reply_to(channel, channel.label) for channel in self.channels]

    async def close(self, _):
        async with self.peer.lock:
            await self.peer.link.send("bye")
            await self.peer.pc.close()

    async def count_frames(self, track):
        with contextlib.suppress(MediaStreamError):
            while await track.recv():
                self.frames[track] += 1

    def transceivers(self):
        return self.peer.pc.getTransceivers()


def send_back(channel):
    channel.on("message", lambda text: channel.send(f"{text} and back"))


async def reply_to(channel, text):
    reply = asyncio.get_running_loop().create_future()
    channel.once("message", reply.set_result)
    channel.send(text)
    return await reply


async def packets_of(receiver):
    stats = (await receiver.getStats()).values()
    return sum(each.packetsReceived for each in stats if each.type == "inbound-rtp")


def say(**line):
    print(json.dumps(line), flush=True)
