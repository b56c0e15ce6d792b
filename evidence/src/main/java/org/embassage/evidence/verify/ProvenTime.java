package org.embassage.evidence.verify;

import java.time.Instant;
import java.util.Optional;

/**
 * That something existed at an instant at the latest.
 *
 * @param time UTC; what the authority states, plus its accuracy
 * @param by what proves it, in plain words, for example {@code time-stamp of 'CN=TSA'}
 * @param interest why a stranger need not believe it, if its certificate itself says so: it is a development one, or bears
 *     the name of a gateway that is a party. The auditor's anchors decide all the same; the words go into the report
 */
public record ProvenTime(Instant time, String by, Optional<String> interest) {}
