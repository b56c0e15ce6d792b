package org.embassage.evidence.verify;

/**
 * What one check found on one subject.
 *
 * @param check which
 * @param status what became of it
 * @param indication why it is not good; NONE if it is
 * @param subject the file or exchange it is about
 * @param sentence what was found, in plain words, without personal data
 */
public record Finding(Check check, Status status, Indication indication, String subject, String sentence) {}
