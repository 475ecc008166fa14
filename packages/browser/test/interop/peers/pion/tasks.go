package main

import (
	"encoding/hex"
	"encoding/json"
	"log"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media"
)

// tasks is what process-peer.ts asks of a peer: changes to make, and what has become of them.
type tasks struct {
	settling []int
	channels []*dataChannel
	packets  map[string]int // by mid
	isTurned bool           // a direction is not in a description yet
}

type dataChannel struct {
	*webrtc.DataChannel
	replies chan string
}

type change struct{ Type, Kind, Label, Mid string }

func (p *peer) readTasks() {
	build, _ := debug.ReadBuildInfo()
	pion := slices.IndexFunc(build.Deps, func(m *debug.Module) bool { return m.Path == "github.com/pion/webrtc/v4" })
	say(frame{"ready": frame{
		"engine": "Pion " + build.Deps[pion].Version,
		"can":    []string{"add-track", "remove-track", "create-data-channel"},
	}})
	for lines := json.NewDecoder(os.Stdin); ; {
		var task struct {
			ID   int
			Do   string
			With []change
		}
		check(lines.Decode(&task))
		p.events <- func() { p.do(task.ID, task.Do, task.With) }
	}
}

func (p *peer) do(id int, what string, changes []change) {
	switch what {
	case "act":
		for _, each := range changes {
			p.act(each)
		}
		p.ask()
		say(frame{"id": id})
	case "settled":
		p.settling = append(p.settling, id)
	case "look":
		say(frame{"id": id, "value": p.look()})
	case "received":
		received := []frame{}
		for mid, packets := range p.packets {
			received = append(received, frame{"mid": mid, "packets": packets})
		}
		say(frame{"id": id, "value": received})
	case "echo":
		go echo(id, slices.Clone(p.channels))
	case "close":
		p.send(frame{"kind": "bye"})
		say(frame{"id": id})
		os.Exit(0)
	}
}

func (p *peer) settle() {
	for _, id := range p.settling {
		say(frame{"id": id})
	}
	p.settling = nil
}

func (p *peer) act(c change) {
	switch c.Type {
	case "add-track":
		p.play(c.Kind)
	case "remove-track":
		for _, t := range p.pc.GetTransceivers() {
			if t.Mid() == c.Mid {
				check(p.pc.RemoveTrack(t.Sender()))
				p.isTurned = true
			}
		}
	case "create-data-channel":
		channel := &dataChannel{must(p.pc.CreateDataChannel(c.Label, nil)), make(chan string, 1)}
		channel.OnMessage(func(m webrtc.DataChannelMessage) { channel.replies <- string(m.Data) })
		p.channels = append(p.channels, channel)
	}
}

// Silence, and a picture of one pixel, so that a decoder at the other end is content.
var (
	mimes  = map[string]string{"audio": webrtc.MimeTypeOpus, "video": webrtc.MimeTypeVP8}
	frames = map[string]string{"audio": "f8fffe", "video": "3001009d012a010001000ec0fe25a40003700000000000"}
)

// play adds a track whose source never pauses.
func (p *peer) play(kind string) {
	codec := webrtc.RTPCodecCapability{MimeType: mimes[kind]}
	track := must(webrtc.NewTrackLocalStaticSample(codec, "track", "pion"))
	must(p.pc.AddTransceiverFromTrack(track))
	sample := media.Sample{Data: must(hex.DecodeString(frames[kind])), Duration: 20 * time.Millisecond}
	go func() {
		for range time.Tick(sample.Duration) {
			check(track.WriteSample(sample))
		}
	}()
}

func (p *peer) createConnection() {
	settings := webrtc.SettingEngine{}
	settings.SetIncludeLoopbackCandidate(true)
	p.pc = must(webrtc.NewAPI(webrtc.WithSettingEngine(settings)).NewPeerConnection(webrtc.Configuration{}))
	p.packets = map[string]int{}
	p.pc.OnICECandidate(func(gathered *webrtc.ICECandidate) {
		if gathered != nil {
			f := frame{"kind": "candidate", "candidate": gathered.ToJSON()}
			p.events <- func() {
				maps.Copy(f, p.exchange)
				p.send(f)
			}
		}
	})
	p.pc.OnDataChannel(func(channel *webrtc.DataChannel) {
		channel.OnMessage(func(m webrtc.DataChannelMessage) { check(channel.SendText(string(m.Data) + " and back")) })
	})
	p.pc.OnTrack(func(track *webrtc.TrackRemote, receiver *webrtc.RTPReceiver) {
		for {
			if _, _, err := track.ReadRTP(); err != nil {
				return
			}
			p.events <- func() { p.packets[receiver.RTPTransceiver().Mid()]++ }
		}
	})
}

// needs counts the tracks that have no m-line.
func (p *peer) needs() map[string]int {
	needs := map[string]int{"audio": 0, "video": 0}
	for _, t := range p.pc.GetTransceivers() {
		if t.Mid() == "" {
			needs[t.Kind().String()]++
		}
	}
	return needs
}

func (p *peer) isNegotiated() bool {
	local, needs := p.pc.LocalDescription(), p.needs()
	hasData := local != nil && strings.Contains(local.SDP, "m=application")
	return needs["audio"]+needs["video"] == 0 && !p.isTurned && (len(p.channels) == 0 || hasData)
}

func (p *peer) look() frame {
	local, remote := p.pc.CurrentLocalDescription(), p.pc.CurrentRemoteDescription()
	current := negotiated(local, remote)
	transceivers, channels := []frame{}, []frame{}
	for _, t := range p.pc.GetTransceivers() {
		transceivers = append(transceivers, frame{
			"mid": t.Mid(), "kind": t.Kind().String(), "direction": t.Direction().String(),
			"currentDirection": current[t.Mid()], "hasTrack": t.Sender() != nil && t.Sender().Track() != nil,
		})
	}
	for _, c := range p.channels {
		channels = append(channels, frame{"label": c.Label(), "readyState": c.ReadyState().String()})
	}
	return frame{
		"signalingState": p.pc.SignalingState().String(), "connectionState": p.pc.ConnectionState().String(),
		"local": local, "remote": remote, "transceivers": transceivers, "dataChannels": channels, "errors": []frame{},
	}
}

// negotiated gives the directions that Pion keeps to itself, by mid: those of the answer, as seen from here.
func negotiated(local, remote *webrtc.SessionDescription) map[string]string {
	directions := map[string]string{}
	if local == nil {
		return directions
	}
	seen := map[string]string{"sendrecv": "sendrecv", "sendonly": "sendonly", "recvonly": "recvonly", "inactive": "inactive"}
	answer := local
	if local.Type == webrtc.SDPTypeOffer {
		answer, seen["sendonly"], seen["recvonly"] = remote, "recvonly", "sendonly"
	}
	for _, section := range must(answer.Unmarshal()).MediaDescriptions {
		mid, _ := section.Attribute("mid")
		for _, attribute := range section.Attributes {
			if direction, isDirection := seen[attribute.Key]; isDirection {
				directions[mid] = direction
			}
		}
	}
	return directions
}

func echo(id int, channels []*dataChannel) {
	replies := []string{}
	for _, channel := range channels {
		check(channel.SendText(channel.Label()))
		replies = append(replies, <-channel.replies)
	}
	say(frame{"id": id, "value": replies})
}

func say(value frame) {
	check(json.NewEncoder(os.Stdout).Encode(value))
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
