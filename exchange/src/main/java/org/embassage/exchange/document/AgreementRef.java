package org.embassage.exchange.document;

import org.embassage.evidence.Digest;

/**
 * Names one version of one agreement without doubt.
 *
 * @param id for example {@code QVL-QOS-2031-01}
 * @param version from 1
 * @param digest SHA-256 of the agreement file's exact bytes
 */
public record AgreementRef(String id, int version, Digest digest) {}
