package org.embassage.evidence.verify;

import java.time.Instant;

/**
 * That something existed at an instant at the latest.
 *
 * @param time UTC; what the authority states, plus its accuracy
 * @param by what proves it, in plain words, for example {@code time-stamp of 'CN=TSA'}
 */
public record ProvenTime(Instant time, String by) {}
