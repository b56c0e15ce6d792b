package org.embassage.verifier;

import java.util.List;

/** What no verdict proves; printed with every report. */
final class Limits {

    static final List<String> SENTENCES = List.of(
            "that the content of a record is true",
            "that a certain person acted, or that somebody read the record",
            "when exactly something happened: the times are the issuers' own clocks",
            "that nothing else was exchanged between these gateways");

    private Limits() {}
}
