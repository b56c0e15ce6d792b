package org.embassage.exchange.agreement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.document.Draft;
import org.embassage.exchange.document.PermittedDocument;
import org.embassage.exchange.document.ValidDocument;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.schemas.SharedSchema;

/** The synthetic agreement and documents of the shared schema's samples, with single places changed. */
final class PolicyFixture {

    static final GatewayId BORDER_GUARD = new GatewayId("QVL-BG");
    static final GatewayId POLICE = new GatewayId("QOS-POL");
    static final GatewayId BORDER_POLICE = new GatewayId("QOS-BP");
    static final Instant IN_FORCE = Instant.parse("2031-06-01T12:00:00Z");

    private static final Path SAMPLES = Path.of("..", "schemas", "samples");

    private PolicyFixture() {}

    static String sample(String name) {
        try {
            return Files.readString(SAMPLES.resolve(name + ".synthetic.xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param changes pairs of a text that is there and what takes its place */
    static String changed(String text, String... changes) {
        String result = text;
        for (int i = 0; i < changes.length; i += 2) {
            if (!result.contains(changes[i])) {
                throw new IllegalArgumentException("not in the sample: " + changes[i]);
            }
            result = result.replace(changes[i], changes[i + 1]);
        }
        return result;
    }

    static Agreement agreement(String... changes) {
        byte[] file = changed(sample("agreement"), changes).getBytes(StandardCharsets.UTF_8);
        return new Agreement(SharedSchema.readAgreement(file).view(), file);
    }

    static AgreementBook book(Agreement... agreements) {
        return new AgreementBook(Arrays.asList(agreements));
    }

    /** Without attachments, whose bytes this version does not carry. */
    static ValidDocument document(String sample, String... changes) {
        String bare = sample(sample).replaceAll("(?s)\\s*<(AttachmentManifest|ImageRef)>.*?</\\1>", "");
        byte[] octets = changed(bare, changes).getBytes(StandardCharsets.UTF_8);
        String kind = new String(octets, 1, sampleKindLength(octets), StandardCharsets.UTF_8);
        return ValidDocument.validate(new Draft(kind, "CREATE", "SYNTHETIC-1", octets))
                .fold(good -> good.document(), bad -> {
                    throw new IllegalArgumentException(bad.fault().toString());
                });
    }

    private static int sampleKindLength(byte[] octets) {
        int end = 1;
        while (Character.isLetter(octets[end])) {
            end++;
        }
        return end - 1;
    }

    static Verdict<PermittedDocument> send(AgreementBook book, ValidDocument document, GatewayId to) {
        return new AgreementPolicy(book).judgeSending(document, "ACTUAL", BORDER_GUARD, to, IN_FORCE);
    }

    static FaultCode refusal(Verdict<?> verdict) {
        return verdict.fold(
                granted -> {
                    throw new AssertionError("was permitted");
                },
                refused -> refused.fault().code());
    }

    static String clause(Verdict<?> verdict) {
        return verdict.fold(
                granted -> {
                    throw new AssertionError("was permitted");
                },
                refused -> refused.fault().clause().orElse("none"));
    }

    static String field(Verdict<?> verdict) {
        return verdict.fold(
                granted -> {
                    throw new AssertionError("was permitted");
                },
                refused -> refused.fault().field().orElse("none"));
    }

    static boolean permits(Verdict<?> verdict) {
        return verdict instanceof Verdict.Permitted;
    }
}
