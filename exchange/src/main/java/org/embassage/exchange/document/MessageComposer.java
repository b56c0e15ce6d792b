package org.embassage.exchange.document;

/** Puts a permitted document under its header, by bytes and not by marshalling, and validates the final bytes. */
public final class MessageComposer {
    private MessageComposer() {}
}
