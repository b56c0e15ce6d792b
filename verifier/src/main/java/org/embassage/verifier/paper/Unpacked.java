package org.embassage.verifier.paper;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;

/** Takes compression off every stream of a document, for compression differs between machines. */
final class Unpacked {

    private final Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private Unpacked() {}

    static void all(PDDocument document) throws IOException {
        new Unpacked().visit(document.getDocument().getTrailer());
    }

    private void visit(COSBase base) throws IOException {
        COSBase thing = base instanceof COSObject reference ? reference.getObject() : base;
        if (thing == null || !seen.add(thing)) {
            return;
        }
        if (thing instanceof COSArray array) {
            for (COSBase entry : array) {
                visit(entry);
            }
        } else if (thing instanceof COSDictionary dictionary) {
            if (dictionary instanceof COSStream stream && stream.containsKey(COSName.FILTER)) {
                unpack(stream);
            }
            for (COSBase value : dictionary.getValues()) {
                visit(value);
            }
        }
    }

    private static void unpack(COSStream stream) throws IOException {
        byte[] content;
        try (InputStream in = stream.createInputStream()) {
            content = in.readAllBytes();
        }
        stream.removeItem(COSName.FILTER);
        stream.removeItem(COSName.DECODE_PARMS);
        try (OutputStream out = stream.createOutputStream()) {
            out.write(content);
        }
    }
}
