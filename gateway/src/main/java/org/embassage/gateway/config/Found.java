package org.embassage.gateway.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was found in a file at a place, after it was checked against its {@link Shape}. */
sealed interface Found {

    /** Line and column from 1. */
    record Spot(int line, int column) {}

    Spot spot();

    record Scalar(Spot spot, String text) implements Found {
        /** Not the text: it may be a secret that was written where a reference belongs. */
        @Override
        public String toString() {
            return "scalar at " + spot.line() + ":" + spot.column();
        }
    }

    record Mapping(Spot spot, Map<String, Found> entries) implements Found {
        public Mapping {
            entries = Map.copyOf(entries);
        }

        boolean has(String key) {
            return entries.containsKey(key);
        }

        Optional<Mapping> mapping(String key) {
            return Optional.ofNullable(entries.get(key)).map(Mapping.class::cast);
        }

        Optional<String> text(String key) {
            return Optional.ofNullable(entries.get(key)).map(Scalar.class::cast).map(Scalar::text);
        }
    }

    record Items(Spot spot, List<Found> items) implements Found {
        public Items {
            items = List.copyOf(items);
        }
    }
}
