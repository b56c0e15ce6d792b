package org.embassage.gateway.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.journal.Stamping;
import org.embassage.exchange.keep.StampPlan;
import org.embassage.gateway.config.Configuration.Broker;
import org.embassage.gateway.config.Configuration.Folders;
import org.embassage.gateway.config.Configuration.Handover;
import org.embassage.gateway.config.Configuration.Keys;
import org.embassage.gateway.config.Configuration.Profile;
import org.embassage.gateway.config.Configuration.Retention;
import org.embassage.gateway.config.Configuration.Sftp;
import org.embassage.gateway.config.Configuration.Store;
import org.embassage.gateway.config.Configuration.TimeStamping;
import org.embassage.gateway.config.Configuration.TimeStamping.Authority;
import org.embassage.gateway.config.Configuration.Timers;
import org.embassage.gateway.config.Found.Items;
import org.embassage.gateway.config.Found.Mapping;
import org.embassage.gateway.config.Found.Scalar;
import org.embassage.gateway.config.Found.Spot;
import org.embassage.gateway.config.Shape.Group;
import org.embassage.gateway.config.Shape.Key;
import org.embassage.gateway.config.Shape.OneOf;

/** Makes the typed configuration of a file that was found without problems. Defaults come from the shape alone. */
final class Binder {

    private static final Mapping NOTHING = new Mapping(new Spot(1, 1), Map.of());

    private final Path home;

    Binder(Path home) {
        this.home = home;
    }

    Configuration bind(Mapping root) {
        At top = new At(root, ConfigurationShape.ROOT.keys());
        return new Configuration(
                home,
                new GatewayId(top.group("identity").text("gateway")),
                Profile.valueOf(top.text("profile").toUpperCase(Locale.ROOT)),
                store(top.group("store")),
                keys(top.group("keys")),
                new Folders(
                        top.path("trust"),
                        top.path("peers"),
                        top.path("agreements"),
                        top.path("drop"),
                        top.path("log"),
                        top.path("ledger")),
                top.has("broker") ? Optional.of(broker(top.group("broker"))) : Optional.empty(),
                top.has("sftp") ? Optional.of(sftp(top.group("sftp"))) : Optional.empty(),
                paths(top),
                new Handover(
                        top.group("handover").path("format"),
                        top.group("handover").path("folder")),
                top.has("time-stamping") ? Optional.of(timeStamping(top.group("time-stamping"))) : Optional.empty(),
                timers(top.group("timers")),
                top.has("observe") ? Optional.of(top.group("observe").number("port")) : Optional.empty(),
                witnesses(top),
                new Retention(
                        Duration.ofDays(top.group("retention").number("content-days")),
                        Duration.ofDays(top.group("retention").number("erase-every-days"))),
                (long) top.group("disk").number("floor-mebibytes") << 20);
    }

    private List<Configuration.Witness> witnesses(At top) {
        Items items = (Items) top.mapping.entries().get("witnesses");
        Shape.Many many = (Shape.Many) top.key("witnesses").shape();
        return items == null
                ? List.of()
                : items.items().stream()
                        .map(item -> new At((Mapping) item, ((Group) many.item()).keys()))
                        .map(one -> new Configuration.Witness(
                                one.text("name"),
                                one.text("url"),
                                one.text("key"),
                                one.has("pin") ? Optional.of(one.text("pin")) : Optional.empty()))
                        .toList();
    }

    private Store store(At store) {
        if (store.has("sqlite")) {
            return new Store.Sqlite(store.group("sqlite").path("file"));
        }
        At postgres = store.group("postgres");
        return new Store.Postgres(postgres.text("url"), postgres.text("user"), postgres.secret("password"));
    }

    private Keys keys(At keys) {
        if (keys.has("pkcs12")) {
            At pkcs12 = keys.group("pkcs12");
            return new Keys.Pkcs12(pkcs12.path("file"), pkcs12.path("password-file"));
        }
        At vault = keys.group("vault");
        return new Keys.Vault(
                vault.text("address"),
                vault.text("path"),
                vault.secret("token"),
                vault.has("authority") ? Optional.of(vault.path("authority")) : Optional.empty());
    }

    private Broker broker(At broker) {
        if (broker.has("embedded")) {
            At embedded = broker.group("embedded");
            return new Broker.Embedded(embedded.text("host"), embedded.number("port"), embedded.path("data"));
        }
        At external = broker.group("external");
        return new Broker.External(external.text("host"), external.number("port"));
    }

    private Sftp sftp(At sftp) {
        if (sftp.has("embedded")) {
            At embedded = sftp.group("embedded");
            return new Sftp.Embedded(embedded.text("host"), embedded.number("port"), embedded.path("data"));
        }
        At external = sftp.group("external");
        return new Sftp.External(external.text("host"), external.number("port"));
    }

    private TimeStamping timeStamping(At stamping) {
        Authority authority =
                stamping.has("url") ? new Authority.Remote(URI.create(stamping.text("url"))) : new Authority.Embedded();
        return new TimeStamping(
                authority,
                new StampPlan(
                        Stamping.valueOf(stamping.text("receipts").toUpperCase(Locale.ROOT)),
                        Duration.ofMinutes(stamping.number("anchor-minutes")),
                        Duration.ofHours(stamping.number("grace-hours"))));
    }

    private Timers timers(At timers) {
        return new Timers(
                Duration.ofMillis(timers.number("rounds-millis")),
                Duration.ofSeconds(timers.number("checkpoint-seconds")),
                Duration.ofSeconds(timers.number("heartbeat-seconds")),
                Duration.ofSeconds(timers.number("answer-seconds")),
                Duration.ofMillis(timers.number("settle-millis")),
                Duration.ofSeconds(timers.number("failover-seconds")));
    }

    private List<Path> paths(At top) {
        Items items = (Items) top.mapping.entries().get("feeds");
        return items == null
                ? List.of()
                : items.items().stream()
                        .map(item -> resolved(((Scalar) item).text()))
                        .toList();
    }

    private Path resolved(String path) {
        return home.resolve(path).normalize();
    }

    /** A place in the file with the keys that may stand there. */
    private final class At {
        private final Mapping mapping;
        private final List<Key> keys;

        At(Mapping mapping, List<Key> keys) {
            this.mapping = mapping;
            this.keys = keys;
        }

        boolean has(String name) {
            return mapping.has(name);
        }

        At group(String name) {
            Shape shape = key(name).shape();
            List<Key> below = shape instanceof Group group ? group.keys() : ((OneOf) shape).keys();
            return new At(mapping.mapping(name).orElse(NOTHING), below);
        }

        String text(String name) {
            return mapping.text(name).or(() -> key(name).otherwise()).orElseThrow();
        }

        int number(String name) {
            return Integer.parseInt(text(name));
        }

        Path path(String name) {
            return resolved(text(name));
        }

        SecretReference secret(String name) {
            Matcher reference = Checker.REFERENCE.matcher(text(name));
            if (!reference.matches()) {
                throw new IllegalStateException("the file was checked before");
            }
            String target = reference.group(2);
            return reference.group(1).equals("file")
                    ? new SecretReference.InFile(resolved(target))
                    : new SecretReference.InEnvironment(target);
        }

        private Key key(String name) {
            return keys.stream()
                    .filter(key -> key.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no such key: " + name));
        }
    }
}
