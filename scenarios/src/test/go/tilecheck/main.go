// Reads a ledger's folder as an auditor has it, with golang.org/x/mod/sumdb alone: the checkpoint with its cosignatures by
// sumdb/note, every tile by tlog.TileHashReader, every entry by tlog.RecordHash.
//
//	tilecheck FOLDER LEDGER-VKEY WITNESS-VKEY
//
// One line: VERIFIED with what was verified, or REJECTED with the first reason.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Println("usage: tilecheck FOLDER LEDGER-VKEY WITNESS-VKEY")
		os.Exit(2)
	}
	said, err := check(os.Args[1], os.Args[2], os.Args[3])
	if err != nil {
		fmt.Println("REJECTED: " + err.Error())
		os.Exit(1)
	}
	fmt.Println("VERIFIED " + said)
}

func check(folder, ledgerKey, witnessKey string) (string, error) {
	tree, cosigned, err := checkpoint(folder, ledgerKey, witnessKey)
	if err != nil {
		return "", err
	}
	hashes := tlog.TileHashReader(tree, &tiles{folder})
	root, err := tlog.TreeHash(tree.N, hashes)
	if err != nil {
		return "", err
	}
	if root != tree.Hash {
		return "", errors.New("the tiles give another root")
	}
	for from := int64(0); from < tree.N; from += 256 {
		width := tree.N - from
		if width > 256 {
			width = 256
		}
		entries, err := bundle(folder, from/256, int(width))
		if err != nil {
			return "", err
		}
		for i, entry := range entries {
			stored, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, from+int64(i))})
			if err != nil {
				return "", err
			}
			if stored[0] != tlog.RecordHash(entry) {
				return "", fmt.Errorf("entry %d is not the one in the tile", from+int64(i))
			}
		}
	}
	return fmt.Sprintf("%d entries, %d cosignatures", tree.N, cosigned), nil
}

func checkpoint(folder, ledgerKey, witnessKey string) (tlog.Tree, int, error) {
	text, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return tlog.Tree{}, 0, err
	}
	ledger, err := note.NewVerifier(ledgerKey)
	if err != nil {
		return tlog.Tree{}, 0, err
	}
	witness, err := newCosigner(witnessKey)
	if err != nil {
		return tlog.Tree{}, 0, err
	}
	opened, err := note.Open(text, note.VerifierList(ledger, witness))
	if err != nil {
		return tlog.Tree{}, 0, err
	}
	signed, cosigned := false, 0
	for _, signature := range opened.Sigs {
		if signature.Name == ledger.Name() {
			signed = true
		} else {
			cosigned++
		}
	}
	lines := strings.Split(opened.Text, "\n")
	if !signed || len(lines) != 4 || lines[0] != ledger.Name() {
		return tlog.Tree{}, 0, errors.New("not a checkpoint that the ledger's key signed")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, 0, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, cosigned, err
}

// tiles reads c2sp.org/tlog-tiles, whose paths are those of sumdb without the height.
type tiles struct{ folder string }

func (t *tiles) Height() int                          { return 8 }
func (t *tiles) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (t *tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		octets, err := os.ReadFile(filepath.Join(t.folder, path))
		if err != nil {
			return nil, err
		}
		all = append(all, octets)
	}
	return all, nil
}

func bundle(folder string, tile int64, width int) ([][]byte, error) {
	path := strings.Replace(tlog.Tile{H: 8, L: 0, N: tile, W: width}.Path(), "tile/8/0/", "tile/entries/", 1)
	octets, err := os.ReadFile(filepath.Join(folder, path))
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(octets) > 0 {
		if len(octets) < 2 || len(octets) < 2+int(binary.BigEndian.Uint16(octets)) {
			return nil, errors.New("a bundle of entries that is cut")
		}
		length := int(binary.BigEndian.Uint16(octets))
		entries = append(entries, octets[2:2+length])
		octets = octets[2+length:]
	}
	if len(entries) != width {
		return nil, errors.New("a bundle with another number of entries")
	}
	return entries, nil
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
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(signature), text)
	return ed25519.Verify(c.key, []byte(message), signature[8:])
}
