package org.embassage.exchange.document;

/**
 * A translated record: a document that claims to be in the shared schema and has not been validated yet. Anyone may
 * make one. Holds personal data.
 */
public final class Draft {

    private final String kind;
    private final String action;
    private final String originRecordRef;
    private final byte[] document;

    /**
     * @param kind name of the document element, for example {@code PersonAlert}
     * @param action {@code CREATE}, {@code UPDATE} or {@code WITHDRAW}
     * @param originRecordRef the domestic system's own id of the record; part of the intake identity, never leaves it
     *     in clear
     * @param document one element of the shared schema with its own default namespace declaration, UTF-8, without XML
     *     declaration; not copied
     */
    public Draft(String kind, String action, String originRecordRef, byte[] document) {
        this.kind = kind;
        this.action = action;
        this.originRecordRef = originRecordRef;
        this.document = document;
    }

    public String kind() {
        return kind;
    }

    public String action() {
        return action;
    }

    public String originRecordRef() {
        return originRecordRef;
    }

    /** The bytes themselves, not a copy: read only. */
    public byte[] document() {
        return document;
    }

    @Override
    public String toString() {
        return "draft " + kind;
    }
}
