package org.embassage.gateway.assembly;

import java.nio.file.Path;
import org.embassage.exchange.document.ReceivedDocument;
import org.embassage.exchange.domestic.HandOverFormat;
import org.embassage.translation.handover.HandOverDescription;

/** The hand-over format, read anew when a person asks for another try. A description with problems changes nothing. */
final class ReloadedFormat implements HandOverFormat {

    private final Path file;
    private volatile HandOverFormat newest;

    ReloadedFormat(Path file, HandOverFormat loaded) {
        this.file = file;
        this.newest = loaded;
    }

    @Override
    public Rendering render(ReceivedDocument document) {
        return newest.render(document);
    }

    /** The same format; each rendering reads the description first. */
    HandOverFormat fresh() {
        return document -> {
            newest = HandOverDescription.load(file).fold(read -> read, problems -> newest);
            return newest.render(document);
        };
    }
}
