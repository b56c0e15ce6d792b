package org.embassage.gateway.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Terminal;
import org.embassage.gateway.witness.WitnessHome;
import org.embassage.gateway.witness.WitnessServer;
import org.embassage.gateway.witness.WitnessTls;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code witness init}, {@code witness run} and {@code witness status}. */
@Command(
        name = "witness",
        description = "Be a neutral witness: hold and cosign the checkpoints of others' ledgers, never their content.",
        subcommands = {WitnessCommand.Init.class, WitnessCommand.Run.class, WitnessCommand.Status.class})
@Examples({"witness init --home witness --name witness.example/one", "witness run --home witness --port 8181"})
final class WitnessCommand extends BaseCommand {

    @Override
    int run(Terminal terminal) {
        throw new Stop(ExitCode.USAGE, "witness needs a word more", "try `embassage witness init`");
    }

    private static final String LOGS =
            "put the ledgers' keys into logs.vkey, one a line, as their gateways have them: `embassage ledger export DIR`"
                    + " writes keys/<GATEWAY>.vkey";

    /** What the three have in common. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    abstract static class OfHome extends BaseCommand {

        @Option(names = "--home", required = true, paramLabel = "DIR", description = "Folder of the witness.")
        private Path home;

        @Override
        final int run(Terminal terminal) {
            try {
                return run(new WitnessHome(home), terminal);
            } catch (FileAlreadyExistsException there) {
                throw new Stop(ExitCode.REFUSED, "there is a witness already", "take another folder");
            } catch (NoSuchFileException none) {
                throw new Stop(
                        ExitCode.NOT_FOUND,
                        "there is no witness in " + home,
                        "make one with `embassage witness init`, or name its folder with --home");
            } catch (IllegalStateException damaged) {
                throw new Stop(
                        ExitCode.CONFIGURATION_INVALID,
                        "witness.key is damaged, or a line of logs.vkey is no ledger's key",
                        LOGS);
            } catch (IOException unusable) {
                throw new Stop(
                        ExitCode.UNREACHABLE,
                        "the port is taken, or the witness's folder cannot be used",
                        "take another port, or look at the folder's mode and at the space");
            }
        }

        abstract int run(WitnessHome witness, Terminal terminal) throws IOException;
    }

    private static void mustWitness(WitnessHome witness, Terminal terminal) throws IOException {
        if (witness.logs().isEmpty()) {
            terminal.say(terminal.bad("it witnesses no ledger yet") + "; next: " + LOGS);
        }
    }

    /** {@code witness init}. */
    @Command(name = "init", description = "Make the folder of a witness with a fresh key.")
    @Examples("witness init --home witness --name witness.example/one")
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    static final class Init extends OfHome {

        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "Its name, such as a schema-less URL.")
        private String name;

        @Override
        int run(WitnessHome witness, Terminal terminal) throws IOException {
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9./_-]{0,99}")) {
                throw new Stop(
                        ExitCode.USAGE,
                        "the name has other characters than letters, digits and . / _ -",
                        "take a simpler one");
            }
            String vkey = witness.init(name).verifier().vkey();
            if (json()) {
                var object = Json.verdict(ExitCode.OK);
                object.put("vkey", vkey);
                terminal.print(Json.text(object));
                return ExitCode.OK;
            }
            terminal.print(vkey);
            terminal.say("Give this key to the gateways and auditors.");
            terminal.say("next: " + LOGS);
            return ExitCode.OK;
        }
    }

    /** {@code witness run}. */
    @Command(name = "run", description = "Answer gateways until told to stop (Ctrl-C, SIGTERM).")
    @Examples({
        "witness run --home witness --port 8181",
        "witness run --home witness --host 0.0.0.0 --port 8443 --tls-keystore tls.p12 --tls-password-file tls.password"
    })
    static final class Run extends OfHome {

        @Option(
                names = "--host",
                defaultValue = "127.0.0.1",
                paramLabel = "HOST",
                description = "Address to listen on; default 127.0.0.1.")
        private String host = "127.0.0.1";

        @Option(
                names = "--port",
                required = true,
                paramLabel = "PORT",
                description = "Port to listen on; 0 for any free one.")
        private int port;

        @Option(
                names = "--tls-keystore",
                paramLabel = "FILE",
                description = "PKCS#12 with the key and certificate for HTTPS. Without it only the loopback address is"
                        + " served.")
        private @Nullable Path keystore;

        @Option(
                names = "--tls-password-file",
                paramLabel = "FILE",
                description = "File with the key store's password in its first line.")
        private @Nullable Path password;

        @Override
        int run(WitnessHome witness, Terminal terminal) throws IOException {
            if ((keystore == null) != (password == null)) {
                throw new Stop(ExitCode.USAGE, "a key store needs its password", "give --tls-password-file too");
            }
            Optional<SSLContext> tls = keystore == null || password == null
                    ? Optional.empty()
                    : Optional.of(WitnessTls.server(keystore, password));
            CountDownLatch stopped = new CountDownLatch(1);
            try (WitnessServer server = WitnessServer.start(witness, host, port, tls, Clock.systemUTC())) {
                Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "stop"));
                mustWitness(witness, terminal);
                terminal.say("The witness answers at " + (tls.isPresent() ? "https://" : "http://") + host + ":"
                        + server.port());
                stopped.await();
            } catch (IllegalArgumentException open) {
                throw new Stop(
                        ExitCode.REFUSED,
                        "plain HTTP is for the loopback address alone",
                        "give --tls-keystore and --tls-password-file, or listen on 127.0.0.1 behind a proxy");
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return ExitCode.OK;
        }
    }

    /** {@code witness status}. */
    @Command(name = "status", description = "Show which ledgers are witnessed, and how far.")
    @Examples("witness status --home witness")
    static final class Status extends OfHome {

        @Override
        int run(WitnessHome witness, Terminal terminal) throws IOException {
            var object = Json.verdict(ExitCode.OK);
            var ledgers = object.putObject("ledgers");
            for (NoteVerifier log : witness.logs()) {
                long size = witness.newest(log.name())
                        .flatMap(Checkpoint::unverified)
                        .map(Checkpoint::size)
                        .orElse(0L);
                ledgers.put(log.name(), size);
                if (!json()) {
                    terminal.print(log.name() + "  " + (size == 0 ? "nothing held yet" : "held up to " + size));
                }
            }
            object.put("receipts", receipts(witness.folder().resolve("receipts")));
            if (json()) {
                terminal.print(Json.text(object));
            } else {
                terminal.print("receipts  " + receipts(witness.folder().resolve("receipts")));
                mustWitness(witness, terminal);
            }
            return ExitCode.OK;
        }

        private static long receipts(Path folder) throws IOException {
            if (!Files.isDirectory(folder)) {
                return 0;
            }
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(file -> file.toString().endsWith(".asice")).count();
            }
        }
    }
}
