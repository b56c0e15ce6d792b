package org.embassage.exchange.fault;

/**
 * Every fault that a person or a peer may be told of. The name is the reason code in receipts and result files, the
 * number is stable for ever, and the texts answer: what happened, who must act, what to do next. The catalogue in
 * docs/faults.md is made from this list.
 */
public enum FaultCode {
    // 1xxx: the drop and its records
    DROP_UNREADABLE(
            1001,
            "The drop could not be read as its feed describes.",
            Actor.DOMESTIC,
            "Compare the file with the feed's description and drop it again."),
    DROP_COUNT_MISMATCH(
            1002,
            "The trailer's record count differs from the records in the file.",
            Actor.DOMESTIC,
            "The file is incomplete or damaged. Export it again and drop it anew."),
    DROP_HASH_TOTAL_MISMATCH(
            1003,
            "The trailer's hash total differs from the records in the file.",
            Actor.DOMESTIC,
            "The file is damaged. Export it again and drop it anew."),
    DROP_TRUNCATED(
            1004,
            "The file ends inside a record or lacks its trailer.",
            Actor.DOMESTIC,
            "Write to a temporary name and rename when complete, then drop it anew."),
    DROP_TOO_LARGE(
            1005, "The file is larger than the feed allows.", Actor.DOMESTIC, "Split the export into smaller files."),
    DROP_NOT_A_REGULAR_FILE(
            1006,
            "The drop is a link, a device or a folder, not a regular file.",
            Actor.DOMESTIC,
            "Drop a regular file."),
    DROP_NAME_REFUSED(
            1007,
            "The file's name has characters outside A-Z a-z 0-9 . _ - or is too long.",
            Actor.DOMESTIC,
            "Rename the file and drop it again."),
    DROP_WRONG_ENCODING(
            1008,
            "The file's bytes are not in the encoding that its feed declares.",
            Actor.DOMESTIC,
            "Export the file in the declared encoding."),
    DROP_EMPTY(
            1009,
            "The file has no records.",
            Actor.DOMESTIC,
            "Nothing was sent. Drop a file with records if there should be some."),
    DROP_CHANGED_WHILE_READ(
            1010,
            "The file changed while it was being read.",
            Actor.DOMESTIC,
            "Write to a temporary name and rename when complete."),
    DROP_NOT_PERMITTED(
            1011,
            "The gateway may not read the file.",
            Actor.DOMESTIC,
            "Let the gateway's user read the files that you drop, then drop it again."),
    DROP_UNPROCESSABLE(
            1012,
            "The gateway failed on the file in a way that it should not.",
            Actor.US,
            "Nothing of it was sent. The file is in quarantine; tell the maintainers, then drop it again."),
    RECORD_MALFORMED(
            1101,
            "The record does not have the layout that its feed describes.",
            Actor.DOMESTIC,
            "Correct the record at the source and drop it again."),
    RECORD_CHECKSUM(
            1102,
            "The record's checksum differs from its bytes.",
            Actor.DOMESTIC,
            "The record was damaged on its way. Export it again."),
    RECORD_WRONG_ENCODING(
            1103,
            "The record has bytes that do not exist in the declared encoding.",
            Actor.DOMESTIC,
            "Correct the record at the source and drop it again."),
    FIELD_MISSING(
            1104,
            "A field that must be there is empty.",
            Actor.DOMESTIC,
            "Fill the field at the source and drop the record again."),
    FIELD_MALFORMED(
            1105,
            "A field's content does not have the form that its feed describes.",
            Actor.DOMESTIC,
            "Correct the field at the source and drop the record again."),
    CODE_UNKNOWN(
            1106,
            "A field's code is not in its code table.",
            Actor.DOMESTIC,
            "Correct the code at the source, or ask the national IT team to add it to the code table."),
    DOCUMENT_INVALID(
            1107,
            "The translated document does not satisfy the shared schema.",
            Actor.US,
            "Check the mapping of the named field, then drop the record again."),
    RECORD_DUPLICATE(
            1108,
            "The same record was taken before; nothing was sent again.",
            Actor.NOBODY,
            "Nothing. The earlier exchange stands."),
    TRANSLATION_LIMIT(
            1109,
            "Translating the record took too long or grew too large.",
            Actor.US,
            "Check the mapping; the record is in quarantine."),
    RECORD_UNPROCESSABLE(
            1110,
            "The gateway failed on the record in a way that it should not.",
            Actor.US,
            "The other records went on. The record is in quarantine; tell the maintainers, then drop it again."),

    // 2xxx: the agreement's no
    NO_AGREEMENT(
            2001,
            "No agreement between the two agencies is in force.",
            Actor.US,
            "Ask the liaison desk for an agreement that all parties have signed."),
    KIND_NOT_AGREED(
            2002,
            "The agreement has no clause for this kind in this direction.",
            Actor.US,
            "Ask the liaison desk whether the agreement shall be amended."),
    PURPOSE_NOT_AGREED(
            2003,
            "The purpose of the record is not among those agreed.",
            Actor.DOMESTIC,
            "Check the purpose; if it is right, the agreement does not allow this exchange."),
    HANDLING_NOT_AGREED(
            2004,
            "A handling code is not among those agreed, or the floor is missing.",
            Actor.DOMESTIC,
            "Check the handling codes of the record or of the feed's description."),
    SUBJECT_NOT_AGREED(
            2005,
            "The category of a data subject may not be sent.",
            Actor.DOMESTIC,
            "The agreement does not allow this exchange."),
    REQUIRED_FIELD_MISSING(
            2006,
            "The agreement requires a field that is not there.",
            Actor.DOMESTIC,
            "Fill the named field at the source and drop the record again."),
    FORBIDDEN_FIELD(
            2007,
            "The document holds a field that the agreement forbids or wants stripped.",
            Actor.PEER,
            "The sender must apply the agreement's Strip and Mask rules."),
    DENIED(2008, "A Deny clause forbids this exchange.", Actor.US, "The agreement does not allow this exchange."),
    AGREEMENT_SUSPENDED(
            2009,
            "The agreement is suspended.",
            Actor.US,
            "Wait for the resumption that both parties sign, or withdraw the record."),
    AGREEMENT_NOT_YET_VALID(2010, "The agreement is not yet in force.", Actor.US, "Wait until it enters into force."),
    AGREEMENT_EXPIRED(2011, "The agreement has ended.", Actor.US, "Ask the liaison desk for a successor."),
    POLICY_VERSION_MISMATCH(
            2012,
            "The message names a version of the agreement that is not held or no longer accepted.",
            Actor.PEER,
            "Both parties load the same version; then submit anew."),
    EXERCISE_NOT_AGREED(
            2013,
            "Exercise traffic is not agreed for this kind.",
            Actor.DOMESTIC,
            "Send exercises only where the agreement allows them."),
    SCHEMA_VERSION_NOT_AGREED(
            2014,
            "The schema version is not the one agreed for this kind.",
            Actor.US,
            "Use the schema version named in the clause."),
    RELEASE_NEEDED(
            2015,
            "The clause wants a person to release the record.",
            Actor.US,
            "A releasing officer must release it: embassage quarantine release."),
    ONWARD_NOT_AGREED(
            2016,
            "The document grants a wider onward transfer than the clause.",
            Actor.DOMESTIC,
            "Correct the onward transfer code of the record or of the feed's description."),
    EVIDENCE_USE_NOT_AGREED(
            2017,
            "The document grants a wider use as evidence than the clause.",
            Actor.DOMESTIC,
            "Correct the evidence use code of the record or of the feed's description."),
    RETENTION_NOT_AGREED(
            2018,
            "The document may be kept longer than the clause allows.",
            Actor.DOMESTIC,
            "Correct the retention of the record or of the feed's description."),
    RECIPIENT_UNKNOWN(
            2020,
            "No peer card of the recipient is loaded that is verified and has a key good now.",
            Actor.US,
            "Load the recipient's newest signed peer card and revocation list, then drop the record again."),
    EXPIRY_NOT_AGREED(
            2019,
            "The message expires later than the clause allows.",
            Actor.PEER,
            "The sender must set the expiry that the clause names."),

    // 3xxx: the message
    UNOPENABLE(
            3001,
            "The message could not be opened.",
            Actor.PEER,
            "Compare certificates and peer cards on both sides, then submit anew."),
    WRONG_RECIPIENT(
            3002,
            "The message names another recipient.",
            Actor.PEER,
            "The sender must address it to the right gateway."),
    UNKNOWN_SENDER(
            3003,
            "The sender is not a known peer.",
            Actor.US,
            "Load the sender's signed peer card, if it is one you expect."),
    SENDER_MISMATCH(
            3004,
            "The sender named inside is not the one whose key signed, or not the one whose connection brought it.",
            Actor.PEER,
            "Treat it as an attack until explained; compare peer cards."),
    MESSAGE_EXPIRED(
            3005, "The message arrived after its expiry.", Actor.PEER, "Submit the record anew if it still matters."),
    MESSAGE_TOO_LARGE(3006, "The message is larger than allowed.", Actor.PEER, "Send less at once."),
    MESSAGE_INVALID(
            3007,
            "The opened message does not satisfy the shared schema.",
            Actor.PEER,
            "The sender's gateway must validate what it seals."),
    EXCHANGE_ID_REUSED(
            3008,
            "An exchange id arrived again with other content.",
            Actor.US,
            "Alarm: ask the peer; one of the two was forged or the peer's store was rolled back."),
    BUNDLE_MALFORMED(
            3009,
            "The dispatch bundle could not be read.",
            Actor.PEER,
            "The sender will send again; if it repeats, compare software versions."),
    CLOCK_SKEW(
            3010,
            "The message was created in the future, beyond the agreed clock skew.",
            Actor.PEER,
            "Compare the clocks of both gateways."),
    TRAFFIC_STOPPED(
            3011,
            "Traffic between the two gateways is stopped.",
            Actor.PEER,
            "Ask the recipient why. Submit the record anew when traffic was resumed."),
    ITEM_UNPROCESSABLE(
            3012,
            "The gateway failed on what a peer sent in a way that it should not.",
            Actor.US,
            "Alarm: what else came went on. The item is in quarantine and was not answered; tell the maintainers."),

    // 4xxx: receipts and ledger
    RECEIPT_UNREADABLE(
            4001,
            "A receipt could not be read or its signature does not verify.",
            Actor.PEER,
            "Alarm: keep the item and ask the peer."),
    RECEIPT_FOREIGN(
            4002,
            "A receipt does not belong to an exchange with this peer, or contradicts it.",
            Actor.PEER,
            "Alarm: keep the item and ask the peer."),
    LEDGER_INCONSISTENT(
            4003,
            "A peer's checkpoint is not consistent with the one held.",
            Actor.US,
            "Alarm: keep both notes as proof and stop traffic with the peer until explained."),
    LEDGER_PROMISE_BROKEN(
            4004,
            "The covering inclusion proof of a receipt did not arrive within the merge delay.",
            Actor.PEER,
            "Ask the peer for it."),
    NO_RELAY_EVIDENCE(
            4005,
            "No relay evidence was received by the deadline.",
            Actor.US,
            "Ask the peer whether it holds the exchange; submit anew with Supersedes if not."),
    LEDGER_DAMAGED(
            4007,
            "Our own ledger does not give the root that was signed over it.",
            Actor.US,
            "Alarm: stop, keep the database as it is, restore, and compare with the checkpoints that peers hold."),
    LEDGER_ROLLED_BACK(
            4008,
            "A witness holds a checkpoint with our own signature that our ledger does not continue.",
            Actor.US,
            "Alarm: everything is stopped. Keep database and notes as proof; find out who restored or rewrote the ledger."),
    LEDGER_SMALLER_ANSWER(
            4009,
            "A peer answered a fresh challenge with a smaller ledger than it had signed before.",
            Actor.US,
            "Alarm: keep both notes as proof; traffic with the peer is stopped until explained."),
    LEDGER_CHALLENGE_UNANSWERED(
            4010,
            "Since this gateway started, a peer has answered no challenge about its ledger for longer than it may.",
            Actor.US,
            "Traffic goes on. Ask the peer why; what it does not answer it may have changed, and what we wrote since its last"
                    + " cosignature it does not witness."),
    LEDGER_RESTORED(
            4011,
            "This gateway was put back from a backup: what it did since is known to its peers alone.",
            Actor.US,
            "It neither sends nor receives. See with embassage ledger status what peers hold, then order embassage ledger"
                    + " reconcile."),
    LEDGER_EPOCH_REFUSED(
            4012,
            "A peer's ledger began a new epoch that does not bind the checkpoint which we hold of the old one.",
            Actor.US,
            "Alarm: keep both as proof; traffic with the peer is stopped until explained. It may reconcile again."),
    RESTORE_PEERS_SILENT(
            4013,
            "A peer has not said yet what it holds of our ledger.",
            Actor.US,
            "Nothing was done. Wait for it, or leave it out by --without: then it accepts the new epoch only if it holds"
                    + " what another peer holds too."),
    RESTORE_UNCERTAIN(
            4014,
            "The record was accepted before the gateway was put back, and may have been handed over already.",
            Actor.US,
            "Look whether the domestic system has it: reject the item if it does, else reprocess it."),
    SEQUENCE_GAP(
            4015,
            "A peer's message has not come, though later ones of its sequence have.",
            Actor.PEER,
            "Ask the peer what became of the number. It closes by itself when the message, its failure or a void notice comes."),
    LEDGER_NOTE_UNREADABLE(
            4006,
            "A ledger note, proof or void notice could not be read or is not by the peer's ledger key.",
            Actor.PEER,
            "Compare the peer's card with the ledger key that it uses."),

    // 5xxx: hand-over
    HANDOVER_UNTRANSLATABLE(
            5001,
            "The document could not be translated to the domestic format.",
            Actor.US,
            "Correct the mapping and reprocess, or reject."),
    HANDOVER_EXPIRED(
            5002,
            "The exchange expired before it was handed over.",
            Actor.US,
            "Nothing was handed over; the sender knows by receipt."),
    HANDOVER_TARGET_UNAVAILABLE(
            5003,
            "The hand-over folder cannot be written.",
            Actor.US,
            "Check that it exists, has space and is writable; hand-over goes on by itself."),

    HANDOVER_REJECTED(
            5004,
            "A person decided that the record is not handed over.",
            Actor.PEER,
            "The sender knows by receipt; a corrected record may be submitted anew."),
    HANDOVER_TARGET_CHANGED(
            5005,
            "The hand-over folder is not the one that was used before: it is empty, not mounted, or another.",
            Actor.US,
            "Mount it again; hand-over goes on by itself. If it was replaced on purpose, delete data/hand-over.folder."),

    // 6xxx: erasure
    CONTENT_ERASED(
            6001,
            "The content was erased; its receipts stay.",
            Actor.NOBODY,
            "See when, by which rule and under which evidence: embassage erase report."),
    ERASURE_TOO_EARLY(
            6002,
            "The content cannot be erased: its exchange or its drop is not closed yet.",
            Actor.US,
            "Nothing was erased. Wait until it has its outcome, or reject the held item; then erase it."),
    ERASURE_UNKNOWN(
            6003,
            "There is no such exchange, drop or quarantined item here.",
            Actor.US,
            "Look the id up with embassage exchange list or embassage quarantine list."),
    ERASURE_OF_PROOF(
            6004,
            "The item is kept as proof and is never erased.",
            Actor.NOBODY,
            "Receipts, notes and proofs hold no personal data."),
    KEYS_NOT_WRITABLE(
            6005,
            "The key store cannot be rewritten, so no epoch key can be begun or destroyed.",
            Actor.US,
            "Let the gateway write the key store's folder, or Vault's secret; until then erasures are not final."),

    // 7xxx: orders of persons
    ORDER_UNREADABLE(
            7001,
            "A file in the orders folder is no order, is too large, or belongs to another user.",
            Actor.US,
            "It was set aside and nothing was done. Give the order again by its command, as the gateway's user."),
    ORDER_SUBJECT_UNKNOWN(
            7002,
            "The order names nothing that this gateway knows.",
            Actor.US,
            "Look the id up again; nothing was done."),
    ORDER_OVERTAKEN(
            7003,
            "What the order is about was decided or changed meanwhile.",
            Actor.US,
            "Look at it again; nothing was done."),
    ORDER_NOT_POSSIBLE(
            7004,
            "What is ordered cannot be done with this item.",
            Actor.US,
            "Nothing was done; the operator guide says which orders each kind of item takes."),

    EXCHANGE_CANCELLED(
            7005,
            "A person at the sender cancelled the exchange before any transport to the recipient took its message.",
            Actor.NOBODY,
            "Nothing. A corrected record may be dropped anew."),
    EXCHANGE_CARRIED(
            7006,
            "The exchange cannot be cancelled: its message was carried, so the recipient may have it.",
            Actor.US,
            "Nothing was done. Wait for the recipient's receipts; what it has, only it can reject or erase."),
    EXCHANGE_CLOSED(
            7007,
            "The exchange is closed.",
            Actor.NOBODY,
            "Nothing was done. Its receipts say how it ended: embassage exchange show."),
    RELEASE_SAME_PERSON(
            7008,
            "The record was released by this person before.",
            Actor.US,
            "Another person must release it; each has a pseudonym of their own."),
    RELEASE_ROLE(
            7009,
            "A record is released by an officer or a supervisor.",
            Actor.US,
            "Nothing was done. Give the role in which you answer for the record: --role OFFICER or SUPERVISOR."),

    POUCH_EMPTY(
            7101,
            "Nothing waits for the peer that a pouch could carry.",
            Actor.NOBODY,
            "Nothing; no pouch was packed."),
    POUCH_UNREADABLE(
            7102,
            "It is no pouch, or its manifest or signature is not there or not in its form.",
            Actor.PEER,
            "Nothing was taken in. Look whether all files were copied, or ask the peer for another pouch."),
    POUCH_NOT_FOR_US(
            7103,
            "The pouch is packed for another gateway.",
            Actor.US,
            "Nothing was taken in. Give it to the gateway that it names; nobody else can open it."),
    POUCH_SENDER_UNKNOWN(
            7104,
            "No peer card is loaded of the gateway that the pouch names as its sender.",
            Actor.US,
            "Nothing was taken in. Ask the sender's country for its peer card, or keep the pouch as proof."),
    POUCH_SIGNATURE_BAD(
            7105,
            "The manifest is not signed by a valid seal key of the gateway that it names as its sender.",
            Actor.PEER,
            "Nothing was taken in: it was altered or is forged. Keep it as proof and ask the peer for another pouch."),
    POUCH_FILE_EXTRA(
            7106,
            "There is a file in the pouch that its manifest does not name.",
            Actor.US,
            "Nothing was taken in. Find out who put it there; keep the medium as proof."),
    POUCH_PART_MISSING(
            7107,
            "A bundle that the manifest names is not in the pouch.",
            Actor.PEER,
            "The rest was taken in. It stays queued at the peer and comes with its next pouch."),
    POUCH_PART_ALTERED(
            7108,
            "A bundle in the pouch is not the one that the manifest names.",
            Actor.PEER,
            "The rest was taken in. It stays queued at the peer and comes with its next pouch."),

    // 9xxx: our own side
    STORE_UNAVAILABLE(
            9001,
            "The store cannot commit.",
            Actor.US,
            "Check the database and free disk space. Nothing was acknowledged."),
    KEY_UNAVAILABLE(
            9002,
            "A key cannot be used.",
            Actor.US,
            "Check the key store or Vault, and the password reference in the configuration."),
    PEER_UNREACHABLE(
            9003,
            "The peer cannot be reached.",
            Actor.PEER,
            "Sending is retried by itself. Check the endpoint and the network."),
    CONFIGURATION_INVALID(9004, "The configuration has problems.", Actor.US, "Correct each named key and start again."),
    DEVELOPMENT_KEYS_REFUSED(
            9005,
            "A development key was found under the production profile.",
            Actor.US,
            "Load keys issued by your country's authority."),
    STORE_IN_USE(
            9006,
            "Another process has the store open for writing.",
            Actor.US,
            "Stop the other gateway process first; commands that only read work beside it."),
    STORE_VERSION(
            9007,
            "The store's schema is of another version than this program.",
            Actor.US,
            "Start the gateway of this version once to migrate it, or use the program that wrote it."),
    STORE_DAMAGED(
            9008,
            "Stored bytes do not decrypt, or are missing: they are damaged or were tampered with.",
            Actor.US,
            "Alarm: stop the gateway, keep the database as proof, and restore the newest backup as a new epoch."),
    STORE_NOT_DURABLE(
            9009,
            "The database server runs without fsync.",
            Actor.US,
            "Set fsync = on at the server; without it, acknowledged records can be lost."),
    DROP_FOLDER_UNAVAILABLE(
            9010,
            "A drop folder cannot be read or written.",
            Actor.US,
            "Check that it exists, has space and is writable; taking drops goes on by itself."),
    TIME_STAMP_UNAVAILABLE(
            9011,
            "The time-stamping authority gave no token that holds.",
            Actor.US,
            "Check its address, the network, trust/time-stamping and the clock; stamping goes on by itself."),
    TIME_STAMP_GRACE_ENDED(
            9012,
            "Evidence has waited for a time-stamp longer than the grace allows: no new drops are taken.",
            Actor.US,
            "Restore time-stamping; drops stay where they are and are taken by themselves once it works."),
    DISK_FLOOR(
            9013,
            "A volume has less free space than its floor: what would need more of it waits.",
            Actor.US,
            "Free space or add some. Nothing was acknowledged or dropped; work goes on by itself."),
    DROP_HELD_UP(
            9014,
            "A drop that was taken cannot go on: its feed is gone, or cuts it otherwise than when it was taken.",
            Actor.US,
            "Put the feed's description back as it was then and start again. Other drops go on meanwhile."),
    POUCH_FOLDER_UNAVAILABLE(
            9015,
            "The gateway's own folder of pouches cannot be read or written.",
            Actor.US,
            "Check data/pouch of its home and the free space there, then order again.");

    /** Who must act. */
    public enum Actor {
        /** The owner of the domestic system that dropped the record. */
        DOMESTIC,
        /** The team that operates this gateway. */
        US,
        /** The peer's team. */
        PEER,
        NOBODY
    }

    private final int number;
    private final String sentence;
    private final Actor actor;
    private final String nextStep;

    FaultCode(int number, String sentence, Actor actor, String nextStep) {
        this.number = number;
        this.sentence = sentence;
        this.actor = actor;
        this.nextStep = nextStep;
    }

    /** The stable code, for example {@code EMB-1102}. */
    public String code() {
        return "EMB-" + number;
    }

    /** What happened, in one sentence without any value. */
    public String sentence() {
        return sentence;
    }

    public Actor actor() {
        return actor;
    }

    /** What that person does next. */
    public String nextStep() {
        return nextStep;
    }
}
