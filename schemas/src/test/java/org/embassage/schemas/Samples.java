package org.embassage.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The samples that national teams read, and small changes to them. */
final class Samples {

    private Samples() {}

    static String text(String name) {
        try {
            return Files.readString(Path.of("samples", name + ".synthetic.xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String name) {
        return bytesOf(text(name));
    }

    static byte[] bytesOf(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A sample with one text in it replaced; fails if the text is not there, so that no test is about nothing. */
    static byte[] with(String name, String old, String replacement) {
        return bytesOf(replace(text(name), old, replacement));
    }

    static String replace(String text, String old, String replacement) {
        if (!text.contains(old)) {
            throw new IllegalArgumentException("the sample does not hold what the test changes");
        }
        return text.replace(old, replacement);
    }

    static String sampleOf(DocumentKind kind) {
        return switch (kind) {
            case PERSON_ALERT -> "person-alert";
            case DOCUMENT_ALERT -> "document-alert";
            case VEHICLE_ALERT -> "vehicle-alert";
            case INCIDENT_SEIZURE_REPORT -> "incident-seizure-report";
        };
    }
}
