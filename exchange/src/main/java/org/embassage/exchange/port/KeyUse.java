package org.embassage.exchange.port;

/** One key, one use. */
public enum KeyUse {
    /** Signs messages and receipts: EC P-256, digitalSignature and nonRepudiation. */
    SEAL,
    /** Decrypts messages: EC P-256, keyAgreement. */
    DECRYPT,
    /** The broker's acceptor and our connections to peers' brokers: TLS server and client. */
    TLS,
    /** The SFTP server's host key and our login at peers' SFTP servers. */
    SSH,
    /** Signs the ledger's checkpoints: Ed25519, used for nothing else. */
    LEDGER,
    /** Cosigns peers' checkpoints: Ed25519, used for nothing else. The one key that a gateway may do without. */
    WITNESS
}
