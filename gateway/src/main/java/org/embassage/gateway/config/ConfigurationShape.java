package org.embassage.gateway.config;

import static org.embassage.gateway.config.Shape.Key.defaulted;
import static org.embassage.gateway.config.Shape.Key.optional;
import static org.embassage.gateway.config.Shape.Key.required;

import java.util.List;
import java.util.regex.Pattern;
import org.embassage.gateway.config.Shape.Choice;
import org.embassage.gateway.config.Shape.Flag;
import org.embassage.gateway.config.Shape.Group;
import org.embassage.gateway.config.Shape.Many;
import org.embassage.gateway.config.Shape.OneOf;
import org.embassage.gateway.config.Shape.Place;
import org.embassage.gateway.config.Shape.Secret;
import org.embassage.gateway.config.Shape.Text;
import org.embassage.gateway.config.Shape.Whole;

/** Every key of gateway.yaml: the one source of the binder, the JSON Schema and docs/configuration.md. */
final class ConfigurationShape {

    private static final Shape GATEWAY = text("a gateway id such as QVL-BG", "[A-Z]{3}-[A-Z0-9]{1,16}");
    private static final Shape HOST =
            text("a host name or an address", "[A-Za-z0-9]([A-Za-z0-9.\\-]*[A-Za-z0-9])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+");
    private static final Shape PORT = new Whole(1, 65535);
    private static final String EVERYWHERE = "127.0.0.1";

    static final Group ROOT = new Group(List.of(
            required("identity", identity(), "Who this gateway is."),
            required(
                    "profile",
                    new Choice(List.of("development", "production")),
                    "With production the gateway refuses development keys."),
            required("store", store(), "Where everything that must survive is kept."),
            required("keys", keys(), "Where the private keys are."),
            defaulted(
                    "trust", new Place(), "trust", "Folder of the authorities' certificates (*.pem) and CRLs (*.crl)."),
            defaulted("peers", new Place(), "peers", "Folder of the signed peer cards, this gateway's own among them."),
            defaulted("agreements", new Place(), "agreements", "Folder of the signed agreements."),
            optional("broker", broker(), "This gateway's own broker; without it no peer can reach it by JMS."),
            optional("sftp", sftp(), "This gateway's own SFTP server; without it no peer can reach it by SFTP."),
            defaulted(
                    "pouch-only",
                    new Flag(),
                    "false",
                    "This gateway has no line to anybody: neither broker nor sftp; peers reach it by pouch alone."),
            required("feeds", new Many(new Place(), 200), "Descriptions of the feeds, one file each."),
            defaulted("drop", new Place(), "drop", "Folder with one folder for each feed, where files are dropped."),
            required("handover", handover(), "How records of peers reach the domestic system."),
            optional(
                    "time-stamping",
                    timeStamping(),
                    "How it is proven when evidence existed; without it receipts and checkpoints have no time-stamps."),
            optional("timers", timers(), "How often the work is done."),
            optional(
                    "witnesses",
                    new Many(witness(), 16),
                    "Neutral witnesses that cosign this gateway's checkpoints; asked at every start for what they hold."),
            optional("disk", disk(), "What must stay free on the volumes of data, drops and hand-over."),
            optional("observe", observe(), "Health and metrics, on this machine only."),
            defaulted(
                    "ledger",
                    new Place(),
                    "data/ledger",
                    "Folder of the ledger as plain files, and of notes that accuse somebody; never restore it."),
            defaulted("log", new Place(), "log", "Folder of the log, JSON lines."),
            required("retention", retention(), "What may be erased, and when.")));

    private ConfigurationShape() {}

    private static Group witness() {
        return new Group(List.of(
                required("name", text("a name such as witness.example/one", "[^\\s+]{1,100}"), "The name of its key."),
                required(
                        "url",
                        text("a URL such as https://witness.example", "https?://\\S+[^/\\s]"),
                        "Where it answers, without a slash at the end; http only on this machine."),
                required(
                        "key",
                        text("a verifier key of type 0x04", "[^+\\s]+\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]+={0,2}"),
                        "Its C2SP verifier key, as `witness init` prints it."),
                optional(
                        "pin",
                        text("64 hexadecimal digits", "[0-9a-f]{64}"),
                        "SHA-256 of its TLS certificate's SubjectPublicKeyInfo: no other key is spoken to.")));
    }

    private static Shape identity() {
        return new Group(
                List.of(required("gateway", GATEWAY, "Id of this gateway: the country, a hyphen, the agency.")));
    }

    private static Shape store() {
        return new OneOf(List.of(
                optional(
                        "sqlite",
                        new Group(List.of(defaulted(
                                "file", new Place(), "data/embassage.db", "The database file; on a local disk."))),
                        "One embedded database."),
                optional(
                        "postgres",
                        new Group(List.of(
                                required(
                                        "url",
                                        text("a URL such as jdbc:postgresql://host/database", "jdbc:postgresql://\\S+"),
                                        "Address of the database."),
                                required("user", text("a user name", "\\S{1,63}"), "Who logs in."),
                                required("password", new Secret(), "The user's password."))),
                        "A PostgreSQL server.")));
    }

    private static Shape keys() {
        return new OneOf(List.of(
                optional(
                        "pkcs12",
                        new Group(List.of(
                                defaulted("file", new Place(), "keys/gateway.p12", "The PKCS#12 file."),
                                defaulted(
                                        "password-file",
                                        new Place(),
                                        "keys/password",
                                        "A file that holds its password, readable by its owner only."))),
                        "A PKCS#12 file."),
                optional(
                        "vault",
                        new Group(List.of(
                                required(
                                        "address",
                                        text("a URL such as https://vault.example:8200", "https?://\\S+"),
                                        "Address of the Vault server."),
                                required(
                                        "path",
                                        text("a path such as secret/embassage/QVL-BG", "[A-Za-z0-9._/\\-]{1,200}"),
                                        "Path of the secret in the KV engine, version 2."),
                                required("token", new Secret(), "The token to log in with; read each time."),
                                optional(
                                        "authority",
                                        new Place(),
                                        "PEM file of the CA of Vault's certificate; absent: Java's own list."))),
                        "HashiCorp Vault, KV version 2.")));
    }

    private static Shape broker() {
        return new OneOf(List.of(
                optional(
                        "embedded",
                        new Group(List.of(
                                defaulted("host", HOST, EVERYWHERE, "Address to listen on."),
                                required("port", PORT, "Port to listen on."),
                                defaulted("data", new Place(), "data/broker", "Folder of the broker's journal."))),
                        "A broker inside this process."),
                optional(
                        "external",
                        new Group(List.of(
                                required("host", HOST, "Host of the broker."),
                                required("port", PORT, "Port of the broker."))),
                        "An Artemis broker that runs by itself.")));
    }

    private static Shape sftp() {
        return new OneOf(List.of(
                optional(
                        "embedded",
                        new Group(List.of(
                                defaulted("host", HOST, EVERYWHERE, "Address to listen on."),
                                required("port", PORT, "Port to listen on."),
                                defaulted(
                                        "data",
                                        new Place(),
                                        "data/sftp",
                                        "Folder below which each peer has its own."))),
                        "An SFTP server inside this process."),
                optional(
                        "external",
                        new Group(List.of(
                                required("host", HOST, "Host of the server."),
                                required("port", PORT, "Port of the server."))),
                        "An SFTP server that runs by itself.")));
    }

    private static Shape handover() {
        return new Group(List.of(
                required("format", new Place(), "Description of the domestic format."),
                defaulted("folder", new Place(), "handover", "Folder that the domestic system reads.")));
    }

    private static Shape timers() {
        return new Group(
                List.of(
                        defaulted("rounds-millis", new Whole(50, 60_000), "500", "Between two looks for work."),
                        defaulted(
                                "checkpoint-seconds",
                                new Whole(1, 3600),
                                "5",
                                "Between two checkpoints of the ledger."),
                        defaulted(
                                "heartbeat-seconds",
                                new Whole(1, 86_400),
                                "900",
                                "After so long without news of a peer's ledger the peer is asked for its newest state."),
                        defaulted(
                                "answer-seconds",
                                new Whole(1, 2_592_000),
                                "3600",
                                "A peer that answers no such question for so long is an alarm (EMB-4010); traffic goes on."),
                        defaulted(
                                "settle-millis",
                                new Whole(0, 600_000),
                                "1000",
                                "How long a dropped file must not change."),
                        defaulted(
                                "failover-seconds",
                                new Whole(0, 86_400),
                                "60",
                                "How long a transport to a peer must be down before what the agreement lets go by its fallback goes there.")));
    }

    private static Shape timeStamping() {
        return new Group(List.of(
                defaulted(
                        "embedded",
                        new Flag(),
                        "false",
                        "Ask the authority inside this process, which is for development only."),
                optional(
                        "url",
                        text(
                                "a URL such as https://tsa.example/tsr",
                                "https?://[A-Za-z0-9.\\-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/?&=+\\-]*)?"),
                        "Ask the time-stamping authority (RFC 3161) at this address."),
                defaulted(
                        "receipts",
                        new Choice(List.of("each", "anchored")),
                        "each",
                        "Stamp each receipt by itself, or checkpoints alone: then the load does not grow with messages."),
                defaulted(
                        "anchor-minutes",
                        new Whole(0, 1440),
                        "60",
                        "Between two checkpoints that are stamped; 0: every checkpoint."),
                defaulted(
                        "grace-hours",
                        new Whole(1, 720),
                        "24",
                        "How long evidence may wait for a stamp before no new drops are taken.")));
    }

    private static Shape disk() {
        return new Group(List.of(defaulted(
                "floor-mebibytes",
                new Whole(0, 1_048_576),
                "128",
                "Below so much free space nothing new is taken, from drops or from peers (EMB-9013); 0: no floor.")));
    }

    private static Shape observe() {
        return new Group(
                List.of(required("port", PORT, "Port on 127.0.0.1 for /observe/health and /observe/metrics.")));
    }

    private static Shape retention() {
        return new Group(
                List.of(
                        required(
                                "content-days",
                                new Whole(1, 36_500),
                                "Content is erased this many days after its exchange closed, or when the record itself may not be kept any more, if that is earlier; never while the exchange is open."),
                        defaulted(
                                "erase-every-days",
                                new Whole(1, 366),
                                "30",
                                "An erasure is final, for backups too, this many days after it was made at the latest: then the key of its epoch is destroyed.")));
    }

    private static Text text(String form, String pattern) {
        return new Text(form, Pattern.compile(pattern));
    }
}
