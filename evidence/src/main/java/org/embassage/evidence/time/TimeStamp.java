package org.embassage.evidence.time;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Primitive;
import org.embassage.evidence.Digest;

/**
 * A time-stamp token (RFC 3161 §2.4.2, RFC 5816) that was verified: an authority says that something with this digest
 * existed at this time. Immutable; thread-safe.
 *
 * <p>Does not guarantee: that the authority may be believed; its certificate is judged elsewhere.
 */
public final class TimeStamp {

    /** The largest token. */
    public static final int MAX_BYTES = 64 * 1024;

    private final byte[] token;
    private final Digest imprint;
    private final Instant time;
    private final Duration accuracy;
    private final String policy;
    private final BigInteger serial;
    private final Optional<BigInteger> nonce;
    private final X509Certificate authority;
    private final List<X509Certificate> others;
    private final List<X509CRL> revocationLists;

    TimeStamp(
            byte[] token,
            Digest imprint,
            Instant time,
            Duration accuracy,
            String policy,
            BigInteger serial,
            Optional<BigInteger> nonce,
            X509Certificate authority,
            List<X509Certificate> others,
            List<X509CRL> revocationLists) {
        this.token = token;
        this.imprint = imprint;
        this.time = time;
        this.accuracy = accuracy;
        this.policy = policy;
        this.serial = serial;
        this.nonce = nonce;
        this.authority = authority;
        this.others = List.copyOf(others);
        this.revocationLists = List.copyOf(revocationLists);
    }

    /**
     * Verifies a token. Never throws for bad input.
     *
     * @param token ContentInfo in DER, as {@link #inDer} gives it
     * @param imprint SHA-256 of what the token must be over
     */
    public static Reading check(byte[] token, Digest imprint) {
        return TokenCheck.of(token, Optional.of(imprint));
    }

    /** Verifies a token, whatever it is over. */
    public static Reading read(byte[] token) {
        return TokenCheck.of(token, Optional.empty());
    }

    /**
     * The same token in DER. Authorities may answer in BER, or with sets out of order; the signature is over DER all the
     * same (RFC 5652 §5.4).
     *
     * @return nothing if it is not one structure, or too large
     */
    public static Optional<byte[]> inDer(byte[] token) {
        if (token.length > MAX_BYTES) {
            return Optional.empty();
        }
        try (ASN1InputStream in = new ASN1InputStream(new ByteArrayInputStream(token), token.length)) {
            ASN1Primitive structure = in.readObject();
            return structure == null || in.read() != -1 ? Optional.empty() : Optional.of(structure.getEncoded("DER"));
        } catch (IOException | RuntimeException | StackOverflowError malformed) {
            return Optional.empty();
        }
    }

    /** The token, DER. */
    public byte[] token() {
        return token.clone();
    }

    /** What it is over: a SHA-256 digest. */
    public Digest imprint() {
        return imprint;
    }

    /** genTime, UTC, cut to milliseconds. */
    public Instant time() {
        return time;
    }

    /** How far the true time may be away from {@link #time()}; zero if the token does not say. */
    public Duration accuracy() {
        return accuracy;
    }

    /** The instant by which the thing certainly existed: {@link #time()} plus {@link #accuracy()}. */
    public Instant latest() {
        return time.plus(accuracy);
    }

    /** The authority's policy, an object identifier in dotted form. */
    public String policy() {
        return policy;
    }

    public BigInteger serial() {
        return serial;
    }

    /** The number that the asker chose, if it did. */
    public Optional<BigInteger> nonce() {
        return nonce;
    }

    /** The certificate whose key signed the token. */
    public X509Certificate authority() {
        return authority;
    }

    /** Further certificates in the token, without order or meaning. */
    public List<X509Certificate> others() {
        return others;
    }

    /** Revocation lists in the token, without order or meaning. */
    public List<X509CRL> revocationLists() {
        return revocationLists;
    }

    /** What checking found. */
    public sealed interface Reading {

        /** The token is by the key of its authority's certificate. Nothing is said yet of whether to believe it. */
        record Good(TimeStamp timeStamp) implements Reading {}

        record Bad(Problem problem) implements Reading {}

        default <T> T fold(Function<Good, T> good, Function<Bad, T> bad) {
            return this instanceof Good yes ? good.apply(yes) : bad.apply((Bad) this);
        }
    }

    /** Why a token is not good. */
    public enum Problem {
        /** More than {@link #MAX_BYTES}. */
        TOO_LARGE,
        /** Not DER, or not the structure of a token with exactly one signer. */
        MALFORMED,
        /** It is over something else. */
        OTHER_DIGEST,
        /** An algorithm that is not accepted: SHA-1, a short RSA key, another curve, an unknown one. */
        ALGORITHM,
        /** A signed attribute is missing, twice or wrong; signing-certificate-v2 (RFC 5816) is required. */
        ATTRIBUTES,
        /** The authority's certificate is not in the token, or not the one that signing-certificate-v2 names. */
        CERTIFICATE,
        /** The certificate is not for time-stamping: that use critical and alone, no CA (RFC 3161 §2.3). */
        NOT_FOR_TIME_STAMPING,
        /** The certificate was not valid at the time that the token states. */
        NOT_VALID_AT_TIME,
        /** The signature value does not verify. */
        SIGNATURE_VALUE
    }
}
