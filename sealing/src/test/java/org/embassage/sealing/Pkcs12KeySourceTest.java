package org.embassage.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.embassage.sealing.development.GatewayKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Pkcs12KeySourceTest implements KeySourceContract {

    @TempDir
    private Path folder;

    @Override
    public KeySource holding(GatewayKeys keys) throws Exception {
        keys.writeTo(folder);
        return source();
    }

    @Override
    public KeySource unreachable() {
        return source();
    }

    @Override
    public KeySource damaged() throws Exception {
        Files.writeString(folder.resolve("gateway.p12"), "SYNTHETIC");
        Files.writeString(folder.resolve("password"), "SYNTHETIC");
        return source();
    }

    @Test
    void withAWrongPasswordEveryKeyIsUnavailable() throws Exception {
        KeySourceContract.keys().writeTo(folder);
        Files.writeString(folder.resolve("password"), "wrong");

        KeySourceContract.assertNothingAvailable(source());
    }

    @Test
    void onceTheFilesAreThereTheKeysAreToo() throws Exception {
        KeySource source = source();
        KeySourceContract.assertUnavailable(() -> source.current(KeyUse.SEAL));
        GatewayKeys keys = KeySourceContract.keys();

        keys.writeTo(folder);

        assertThat(source.current(KeyUse.SEAL).certificate()).isEqualTo(keys.certificate(KeyUse.SEAL));
    }

    private KeySource source() {
        return new Pkcs12KeySource(folder.resolve("gateway.p12"), folder.resolve("password"));
    }
}
