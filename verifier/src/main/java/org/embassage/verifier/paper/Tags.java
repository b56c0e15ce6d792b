package org.embassage.verifier.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkInfo;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureTreeRoot;

/**
 * The document's logical structure (ISO 32000-1 §14.7): what is a heading, a paragraph, a table, in reading order, for
 * people who do not see the page.
 */
final class Tags {

    private final PDStructureTreeRoot tree = new PDStructureTreeRoot();
    private final PDStructureElement root = new PDStructureElement("Document", tree);
    private final Map<Integer, COSArray> marks = new TreeMap<>();
    private final List<PDPage> pages = new ArrayList<>();

    Tags(PDDocument document) {
        PDMarkInfo info = new PDMarkInfo();
        info.setMarked(true);
        document.getDocumentCatalog().setMarkInfo(info);
        document.getDocumentCatalog().setStructureTreeRoot(tree);
        tree.appendKid(root);
    }

    PDStructureElement root() {
        return root;
    }

    static PDStructureElement child(PDStructureElement parent, String type) {
        PDStructureElement element = new PDStructureElement(type, parent);
        parent.appendKid(element);
        return element;
    }

    /** A heading of a table, over the columns below it or beside the row it begins. */
    static PDStructureElement heading(PDStructureElement row, String scope) {
        PDStructureElement heading = child(row, "TH");
        COSDictionary attributes = new COSDictionary();
        attributes.setItem(COSName.O, COSName.getPDFName("Table"));
        attributes.setItem(COSName.getPDFName("Scope"), COSName.getPDFName(scope));
        heading.getCOSObject().setItem(COSName.A, attributes);
        return heading;
    }

    void add(PDPage page) {
        page.setStructParents(pages.size());
        page.getCOSObject().setItem(COSName.getPDFName("Tabs"), COSName.S);
        marks.put(pages.size(), new COSArray());
        pages.add(page);
    }

    /** @return the id of the next marked content of the newest page, which belongs to the element */
    int mark(PDStructureElement element) {
        int number = pages.size() - 1;
        COSArray onPage = marks.getOrDefault(number, new COSArray());
        int id = onPage.size();
        onPage.add(element.getCOSObject());
        COSDictionary reference = new COSDictionary();
        reference.setItem(COSName.TYPE, COSName.getPDFName("MCR"));
        reference.setItem(COSName.PG, pages.get(number));
        reference.setInt(COSName.MCID, id);
        kids(element).add(reference);
        return id;
    }

    private static COSArray kids(PDStructureElement element) {
        COSDictionary dictionary = element.getCOSObject();
        if (dictionary.getDictionaryObject(COSName.K) instanceof COSArray kids) {
            return kids;
        }
        COSArray kids = new COSArray();
        if (dictionary.containsKey(COSName.K)) {
            kids.add(dictionary.getDictionaryObject(COSName.K));
        }
        dictionary.setItem(COSName.K, kids);
        return kids;
    }

    /** Writes down which element each mark of each page belongs to (§14.7.4.4). */
    void finish() {
        COSArray numbers = new COSArray();
        marks.forEach((page, onPage) -> {
            numbers.add(COSInteger.get(page));
            numbers.add(onPage);
        });
        COSDictionary parents = new COSDictionary();
        parents.setItem(COSName.NUMS, numbers);
        tree.getCOSObject().setItem(COSName.PARENT_TREE, parents);
        tree.setParentTreeNextKey(pages.size());
    }
}
