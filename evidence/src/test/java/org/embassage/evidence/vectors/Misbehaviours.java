package org.embassage.evidence.vectors;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.embassage.evidence.Chance;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.AnswerNote;
import org.embassage.evidence.ledger.ChallengeOpening;
import org.embassage.evidence.ledger.Cosigner;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.Misbehaviour;
import org.embassage.evidence.ledger.SignedNote;
import org.embassage.evidence.verify.TestLedger;

/** Files that accuse the owner of a ledger, and what they are worth. */
final class Misbehaviours {

    private static final GatewayId QOS = new GatewayId("QOS-POL");
    private static final Instant FOUND = Instant.parse("2026-11-25T05:00:00Z");

    private final TestLedger ledger = new TestLedger(QOS);
    private final TestLedger other;

    private Misbehaviours() {
        for (int i = 1; i < 7; i++) {
            ledger.append(LedgerLeaf.epoch("synthetic", Integer.toString(i)));
        }
        this.other = ledger.fork(3);
        for (int i = 3; i < 9; i++) {
            other.append(LedgerLeaf.epoch("rewritten", Integer.toString(i)));
        }
    }

    /**
     * A file below vectors/misbehaviour/ and what is to be said of it with the keys of vectors/misbehaviour/trust.
     *
     * @param reason as {@code MisbehaviourReport.reason}
     */
    record Case(String name, boolean proven, String reason, String done, Callable<byte[]> maker) {
        String line() {
            return String.join(" | ", name + ".misbehaviour", proven ? "PROVEN" : "NOT PROVEN", reason, done);
        }
    }

    static String trust() {
        return new TestLedger(QOS).vkey() + "\n" + witness().verifier().vkey() + "\n";
    }

    private static Cosigner witness() {
        KeyPair keys = Chance.current().ed25519("neutral witness");
        return new Cosigner("witness.example/one", keys.getPrivate(), keys.getPublic());
    }

    private Misbehaviour accusation(String held, String shown) {
        return new Misbehaviour(ledger.vkey(), "QVL-BG", FOUND, held, shown, Optional.empty(), 0, List.of());
    }

    private static byte[] with(Misbehaviour made, long from, List<Digest> path) {
        return new Misbehaviour(
                        made.ledgerKey(),
                        made.accuser(),
                        made.found(),
                        made.held(),
                        made.shown(),
                        made.opening(),
                        from,
                        path)
                .octets();
    }

    private byte[] answered(String held, TestLedger by, long size, ChallengeOpening opening, String nonce) {
        String answer =
                by.sign(new AnswerNote(by.origin(), nonce, size, by.tree().root(size)).text());
        return new Misbehaviour(ledger.vkey(), "QVL-BG", FOUND, held, answer, Optional.of(opening), 0, List.of())
                .octets();
    }

    private static ChallengeOpening opening(String note) {
        return new ChallengeOpening("5a".repeat(32), Optional.of(note));
    }

    static List<Case> all() {
        return List.of(
                good(
                        "fork",
                        "FORK",
                        "two checkpoints of one size with two roots",
                        made -> made.accusation(made.ledger.unwitnessed(5), made.other.unwitnessed(5))
                                .octets()),
                good("fork-witnessed", "FORK", "a neutral witness had cosigned the first of the two", made -> {
                    made.ledger.witness(witness());
                    return made.accusation(made.ledger.checkpoint(5), made.other.unwitnessed(5))
                            .octets();
                }),
                good(
                        "fork-in-an-answer",
                        "FORK",
                        "the answer to a challenge states another root of the same size",
                        made -> {
                            ChallengeOpening opening = opening(made.ledger.unwitnessed(5));
                            return made.answered(made.ledger.unwitnessed(5), made.other, 5, opening, opening.nonce());
                        }),
                good(
                        "other-root-in-a-larger-answer",
                        "FORK",
                        "the answer, larger than what was held, states another root of the held size",
                        made -> {
                            ChallengeOpening opening = opening(made.ledger.unwitnessed(5));
                            AnswerNote.Asked asked =
                                    new AnswerNote.Asked(5, made.other.tree().root(5));
                            AnswerNote answer = new AnswerNote(
                                    made.other.origin(),
                                    opening.nonce(),
                                    9,
                                    made.other.tree().root(9),
                                    Optional.of(asked));
                            return made.accusation(made.ledger.unwitnessed(5), made.other.sign(answer.text()))
                                    .octets();
                        }),
                good("smaller-answer", "CUT", "the answer to a challenge made of 7 entries states 4", made -> {
                    ChallengeOpening opening = opening(made.ledger.unwitnessed(7));
                    return made.answered(made.ledger.unwitnessed(7), made.ledger, 4, opening, opening.nonce());
                }),
                bad(
                        "not-joined",
                        "NOT_JOINED",
                        "both notes are genuine and nothing joins them",
                        made -> made.accusation(made.ledger.unwitnessed(5), made.other.unwitnessed(9))
                                .octets()),
                bad(
                        "proof-spoiled-by-the-accuser",
                        "NOT_JOINED",
                        "an honest ledger, and a proof with one hash changed",
                        made -> with(
                                made.accusation(made.ledger.unwitnessed(4), made.ledger.unwitnessed(7)),
                                4,
                                List.of(Digest.sha256(new byte[] {1}), Digest.sha256(new byte[] {2})))),
                bad(
                        "consistent",
                        "CONSISTENT",
                        "two notes of an honest ledger, and the proof that joins them",
                        made -> with(
                                made.accusation(made.ledger.unwitnessed(4), made.ledger.unwitnessed(7)),
                                4,
                                made.ledger.tree().consistencyProof(4, 7))),
                bad(
                        "same-note-twice",
                        "CONSISTENT",
                        "one checkpoint, twice",
                        made -> made.accusation(made.ledger.unwitnessed(5), made.ledger.unwitnessed(5))
                                .octets()),
                bad(
                        "late-smaller-note",
                        "LATE",
                        "a smaller checkpoint that nobody challenged for",
                        made -> made.accusation(made.ledger.unwitnessed(7), made.ledger.unwitnessed(4))
                                .octets()),
                bad(
                        "smaller-answer-to-another-challenge",
                        "NOT_CHALLENGED",
                        "the answer's nonce is not that of the opening",
                        made -> made.answered(
                                made.ledger.unwitnessed(7),
                                made.ledger,
                                4,
                                opening(made.ledger.unwitnessed(7)),
                                "ab".repeat(32))),
                bad(
                        "smaller-answer-opening-of-a-smaller-note",
                        "NOT_CHALLENGED",
                        "the nonce was made of 3 entries, not of the 7 that are shown",
                        made -> {
                            ChallengeOpening opening = opening(made.ledger.unwitnessed(3));
                            return made.answered(made.ledger.unwitnessed(7), made.ledger, 4, opening, opening.nonce());
                        }),
                bad(
                        "shown-note-forged",
                        "SHOWN_NOT_SIGNED",
                        "the second note's root was changed after it was signed",
                        made -> made.accusation(made.ledger.unwitnessed(5), forged(made))
                                .octets()),
                bad(
                        "held-note-by-another-key",
                        "HELD_NOT_SIGNED",
                        "the first note is signed by a key that is not the ledger's",
                        made -> made.accusation(stranger().unwitnessed(1), made.ledger.unwitnessed(1))
                                .octets()),
                bad(
                        "key-of-the-accuser",
                        "HELD_NOT_SIGNED",
                        "both notes and the key named in the file are the accuser's own making",
                        made -> {
                            TestLedger own = stranger();
                            TestLedger also = own.fork(0);
                            also.append(LedgerLeaf.epoch("rewritten", "-"));
                            return new Misbehaviour(
                                            own.vkey(),
                                            "QVL-BG",
                                            FOUND,
                                            own.unwitnessed(1),
                                            also.unwitnessed(1),
                                            Optional.empty(),
                                            0,
                                            List.of())
                                    .octets();
                        }),
                bad(
                        "ledger-of-nobody-known",
                        "NO_KEY",
                        "a proof against a ledger whose key the auditor does not have",
                        made -> {
                            TestLedger unknown = new TestLedger(new GatewayId("QRL-CU"));
                            TestLedger also = unknown.fork(0);
                            also.append(LedgerLeaf.epoch("rewritten", "-"));
                            return new Misbehaviour(
                                            unknown.vkey(),
                                            "QVL-BG",
                                            FOUND,
                                            unknown.unwitnessed(1),
                                            also.unwitnessed(1),
                                            Optional.empty(),
                                            0,
                                            List.of())
                                    .octets();
                        }),
                bad(
                        "line-too-many",
                        "MALFORMED",
                        "a line was added at the end",
                        made -> (made.accusation(made.ledger.unwitnessed(5), made.other.unwitnessed(5))
                                                .text()
                                        + "remark synthetic\n")
                                .getBytes(StandardCharsets.UTF_8)));
    }

    private static TestLedger stranger() {
        return TestLedger.of(QOS, "stranger ledger");
    }

    private static String forged(Misbehaviours made) {
        SignedNote genuine = SignedNote.parse(made.ledger.unwitnessed(5)).orElseThrow();
        String text = SignedNote.parse(made.other.unwitnessed(5)).orElseThrow().text();
        return new SignedNote(text, genuine.signatures()).toString();
    }

    private interface Making {
        byte[] of(Misbehaviours made);
    }

    private static Case good(String name, String reason, String done, Making making) {
        return new Case(name, true, reason, done, () -> making.of(new Misbehaviours()));
    }

    private static Case bad(String name, String reason, String done, Making making) {
        return new Case(name, false, reason, done, () -> making.of(new Misbehaviours()));
    }
}
