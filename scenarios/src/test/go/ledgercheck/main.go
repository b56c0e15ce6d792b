// Checks a ledger's texts with golang.org/x/mod/sumdb, a second implementation that we did not write.
//
//	ledgercheck FOLDER
//
// FOLDER holds vkey.txt, old.note, new.note, leaf.txt, receipt.tlog-proof and consistency.txt (one base64 hash a line).
// Exit 0 if the notes, the inclusion of the leaf and the consistency of old with new all verify, else 1 with the reason.
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Println("usage: ledgercheck FOLDER")
		os.Exit(2)
	}
	if err := check(os.Args[1]); err != nil {
		fmt.Println("REJECTED:", err)
		os.Exit(1)
	}
	fmt.Println("VERIFIED")
}

func check(folder string) error {
	read := func(name string) string {
		octets, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			fmt.Println(err)
			os.Exit(2)
		}
		return string(octets)
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(read("vkey.txt")))
	if err != nil {
		return fmt.Errorf("vkey: %w", err)
	}
	oldTree, err := open(read("old.note"), verifier)
	if err != nil {
		return fmt.Errorf("old checkpoint: %w", err)
	}
	newTree, err := open(read("new.note"), verifier)
	if err != nil {
		return fmt.Errorf("new checkpoint: %w", err)
	}
	if err := included(read("receipt.tlog-proof"), read("leaf.txt"), verifier); err != nil {
		return fmt.Errorf("inclusion: %w", err)
	}
	path, err := hashes(read("consistency.txt"))
	if err != nil {
		return fmt.Errorf("consistency: %w", err)
	}
	if err := tlog.CheckTree(path, newTree.size, newTree.root, oldTree.size, oldTree.root); err != nil {
		return fmt.Errorf("consistency: %w", err)
	}
	return nil
}

type tree struct {
	size int64
	root tlog.Hash
}

// open verifies a signed note and reads the checkpoint in it (c2sp.org/tlog-checkpoint).
func open(text string, verifier note.Verifier) (tree, error) {
	opened, err := note.Open([]byte(text), note.VerifierList(verifier))
	if err != nil {
		return tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 3 || lines[0] != verifier.Name() {
		return tree{}, fmt.Errorf("not a checkpoint of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tree{size, root}, err
}

// included verifies a c2sp.org/tlog-proof@v1 for the leaf.
func included(proof, leaf string, verifier note.Verifier) error {
	parts := strings.SplitN(proof, "\n\n", 2)
	head := strings.Split(parts[0], "\n")
	if len(parts) != 2 || len(head) < 2 || head[0] != "c2sp.org/tlog-proof@v1" {
		return fmt.Errorf("not a tlog-proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(head[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	path, err := hashes(strings.Join(head[2:], "\n"))
	if err != nil {
		return err
	}
	t, err := open(parts[1], verifier)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(path, t.size, t.root, index, tlog.RecordHash([]byte(leaf)))
}

func hashes(text string) ([]tlog.Hash, error) {
	var list []tlog.Hash
	for _, line := range strings.Fields(text) {
		octets, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(octets) != tlog.HashSize {
			return nil, fmt.Errorf("not a hash: %q", line)
		}
		var hash tlog.Hash
		copy(hash[:], octets)
		list = append(list, hash)
	}
	return list, nil
}
