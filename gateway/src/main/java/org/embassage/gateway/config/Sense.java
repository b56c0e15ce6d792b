package org.embassage.gateway.config;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.gateway.config.Configuration.Broker;
import org.embassage.gateway.config.Configuration.Keys;
import org.embassage.gateway.config.Configuration.Profile;
import org.embassage.gateway.config.Configuration.Sftp;
import org.embassage.gateway.config.Configuration.Store;
import org.embassage.gateway.config.Configuration.TimeStamping;
import org.embassage.gateway.config.Found.Mapping;
import org.embassage.gateway.config.Found.Scalar;
import org.embassage.gateway.config.Found.Spot;

/** What the shape alone cannot say: files that must be there, ports that must differ, a way in. */
final class Sense {

    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)\\]");

    private final Mapping root;
    private final List<Problem> problems = new ArrayList<>();

    Sense(Mapping root) {
        this.root = root;
    }

    List<Problem> problems(Configuration configuration) {
        lines(configuration);
        ports(configuration);
        configuration.timeStamping().ifPresent(stamping -> timeStamping(configuration, stamping));
        secrets(configuration);
        for (int i = 0; i < configuration.witnesses().size(); i++) {
            Configuration.Witness witness = configuration.witnesses().get(i);
            if (!isPrivate(witness.url())) {
                wrong(
                        "witnesses",
                        "witness " + (i + 1) + ": others could change on the way what it says",
                        "use https; http is for a witness on this machine, at 127.0.0.1, ::1 or localhost");
            }
            boolean named = CosignatureVerifier.parse(witness.key())
                    .map(key -> key.name().equals(witness.name()))
                    .orElse(false);
            if (!named) {
                wrong(
                        "witnesses",
                        "witness " + (i + 1) + ": the key is no cosigner's verifier key of that name",
                        "copy name and key from what `embassage witness init` printed");
            }
        }
        for (int i = 0; i < configuration.feeds().size(); i++) {
            file("feeds[" + (i + 1) + "]", configuration.feeds().get(i));
        }
        file("handover.format", configuration.handover().format());
        folder("trust", configuration.folders().trust());
        folder("peers", configuration.folders().peers());
        folder("agreements", configuration.folders().agreements());
        return problems;
    }

    /** Whether nobody between can read or change what is said. */
    private static boolean isPrivate(String url) {
        try {
            URI address = new URI(url);
            String host = address.getHost() == null ? "" : address.getHost();
            return address.getUserInfo() == null
                    && !host.isEmpty()
                    && ("https".equals(address.getScheme())
                            || LOOPBACK.matcher(host).matches());
        } catch (URISyntaxException notOne) {
            return false;
        }
    }

    private void timeStamping(Configuration configuration, TimeStamping stamping) {
        boolean embedded = at("time-stamping.embedded")
                .map(found -> found instanceof Scalar scalar && scalar.text().equals("true"))
                .orElse(false);
        boolean remote = at("time-stamping.url").isPresent();
        if (embedded == remote) {
            wrong(
                    "time-stamping",
                    embedded ? "both embedded and url are there" : "neither url nor embedded: true is there",
                    "write url, or embedded: true with profile development");
        } else if (embedded && configuration.profile() == Profile.PRODUCTION) {
            wrong(
                    "time-stamping.embedded",
                    "a gateway that stamps its own evidence proves nothing to others",
                    "write the url of a time-stamping authority");
        } else if (embedded && !(configuration.keys() instanceof Keys.Pkcs12)) {
            wrong(
                    "time-stamping.embedded",
                    "the embedded authority has its key in a PKCS#12 file",
                    "write url, or keys.pkcs12");
        }
        if (remote && !isAddress(stamping)) {
            wrong("time-stamping.url", "this is no address of a host", "write a URL such as https://tsa.example/tsr");
        }
        if (stamping.plan().anchorEvery().compareTo(stamping.plan().grace()) >= 0) {
            wrong(
                    "time-stamping.anchor-minutes",
                    "checkpoints would wait longer than the grace",
                    "write less than grace-hours, or a longer grace");
        }
        folder("time-stamping", configuration.folders().timeStamping());
    }

    private static boolean isAddress(TimeStamping stamping) {
        return stamping.authority() instanceof TimeStamping.Authority.Remote remote
                && remote.address().getHost() != null
                && remote.address().getUserInfo() == null;
    }

    private void ports(Configuration configuration) {
        Map<Integer, String> taken = new HashMap<>();
        configuration.observePort().ifPresent(port -> taken.put(port, "observe.port"));
        configuration.broker().ifPresent(broker -> {
            if (broker instanceof Broker.Embedded embedded) {
                port("broker.embedded.port", embedded.port(), taken);
            }
        });
        configuration.sftp().ifPresent(sftp -> {
            if (sftp instanceof Sftp.Embedded embedded) {
                port("sftp.embedded.port", embedded.port(), taken);
            }
        });
    }

    private void port(String key, int port, Map<Integer, String> taken) {
        Optional.ofNullable(taken.put(port, key))
                .ifPresent(other -> wrong(key, "the port is also that of " + other, "choose another"));
    }

    private void secrets(Configuration configuration) {
        if (configuration.keys() instanceof Keys.Pkcs12 pkcs12) {
            file("keys.pkcs12.file", pkcs12.file());
            secret("keys.pkcs12.password-file", pkcs12.password());
        } else if (configuration.keys() instanceof Keys.Vault vault) {
            if (vault.token() instanceof SecretReference.InFile token) {
                secret("keys.vault.token", token.file());
            }
            vault.authority().ifPresent(authority -> file("keys.vault.authority", authority));
            if (configuration.profile() == Profile.PRODUCTION && vault.address().startsWith("http:")) {
                wrong("keys.vault.address", "keys would travel in clear", "use https");
            }
        }
        if (configuration.store() instanceof Store.Postgres postgres
                && postgres.password() instanceof SecretReference.InFile password) {
            secret("store.postgres.password", password.file());
        }
    }

    private void file(String key, Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            wrong(key, "there is no such file that can be read", "correct the path, or put the file there");
        }
    }

    private void folder(String key, Path folder) {
        if (!Files.isDirectory(folder)) {
            wrong(key, "there is no such folder", "correct the path, or make the folder");
        }
    }

    private void secret(String key, Path file) {
        file(key, file);
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                wrong(key, "others than its owner can read the secret", "give the file mode 0600");
            }
        } catch (IOException | UnsupportedOperationException noSuchView) {
            // Reported by file() above, or a file system without these permissions.
            return;
        }
    }

    /** Whoever forgot both must be told; whoever wants neither says so. */
    private void lines(Configuration configuration) {
        boolean none = configuration.broker().isEmpty() && configuration.sftp().isEmpty();
        boolean pouchOnly = root.text("pouch-only").filter("true"::equals).isPresent();
        if (none && !pouchOnly) {
            wrong(
                    "broker",
                    "neither broker nor sftp is there",
                    "write at least one, or no peer can reach this gateway; or `pouch-only: true` if none shall");
        }
        if (!none && pouchOnly) {
            wrong("pouch-only", "there is a line all the same", "take broker and sftp out, or this key");
        }
    }

    private void wrong(String key, String what, String remedy) {
        Spot spot = spot(key);
        problems.add(new Problem(ConfigurationReader.FILE, spot.line(), spot.column(), key, what, remedy));
    }

    private Optional<Found> at(String key) {
        Optional<Found> at = Optional.of(root);
        for (String name : key.split("\\.", -1)) {
            at = at.flatMap(found -> found instanceof Mapping mapping
                    ? Optional.ofNullable(mapping.entries().get(name))
                    : Optional.empty());
        }
        return at;
    }

    /** The place of the key, or of the nearest key above it that the file has. */
    private Spot spot(String key) {
        Found at = root;
        for (String name : key.replaceAll("\\[.*", "").split("\\.")) {
            if (!(at instanceof Mapping mapping) || !mapping.has(name)) {
                return at.spot();
            }
            at = java.util.Objects.requireNonNull(mapping.entries().get(name));
        }
        return at.spot();
    }
}
