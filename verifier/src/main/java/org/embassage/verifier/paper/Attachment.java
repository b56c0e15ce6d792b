package org.embassage.verifier.paper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;

/** A file inside the document. */
public final class Attachment {

    private final String name;
    private final String type;
    private final Relationship relationship;
    private final String description;
    private final byte[] content;

    /** What a file is to the document (ISO 32000-2 table 43). */
    public enum Relationship {
        /** What the document was made from. */
        SOURCE("Source"),
        /** What is needed beside the source. */
        SUPPLEMENT("Supplement");

        private final String word;

        Relationship(String word) {
            this.word = word;
        }
    }

    /**
     * @param name plain letters, digits, dot, hyphen and underscore
     * @param type its media type
     * @param relationship to the document
     * @param description what it is
     * @param content copied
     */
    public Attachment(String name, String type, Relationship relationship, String description, byte[] content) {
        if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException("an attachment has a plain name");
        }
        this.name = name;
        this.type = type;
        this.relationship = relationship;
        this.description = description;
        this.content = content.clone();
    }

    private PDComplexFileSpecification specification(PDDocument document, Instant made) throws IOException {
        PDEmbeddedFile file = new PDEmbeddedFile(document, new ByteArrayInputStream(content));
        file.setSubtype(type);
        file.setSize(content.length);
        COSDictionary parameters = (COSDictionary) file.getCOSObject().getDictionaryObject(COSName.PARAMS);
        parameters.setString(COSName.MOD_DATE, Paper.date(made));
        PDComplexFileSpecification specification = new PDComplexFileSpecification();
        specification.setFile(name);
        specification.setFileUnicode(name);
        specification.setFileDescription(description);
        specification.setEmbeddedFile(file);
        specification.setEmbeddedFileUnicode(file);
        specification
                .getCOSObject()
                .setItem(COSName.getPDFName("AFRelationship"), COSName.getPDFName(relationship.word));
        return specification;
    }

    /** Puts all of them into a document, each associated with the document as a whole. */
    static void all(List<Attachment> files, PDDocument document, Instant made) throws IOException {
        Map<String, PDComplexFileSpecification> byName = new TreeMap<>();
        COSArray associated = new COSArray();
        for (Attachment file : files) {
            PDComplexFileSpecification specification = file.specification(document, made);
            byName.put(file.name, specification);
            associated.add(specification.getCOSObject());
        }
        PDEmbeddedFilesNameTreeNode tree = new PDEmbeddedFilesNameTreeNode();
        tree.setNames(byName);
        PDDocumentNameDictionary names = new PDDocumentNameDictionary(document.getDocumentCatalog());
        names.setEmbeddedFiles(tree);
        document.getDocumentCatalog().setNames(names);
        document.getDocumentCatalog().getCOSObject().setItem(COSName.getPDFName("AF"), associated);
    }
}
