package org.embassage.evidence.time;

import java.io.IOException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.embassage.evidence.Digest;
import org.embassage.evidence.cms.CadesAugmenter;
import org.embassage.evidence.cms.StrictDer;

/**
 * An evidence record of one file that was verified (RFC 4998): tokens, each over all that came before, the first over
 * the file or a hash tree that holds it. SHA-256 throughout. Immutable; thread-safe.
 *
 * <p>Does not guarantee: that the authorities may be believed; they are judged elsewhere.
 */
public final class EvidenceRecord {

    /** The largest record. */
    public static final int MAX_BYTES = 1024 * 1024;

    private static final int MAX_TOKENS = 256;
    private static final int MAX_TREE = 64;

    private final List<List<ArchivedToken>> chains;
    private final List<TimeStamp> tokens;

    private EvidenceRecord(List<List<ArchivedToken>> chains, List<TimeStamp> tokens) {
        this.chains = chains;
        this.tokens = List.copyOf(tokens);
    }

    /**
     * Verifies a record. Never throws for bad input.
     *
     * @param record DER
     * @param file SHA-256 of the file
     */
    public static Reading check(byte[] record, Digest file) {
        if (record.length > MAX_BYTES) {
            return new Reading.Bad(Problem.MALFORMED);
        }
        try {
            return check(parse(record), file);
        } catch (IOException | RuntimeException | StackOverflowError malformed) {
            return new Reading.Bad(Problem.MALFORMED);
        }
    }

    private static Reading check(List<List<ArchivedToken>> chains, Digest file) {
        List<TimeStamp> tokens = new ArrayList<>();
        for (int chain = 0; chain < chains.size(); chain++) {
            Digest about = chain == 0 ? file : renewedTree(file, chains.subList(0, chain));
            for (ArchivedToken archived : chains.get(chain)) {
                boolean first = tokens.isEmpty();
                if (!archived.leadsFrom(about)) {
                    return new Reading.Bad(first ? Problem.OTHER_FILE : Problem.NOT_CONTINUED);
                }
                TimeStamp.Reading reading = TimeStamp.check(archived.token(), archived.root(about));
                if (!(reading instanceof TimeStamp.Reading.Good good)) {
                    boolean other = ((TimeStamp.Reading.Bad) reading).problem() == TimeStamp.Problem.OTHER_DIGEST;
                    return new Reading.Bad(!other ? Problem.TOKEN : first ? Problem.OTHER_FILE : Problem.NOT_CONTINUED);
                }
                tokens.add(good.timeStamp());
                about = Digest.sha256(archived.token());
            }
        }
        return new Reading.Good(new EvidenceRecord(chains, tokens));
    }

    /** The tokens, the oldest first: by when the file existed, and each of the others by when the one before did. */
    public List<TimeStamp> tokens() {
        return tokens;
    }

    // ---- renewal

    /**
     * The same record, ready to be renewed: what is needed to judge its newest token is put into that token, since nothing
     * can be put in afterwards.
     */
    public EvidenceRecord beforeRenewal(Collection<X509Certificate> certificates, Collection<X509CRL> revocationLists) {
        List<ArchivedToken> newest = new ArrayList<>(chains.get(chains.size() - 1));
        ArchivedToken last = newest.remove(newest.size() - 1);
        newest.add(new ArchivedToken(
                last.tree(), CadesAugmenter.augment(last.token(), Optional.empty(), certificates, revocationLists)));
        List<List<ArchivedToken>> all = new ArrayList<>(chains.subList(0, chains.size() - 1));
        all.add(newest);
        return new EvidenceRecord(all, tokens);
    }

    /** What a token must be over that renews the newest one (RFC 4998 §5.2, time-stamp renewal). */
    public StampRequest renewal() {
        List<ArchivedToken> newest = chains.get(chains.size() - 1);
        return new StampRequest(
                StampRequest.About.FILES,
                Digest.sha256(newest.get(newest.size() - 1).token()));
    }

    /**
     * The record with the newest token renewed, DER.
     *
     * @param token over {@link #renewal()}, DER
     * @throws IllegalArgumentException if it is over something else
     */
    public byte[] renewed(byte[] token) {
        require(token, renewal());
        List<List<ArchivedToken>> all = new ArrayList<>(chains.subList(0, chains.size() - 1));
        List<ArchivedToken> newest = new ArrayList<>(chains.get(chains.size() - 1));
        newest.add(new ArchivedToken(List.of(), token));
        all.add(newest);
        return encode(all);
    }

    /**
     * What a token must be over that begins a new chain over the file and all that came before (RFC 4998 §5.3, hash-tree
     * renewal).
     */
    public StampRequest treeRenewal(Digest file) {
        return new StampRequest(StampRequest.About.FILES, renewedTree(file, chains));
    }

    /**
     * The record with a new chain, DER.
     *
     * @param token over {@link #treeRenewal}, DER
     * @throws IllegalArgumentException if it is over something else
     */
    public byte[] withNewTree(Digest file, byte[] token) {
        require(token, treeRenewal(file));
        List<List<ArchivedToken>> all = new ArrayList<>(chains);
        all.add(List.of(new ArchivedToken(List.of(), token)));
        return encode(all);
    }

    /** The record, DER. */
    public byte[] octets() {
        return encode(chains);
    }

    private static void require(byte[] token, StampRequest request) {
        if (!(TimeStamp.check(token, request.digest()) instanceof TimeStamp.Reading.Good)) {
            throw new IllegalArgumentException("not a token over what is to be renewed");
        }
    }

    /** H(H(file) ‖ H(DER of the ArchiveTimeStampSequence so far)). */
    private static Digest renewedTree(Digest file, List<List<ArchivedToken>> before) {
        return Digest.sha256(file.bytes(), Digest.sha256(der(sequence(before))).bytes());
    }

    // ---- ASN.1

    static byte[] encode(List<List<ArchivedToken>> chains) {
        return der(new DERSequence(new ASN1Encodable[] {
            new ASN1Integer(1),
            new DERSequence(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)),
            sequence(chains)
        }));
    }

    private static DERSequence sequence(List<List<ArchivedToken>> chains) {
        return new DERSequence(chains.stream()
                .map(chain -> new DERSequence(
                        chain.stream().map(EvidenceRecord::structure).toArray(ASN1Encodable[]::new)))
                .toArray(ASN1Encodable[]::new));
    }

    private static DERSequence structure(ArchivedToken archived) {
        ASN1Primitive token = StrictDer.parse(archived.token())
                .orElseThrow(() -> new IllegalArgumentException("a token that is not DER"));
        if (archived.tree().isEmpty()) {
            return new DERSequence(token);
        }
        DERSequence tree = new DERSequence(archived.tree().stream()
                .map(list -> new DERSequence(list.stream()
                        .map(digest -> new DEROctetString(digest.bytes()))
                        .toArray(ASN1Encodable[]::new)))
                .toArray(ASN1Encodable[]::new));
        return new DERSequence(new ASN1Encodable[] {new DERTaggedObject(false, 2, tree), token});
    }

    private static byte[] der(ASN1Encodable structure) {
        try {
            return structure.toASN1Primitive().getEncoded("DER");
        } catch (IOException e) {
            throw new IllegalStateException("DER of a structure in memory", e);
        }
    }

    private static List<List<ArchivedToken>> parse(byte[] record) throws IOException {
        ASN1Sequence root =
                ASN1Sequence.getInstance(StrictDer.parse(record).orElseThrow(() -> new IOException("not DER")));
        List<List<ArchivedToken>> chains = new ArrayList<>();
        int count = 0;
        for (ASN1Encodable chain : ASN1Sequence.getInstance(root.getObjectAt(2))) {
            List<ArchivedToken> tokens = new ArrayList<>();
            for (ASN1Encodable archived : ASN1Sequence.getInstance(chain)) {
                tokens.add(token(ASN1Sequence.getInstance(archived)));
                count++;
            }
            if (tokens.isEmpty() || count > MAX_TOKENS) {
                throw new IOException("too many tokens, or none");
            }
            chains.add(tokens);
        }
        if (chains.isEmpty() || !Arrays.equals(encode(chains), record)) {
            throw new IOException("not a record of this form");
        }
        return chains;
    }

    private static ArchivedToken token(ASN1Sequence archived) throws IOException {
        byte[] token = der(archived.getObjectAt(archived.size() - 1));
        List<List<Digest>> tree = new ArrayList<>();
        if (archived.size() > 1) {
            ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(archived.getObjectAt(0));
            for (ASN1Encodable list : ASN1Sequence.getInstance(tagged, false)) {
                List<Digest> digests = new ArrayList<>();
                for (ASN1Encodable digest : ASN1Sequence.getInstance(list)) {
                    digests.add(Digest.of(ASN1OctetString.getInstance(digest).getOctets()));
                }
                if (digests.isEmpty() || digests.size() > MAX_TREE || tree.size() >= MAX_TREE) {
                    throw new IOException("a tree that is too large, or an empty list");
                }
                tree.add(digests);
            }
        }
        return new ArchivedToken(tree, token);
    }

    /** What checking found. */
    public sealed interface Reading {

        /** The tokens are by the keys of their authorities' certificates, and lead from one to the next. */
        record Good(EvidenceRecord record) implements Reading {}

        record Bad(Problem problem) implements Reading {}

        default <T> T fold(Function<Good, T> good, Function<Bad, T> bad) {
            return this instanceof Good yes ? good.apply(yes) : bad.apply((Bad) this);
        }
    }

    /** Why a record is not good. */
    public enum Problem {
        /** Not DER, or not a record of SHA-256 alone, without encryption and attributes. */
        MALFORMED,
        /** It is of another file, or the file was changed. */
        OTHER_FILE,
        /** A token is not good in itself. */
        TOKEN,
        /** A later token is not over what came before it. */
        NOT_CONTINUED
    }
}
