// Judges what a receipt or an evidence bundle says of ledgers, with golang.org/x/mod/sumdb and Go's own packages: a second
// implementation that we did not write, over files that it reads for itself.
//
//	ledgerreferee TRUST-FOLDER FILE...
//
// For each file one line: VERIFIED with what was verified, OPEN if something could not be verified for want of a key or a
// proof, REJECTED with the first reason, UNREADABLE if Go's ZIP reader does not read it.
package main

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/asn1"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Println("usage: ledgerreferee TRUST-FOLDER FILE...")
		os.Exit(2)
	}
	for _, file := range os.Args[2:] {
		fmt.Printf("%s\t%s\n", file, judge(os.Args[1], file))
	}
}

// referee holds what was found in one file.
type referee struct {
	pinned     map[string][]string // gateway -> vkeys of its ledger
	cards      map[string][]string
	cosigners  map[string]note.Verifier
	roots      map[string]map[int64]tlog.Hash
	inclusions int
	histories  int
	cosigned   int
	open       []string
}

func judge(trust, file string) string {
	content, err := os.ReadFile(file)
	if err != nil {
		return "UNREADABLE"
	}
	files, err := unzip(content)
	if err != nil {
		return "UNREADABLE"
	}
	r := &referee{
		pinned:    map[string][]string{},
		cards:     map[string][]string{},
		cosigners: map[string]note.Verifier{},
		roots:     map[string]map[int64]tlog.Hash{},
	}
	if err := r.keys(trust, files); err != nil {
		return "UNREADABLE"
	}
	if _, single := files["mimetype"]; single {
		err = r.receipt(files)
	} else {
		err = r.bundle(files)
	}
	switch {
	case err != nil:
		return "REJECTED: " + err.Error()
	case len(r.open) > 0:
		return "OPEN: " + r.open[0]
	}
	sizes := 0
	for _, known := range r.roots {
		sizes += len(known)
	}
	said := fmt.Sprintf("VERIFIED %d checkpoints, %d inclusions, %d continuations", sizes, r.inclusions, r.histories)
	if r.cosigned > 0 {
		said += fmt.Sprintf(", %d cosignatures", r.cosigned)
	}
	return said
}

// unzip reads by the directory, as Go does; a path that is there twice is refused.
func unzip(content []byte) (map[string][]byte, error) {
	reader, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, entry := range reader.File {
		opened, err := entry.Open()
		if err != nil {
			return nil, err
		}
		octets, err := io.ReadAll(io.LimitReader(opened, 1<<22))
		if err != nil {
			return nil, err
		}
		if _, twice := files[entry.Name]; twice {
			return nil, errors.New("twice")
		}
		files[entry.Name] = octets
	}
	return files, nil
}

var (
	cardPlace  = regexp.MustCompile(`^cards/([A-Z]{3}-[A-Z0-9-]+)\.[0-9]+\.card\.xml$`)
	ledgerKey  = regexp.MustCompile(`<LedgerKey>\s*([^<\s]+)\s*</LedgerKey>`)
	witnessKey = regexp.MustCompile(`<WitnessKey>\s*([^<\s]+)\s*</WitnessKey>`)
)

// keys takes the auditor's keys, and those of the cards, whose signatures are for others to judge.
func (r *referee) keys(trust string, files map[string][]byte) error {
	pinned, _ := filepath.Glob(filepath.Join(trust, "*.vkey"))
	for _, file := range pinned {
		octets, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		for _, line := range strings.Fields(string(octets)) {
			r.keep(line, r.pinned)
		}
	}
	for name, content := range files {
		if cardPlace.MatchString(name) {
			for _, found := range ledgerKey.FindAllSubmatch(content, -1) {
				r.keep(string(found[1]), r.cards)
			}
			for _, found := range witnessKey.FindAllSubmatch(content, -1) {
				r.keep(string(found[1]), r.cards)
			}
		}
	}
	return nil
}

func (r *referee) keep(vkey string, into map[string][]string) {
	name := strings.SplitN(vkey, "+", 2)[0]
	if verifier, err := newCosigner(vkey); err == nil {
		r.cosigners[name] = verifier
		return
	}
	gateway := strings.SplitN(name, "/", 2)[0]
	into[gateway] = append(into[gateway], vkey)
}

// ---- checkpoints

type tree struct {
	origin string
	size   int64
	root   tlog.Hash
}

var errNoKey = errors.New("no key")

// checkpoint opens a signed note of a gateway's ledger (c2sp.org/tlog-checkpoint) and remembers its root.
func (r *referee) checkpoint(text []byte, gateway string) (tree, error) {
	origin := strings.SplitN(string(text), "\n", 2)[0]
	if !strings.HasPrefix(origin, gateway+"/receipts/") {
		return tree{}, fmt.Errorf("a checkpoint that is not of %s", gateway)
	}
	vkeys := r.pinned[gateway]
	if len(vkeys) == 0 {
		vkeys = r.cards[gateway]
	}
	var verifiers []note.Verifier
	for _, vkey := range vkeys {
		verifier, err := note.NewVerifier(vkey)
		if err == nil && verifier.Name() == origin {
			verifiers = append(verifiers, verifier)
		}
	}
	if len(verifiers) == 0 {
		return tree{}, errNoKey
	}
	known := append([]note.Verifier{}, verifiers...)
	for _, cosigner := range r.cosigners {
		known = append(known, cosigner)
	}
	opened, err := note.Open(text, note.VerifierList(known...))
	if err != nil {
		return tree{}, fmt.Errorf("a checkpoint of %s: %w", origin, err)
	}
	signed := false
	for _, signature := range opened.Sigs {
		if signature.Name == origin {
			signed = true
		} else {
			r.cosigned++
		}
	}
	lines := strings.Split(opened.Text, "\n")
	if !signed || len(lines) != 4 {
		return tree{}, fmt.Errorf("not a signed checkpoint of %s", origin)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return tree{}, err
	}
	if r.roots[origin] == nil {
		r.roots[origin] = map[int64]tlog.Hash{}
	}
	if other, seen := r.roots[origin][size]; seen && other != root {
		return tree{}, fmt.Errorf("two histories of size %d of %s", size, origin)
	}
	r.roots[origin][size] = root
	return tree{origin, size, root}, nil
}

// newCosigner reads a verifier key of type 0x04 (c2sp.org/tlog-cosignature).
func newCosigner(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("not a key")
	}
	octets, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(octets) != 33 || octets[0] != 4 {
		return nil, errors.New("not a cosigner's key")
	}
	hash := sha256.Sum256([]byte(parts[0] + "\n" + string(octets)))
	if hex.EncodeToString(hash[:4]) != parts[1] {
		return nil, errors.New("another key's hash")
	}
	return &cosigner{parts[0], binary.BigEndian.Uint32(hash[:4]), octets[1:]}, nil
}

type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }
func (c *cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(signature)
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, text)
	return ed25519.Verify(c.key, []byte(message), signature[8:])
}

// ---- receipts

var (
	issuer    = regexp.MustCompile(`<EvidenceIssuerDetails>\s*<Gateway>([^<]+)</Gateway>`)
	sender    = regexp.MustCompile(`<SenderDetails>([^<]+)</SenderDetails>`)
	recipient = regexp.MustCompile(`<RecipientDetails>([^<]+)</RecipientDetails>`)
	identity  = regexp.MustCompile(`<EvidenceIdentifier>([^<]+)</EvidenceIdentifier>`)
	event     = regexp.MustCompile(`<ERDSEventId>([^<]+)</ERDSEventId>`)
	exchange  = regexp.MustCompile(`<MessageIdentifier>([^<]+)</MessageIdentifier>`)
)

func first(pattern *regexp.Regexp, text []byte) string {
	found := pattern.FindSubmatch(text)
	if found == nil {
		return ""
	}
	return string(found[1])
}

// leaf writes the leaf of a receipt (docs/formats/ledger.md) from the receipt's entries.
func leaf(side string, entries map[string][]byte) (string, error) {
	xml := entries["evidence.xml"]
	value, err := signatureValue(entries["META-INF/signature001.p7s"])
	if err != nil {
		return "", err
	}
	about := first(exchange, xml)
	if about == "" {
		about = "-"
	}
	manifest := sha256.Sum256(entries["META-INF/ASiCManifest001.xml"])
	signed := sha256.Sum256(value)
	return strings.Join([]string{
		"embassage-leaf/v1", "evidence", side, first(identity, xml), first(event, xml), about,
		hex.EncodeToString(manifest[:]), hex.EncodeToString(signed[:]), "",
	}, "\n"), nil
}

// signatureValue takes the first signer's signature out of SignedData (RFC 5652).
func signatureValue(der []byte) ([]byte, error) {
	var content struct {
		Type asn1.ObjectIdentifier
		Data asn1.RawValue `asn1:"explicit,tag:0"`
	}
	if _, err := asn1.Unmarshal(der, &content); err != nil {
		return nil, errors.New("not CMS")
	}
	var data struct {
		Version      int
		Digests      asn1.RawValue
		Encapsulated asn1.RawValue
		Certificates asn1.RawValue `asn1:"optional,tag:0"`
		Lists        asn1.RawValue `asn1:"optional,tag:1"`
		Signers      []struct {
			Version    int
			Identifier asn1.RawValue
			Digest     asn1.RawValue
			Attributes asn1.RawValue `asn1:"optional,tag:0"`
			Algorithm  asn1.RawValue
			Value      []byte
			Unsigned   asn1.RawValue `asn1:"optional,tag:1"`
		} `asn1:"set"`
	}
	if _, err := asn1.Unmarshal(content.Data.Bytes, &data); err != nil || len(data.Signers) == 0 {
		if _, err := asn1.Unmarshal(content.Data.FullBytes, &data); err != nil || len(data.Signers) == 0 {
			return nil, errors.New("not SignedData")
		}
	}
	return data.Signers[0].Value, nil
}

func (r *referee) receipt(entries map[string][]byte) error {
	xml := entries["evidence.xml"]
	by := first(issuer, xml)
	own, err := r.checkpoint(entries["checkpoints/own.txt"], by)
	if errors.Is(err, errNoKey) {
		r.open = append(r.open, "no key of the ledger of "+by)
		return nil
	}
	if err != nil {
		return fmt.Errorf("checkpoints/own.txt: %w", err)
	}
	if peer, there := entries["checkpoints/peer.txt"]; there {
		other := first(recipient, xml)
		if other == by {
			other = first(sender, xml)
		}
		if _, err := r.checkpoint(peer, other); errors.Is(err, errNoKey) {
			r.open = append(r.open, "no key of the ledger of "+other)
		} else if err != nil {
			return fmt.Errorf("checkpoints/peer.txt: %w", err)
		}
	}
	proof, there := entries["META-INF/receipt.tlog-proof"]
	if !there {
		r.open = append(r.open, "a receipt without inclusion proof")
		return nil
	}
	text, err := leaf("issued", entries)
	if err != nil {
		return err
	}
	index, err := r.included(string(proof), text, by)
	if err != nil {
		return fmt.Errorf("inclusion: %w", err)
	}
	if own.size > index {
		return fmt.Errorf("checkpoints/own.txt of size %d would already hold entry %d", own.size, index)
	}
	return nil
}

// included verifies a c2sp.org/tlog-proof@v1 for the leaf.
func (r *referee) included(proof, text, gateway string) (int64, error) {
	parts := strings.SplitN(proof, "\n\n", 2)
	head := strings.Split(parts[0], "\n")
	if len(parts) != 2 || len(head) < 2 || head[0] != "c2sp.org/tlog-proof@v1" {
		return 0, errors.New("not a tlog-proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(head[1], "index "), 10, 64)
	if err != nil {
		return 0, err
	}
	path, err := hashes(head[2:])
	if err != nil {
		return 0, err
	}
	t, err := r.checkpoint([]byte(parts[1]), gateway)
	if err != nil {
		return 0, err
	}
	r.inclusions++
	return index, tlog.CheckRecord(path, t.size, t.root, index, tlog.RecordHash([]byte(text)))
}

func hashes(lines []string) ([]tlog.Hash, error) {
	var list []tlog.Hash
	for _, line := range lines {
		if line == "" {
			continue
		}
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		list = append(list, hash)
	}
	return list, nil
}

// ---- bundles

func (r *referee) bundle(files map[string][]byte) error {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	receipts := map[string]map[string][]byte{}
	for _, name := range names {
		switch {
		case strings.HasPrefix(name, "notes/"), strings.HasPrefix(name, "answers/") && strings.HasSuffix(name, ".note"):
			gateway := strings.SplitN(filepath.Base(name), ".", 2)[0]
			if strings.HasPrefix(name, "answers/") {
				continue
			}
			if _, err := r.checkpoint(files[name], gateway); errors.Is(err, errNoKey) {
				r.open = append(r.open, "no key of the ledger of "+gateway)
			} else if err != nil {
				return fmt.Errorf("notes/: %w", err)
			}
		case strings.HasPrefix(name, "receipts/"):
			entries, err := unzip(files[name])
			if err != nil {
				return errors.New("a receipt that is no ZIP")
			}
			if err := r.receipt(entries); err != nil {
				return err
			}
			receipts[strings.TrimSuffix(filepath.Base(name), ".asice")] = entries
		}
	}
	for _, name := range names {
		switch {
		case strings.HasPrefix(name, "proofs/"):
			parts := strings.SplitN(filepath.Base(name), ".", 3)
			entries, there := receipts[parts[0]]
			if !there {
				r.open = append(r.open, "a proof of a receipt that is not there")
				continue
			}
			text, err := leaf("received", entries)
			if err != nil {
				return err
			}
			if _, err := r.included(string(files[name]), text, parts[1]); err != nil {
				return fmt.Errorf("proofs/: %w", err)
			}
		case strings.HasPrefix(name, "consistency/"):
			if err := r.continued(string(files[name])); err != nil {
				return fmt.Errorf("consistency/: %w", err)
			}
		}
	}
	return nil
}

// continued verifies a consistency proof between two checkpoints that were seen.
func (r *referee) continued(text string) error {
	lines := strings.Split(text, "\n")
	if len(lines) < 5 || lines[0] != "embassage-consistency/v1" {
		return errors.New("not a consistency proof")
	}
	origin := strings.TrimPrefix(lines[1], "origin ")
	from, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "from "), 10, 64)
	if err != nil {
		return err
	}
	to, err := strconv.ParseInt(strings.TrimPrefix(lines[3], "to "), 10, 64)
	if err != nil {
		return err
	}
	path, err := hashes(lines[4:])
	if err != nil {
		return err
	}
	before, one := r.roots[origin][from]
	after, other := r.roots[origin][to]
	if !one || !other {
		r.open = append(r.open, "a consistency proof between checkpoints that are not there")
		return nil
	}
	r.histories++
	return tlog.CheckTree(path, to, after, from, before)
}
