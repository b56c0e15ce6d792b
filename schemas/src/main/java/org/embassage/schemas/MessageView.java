package org.embassage.schemas;

/**
 * What a valid message says to those who carry and judge it.
 *
 * @param header its header
 * @param document its document
 */
public record MessageView(MessageHeader header, DocumentView document) {

    @Override
    public String toString() {
        return header.toString();
    }
}
