/** Lays out a tagged PDF/A document from headings, paragraphs, tables and figures; knows nothing of evidence. */
@org.jspecify.annotations.NullMarked
package org.embassage.verifier.paper;
