package org.embassage.bench;

import java.util.List;

/** The cryptography that no exchange can do without, measured alone, by one thread, with the product's providers. */
record Floor(List<Part> parts) {

    Floor {
        parts = List.copyOf(parts);
    }

    /** CPU milliseconds for one exchange. */
    double cpuMillisEach() {
        return parts.stream()
                .mapToDouble(part -> part.times() * part.cpuMillis())
                .sum();
    }

    /**
     * @param times how often an exchange does it
     * @param cpuMillis for doing it once
     */
    record Part(String name, int times, double cpuMillis) {}
}
