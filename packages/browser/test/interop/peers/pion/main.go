// A peer on Pion that speaks version 1 of the native wire, written from docs/wire.md. The wire and the roles are in this
// file; tasks.go holds what the runner asks for.
// Arguments: the URL of a WebSocket, and the role, which is requester or answerer.
//
// Implemented: both roles, without rollback, with trickled candidates; the link in reliable mode, on a WebSocket that is not
// reconnected. Left out: `decline` and `release`, which tell this peer that something has failed, and end it.
package main

import (
	"fmt"
	"log"
	"maps"
	"os"

	"github.com/gorilla/websocket"
	"github.com/pion/webrtc/v4"
)

type frame = map[string]any

type heard struct {
	From, Kind, Reason           string
	Seq, Ack, ID, Offer, Request int
	Resync                       bool
	Description                  webrtc.SessionDescription
	Candidate                    webrtc.ICECandidateInit
}

// peer is touched by its events alone, which main runs one by one: so there is one operation at a time.
type peer struct {
	tasks
	ws     *websocket.Conn
	pc     *webrtc.PeerConnection
	events chan func()

	envelope      frame
	seq, received int
	told          int // the number acknowledged last
	unacked       []frame

	offers, requests int
	newest           int // offer heard
	asked, offering  bool
	exchange         frame // what our candidates belong to
}

func main() {
	ws, _, err := websocket.DefaultDialer.Dial(os.Args[1], nil)
	check(err)
	p := &peer{ws: ws, events: make(chan func(), 64)}
	p.envelope = frame{"v": 1, "from": fmt.Sprint("pion-", os.Getpid()), "role": os.Args[2]}
	p.createConnection()
	go p.readTasks()
	go func() {
		for {
			var f heard
			check(ws.ReadJSON(&f))
			p.events <- func() { p.take(f) }
		}
	}()
	for event := range p.events {
		event()
		if !p.asked && !p.offering {
			p.settle()
		}
	}
}

// take is the receiving half of the link. A WebSocket leaves no gap, so a number is the next one or has come before.
func (p *peer) take(f heard) {
	p.envelope["to"] = f.From
	for len(p.unacked) > 0 && p.unacked[0]["seq"].(int) <= f.Ack {
		p.unacked = p.unacked[1:]
	}
	if f.Resync {
		for _, again := range p.unacked {
			p.write(again)
		}
	}
	if f.Seq == p.received+1 {
		p.received++
		p.hear(f)
	}
	if p.received-p.told >= 16 {
		p.write(frame{"kind": "sync"})
	}
}

func (p *peer) send(f frame) {
	p.seq++
	f["seq"] = p.seq
	p.unacked = append(p.unacked, f)
	p.write(f)
}

func (p *peer) write(f frame) {
	maps.Copy(f, p.envelope)
	f["ack"] = p.received
	p.told = p.received
	check(p.ws.WriteJSON(f))
}

func (p *peer) hear(f heard) {
	switch {
	case f.Kind == "offer" && f.ID > p.newest && !p.offering:
		p.answer(f)
	case f.Kind == "answer" && f.Offer == p.offers && p.offering:
		check(p.pc.SetRemoteDescription(f.Description))
		p.offering = false
		p.ask()
	case f.Kind == "candidate":
		check(p.pc.AddICECandidate(f.Candidate))
	case f.Kind == "grant" && f.Request == p.requests && p.asked:
		p.offer()
	case f.Kind == "bye":
		os.Exit(0)
	case f.Kind == "decline" || f.Kind == "release":
		log.Fatal(f.Kind, " ", f.Reason)
	}
}

func (p *peer) offer() {
	p.offers++
	p.asked, p.isTurned, p.offering, p.exchange = false, false, true, frame{"offer": p.offers}
	offer := must(p.pc.CreateOffer(nil))
	check(p.pc.SetLocalDescription(offer))
	p.send(frame{"kind": "offer", "id": p.offers, "description": offer})
}

func (p *peer) answer(f heard) {
	p.newest, p.isTurned, p.exchange = f.ID, false, frame{"answer": f.ID}
	check(p.pc.SetRemoteDescription(f.Description))
	answer := must(p.pc.CreateAnswer(nil))
	check(p.pc.SetLocalDescription(answer))
	reply := frame{"kind": "answer", "offer": f.ID, "description": answer}
	if p.isNegotiated() {
		p.asked = false
	} else {
		reply["wants"] = true
		p.request(reply)
	}
	p.send(reply)
}

// ask is called whenever there may be a change to negotiate.
func (p *peer) ask() {
	if !p.isNegotiated() && !p.asked && !p.offering {
		f := frame{"kind": "request"}
		p.request(f)
		p.send(f)
	}
}

// request names the request that is out, or else the next one.
func (p *peer) request(f frame) {
	if !p.asked {
		p.requests++
	}
	p.asked = true
	f["request"], f["needs"] = p.requests, p.needs()
}
