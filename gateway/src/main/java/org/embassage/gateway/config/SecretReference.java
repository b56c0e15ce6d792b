package org.embassage.gateway.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;

/** Where a secret is, never what it is. */
public sealed interface SecretReference {

    /**
     * Reads the secret now.
     *
     * @throws Broken KEY_UNAVAILABLE if it is not there
     */
    String resolve();

    /** The first line of a file. */
    record InFile(Path file) implements SecretReference {
        @Override
        public String resolve() {
            try {
                return Files.readString(file, StandardCharsets.UTF_8).stripTrailing();
            } catch (IOException unreadable) {
                throw new Broken(FaultCode.KEY_UNAVAILABLE, unreadable);
            }
        }
    }

    /** A variable of the environment. */
    record InEnvironment(String variable) implements SecretReference {
        @Override
        public String resolve() {
            String value = System.getenv(variable);
            if (value == null || value.isEmpty()) {
                throw new Broken(FaultCode.KEY_UNAVAILABLE);
            }
            return value;
        }
    }
}
