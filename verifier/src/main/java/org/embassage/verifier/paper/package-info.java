/** Lays out a tagged PDF/A document from headings, paragraphs, tables and figures; knows nothing of evidence. */
@NullMarked
package org.embassage.verifier.paper;

import org.jspecify.annotations.NullMarked;
