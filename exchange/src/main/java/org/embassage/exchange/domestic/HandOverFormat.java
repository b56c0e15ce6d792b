package org.embassage.exchange.domestic;

import java.util.function.Function;
import org.embassage.exchange.document.ReceivedDocument;
import org.embassage.exchange.fault.Fault;

/** Translates shared documents to the form that the domestic system takes. Pure and thread-safe. */
public interface HandOverFormat {

    /** Never throws for bad input. */
    Rendering render(ReceivedDocument document);

    /** What rendering found. */
    sealed interface Rendering {
        /**
         * @param fileName a single path segment made of the exchange id and an extension, never of content
         * @param content the file's bytes; hold personal data
         */
        @SuppressWarnings("ArrayRecordComponent") // carried once from the format to the domestic system, never compared
        record Rendered(String fileName, byte[] content) implements Rendering {
            @Override
            public String toString() {
                return fileName;
            }
        }

        record Unrenderable(Fault fault) implements Rendering {}

        default <T> T fold(Function<Rendered, T> good, Function<Unrenderable, T> bad) {
            return this instanceof Rendered rendered ? good.apply(rendered) : bad.apply((Unrenderable) this);
        }
    }
}
