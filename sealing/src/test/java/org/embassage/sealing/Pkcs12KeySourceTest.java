package org.embassage.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.embassage.exchange.port.EpochKeeper;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.embassage.sealing.development.GatewayKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Pkcs12KeySourceTest implements KeySourceContract {

    @TempDir
    private Path folder;

    @Override
    public EpochKeeper holding(GatewayKeys keys) throws Exception {
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

    @Test
    void theFileStaysItsOwnersAlone() throws Exception {
        EpochKeeper source = holding(KeySourceContract.keys());

        source.beginEpoch("20261225");
        source.destroyEpoch("20261125");

        assertThat(Files.getPosixFilePermissions(folder.resolve("gateway.p12")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("gateway.p12", "password");
        }
    }

    @Test
    void thePlaceOfTheOldFileIsOverwritten() throws Exception {
        EpochKeeper source = holding(KeySourceContract.keys());
        try (FileChannel old = FileChannel.open(folder.resolve("gateway.p12"))) {
            long size = old.size();

            source.beginEpoch("20261225");

            ByteBuffer there = ByteBuffer.allocate((int) size);
            assertThat(old.read(there)).isEqualTo((int) size);
            assertThat(there.array()).containsOnly(0);
        }
    }

    @Test
    void whatACrashLeftBesideTheFileIsRemovedByTheNextDestruction() throws Exception {
        GatewayKeys keys = KeySourceContract.keys();
        EpochKeeper source = holding(keys);
        byte[] before = Files.readAllBytes(folder.resolve("gateway.p12"));
        source.beginEpoch("20261225");
        Files.write(folder.resolve("gateway.p12.old"), before); // as if it had ended before it was overwritten
        Files.writeString(folder.resolve("gateway.p12.new"), "half");

        again().destroyEpoch("20261125");

        assertThat(everythingKept())
                .allSatisfy(kept -> assertThat(KeySourceContract.epochsIn(kept, keys.password()))
                        .doesNotContain("20261125"));
        assertThat(folder.resolve("gateway.p12.old")).doesNotExist();
    }

    @Test
    void aLinkToTheFileStaysALink() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        KeySourceContract.keys().writeTo(elsewhere);
        Files.createSymbolicLink(folder.resolve("gateway.p12"), elsewhere.resolve("gateway.p12"));
        Files.copy(elsewhere.resolve("password"), folder.resolve("password"));

        source().beginEpoch("20261225");

        assertThat(folder.resolve("gateway.p12")).isSymbolicLink();
        assertThat(again().epochs()).containsExactly("20261125", "20261225");
    }

    @Override
    public EpochKeeper again() {
        return source();
    }

    /** For the owner root no permission protects; a folder at the place of the new file does. */
    @Override
    public void writeProtect() throws Exception {
        Files.createDirectories(folder.resolve("gateway.p12.new").resolve("in the way"));
    }

    @Override
    public List<byte[]> everythingKept() throws Exception {
        List<byte[]> kept = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                kept.add(Files.readAllBytes(file));
            }
        }
        return kept;
    }

    private EpochKeeper source() {
        return new Pkcs12KeySource(folder.resolve("gateway.p12"), folder.resolve("password"));
    }
}
