package org.embassage.evidence.verify;

import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.receipt.Evidence;

/**
 * A receipt that is whole, as reports show it. What it says is to be believed only as far as the verdict goes.
 *
 * @param path where it lies in the bundle; for a single receipt the name that reports give it
 * @param evidence what it says
 * @param manifest SHA-256 of its META-INF/ASiCManifest001.xml
 * @param signature SHA-256 of its signature value
 * @param file SHA-256 of its container as it was examined
 * @param signer the subject of the certificate that signed, made fit for print
 * @param proven by when it existed, as an authority whom the auditor believes about times confirms
 */
public record JudgedReceipt(
        String path,
        Evidence evidence,
        Digest manifest,
        Digest signature,
        Digest file,
        String signer,
        Optional<ProvenTime> proven) {}
